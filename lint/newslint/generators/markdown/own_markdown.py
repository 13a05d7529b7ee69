"""Markdown that the writer of a post means as such, between the HTML: no change of the post."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newslint.core import lazy
from newslint.core.span import LineIndex
from newslint.generators.markdown import losses
from newslint.generators.markdown.blocks import prose_parser
from newslint.generators.markdown.context import Context
from newslint.generators.markdown.dialects import Dialect
from newslint.generators.markdown.find_code import block_span, code_spans
from newslint.html.content_model import CLOSES_P
from newslint.html.tokenizer import VOID, TokenKind, tokens

if TYPE_CHECKING:
    from markdown_it.token import Token

_PLAIN = frozenset({"hr", "fence"})
"""Blocks of which no text can be lost."""
_PROSE = frozenset(
    {
        "paragraph_open",
        "heading_open",
        "bullet_list_open",
        "ordered_list_open",
        "blockquote_open",
        "table_open",
    }
)
_UNDERLINES = frozenset({"-", "="})
"""The marks of a heading that may be a line of text above a rule."""
_ESCAPE = lazy.pattern(r"\\[!-/:-@\[-`{-~]")
"""A backslash that the page does not show: a writer of HTML misses it."""
_LIST_MARK = lazy.pattern(r"^[ \t>]*+(?:[-+*]|[0-9]{1,9}[.)])(?=[ \t])", re.MULTILINE)
"""What the page shows as the mark of an item."""
_APART = lazy.pattern(r"[ \t]*+(?:\n[ \t]*+(?:\n|\Z)|\Z)")


def commonmark(
    blocks: Sequence[Sequence[Token]], text: str, lines: LineIndex, rules: Dialect, context: Context
) -> dict[int, tuple[int, int]]:
    """Return the blocks that are Markdown of the writer's own, nothing of it lost: their places.

    A block has to be outside of all elements: within one, the same text may be HTML, to which a
    ``<p>`` is added. Empty lines have to be between it and the HTML, but for a heading after ``#``.
    """
    found = {}
    for number, block in enumerate(blocks):
        opening = block[0]
        if not opening.map or not (opening.type in _PLAIN or opening.type in _PROSE):
            continue
        start, end = block_span(text, lines, opening)
        if not context.is_top_level(start):
            continue
        if not opening.markup.startswith("#") and not _is_apart(blocks, number, lines):
            continue
        if opening.type in _PLAIN or _keeps_all(opening, text[start:end], rules):
            found[number] = (start, end)
    return found


def _is_apart(blocks: Sequence[Sequence[Token]], number: int, lines: LineIndex) -> bool:
    """Return whether no HTML is on the lines before and after a block."""
    first, after = blocks[number][0].map or (0, 0)
    before = lines.line(first) if first else ""
    # A list includes the empty lines after it.
    behind = lines.line(after + 1) if lines.line(after).strip() and after < len(lines) else ""
    return not (before.strip() and _is_html(blocks, number - 1)) and not (
        behind.strip() and _is_html(blocks, number + 1)
    )


def _is_html(blocks: Sequence[Sequence[Token]], number: int) -> bool:
    return 0 <= number < len(blocks) and blocks[number][0].type == "html_block"


def _keeps_all(opening: Token, text: str, rules: Dialect) -> bool:
    """Return whether the page has all of a block, and a browser finds no other elements in it."""
    if opening.type == "heading_open" and opening.markup in _UNDERLINES:
        return False
    piece = _without_code(text)
    if _ESCAPE.search(piece) or not _is_phrasing(piece):
        return False
    shown = str(prose_parser(rules).render(piece))
    return not losses.between(_LIST_MARK.sub("", piece), shown)


def _without_code(text: str) -> str:
    """Return a piece of Markdown with a letter for each piece of code, which is shown as it is."""
    pieces: list[str] = []
    position = 0
    for start, end in code_spans(text):
        pieces += (text[position:start], "x")
        position = end
    return "".join([*pieces, text[position:]]).strip()


def _is_phrasing(html: str) -> bool:
    """Return whether a paragraph may contain this: each element is whole, and none is a block."""
    names: list[str] = []
    for token in tokens(html):
        if token.kind is TokenKind.COMMENT and token.closed:
            continue
        is_tag = token.kind in (TokenKind.START, TokenKind.END)
        if not is_tag or token.name in CLOSES_P:
            return False
        if token.kind is TokenKind.END:
            if not names or names.pop() != token.name:
                return False
        elif token.name not in VOID:
            names.append(token.name)
    return not names


def kramdown(text: str, start: int, end: int) -> bool:
    """Return whether text is between empty lines: a paragraph of the writer's own."""
    piece = text[start:end].strip()
    at = text.index(piece, start) if piece else start
    before = text[max(0, at - 200) : at].rstrip(" \t")
    is_apart = before in ("", "\n") or before.endswith("\n\n")
    return (
        is_apart
        and not piece.startswith("<!--")
        and _APART.match(text, at + len(piece)) is not None
    )
