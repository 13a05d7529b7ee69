"""The start tags of a post as a browser runs them, those in an ``<iframe srcdoc>`` included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newslint import Attribute, Post, Tag, lazy, tags_of

DEEPEST = 3
"""How many documents in documents are looked into."""

_REFERENCE = lazy.pattern(r"&(?:#(?:[xX]([0-9a-fA-F]++)|([0-9]++));?|[A-Za-z][A-Za-z0-9]*+;?)")


def decode(value: str) -> str:
    """Return an attribute's value with its character references decoded, as a browser does.

    Unlike `html.unescape` it keeps control characters: they tell a harmless address from a
    disguised one.
    """
    value = value.replace("\0", "\ufffd")
    return _REFERENCE.sub(_character, value) if "&" in value else value


def _character(reference: re.Match[str]) -> str:
    from html import unescape

    digits = reference[1] or reference[2]
    if digits is None:
        # Only a name with its semicolon can be a part of a scheme: &Tab; &NewLine; &colon;
        return unescape(reference[0]) if reference[0].endswith(";") else reference[0]
    if len(digits.lstrip("0")) > 7:
        return "\ufffd"
    code = int(digits, 16 if reference[1] else 10)
    if 0x80 <= code <= 0x9F:
        return unescape(f"&#{code};")
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"


class FoundTag(NamedTuple):
    """A start tag. ``outer`` is the tag in the post that it is, or whose ``srcdoc`` holds it."""

    name: str
    written: tuple[Attribute, ...]
    outer: Tag
    inner: bool = False

    def value(self, name: str) -> str | None:
        """Return the decoded value of an attribute, or None; an empty one has the value ``""``."""
        for attribute in self.written:
            if attribute.name == name:
                return decode(attribute.value or "")
        return None


def found_tags(post: Post) -> Iterator[FoundTag]:
    """Yield the start tags of a post in order; none if its HTML does not reach the page."""
    if post.drops_html:
        return
    for tag in post.tags():
        found = FoundTag(tag.name, tag.written, tag)
        yield found
        if tag.name == "iframe":
            yield from _framed(found, DEEPEST)


def _framed(frame: FoundTag, depth: int) -> Iterator[FoundTag]:
    html = frame.value("srcdoc")
    if not html or not depth:
        return
    for tag in tags_of(html):
        inner = FoundTag(tag.name, tag.written, frame.outer, inner=True)
        yield inner
        if tag.name == "iframe":
            yield from _framed(inner, depth - 1)
