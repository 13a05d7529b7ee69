"""A text that remembers where in the post each of its characters came from."""

from __future__ import annotations

from bisect import bisect_right


class TracedText:
    """A text built from pieces of a post.

    ``text`` is what a later step reads; ``source(at)`` is the offset in the post of the
    character at ``at``. A piece that represents something else keeps the offset of that.
    """

    __slots__ = ("_exact", "_parts", "_size", "_sources", "_starts", "_text")

    def __init__(self, text: str = "") -> None:
        self._text = text
        self._parts: list[str] = []
        self._size = len(text)
        self._starts = [0] if text else []
        self._sources = [0] if text else []
        self._exact = [True] if text else []

    @property
    def text(self) -> str:
        """The text as it is read by the next step."""
        if self._parts:
            self._text += "".join(self._parts)
            self._parts.clear()
        return self._text

    def __len__(self) -> int:
        return self._size

    def put(self, text: str, source: int, *, exact: bool = False) -> None:
        """Append a text; ``exact`` if its characters stand side by side in the post too."""
        if text:
            self._starts.append(self._size)
            self._sources.append(source)
            self._exact.append(exact)
            self._parts.append(text)
            self._size += len(text)

    def copy(
        self, other: TracedText, start: int, end: int, table: dict[int, str] | None = None
    ) -> None:
        """Append a slice of another text; ``table`` translates it, one character for one."""
        end = min(end, len(other))
        if start >= end:
            return
        text = other.text
        piece = bisect_right(other._starts, start) - 1
        while start < end:
            following = piece + 1
            limit = other._starts[following] if following < len(other._starts) else len(other)
            stop = min(end, limit)
            part = text[start:stop]
            exact = other._exact[piece]
            self.put(
                part.translate(table) if table else part,
                other._sources[piece] + (start - other._starts[piece] if exact else 0),
                exact=exact,
            )
            start, piece = stop, following

    def source(self, at: int) -> int:
        """The offset in the post of the character at ``at``; at the end, just after the last."""
        if not self._starts:
            return 0
        if at >= self._size:
            return self.source(self._size - 1) + 1 if self._size else 0
        piece = bisect_right(self._starts, at) - 1
        return self._sources[piece] + (at - self._starts[piece] if self._exact[piece] else 0)

    def end(self, at: int) -> int:
        """Return the offset in the post just after the character before ``at``."""
        return self.source(at - 1) + 1 if at else 0


def unix_lines(text: str) -> TracedText:
    """Return the post as Hexo reads it: CRLF is LF, and a byte order mark is gone."""
    start = 1 if text.startswith("\ufeff") else 0
    traced = TracedText()
    if "\r\n" not in text:
        traced.put(text[start:], start, exact=True)
        return traced
    while (at := text.find("\r\n", start)) >= 0:
        traced.put(text[start:at], start, exact=True)
        start = at + 1
    traced.put(text[start:], start, exact=True)
    return traced
