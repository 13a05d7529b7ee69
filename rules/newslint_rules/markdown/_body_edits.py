"""Edits of a body, as newslint's model of Markdown gives them, as edits of the file."""

from __future__ import annotations

from collections.abc import Iterable

from newslint import Post, Span


def in_file(post: Post, edits: Iterable[tuple[int, int, str]]) -> list[tuple[Span, str]]:
    """Return the spans in the file and the texts of edits given by offsets in the body."""
    return [(Span(start, end).shift(post.body_start), text) for start, end, text in edits]
