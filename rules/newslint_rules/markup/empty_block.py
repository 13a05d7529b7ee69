"""HTML009."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newslint import Bad, ElementRule, Finding, Good, Post, Safety, Severity, msg, with_line

if TYPE_CHECKING:
    from lxml import etree

_BLOCKS = (
    *("p", "div", "section", "article", "aside", "header", "footer", "nav", "main", "address"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "figure", "figcaption"),
    *("ul", "ol", "dl", "center"),
)
_TARGETS = ("id", "name", "style")
"""Attributes that give an empty block a purpose: the goal of a link, a line, a gap."""


class EmptyBlock(ElementRule):
    """A paragraph, heading or other block is empty or contains only spaces.

    Scraped pages have empty blocks where an advertisement or a widget was. Readers see gaps in the
    text.

    Remove the block. The rule does not report blocks with an `id`, `name` or `style`: they may be
    the target of a link, or an intended gap.
    """

    code, name, severity = "HTML009", "empty-block", Severity.WARNING
    default, fix = False, Safety.UNSAFE
    tags = _BLOCKS
    bad = [
        Bad(
            "<p>one</p>\n⟦<p>⟧&nbsp;　</p>\n<p>two</p>\n",
            fixed="<p>one</p>\n<p>two</p>\n",
            message="<p> is empty",
        ),
        Bad('<section>x⟦<div class="ad">⟧\n</div></section>\n', fixed="<section>x</section>\n"),
    ]
    good = [
        Good('<p>one</p><div id="more"></div><div style="clear:both"></div>\n'),
        Good('<div><img src="a.png" alt=""></div><p>&copy;</p><div><!-- here --></div>\n'),
    ]

    def check(self, element: etree._Element, post: Post) -> Iterator[Finding]:
        text = element.text
        if len(element) or (text and not text.isspace()):
            return
        if any(name in element.attrib for name in _TARGETS):
            return
        # A block that something inside ended early (`<p><div>`) is HTML008's.
        if (whole := post.leaf_span(element)) is not None:
            fix = self.make_fix("Remove the empty block", (with_line(post.text, whole), ""))
            yield self.finding(post.span(element), msg("<{tag}> is empty", tag=element.tag), fix)
