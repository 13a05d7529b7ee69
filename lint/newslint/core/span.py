"""Offsets into the decoded text, and their lines and columns."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from newslint.core import lazy

_LINE_END = lazy.pattern(r"\r\n|\r|\n")


_EMPTY_REST = lazy.pattern(r"[^\S\r\n]*+(?:\r\n|\r|\n)")


class Span(NamedTuple):
    """A half-open range of offsets, in code points of the decoded file; ``end`` is exclusive."""

    start: int
    end: int

    def shift(self, by: int) -> Span:
        """Return the same range, ``by`` code points further on."""
        return Span(self.start + by, self.end + by)


def with_line(text: str, span: Span) -> Span:
    """Return what to cut for a span to be gone: with its line, where that contains nothing else.

    An empty line that stayed after would begin a new block in Markdown. The last line of a text
    keeps the line end before it.
    """
    behind = _EMPTY_REST.match(text, span.end)
    before = span.start
    while before and text[before - 1] not in "\r\n":
        before -= 1
        if not text[before].isspace():
            return span
    return Span(before, behind.end()) if behind else span


class Position(NamedTuple):
    """A place for a reader: line and column count from 1, the offset from 0, in code points."""

    line: int
    column: int
    offset: int


class LineIndex:
    """Turns offsets of a text into lines and columns.

    A line ends at LF, CRLF or a lone CR, as editors show it; U+2028 and its like end none.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def __len__(self) -> int:
        return len(self._starts)

    def position(self, offset: int) -> Position:
        """Return the line and column of an offset; one past the end is the end of the last line."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1, offset)

    def offset(self, line: int, column: int) -> int:
        """The offset of a 1-based line and column; past the line's end it is the line's end."""
        if line > len(self._starts):
            return len(self._text)
        span = self.span(line)
        return min(span.start + column - 1, span.end)

    def span(self, line: int) -> Span:
        """Return the range of a 1-based line without its line end."""
        start = self._starts[line - 1]
        end = self._starts[line] if line < len(self._starts) else len(self._text)
        while end > start and self._text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def line(self, line: int) -> str:
        """Return the text of a 1-based line without its line end."""
        span = self.span(line)
        return self._text[span.start : span.end]
