"""SEC007."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from newslint import Bad, ElementRule, Finding, Good, Impact, Post, Severity, msg
from newslint_rules.images._known_hosts import host_and_path

if TYPE_CHECKING:
    from lxml import etree


class Form(ElementRule):
    """A post contains a form.

    A scraped form sends the input of your readers, including passwords and addresses, to the
    original site, or to your own site, which cannot process it. A password field needs no form: a
    script or the password manager of the browser can read or fill it.

    Remove it, or link to the original page.
    """

    code, name, severity = "SEC007", "form", Severity.WARNING
    impact = Impact.SECURITY
    tags = ("form", "input")
    bad = [
        Bad(
            '⟦<form action="https://a.cn/search">⟧<input name="q"></form>\n',
            message="the form sends the input of readers to another site; remove it",
        ),
        Bad(
            '⟦<form action="/search">⟧<input name="q"></form>\n',
            message="the form sends the input of readers to this site, which may not process it; "
            "remove it",
        ),
        Bad(
            '<p>⟦<input type="password">⟧</p>\n',
            message="the password field prompts readers for a password; remove it",
        ),
    ]
    good = [Good('<ul><li><input type="checkbox" disabled> task</li></ul>\n')]

    def might_report(self, tag: str, attributes: Mapping[str, str], text: str, post: Post) -> bool:
        return tag == "form" or _is_password(attributes.get("type", ""))

    def check(self, element: etree._Element, post: Post) -> Iterator[Finding]:
        if post.drops_html:
            return
        impact = None
        if element.tag == "form" and _leaves(element, post):
            message = msg("the form sends the input of readers to another site; remove it")
        elif element.tag == "form":
            message = msg(
                "the form sends the input of readers to this site, which may not process it;"
                " remove it"
            )
            if not any(_is_password(one.get("type", "")) for one in element.iter("input")):
                impact = Impact.HOUSE
        elif _is_password(element.get("type", "")) and not _in_form(element):
            message = msg("the password field prompts readers for a password; remove it")
        else:
            return
        yield self.finding(post.span(element), message, impact=impact)


def _leaves(form: etree._Element, post: Post) -> bool:
    """Return whether a form, or a button in it, sends its input to another host."""
    addresses = [form.get("action", "")]
    addresses += [one.get("formaction", "") for one in form.iter("button", "input")]
    own = post.site and host_and_path(post.site.base_url or "")[0]
    hosts = {host_and_path(address)[0] for address in addresses}
    return not hosts <= {"", own}


def _is_password(kind: str) -> bool:
    return kind.strip().lower() == "password"


def _in_form(element: etree._Element) -> bool:
    return next(element.iterancestors("form"), None) is not None
