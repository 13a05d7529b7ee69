"""MD002."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newslint import (
    Bad,
    Finding,
    Fix,
    Good,
    Impact,
    PostRule,
    Safety,
    Severity,
    Span,
    TokenKind,
    lazy,
    msg,
)
from newslint_rules.markup._element_names import HTML_ELEMENTS

if TYPE_CHECKING:
    from newslint import MarkdownChange, Post

_FENCE = lazy.pattern(r"^[ \t]*+(?P<marks>`{3,}+|~{3,}+)[^\r\n`]*+\r?$", re.MULTILINE)


class HtmlBrokenByMarkdown(PostRule):
    """HTML in a Markdown file must reach the page unchanged.

    After an empty line inside of an element, text that does not begin with a block tag is Markdown:
    it is put into a `<p>` element, `*` and `_` become emphasis, and plain URLs become links.
    Jekyll's renderer also prints tags that it cannot read as text, and closes open elements at
    other places. The tree of the page then differs from that of the post's HTML.

    Put the text into a `<p>`, remove the empty line, or name the file `.html`, so that no Markdown
    renderer changes it. MD001 reports HTML that becomes code. Text that is written in Markdown is
    not reported, except tags of images, links and similar elements that the renderer prints: a tag
    over several lines of which one begins with `>`, or in Jekyll a tag with an unquoted value such
    as `width=100%`. In a post of HTML, a paragraph, heading or list outside of all elements is
    Markdown if it is between empty lines and all of it is kept. In Jekyll, a paragraph between
    empty lines within an element is not reported either.

    The finding is an error if an image, a link or text is not on the page or is shown as source,
    and the message states what is lost; it is a warning if only the appearance changes. The fixes
    make the renderer return the post's own HTML: an empty line before a `<pre>`, no empty line
    within an element, a tag on one line, quotes around values.
    """

    code, name, severity = "MD002", "html-broken-by-markdown", Severity.ERROR
    impact = Impact.CONTENT
    fix = Safety.SAFE
    targets = ("hexo", "jekyll", "hugo", "eleventy")

    bad = [
        Bad(
            "<div>\n<p>a</p>\n\n⟦some *text* here⟧\n</div>\n",
            fixed="<div>\n<p>a</p>\nsome *text* here\n</div>\n",
            path="post.md",
            message=(
                "the Markdown renderer changes this: rendered as Markdown: is put into a <p> "
                "element; * and _ may become emphasis"
            ),
        ),
        Bad(
            '⟦<img\n  src="a.png"\n  alt=""\n>⟧\n',
            fixed='<img src="a.png" alt="">\n',
            path="post.md",
            message=(
                "image not shown: a line of the tag begins a block of Markdown,"
                " and the tag is printed as text"
            ),
        ),
        Bad(
            'Text.\n\n⟦<img src="a.png" width=100%>⟧\n',
            fixed='Text.\n\n<img src="a.png" width="100%">\n',
            path="post.md",
            target="jekyll",
        ),
        Bad("<div>\n<p>a ⟦</b>⟧ b</p>\n</div>\n", path="post.md", target="jekyll"),
    ]
    good = [
        Good("<div>\n<p>a</p>\n\nsome *text* here\n</div>\n"),
        Good("<div>\n<p>a</p>\n\n<p>some *text* here</p>\n</div>\n", path="post.md"),
        Good("<div>\n<p>a</p>\n</div>\n\nsome *text* here\n\n<p>b</p>\n", path="post.md"),
        Good(
            "<div>\n\nsome text here\n\n</div>\n<p>b</p>\n",
            path="post.md",
            target="jekyll",
        ),
        Good("# Title\n\nSome *text* here.\n", path="post.md"),
        Good('<div markdown="1">\n\n**Text**\n\n</div>\n', path="post.md", target="jekyll"),
        Good('<p markdown="0">a *b* c</p>\n', path="post.md", target="jekyll"),
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
        fixes = self._fixes(post)
        for change in pieces.values():
            span = Span(change.start, change.end).shift(post.body_start)
            if not change.checked:
                yield self.finding(span, change.detail, severity=Severity.INFO)
                continue
            yield self.finding(
                span,
                _words(change),
                fixes.get(change.start),
                None if change.loss or change.stops else Severity.WARNING,
                Impact.BUILD if change.stops else None,
            )

    def _fixes(self, post: Post) -> dict[int, Fix]:
        """The fixes by the places of the changes; none where the page would not show the HTML."""
        if post.drops_html:
            return {}
        from newslint import markdown

        found = markdown.find_repairs(
            post.markdown_text, post.markdown_changes, *post.markdown_target
        )
        fixes = {}
        for repair in found:
            edits = [
                (Span(start, end).shift(post.body_start), to) for start, end, to in repair.edits
            ]
            after = post.with_edits(edits)
            if _unrendered(after) > _unrendered(post):
                continue  # MD005 would report it: what is rendered now is meant as Markdown.
            is_safe = repair.safe and _elements(after) - _elements(post) <= HTML_ELEMENTS
            safety = Safety.SAFE if is_safe else Safety.UNSAFE
            fixes[repair.at] = self.make_fix(repair.words, *edits, safety=safety)
        return fixes

    def _fences(self, post: Post) -> Iterable[Finding]:
        """Hexo makes code blocks of ``` and ~~~ before it renders, in HTML files as well."""
        body = post.body_text
        if "```" not in body and "~~~" not in body:
            return
        for fence in _FENCE.finditer(body):
            if body.find(fence["marks"], fence.end()) > 0:
                span = Span(*fence.span("marks")).shift(post.body_start)
                told = msg("Hexo turns this into a code block in HTML files too")
                yield self.finding(span, told, severity=Severity.INFO)
                return


def _unrendered(post: Post) -> int:
    """Return how many pieces of Markdown are shown as source."""
    from newslint import markdown

    return len(markdown.find_unrendered(post.markdown_text, *post.markdown_target))


def _elements(post: Post) -> set[str]:
    """Return the names of the elements; one that no browser knows hides its name from readers."""
    return {token.name for token in post.tokens if token.kind is TokenKind.START}


def _words(change: MarkdownChange) -> str:
    """Return what becomes of a piece, and first what readers lose by it."""
    if not change.loss:
        return msg("the Markdown renderer changes this: {detail}", detail=change.detail)
    return msg("{loss}: {detail}", loss=change.loss, detail=change.detail)
