"""STY004."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from newslint import (
    Bad,
    ElementRule,
    Field,
    Finding,
    Good,
    Impact,
    RuleOptions,
    Severity,
    lazy,
    msg,
)
from newslint_rules.images._img_sources import tidy
from newslint_rules.images._known_hosts import Hosts, host_and_path, listed
from newslint_rules.styles import _stylesheet
from newslint_rules.styles._braces import decoded

if TYPE_CHECKING:
    from lxml import etree

    from newslint import Post

_FETCHES = lazy.pattern(r"(?:url|src|image-set)[ \t]*+\(|\\", re.IGNORECASE)

_SIGNS = ("rl(", "RL(", "set(", "\\")


class RemoteCss(ElementRule):
    """A style should not load resources from another host.

    `@import` lets another site change the style of your site at any time. So do fonts and images
    loaded with `url()`: they are slow, they report to the host who reads your page, and such an
    image cannot have a `referrerpolicy`, so hosts that refuse hot links (IMG001) refuse it.

    The rule checks `<style>` and the `style` attribute. Copy the file to your site, or show the
    image with an `<img>`. SEC005 reports `<link rel="stylesheet">`.
    """

    code, name, severity = "STY004", "remote-css", Severity.WARNING
    impact = Impact.SECURITY
    tags = ("style",)

    class Options(RuleOptions):
        """Which hosts are no strangers."""

        hosts: Hosts = Field((), description="Hosts that styles may load resources from.")

    bad = [
        Bad(
            '⟦<style>⟧@import "https://a.cn/1.css";</style>',
            message="style loads https://a.cn/1.css from a.cn",
        ),
        Bad("⟦<style>⟧.a&#123;background:url(//a.cn/1.jpg)&#125;</style>"),
        Bad("""⟦<p style="background:url('https://a.cn/1.jpg')">⟧a</p>"""),
    ]
    good = [
        Good("<style>.a&#123;background:url(/1.jpg)&#125;</style>"),
        Good("<style>.a&#123;background:url(data:image/gif;base64,R0lG)&#125;</style>"),
        Good("<style>@namespace url(http://www.w3.org/1999/xhtml);</style>"),
        Good('<p style="background:url(https://a.cn/1.jpg)">a</p>', options={"hosts": ["a.cn"]}),
    ]

    def __init__(
        self, options: RuleOptions | None = None, severity: Severity | None = None
    ) -> None:
        super().__init__(options, severity)
        self.known = frozenset(self.options.hosts)

    def might_report(self, tag: str, attributes: Mapping[str, str], text: str, post: Post) -> bool:
        return bool(_stylesheet.read(decoded(text)).addresses)

    def check_post(self, post: Post) -> Iterable[Finding]:
        # A quick look at the complete post, so that no style attribute is read in vain.
        text = post.text
        if "(" in text and any(sign in text for sign in _SIGNS):
            if "style=" in post.attribute_text:
                return self.check_attributes(post)
        return ()

    def check(self, element: etree._Element, post: Post) -> Iterable[Finding]:
        css = element.text
        if not css:
            return ()
        return self.report(
            element, post, [a.text for a in _stylesheet.read(decoded(css)).addresses]
        )

    def check_attributes(self, post: Post) -> Iterator[Finding]:
        """Yield every ``style`` attribute that fetches."""
        for element in post.body.iter("*"):
            style = element.get("style")
            if style and _FETCHES.search(style):
                yield from self.report(element, post, _stylesheet.declared_addresses(style))

    def report(
        self, element: etree._Element, post: Post, addresses: list[str]
    ) -> tuple[Finding, ...]:
        """One finding for an element: the first address of another host."""
        for address in map(tidy, addresses):
            host = host_and_path(address)[0]
            if host and not listed(host, self.known):
                message = msg("style loads {address} from {host}", host=host, address=address[:100])
                return (self.finding(post.span(element), message),)
        return ()
