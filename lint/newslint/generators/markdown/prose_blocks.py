"""The paragraphs, headings and rows of a Markdown text, with all that is no plain text masked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from newslint.core import lazy
from newslint.core.span import LineIndex
from newslint.generators.markdown.blocks import block_tokens, is_too_long
from newslint.generators.markdown.dialects import Dialect
from newslint.generators.markdown.inline_code import code_in, tags_and_comments

if TYPE_CHECKING:
    from markdown_it.token import Token

MASK = "\ue000"
"""What represents each character that is no plain text."""

_MARKERS = lazy.pattern(r"^(?:[ \t]*(?:>|[-+*](?=[ \t])|[0-9]{1,9}[.)](?=[ \t])))+", re.MULTILINE)
_HIDDEN = (
    lazy.pattern(r"\\[!-/:-@\[-`{-~]"),
    lazy.pattern(r"\$\$.+?\$\$|(?<![\\$\w])\$(?!\s)[^$\n]+(?<!\s)\$(?![\w$])", re.DOTALL),
    lazy.pattern(r"(?<=\]\()[^()\s]*(?:\([^()\s]*\)[^()\s]*)*"),
    lazy.pattern(r"(?:https?|ftp)://[^\s<>)\]]+|www\.[^\s<>)\]]+"),
    lazy.pattern(r"\{\{[^{}\n]{0,300}\}\}|\{%[^{}\n]{0,300}%\}"),
)


class Block(NamedTuple):
    """A piece of prose: ``text`` is as long as what it represents, from ``start`` to ``end``."""

    start: int
    end: int
    kind: str
    """``paragraph``, ``heading`` or ``row``."""
    text: str
    markup: str = ""
    """Of a heading, the line below it or the signs before it."""


def prose_blocks(text: str, rules: Dialect | None) -> list[Block]:
    """The prose of a text as a renderer of CommonMark has it; none of one that is too long."""
    if is_too_long(text):
        return []
    tokens = block_tokens(text, rules)
    lines = LineIndex(text)
    return [*_blocks(text, tokens, lines)]


def _blocks(text: str, tokens: Sequence[Token], lines: LineIndex) -> Iterator[Block]:
    last = -1
    for number, token in enumerate(tokens):
        opening = tokens[number - 1] if token.type == "inline" else token
        if token.type == "inline" and token.map and opening.type[:-5] in ("paragraph", "heading"):
            first, end = token.map
            kind = opening.type[:-5]
        elif token.type == "tr_open" and token.map:
            (first, end), kind = token.map, "row"
        else:
            continue
        if first < last:
            continue
        last = end
        start = lines.span(first + 1).start
        stop = lines.span(min(end, len(lines))).end
        yield Block(start, stop, kind, masked(text[start:stop]), opening.markup)


def masked(prose: str) -> str:
    """Prose with its code, tags, addresses, formulas, escapes and markers of lists masked."""
    prose = _cover(prose, [found.span() for found in _MARKERS.finditer(prose)], " ")
    if "`" in prose:
        prose = _cover(prose, code_in(prose), MASK)
    if "<" in prose:
        prose = _cover(prose, [*tags_and_comments(prose)], MASK)
    for pattern in _HIDDEN:
        prose = _cover(prose, [found.span() for found in pattern.finditer(prose)], MASK)
    return prose


def _cover(text: str, spans: Sequence[tuple[int, int]] | Iterator[tuple[int, int]], by: str) -> str:
    pieces: list[str] = []
    position = 0
    for start, end in spans:
        pieces += (text[position:start], re.sub(r"[^\r\n]", by, text[start:end]))
        position = end
    return "".join([*pieces, text[position:]])
