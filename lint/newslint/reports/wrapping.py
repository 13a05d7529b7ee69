"""Wrap texts at the width of the terminal, between words."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from newslint.core import lazy

_WIDE = "\u1100-\u11ff\u2e80-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003fffd"
"""Hangul, kana and Chinese characters, between which lines may break."""
_OPENING = "（【《〈「『“‘〔"
_CLOSING = "、。，．：；！？）】》〉」』”’〕％…—"
_PIECE = lazy.pattern(
    rf"[{_OPENING}]*+(?:(?![{_OPENING}{_CLOSING}])(?:[{_WIDE}]|[^\s{_WIDE}{_OPENING}{_CLOSING}]++))?"
    rf"[{_CLOSING}]*+(?<=\S)|\s++"
)
"""An unbreakable piece: a word, or one Chinese character, with its punctuation."""

LEAST = 20
"""Minimum width in cells for wrapping; a narrower terminal wraps texts itself."""


def wrapped(text: str, width: int) -> list[str]:
    """Return the lines of a text, each at most ``width`` cells wide.

    Words that are longer than a line are cut.
    """
    if cell_len(text) <= width:
        return [text]
    lines, line, used, gap = [], "", 0, ""
    for piece in _pieces(text, max(width, LEAST)):
        if piece.isspace():
            gap = " " if line else ""
            continue
        cells = cell_len(piece)
        if line and used + len(gap) + cells > max(width, LEAST):
            lines.append(line)
            line, used, gap = "", 0, ""
        line += gap + piece
        used += len(gap) + cells
        gap = ""
    return [*lines, line]


def _pieces(text: str, width: int) -> Iterator[str]:
    for found in _PIECE.finditer(text):
        piece = found[0]
        while cell_len(piece) > width:
            end = width
            while cell_len(piece[:end]) > width:
                end -= 1
            yield piece[:end]
            piece = piece[end:]
        if piece:
            yield piece
