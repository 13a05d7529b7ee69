"""A start tag in source form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from newslint.core import lazy
from newslint.core.span import Span
from newslint.html.tokenizer import Attribute, Token, TokenKind, attributes, tokens

if TYPE_CHECKING:
    import re

_REFERENCE = lazy.pattern(r"&(?:#\w++;?|[A-Za-z][A-Za-z0-9]*+(?:;|(?![=A-Za-z0-9])))")
"""A possible character reference in an attribute; ``&b=2`` is none (13.2.5.73)."""


class Tag:
    """A start tag: ``name``, in lower case, and ``source``, the text between its ``<`` and ``>``.

    Spans are those of the file.
    """

    __slots__ = ("_at", "_place", "_quick", "_shift", "name", "source")

    def __init__(
        self,
        name: str,
        source: str,
        at: int,
        shift: int = 0,
        quick: Callable[[str], Mapping[str, str] | None] | None = None,
        place: Callable[[int], int] | None = None,
    ) -> None:
        """``at`` is the offset of the tag, to which ``shift`` is added for the file's offset.

        ``place``, if given, returns the offset for ``at`` instead. ``quick`` returns the decoded
        attributes of a plain source, or None.
        """
        self.name = name
        self.source = source
        self._at = at
        self._shift = shift
        self._quick = quick
        self._place = place

    def __repr__(self) -> str:
        return f"<Tag {self.source}>"

    @property
    def span(self) -> Span:
        """The span of the tag, including its angle brackets."""
        start = (self._place(self._at) if self._place else self._at) + self._shift
        return Span(start, start + len(self.source) + 2)

    @property
    def attributes(self) -> Mapping[str, str]:
        """The decoded attributes by lower-case name; of a repeated name the first counts.

        The value of an attribute without one is empty.
        """
        known = self._quick(self.source) if self._quick is not None else None
        if known is not None:
            return known
        found: dict[str, str] = {}
        for one in self.written:
            found.setdefault(one.name, decoded(one.value or ""))
        return found

    @property
    def written(self) -> tuple[Attribute, ...]:
        """The attributes as written, including repeated ones."""
        inside = Span(len(self.name), len(self.source))
        token = Token(TokenKind.START, inside, attributes=inside)
        shift = self.span.start + 1
        return tuple(
            one._replace(span=one.span.shift(shift), value_span=one.value_span.shift(shift))
            for one in attributes(self.source, token)
        )

    @property
    def repeated(self) -> tuple[Attribute, ...]:
        """The repeated attributes, which browsers drop."""
        seen: set[str] = set()
        found = []
        for one in self.written:
            if one.name in seen:
                found.append(one)
            seen.add(one.name)
        return tuple(found)


def tags_of(html: str) -> list[Tag]:
    """Return the start tags of any HTML, such as a ``srcdoc``; spans are those of ``html``."""
    return [
        Tag(one.name, html[one.span.start + 1 : one.span.end - 1], one.span.start)
        for one in tokens(html)
        if one.kind is TokenKind.START and one.closed
    ]


def decoded(value: str) -> str:
    """Return the value of an attribute with its character references decoded."""
    return _REFERENCE.sub(_character, value) if "&" in value else value


def _character(reference: re.Match[str]) -> str:
    from html import unescape

    return unescape(reference[0])
