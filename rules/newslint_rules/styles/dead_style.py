"""STY005."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from newslint import Bad, ElementRule, Finding, Good, Severity, msg
from newslint_rules.styles._braces import ENCODED, is_foreign

if TYPE_CHECKING:
    from lxml import etree

    from newslint import Post


class DeadStyle(ElementRule):
    """A style with encoded braces has no effect.

    Browsers do not decode `&#123;` inside `<style>`, and no generator does it either (measured with
    Hexo, Jekyll, Hugo and Eleventy): the browser gets `.a&#123;color:red&#125;`, finds no rule, and
    shows the post without its style. STY001 requires encoded braces nevertheless, since a style
    without effect is better than a build that stops.

    The rule is off by default. Alternatives for a post that needs its style:

    - Use a stylesheet of your site: move the rules there, and remove the `<style>`.
    - In Hexo, Jekyll and Eleventy, write `{% raw %}` before and `{% endraw %}` after the raw CSS,
      and set `braces = "raw"` under `[rules.STY001]`. Hugo would print these tags, but it accepts
      raw braces in CSS.
    - In Hexo 8, which accepts raw braces in CSS, use the same setting.
    """

    code, name, severity, default = "STY005", "dead-style", Severity.WARNING, False
    tags = ("style",)
    bad = [
        Bad(
            "⟦<style>⟧.a&#123;color:red&#125;</style>",
            message="style has no effect, since browsers do not decode &#123; in a style",
        )
    ]
    good = [
        Good("<style>.a{color:red}</style>"),
        Good("<svg><style>.a&#123;fill:red&#125;</style></svg>"),
        Good("<style></style>"),
    ]

    def might_report(self, tag: str, attributes: Mapping[str, str], text: str, post: Post) -> bool:
        return "&" in text and ENCODED.search(text) is not None

    def check(self, element: etree._Element, post: Post) -> Iterable[Finding]:
        text = element.text
        found = ENCODED.search(text) if text and "&" in text else None
        if found is None or is_foreign(element):
            return ()
        message = msg(
            "style has no effect, since browsers do not decode {found} in a style", found=found[0]
        )
        return (self.finding(post.span(element), message),)
