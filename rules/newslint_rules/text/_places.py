"""Where the text of a post is that readers read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from newslint import Span, TokenKind

if TYPE_CHECKING:
    from newslint import Post, Token

TEXT_ATTRIBUTES = frozenset({"alt", "title", "aria-label", "placeholder", "summary"})
"""Attributes whose value is text for people."""

_PROGRAMS = frozenset({"script", "style"})

_Found = TypeVar("_Found")


def programs(post: Post) -> list[Span]:
    """Return where scripts and styles are: no one reads them as text."""
    return [
        token.span.shift(post.html.start)
        for token in post.html.tokens
        if token.kind is TokenKind.TEXT and token.name in _PROGRAMS
    ]


def is_in(spans: Sequence[Span], offset: int) -> bool:
    """Return whether an offset is in one of some spans, which are sorted and do not overlap."""
    at = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return at >= 0 and offset < spans[at].end


def is_read(post: Post, token: Token, offset: int) -> bool:
    """Return whether a place within a token is in an attribute that readers read."""
    if token.kind is not TokenKind.START:
        return False
    return any(
        one.name in TEXT_ATTRIBUTES and one.value_span.start <= offset < one.value_span.end
        for one in post.html.attributes_of(token)
    )


def by_line(
    post: Post, found: Iterable[tuple[Span, _Found]]
) -> Iterable[list[tuple[Span, _Found]]]:
    """Yield what was found, each line's together; ``found`` is in the order of the text."""
    lines = post.source.lines
    for _, group in groupby(found, key=lambda one: lines.position(one[0].start).line):
        yield list(group)
