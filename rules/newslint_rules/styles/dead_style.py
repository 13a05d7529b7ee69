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
    """A style whose braces are encoded does nothing.

    Inside `<style>` a browser does not decode `&#123;`, and no generator does it on the way
    (measured with Hexo, Jekyll, Hugo and Eleventy): the browser gets `.a&#123;color:red&#125;`,
    finds no rule in it, and shows the post without its style. STY001 asks for this all the same,
    because a style that does nothing is better than a build that dies.

    Off by default. The ways out, for a post that needs its style:

    - a stylesheet of your site: move the rules there, and take the `<style>` out;
    - `{% raw %}` before and `{% endraw %}` behind the raw CSS, in Hexo, Jekyll and Eleventy (not
      in Hugo, which prints them, and which reads raw braces in CSS anyway), with
      `braces = "raw"` under `[rules.STY001]`;
    - Hexo 8, which lets raw braces in CSS pass, with the same setting.
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
