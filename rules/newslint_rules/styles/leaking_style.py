"""STY003."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from newslint import Bad, ElementRule, Finding, Good, Severity, join_comma, msg
from newslint_rules.styles import _stylesheet
from newslint_rules.styles._braces import decoded

if TYPE_CHECKING:
    from lxml import etree

    from newslint import Post

_SHOWN = 3


class LeakingStyle(ElementRule):
    """The style of a post should not change the complete site.

    A `<style>` in a post applies to the complete page, including menus and footer, and on a front
    page to all other posts. `body`, `*`, `:root` or a single `p`, `a:hover`, `img` were meant for
    the original page.

    Limit the selector to the article with a class or an id (`.article p`), or remove the rule.
    """

    code, name, severity = "STY003", "leaking-style", Severity.WARNING
    tags = ("style",)
    bad = [
        Bad(
            "⟦<style>⟧body&#123;margin:0&#125; .a p&#123;margin:0&#125;</style>",
            message="style affects the complete site: body",
        ),
        Bad(
            "⟦<style>⟧@media print{a:hover, .x > b, *::before{color:red}}</style>",
            target="html",
            message="style affects the complete site: a:hover, *::before",
        ),
    ]
    good = [
        Good("<style>.x p, #a img&#123;margin:0&#125;</style>"),
        Good("<style>@keyframes f{from{top:0}to{top:1px}} @font-face{a:b}</style>", target="html"),
    ]

    def might_report(self, tag: str, attributes: Mapping[str, str], text: str, post: Post) -> bool:
        return bool(_stylesheet.read(decoded(text)).leaks)

    def check(self, element: etree._Element, post: Post) -> Iterable[Finding]:
        css = element.text
        if not css:
            return ()
        leaks = _stylesheet.read(decoded(css)).leaks
        if not leaks:
            return ()
        names = list(dict.fromkeys(remark.text[:60] for remark in leaks))
        message = msg("style affects the complete site: {names}", names=join_comma(names[:_SHOWN]))
        if len(names) > _SHOWN:
            message += msg(" and {count} more", count=len(names) - _SHOWN)
        return (self.finding(post.span(element), message),)
