"""Whether a body passes the Markdown renderer as it is: one block of raw HTML after another."""

from __future__ import annotations

import re

from newslint.core import lazy
from newslint.generators.markdown.dialects import Dialect
from newslint.generators.target import Version, major

_BLANK = lazy.pattern(r"(?:[ \t]*+(?:\n|\Z))*+")


def plain_lines(text: str, dialect: Dialect) -> str:
    r"""Return the text with ``\n`` for line ends, of the same length: CRLF becomes blank and LF.

    A lone CR ends a line for all but goldmark.
    """
    if "\r" not in text:
        return text
    return text.replace("\r\n", " \n").replace("\r", "\n" if dialect.lone_cr else " ")


def first_change(text: str, dialect: Dialect) -> int | None:
    r"""Return the offset at which the first block begins that is no raw HTML; None when all are.

    ``text`` has ``\n`` for line ends (`plain_lines`). Linear in its length.
    """
    position = 0
    length = len(text)
    while True:
        blank = _BLANK.match(text, position)
        position = blank.end() if blank else position
        if position >= length:
            return None
        end = dialect.html_end(text, position)
        if end is None:
            return position
        position = end


def output(text: str, dialect: Dialect, version: Version | None) -> str:
    """Return what the renderer writes for a body that is raw HTML all through.

    Only marked keeps the empty lines between blocks; older ones replace tabs by spaces:
    2.1 (Hexo 5) all of them, 4.3 (Hexo 6 and 7) those at the beginning of a line.
    """
    if dialect.marked:
        if major(version) == 5:
            return text.replace("\t", "    ")
        if major(version) in (6, 7):
            return _LEADING_TABS.sub(lambda found: found[1] + "    " * len(found[2]), text)
        return text
    pieces: list[str] = []
    position, length = 0, len(text)
    while True:
        blank = _BLANK.match(text, position)
        position = blank.end() if blank else position
        end = dialect.html_end(text, position) if position < len(text) else None
        if end is None:
            return "".join(pieces)
        block = text[position:end].rstrip(" \t\n")
        pieces.append(block + "\n" if position + len(block) < length else block)
        position = end


_LEADING_TABS = lazy.pattern(r"^( *+)(\t++)", re.MULTILINE)
