"""SEC003."""

from __future__ import annotations

from collections.abc import Iterator

from newslint import (
    Attribute,
    Bad,
    Finding,
    Good,
    Impact,
    Post,
    PostRule,
    Safety,
    Severity,
    lazy,
    msg,
)
from newslint_rules.security import _own_pages
from newslint_rules.security._script_urls import script_kind
from newslint_rules.security._tags import FoundTag, decode, found_tags

_ADDRESSES = frozenset(
    [
        *("action", "background", "cite", "dynsrc", "formaction", "href", "longdesc", "lowsrc"),
        *("poster", "src", "xlink:href"),
    ]
)
"""Attributes that hold an address, the live ones and those that old browsers followed."""

_ANIMATIONS = frozenset({"animate", "animatecolor", "animatemotion", "animatetransform", "set"})
_ANIMATED = frozenset({"by", "from", "to", "values"})
_PICTURES = frozenset({"audio", "img", "image", "input", "source", "track", "video"})

_MAYBE = lazy.pattern(
    r"=(?:(?<=href=)|(?<=src=)|(?<=action=)|(?<=data=)|(?<=background=)|(?<=cite=)|(?<=longdesc=)"
    r"|(?<=poster=)|(?<=by=)|(?<=from=)|(?<=to=))[\"']?"
    r"(?!https?:|[/#?]|mailto:|tel:|[\"']|[A-Za-z0-9_%.~-]++(?:[\"'/?# ]|$)|data:image/(?!svg))"
)
"""An address that does not begin as harmless ones do; no proof of anything."""


_NOTHING = lazy.pattern(r"[\s;]*+(?:void[\s(]*+0?[\s)]*+)?[\s;]*+\Z")
"""What runs nothing: ``javascript:;``, ``javascript:void(0)``."""


def _may_run(post: Post) -> bool:
    """Return whether an address may run script."""
    text = post.attribute_text
    if "srcdoc" in text or "values=" in text:
        return True
    if "&" not in text and text.count(":") == text.count("http:") + text.count("https:"):
        return False
    return _MAYBE.search(text) is not None


class ScriptUrl(PostRule):
    """A URL runs a script: `javascript:`, `vbscript:` or `data:text/html`.

    Such a link runs a script on your site when a reader clicks it, a frame or an SVG animation as
    soon as it is shown. Browsers ignore case, spaces and control characters before the scheme, tabs
    and line ends inside it, and decode character references anywhere (`jav&#x09;ascript&colon;`).
    The rule does the same.

    Remove the attribute (the fix does this), or write the intended URL. A link that runs nothing,
    such as `javascript:;` or `javascript:void(0)`, is a warning.

    In a page of the site that is not a post, this is a warning.
    """

    code, name, fix = "SEC003", "script-url", Safety.UNSAFE
    impact = Impact.SECURITY
    applies_to = _may_run
    bad = [
        Bad(
            '<p>⟦<a class="b" href="javascript:go()">⟧press</a></p>\n',
            fixed='<p><a class="b">press</a></p>\n',
            message="javascript: in href runs a script on your site",
        ),
        Bad("⟦<a href=' jAvA&Tab;script&colon;go()'>⟧press</a>\n", fixed="<a>press</a>\n"),
        Bad(
            '⟦<a href="javascript:void(0);">⟧press</a>\n',
            fixed="<a>press</a>\n",
            message="javascript: in href does nothing",
        ),
        Bad(
            '⟦<iframe src="data:text/html,<script>go()</script>">⟧</iframe>\n',
            fixed="<iframe></iframe>\n",
            message="data:text/html in src runs a script on your site",
        ),
        Bad("⟦<form action=vbscript:go()>⟧</form>\n", fixed="<form></form>\n"),
        Bad(
            '<svg><a>⟦<animate attributeName="href" values="#;javascript:go()"/>⟧</a></svg>\n',
            fixed='<svg><a><animate attributeName="href" /></a></svg>\n',
        ),
        Bad(
            '<svg><a>⟦<animate attributename="href" values="#;javascript:go()"/>⟧</a></svg>\n',
            fixed='<svg><a><animate attributename="href" /></a></svg>\n',
        ),
    ]
    good = [
        Good(
            '<a href="https://a.cn/?u=javascript:go()">one</a> <a href="javascript.html">two</a>\n'
        ),
        Good('<img src="data:image/svg+xml,<svg/>" alt="javascript:go()">\n'),
        Good('<a href="/javascript:x">one</a> <a href="java script:x">two</a>\n'),
    ]

    def check(self, post: Post) -> Iterator[Finding]:
        for tag in found_tags(post):
            running = list(_running(tag))
            if not running:
                continue
            attribute, kind = running[0]
            edits = [] if tag.inner else post.cut_attributes(one for one, _ in running)
            fix = self.make_fix("Remove the attribute", *edits) if edits else None
            if all(_is_idle(tag.name, one) for one, _ in running):
                message = msg("{kind} in {name} does nothing", kind=kind, name=attribute.name)
                weaker = self.severity_in_force is self.severity
                severity = Severity.WARNING if weaker else None
                yield self.finding(tag.outer.span, message, fix, severity)
                continue
            message = msg(
                "{kind} in {name} runs a script on your site", kind=kind, name=attribute.name
            )
            yield _own_pages.judged(self.finding(tag.outer.span, message, fix), post)


def _running(tag: FoundTag) -> Iterator[tuple[Attribute, str]]:
    """Yield the attributes of a tag whose address runs script, and what kind of address it is."""
    for attribute in tag.written:
        if attribute.value:
            for address in _addresses(tag.name, attribute):
                kind = script_kind(address, tag.name)
                if kind and not (tag.name in _PICTURES and kind.endswith("xml")):
                    yield attribute, kind
                    break


def _is_idle(element: str, attribute: Attribute) -> bool:
    """Return whether an address holds a script that does nothing."""
    scripts = [one.partition(":")[2] for one in _addresses(element, attribute)]
    return element == "a" and all(map(_NOTHING.match, scripts))


def _addresses(element: str, attribute: Attribute) -> list[str]:
    value, name = attribute.value or "", attribute.name
    if name in _ADDRESSES or (name == "data" and element == "object"):
        return [decode(value)]
    if name in _ANIMATED and element in _ANIMATIONS:
        return decode(value).split(";")
    return []
