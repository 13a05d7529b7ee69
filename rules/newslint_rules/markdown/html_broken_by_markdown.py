"""MD002."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Good, Impact, PostRule, Severity, Span, lazy, msg

if TYPE_CHECKING:
    from newslint import Post

_FENCE = lazy.pattern(r"^[ \t]*+(?P<marks>`{3,}+|~{3,}+)[^\r\n`]*+\r?$", re.MULTILINE)


class HtmlBrokenByMarkdown(PostRule):
    """HTML in a Markdown file must reach the page as it is written.

    After a blank line inside of an element, text that does not begin with a block's tag is
    Markdown: it gets a `<p>` of its own, `*` and `_` become emphasis, bare addresses become links.
    Jekyll's renderer also prints tags that it cannot read as text, and closes open elements where
    it sees fit. The post's tree is then another than its HTML's.

    Put the text into a `<p>`, take the blank line away, or name the file `.html`: then no
    Markdown renderer touches it. What turns into code is MD001's. Text that was written as Markdown
    is left alone.
    """

    code, name, severity = "MD002", "html-broken-by-markdown", Severity.WARNING
    impact = Impact.CONTENT
    targets = ("hexo", "jekyll", "hugo", "eleventy")

    bad = [
        Bad("<div>\n<p>a</p>\n\n⟦some *text* here⟧\n</div>\n", path="post.md"),
        Bad("<div>\n<p>a ⟦</b>⟧ b</p>\n</div>\n", path="post.md", target="jekyll"),
    ]
    good = [
        Good("<div>\n<p>a</p>\n\nsome *text* here\n</div>\n"),
        Good("<div>\n<p>a</p>\n\n<p>some *text* here</p>\n</div>\n", path="post.md"),
        Good("# Title\n\nSome *text* here.\n", path="post.md"),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        if not post.is_markdown:
            return self._fences(post) if post.target.name == "hexo" else ()
        if not post.markdown_changes:
            return ()
        return self._changed(post)

    def _changed(self, post: Post) -> Iterator[Finding]:
        changes = [change for change in post.markdown_changes if not change.code]
        # One piece that is changed in two ways is one finding, the certain one if there is one.
        pieces = {change.start: change for change in sorted(changes, key=lambda one: one.checked)}
        for change in pieces.values():
            span = Span(change.start, change.end).shift(post.body_start)
            if change.checked:
                yield self.finding(
                    span, msg("the Markdown renderer changes this: {detail}", detail=change.detail)
                )
            else:
                yield self.finding(span, change.detail, severity=Severity.INFO)

    def _fences(self, post: Post) -> Iterable[Finding]:
        """Hexo makes code blocks of ``` and ~~~ before it renders, in HTML files as well."""
        body = post.body_text
        if "```" not in body and "~~~" not in body:
            return
        for fence in _FENCE.finditer(body):
            if body.find(fence["marks"], fence.end()) > 0:
                span = Span(*fence.span("marks")).shift(post.body_start)
                told = msg("Hexo makes a code block of this in an HTML file, too")
                yield self.finding(span, told, severity=Severity.INFO)
                return
