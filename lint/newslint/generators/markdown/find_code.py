"""Which parts of a Markdown text are code: fences, inline code, indented samples.

What is in code is shown to the reader as it is: a tag there is no element of the page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newslint.core import lazy
from newslint.core.span import LineIndex, Span
from newslint.generators.commonmark_tags import MAY_BE_TAG
from newslint.generators.markdown import kramdown
from newslint.generators.markdown.blocks import body_tokens, is_too_long
from newslint.generators.markdown.code_fences import fences
from newslint.generators.markdown.context import Context, blanked
from newslint.generators.markdown.inline_code import code_in
from newslint.generators.markdown.kramdown_grammar import SWITCH
from newslint.generators.markdown.recent import kept

if TYPE_CHECKING:
    from markdown_it.token import Token

_COLUMNS = r"(?: {4}| {0,3}\t)[ \t]*+[^ \t\n]"
_INDENTED = (
    # Four columns after an empty line, a heading, or at the very beginning,
    lazy.pattern(rf"\n[ \t>]*+\n{_COLUMNS}"),
    lazy.pattern(rf"\n {{0,3}}#[^\n]*+\n{_COLUMNS}"),
    lazy.pattern(rf"\A(?:[ \t]*+\n| {{0,3}}#[^\n]*+\n)*+{_COLUMNS}"),
    # or after the marker of a list.
    lazy.pattern(r"[-+*.)](?: {5}| {0,4}\t)[ \t]*+[^ \t\n]"),
)


def _may_be_indented(text: str) -> bool:
    """Whether any line may be indented code: quick, and true too often rather than too seldom."""
    if "    " not in text and "\t" not in text:
        return False
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return any(pattern.search(text) for pattern in _INDENTED)


def code_spans(text: str, target: str = "") -> Sequence[Span]:
    """Where the code of a Markdown body is, in order, as (start, end) offsets of code points.

    Fenced code is counted with its fences, inline code with its backticks, indented code from
    its first character to its last. Indented lines are code only where they are a sample of
    hand-written Markdown; inside an open HTML element, or in a post that is HTML, they are
    the post's own HTML gone wrong (rule MD001), and no span.

    ``target`` may name the generator: Hexo takes fences out of HTML too, Eleventy knows no indented
    code, and to Jekyll nothing within an element is code. Without it the text is read as
    CommonMark has it.

    Above the limits of `blocks` only the fences at the left margin are found.
    """
    if "`" not in text and "~~~" not in text and not _may_be_indented(text):
        return []
    if is_too_long(text):
        return [Span(*span) for span in _fences_at_margin(text)]
    return _code_spans(text, "" if target == "hugo" else target)


def has_tag(text: str, target: str = "") -> bool:
    """Return whether a Markdown body has anything that may be a tag or a comment, outside of code.

    Quick, and true too often rather than too seldom.
    """
    if MAY_BE_TAG.search(text) is None:
        return False
    code = code_spans(text, target)
    return not code or MAY_BE_TAG.search(blanked(text, code)) is not None


def without_fences(text: str, target: str = "") -> str:
    """Return a Markdown body with the code blanked that takes several lines: same length."""
    code = [span for span in code_spans(text, target) if "\n" in text[span.start : span.end]]
    return blanked(text, code)


_SPAN_SIZE = 130
"""Bytes of a span in memory (measured)."""


def _size(spans: Sequence[Span]) -> int:
    return _SPAN_SIZE * len(spans)


@kept(_size)
def _code_spans(text: str, target: str) -> Sequence[Span]:
    return [Span(*span) for span in _found(text, target)]


def _found(text: str, target: str) -> list[tuple[int, int]]:
    tokens = body_tokens(text, target)
    lines = LineIndex(text)
    spans = [_fence(text, lines, token) for token in tokens if token.type == "fence"]
    for number, token in enumerate(tokens):
        if token.type == "inline" and "`" in token.content:
            table = tokens[number - 1].type in ("th_open", "td_open")
            spans += _inline(text, lines, token, table)
    if target.startswith("hexo"):
        spans += fences(text)
    spans = _apart(spans)
    indented = [block_span(text, lines, t) for t in tokens if t.type == "code_block"]
    if indented:
        context = Context(text, spans, indented)
        spans = _apart(spans + [s for s in indented if not context.in_html(s[0])])
    if target == "jekyll" and "<" in text:
        return _outside_elements(text, spans)
    return spans


def _outside_elements(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The code that kramdown takes for it: in an element all is HTML, unless it says otherwise."""
    plain = text.replace("\r\n", " \n").replace("\r", "\n")
    elements = [
        (start, end)
        for start, end in kramdown.render(plain).elements
        if SWITCH.search(text, start, end) is None
    ]
    starts = [start for start, _ in elements]
    return [
        span
        for span in spans
        if not (at := bisect_right(starts, span[0])) or span[0] >= elements[at - 1][1]
    ]


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans in order, those that overlap joined."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def block_span(text: str, lines: LineIndex, token: Token) -> tuple[int, int]:
    """The offsets of a block, from its first character that is no white space to its last."""
    first, last = _line_range(lines, token)
    start, end = lines.span(first).start, lines.span(last).end
    while end > start and text[end - 1] in " \t\r\n":
        end -= 1
    if token.type == "code_block":
        # In a list it may stand on the line of the marker.
        content = token.content.lstrip().split("\n", 1)[0]
        start = max(start, text.find(content, start, end))
    while start < end and text[start] in " \t\r\n":
        start += 1
    return start, end


def _line_range(lines: LineIndex, token: Token) -> tuple[int, int]:
    """Return the first and the last line of a block, counted from 1."""
    first, end = token.map or [0, 1]
    return first + 1, min(max(end, first + 1), len(lines))


def _fence(text: str, lines: LineIndex, token: Token) -> tuple[int, int]:
    first, last = _line_range(lines, token)
    line = lines.span(first)
    start = text.find(token.markup, *line)
    return (start if start >= 0 else line.start), lines.span(last).end


def _inline(text: str, lines: LineIndex, token: Token, table: bool) -> Iterator[tuple[int, int]]:
    """The inline code of a paragraph, heading or table cell, as offsets of the complete text."""
    first, last = _line_range(lines, token)
    contents = token.content.split("\n")
    if table or len(contents) == 1:
        # A cell contains "\|" as "|"; so a complete row is looked through, each cell on its own.
        span = lines.span(first)
        pieces = _cells(text, *span) if table else [(span.start, text[span.start : span.end])]
        if not table:
            at = text.find(token.content, *span)
            pieces = [(at, token.content)] if at >= 0 else pieces
        for start, piece in pieces:
            for begin, end in code_in(piece):
                yield start + begin, start + end
        return
    # Each line of the content is the end of a line of the text: markers stand before it.
    offsets: list[int] = []
    for number, content in enumerate(contents):
        span = lines.span(min(first + number, last))
        at = text.rfind(content, *span)
        offsets.append(at if at >= 0 else span.end - len(content))
    starts = [0]
    for content in contents:
        starts.append(starts[-1] + len(content) + 1)
    for begin, end in code_in(token.content):
        yield _mapped(begin, starts, offsets), _mapped(end - 1, starts, offsets) + 1


def _mapped(position: int, starts: list[int], offsets: list[int]) -> int:
    line = bisect_right(starts, position) - 1
    return offsets[line] + position - starts[line]


_CELL = lazy.pattern(r"(?:[^|\\]|\\.?)++", re.DOTALL)


def _cells(text: str, start: int, end: int) -> list[tuple[int, str]]:
    return [(match.start(), match[0]) for match in _CELL.finditer(text, start, end)]


_MARGIN_FENCE = lazy.pattern(r"^ {0,3}(?:(`{3,})[^`\r\n]*|(~{3,})[^\r\n]*)$", re.MULTILINE)


def _fences_at_margin(text: str) -> Iterator[tuple[int, int]]:
    start, opening = -1, ""
    for match in _MARGIN_FENCE.finditer(text):
        mark = match[1] or match[2]
        if start < 0:
            start, opening = match.start(), mark
        elif mark[0] == opening[0] and len(mark) >= len(opening) and match[0].strip() == mark:
            yield start, match.end()
            start = -1
    if start >= 0:
        yield start, len(text)
