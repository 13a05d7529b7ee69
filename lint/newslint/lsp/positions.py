"""Convert offsets to positions of the Language Server Protocol, and back.

A position is a line and a column, both from 0; the column is in the units that client and server
agreed on, by default UTF-16 (LSP 3.17, "Position").
"""

from __future__ import annotations

from lsprotocol import types

from newslint.core.finding import Edit
from newslint.core.span import LineIndex, Span

Encoding = types.PositionEncodingKind | str

_CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
"""Python's codec of each encoding, and the number of bytes of a unit."""


class Places:
    """The positions of one text. Only LF, CRLF and CR end a line, as in the protocol."""

    def __init__(self, text: str, encoding: Encoding) -> None:
        name = encoding.value if isinstance(encoding, types.PositionEncodingKind) else encoding
        self._text = text
        self._lines = LineIndex(text)
        self._codec, self._unit = _CODECS[name]

    def position(self, offset: int) -> types.Position:
        """Return the position of an offset."""
        line, column, _ = self._lines.position(offset)
        before = self._text[offset - column + 1 : offset]
        if not before.isascii():
            column = len(before.encode(self._codec, "surrogatepass")) // self._unit + 1
        return types.Position(line - 1, column - 1)

    def range(self, span: Span) -> types.Range:
        """Return the range of a span."""
        return types.Range(self.position(span.start), self.position(span.end))

    def offset(self, position: types.Position) -> int:
        """Return the offset of a position; beyond the end of its line, the offset of the end."""
        if position.line >= len(self._lines):
            return len(self._text)
        start, end = self._lines.span(position.line + 1)
        line = self._text[start:end]
        if line.isascii():
            return min(start + position.character, end)
        units = line.encode(self._codec, "surrogatepass")[: position.character * self._unit]
        # A position inside a character is the character's beginning.
        return start + len(units.decode(self._codec, "ignore"))

    def span(self, range_: types.Range) -> Span:
        """Return the span of a range."""
        return Span(self.offset(range_.start), self.offset(range_.end))

    def edit(self, edit: Edit) -> types.TextEdit:
        """Return an edit of a fix; one that begins or ends inside a CRLF includes all of it."""
        (start, end), content = edit.span, edit.content
        if self._splits_crlf(start):
            start, content = start - 1, "\r" + content
        if self._splits_crlf(end):
            end, content = end + 1, content + "\n"
        return types.TextEdit(self.range(Span(start, end)), content)

    def _splits_crlf(self, offset: int) -> bool:
        return offset > 0 and self._text[offset - 1 : offset + 1] == "\r\n"
