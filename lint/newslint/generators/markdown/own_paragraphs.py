"""Paragraphs that the writer of a post means as such, between the HTML: no change of the post."""

from __future__ import annotations

from newslint.core import lazy

_APART = lazy.pattern(r"[ \t]*+(?:\n[ \t]*+(?:\n|\Z)|\Z)")


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
