"""Offsets into the decoded text, and their lines and columns."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from newslint.core import lazy

_LINE_END = lazy.pattern(r"\r\n|\r|\n")


_EMPTY_REST = lazy.pattern(r"[^\S\r\n]*+(?:\r\n|\r|\n)")


class Span(NamedTuple):
    """A half-open range of offsets, in code points of the decoded file; ``end`` is exclusive."""

    start: int
    end: int

    def shift(self, by: int) -> Span:
        """Return the span moved by ``by`` code points."""
        return Span(self.start + by, self.end + by)


def with_line(text: str, span: Span) -> Span:
    """Return the span to delete to remove ``span``: its whole line if that contains nothing else.

    An empty line that remained would begin a new block in Markdown. In the last line of a text,
    the preceding line end stays.
    """
    rest = _EMPTY_REST.match(text, span.end)
    before = span.start
    while before and text[before - 1] not in "\r\n":
        before -= 1
        if not text[before].isspace():
            return span
    return Span(before, rest.end()) if rest else span


class Position(NamedTuple):
    """A position for readers: line and column count from 1, the offset from 0, in code points."""

    line: int
    column: int
    offset: int


class LineIndex:
    """Converts between offsets and lines and columns of a text.

    LF, CRLF and a lone CR end a line, as in editors; U+2028 and similar characters do not.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        if text.count("\r") == text.count("\r\n"):
            # Five times as fast as the pattern.
            self._starts = [0, *accumulate([len(line) + 1 for line in text.split("\n")])]
            self._starts.pop()
        else:
            self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def __len__(self) -> int:
        return len(self._starts)

    def position(self, offset: int) -> Position:
        """Return the line and column of an offset; beyond the end, those of the text's end."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1, offset)

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a 1-based line and column; past the line's end, that of the end."""
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
