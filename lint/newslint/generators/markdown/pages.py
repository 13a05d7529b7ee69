"""Compare two Markdown bodies as the pages that a target builds from them."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from types import MappingProxyType

from newslint.core import lazy
from newslint.generators.markdown import dom_equal
from newslint.generators.markdown.recent import kept
from newslint.generators.markdown.renderer import render
from newslint.generators.target import Version
from newslint.html.tokenizer import URL_ATTRIBUTES, scheme

_UNSEEN = lazy.pattern(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+"
)
"""Control characters and others that no one sees; white space is none of them."""
_COMMENT = lazy.pattern(r"<!--(?:(?!-->).)*+-->|\s++", re.DOTALL)
_PLAIN_NAME = lazy.pattern(r"[a-z][a-z0-9-]*+")
"""A tag's name to every Markdown renderer; newslint's renderers take others for text."""
_PROSE = ("hugo", None)
_PROSE_UNKNOWN = frozenset({"jekyll", "html"})
"""Targets of which only the HTML blocks are rendered: ``_PROSE`` represents their prose."""
_WEB = frozenset({"http", "https"})


def is_unseen(text: str) -> bool:
    """Whether a text is nothing but comments, white space and characters that no one sees."""
    return not _COMMENT.sub("", _UNSEEN.sub("", text))


def differ(
    one: str,
    other: str,
    target: str,
    version: Version | None,
    *,
    tags_only: bool,
    gone: Mapping[str, int] = MappingProxyType({}),
) -> bool:
    """Return whether a target shows two bodies differently, characters that no one sees aside.

    With ``tags_only`` the texts may differ, addresses but for their scheme, and the second has so
    many elements less of each name in ``gone``.
    """
    renderers = [(target, version)]
    if target in _PROSE_UNKNOWN:
        renderers.append(_PROSE)
    for renderer in renderers:
        left, right = (_pieces(text, *renderer) for text in (one, other))
        if tags_only and not all(_are_gone(left, right, *one) for one in gone.items()):
            return True
        if _tags(left, gone) != _tags(right, gone) if tags_only else left != right:
            return True
    return False


@kept(dom_equal.size)
def _pieces(text: str, target: str, version: Version | None) -> Sequence[dom_equal.Piece]:
    page = render(text, target, version)
    if "\0" in text:
        page = page.replace("\ufffd", "")
    return dom_equal.pieces(_UNSEEN.sub("", page))


def _tags(page: Sequence[dom_equal.Piece], but: Container[str]) -> list[tuple[str, ...]]:
    """Return the tags of a page but those of some names, of an address its scheme alone."""
    return [_tag(piece) for piece in page if piece[0] in "<>" and piece[1] not in but]


def _are_gone(
    left: Sequence[dom_equal.Piece], right: Sequence[dom_equal.Piece], name: str, count: int
) -> bool:
    """Whether the second page has so many elements less; none if the renderer takes it for text."""
    less = _count(left, name) - _count(right, name)
    return less == count or (not less and _PLAIN_NAME.fullmatch(name) is None)


def _count(page: Sequence[dom_equal.Piece], name: str) -> int:
    return sum(piece[:2] == ("<", name) for piece in page)


def _tag(piece: dom_equal.Piece) -> tuple[str, ...]:
    kind, name, *rest = piece
    flat = [kind, name]
    for attribute, value in zip(rest[::2], rest[1::2], strict=True):
        flat += (attribute, _scheme(value) if attribute in URL_ATTRIBUTES else value)
    return tuple(flat)


def _scheme(value: str) -> str:
    found = scheme(value)
    return "web" if found in _WEB else found
