"""STY002."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from newslint import Bad, ElementRule, Finding, Good, Impact, Severity, msg
from newslint_rules.styles import _stylesheet
from newslint_rules.styles._braces import content, decoded

if TYPE_CHECKING:
    from lxml import etree

    from newslint import Post


class InvalidCss(ElementRule):
    """A style should be valid CSS.

    Browsers drop what they cannot parse: a declaration, a rule, or everything after a brace that is
    not closed. Scrapers and filters that truncate pages produce such styles.

    The rule decodes the braces first. The message contains the line of the post. Old hacks for
    Internet Explorer, such as `*zoom:1`, are errors too: no current browser reads them.
    """

    code, name, severity = "STY002", "invalid-css", Severity.WARNING
    impact = Impact.CONTENT
    tags = ("style",)
    bad = [
        Bad(
            "<p>a</p>\n⟦<style>⟧\n.a&#123;color:red&#125;\n.b&#123;color red&#125;\n</style>",
            message="line 4 of the post: this is not a declaration; write a name, a colon and a "
            "value",
        ),
        Bad("⟦<style>⟧.a&#123;color:red&#125;&#125;</style>"),
        Bad(
            "⟦<style>⟧.a&#123;color:red .b&#123;margin:0&#125;</style>",
            message="line 1 of the post: the block, string or comment that begins here is not "
            "closed",
        ),
    ]
    good = [
        Good("<style>.a&#123;color:red&#125;</style>"),
        Good("<style>@media print{.a{b:url(x.png)}}</style>", target="html"),
        Good("<style>{% raw %}.a{color:red}{% endraw %}</style>"),
        Good("<style></style>"),
    ]

    def might_report(self, tag: str, attributes: Mapping[str, str], text: str, post: Post) -> bool:
        return bool(_stylesheet.read(decoded(text)).mistakes)

    def check(self, element: etree._Element, post: Post) -> Iterable[Finding]:
        css = element.text
        if not css:
            return ()
        css = decoded(css)
        if ("{%" in css or "{{" in css) and post.target.name != "html":
            return ()  # What the template engine makes of it is not known here: see TPL001.
        mistakes = _stylesheet.read(css).mistakes
        return (self.report(element, post, mistakes),) if mistakes else ()

    def report(
        self, style: etree._Element, post: Post, mistakes: tuple[_stylesheet.Remark, ...]
    ) -> Finding:
        """One finding for a style: its first mistake, and how many more there are."""
        place = content(post, style)
        start = place[0].start if place else post.span(style).start
        line = post.source.lines.position(start).line + mistakes[0].line - 1
        message = msg("line {line} of the post: {text}", line=line, text=mistakes[0].text)
        if len(mistakes) > 1:
            message += msg(" ({count} more in this style)", count=len(mistakes) - 1)
        return self.finding(post.span(style), message)
