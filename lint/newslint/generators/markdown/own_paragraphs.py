"""Paragraphs that the writer of a post means as such, between the HTML: no change of the post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newslint.core import lazy
from newslint.core.span import LineIndex
from newslint.generators.markdown import dom_equal, losses
from newslint.generators.markdown.blocks import prose_parser
from newslint.generators.markdown.context import Context
from newslint.generators.markdown.dialects import Dialect
from newslint.generators.markdown.find_code import block_span
from newslint.html.content_model import CLOSES_P
from newslint.html.tokenizer import VOID, TokenKind, tokens

if TYPE_CHECKING:
    from markdown_it.token import Token

_ESCAPE = lazy.pattern(r"\\[!-/:-@\[-`{-~]")
"""A backslash that the page does not show: a writer of HTML misses it."""
_APART = lazy.pattern(r"[ \t]*+(?:\n[ \t]*+(?:\n|\Z)|\Z)")


def commonmark(
    block: list[Token], text: str, lines: LineIndex, rules: Dialect, context: Context
) -> bool:
    """Return whether a block is a paragraph between empty lines of which nothing is lost.

    The writer of a post that mixes HTML and Markdown means it as one. Within an element it may be
    HTML too, which only the ``<p>`` is added to.
    """
    opening = block[0]
    if opening.type != "paragraph_open" or not opening.map:
        return False
    first, last = opening.map
    before = lines.line(first) if first else ""
    after = lines.line(last + 1) if last < len(lines) else ""
    start, end = block_span(text, lines, opening)
    piece = text[start:end].strip()
    if before.strip() or after.strip() or not _is_phrasing(piece):
        return False
    shown = str(prose_parser(rules).render(piece))
    if context.in_element(start):
        return dom_equal.pieces(shown) == dom_equal.pieces(f"<p>{piece}</p>")
    return _ESCAPE.search(piece) is None and not losses.between(piece, shown)


def _is_phrasing(html: str) -> bool:
    """Return whether a paragraph may contain this: each element is whole, and none is a block."""
    names: list[str] = []
    for token in tokens(html):
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
