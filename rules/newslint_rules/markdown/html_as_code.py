"""MD001."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Good, Impact, PostRule, Safety, Severity, Span, lazy, msg

if TYPE_CHECKING:
    from newslint import Post, markdown


_SAMPLE = lazy.pattern(r"<(?:script|html|head|body|!doctype)\b", re.IGNORECASE)
"""What a sample of code may hold, and would run or be dropped as HTML of the post."""


class HtmlAsCode(PostRule):
    """HTML in a Markdown file must not become a code block.

    In a `.md` file, an empty line ends a block of raw HTML, and lines that are indented by four or
    more spaces (or a tab) are then a code block: readers see the tags. Scraped pages often contain
    both. Hexo and Hugo do this within any element, Jekyll only outside of all elements, and
    Eleventy not at all, since its renderer has no indented code.

    The fix removes the indentation. It is safe if the page is then certain to be the post's own
    HTML, and unsafe if other differences remain or a script would run. Alternatively, name the file
    `.html`, so that no Markdown renderer changes it. Code samples in a post that is written in
    Markdown are not reported.

    The finding is an error if text, an image or a link of the article becomes code, and a warning
    if only tags do.
    """

    code, name, severity = "MD001", "html-as-code", Severity.ERROR
    impact = Impact.CONTENT
    fix = Safety.SAFE
    targets = ("hexo", "jekyll", "hugo")

    bad = [
        Bad(
            "<div>\n<p>a</p>\n\n    ⟦<p>b</p>\n    <p>c</p>⟧\n</div>\n",
            fixed="<div>\n<p>a</p>\n\n<p>b</p>\n<p>c</p>\n</div>\n",
            path="post.md",
            message=(
                "article text shown as source: indented by four or more spaces after an empty"
                " line, so readers see the tags as code"
            ),
        ),
        Bad(
            "<div>\n<p>a</p>\n\n    ⟦<p><img src='a.png' alt=''></p>⟧\n</div>\n",
            fixed="<div>\n<p>a</p>\n\n<p><img src='a.png' alt=''></p>\n</div>\n",
            path="post.md",
            target="hugo",
            message=(
                "image not shown: indented by four or more spaces after an empty line, so"
                " readers see the tags as code"
            ),
        ),
    ]
    good = [
        Good("<div>\n<p>a</p>\n\n    <p>b</p>\n</div>\n"),
        Good("<div>\n<p>a</p>\n\n   <p>b</p>\n</div>\n", path="post.md"),
        Good("<div>\n<p>a</p>\n\n    <p>b</p>\n</div>\n", path="post.md", target="eleventy"),
        Good("# Title\n\nA sample:\n\n    <p>b</p>\n", path="post.md"),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        changes = post.markdown_changes
        if not changes:
            return ()
        from newslint import markdown

        blocks = markdown.html_blocks_as_code(post.markdown_text, *post.markdown_target, changes)
        # Where raw HTML is dropped, what is no code any more is lost.
        fixes = not post.drops_html
        return [self.report(block, post, fixes=fixes) for block in blocks]

    def report(self, block: markdown.CodeBlock, post: Post, *, fixes: bool) -> Finding:
        """Return the finding of one block, with the fix that takes its indentation away."""
        shift = post.body_start
        span = Span(block.start, block.end).shift(shift)
        severity = None if block.loss else Severity.WARNING
        told = block.detail
        if block.loss:
            told = msg("{loss}: {detail}", loss=block.loss, detail=block.detail)
        if not fixes:
            return self.finding(span, told, severity=severity)
        edits = [(Span(start, end).shift(shift), text) for start, end, text in block.edits]
        is_sample = _SAMPLE.search(post.markdown_text, block.start, block.end) is not None
        safety = Safety.SAFE if block.safe and not is_sample else Safety.UNSAFE
        fix = self.make_fix("Remove the indentation", *edits, safety=safety) if edits else None
        return self.finding(span, told, fix, severity)
