"""Decoded text as readers see it, with the source offset of each character."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newslint.core import lazy
from newslint.core.span import Span
from newslint.html.tokenizer import TokenKind

if TYPE_CHECKING:
    from newslint.post.post import Post

_ENTITY = lazy.pattern(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);?")


@dataclass(frozen=True, slots=True)
class MappedText:
    """A text with the offset of each character in the file.

    ``offsets`` has one entry more than the text, for its end; None if the text is in the file
    unchanged, from ``start`` on. The text is ``approximate`` if only its complete range is known.
    """

    text: str
    start: int
    offsets: tuple[int, ...] | None = None
    approximate: Span | None = None

    def span(self, start: int, end: int) -> Span:
        """Return the range of the file for a range of the text."""
        if self.approximate is not None:
            return self.approximate
        if self.offsets is None:
            return Span(self.start + start, self.start + end)
        return Span(self.offsets[start], self.offsets[end])

    def is_exact(self, start: int, end: int) -> bool:
        """Return whether a range is in the file unchanged, so that it can be replaced."""
        return self.approximate is None and (
            self.offsets is None or self.offsets[end] - self.offsets[start] == end - start
        )


def whole_text(text: str) -> MappedText:
    """Return the complete text of a file."""
    return MappedText(text, 0)


def decoded(source: str, start: int) -> MappedText:
    """Return HTML text with decoded references; ``start`` is its offset in the file."""
    if "&" not in source:
        return MappedText(source, start)
    pieces: list[str] = []
    offsets: list[int] = []
    position = 0
    for entity in _ENTITY.finditer(source):
        character = html.unescape(entity[0])
        if character == entity[0]:
            continue
        pieces += (source[position : entity.start()], character)
        offsets += range(start + position, start + entity.start())
        offsets += [start + entity.start()] * len(character)
        position = entity.end()
    pieces.append(source[position:])
    offsets += range(start + position, start + len(source) + 1)
    return MappedText("".join(pieces), start, tuple(offsets))


def text_pieces(post: Post) -> Iterator[MappedText]:
    """Yield the text between the tags of a post's body, piece by piece."""
    position = 0
    for token in post.html.tokens:
        if token.span.start > position:
            piece = post.html.html[position : token.span.start]
            yield decoded(piece, post.body_start + position)
        position = token.span.end
    if position < len(post.html.html):
        yield decoded(post.html.html[position:], post.body_start + position)


def style_texts(post: Post) -> Iterator[MappedText]:
    """Yield the CSS of each ``<style>``, with encoded braces decoded."""
    for token in post.html.tokens:
        if token.kind is TokenKind.TEXT and token.name == "style":
            yield decoded(post.html.html[slice(*token.span)], post.body_start + token.span.start)


def field_value(post: Post, name: str) -> Iterator[MappedText]:
    """Yield the texts of a front matter field, given by its dotted name; list items one by one."""
    header = post.front_matter
    if header is None or header.error is not None:
        return
    path = tuple(name.split("."))
    value: object = header.data
    for part in path:
        value = value.get(part) if isinstance(value, dict) else None
    if isinstance(value, list):
        values: list[tuple[tuple[str | int, ...], object]] = [
            ((*path, at), item) for at, item in enumerate(value)
        ]
    else:
        values = [(path, value)]
    for place, item in values:
        if isinstance(item, str):
            span = header.value_span(place)
            at = post.text.find(item, span.start, span.end)
            yield (
                MappedText(item, at) if at >= 0 else MappedText(item, span.start, approximate=span)
            )
