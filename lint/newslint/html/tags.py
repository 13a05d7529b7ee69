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
"""What represents another character in an attribute; ``&b=2`` does not (13.2.5.73)."""


class Tag:
    """A start tag: ``name``, in lower case, and ``source``, all between its ``<`` and ``>``.

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
        """``at`` is where the tag begins, and ``shift`` what is added to it in the file.

        With ``place`` that is what this gives for ``at``. ``quick`` may know the decoded attributes
        of a plain source.
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
        """The tag with its angle brackets."""
        start = (self._place(self._at) if self._place else self._at) + self._shift
        return Span(start, start + len(self.source) + 2)

    @property
    def attributes(self) -> Mapping[str, str]:
        """The attributes by lower-case name, decoded; of a name duplicated the first counts.

        An attribute without a value has the empty one.
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
        """The attributes as they are written, repeated ones included."""
        inside = Span(len(self.name), len(self.source))
        token = Token(TokenKind.START, inside, attributes=inside)
        shift = self.span.start + 1
        return tuple(
            one._replace(span=one.span.shift(shift), value_span=one.value_span.shift(shift))
            for one in attributes(self.source, token)
        )

    @property
    def repeated(self) -> tuple[Attribute, ...]:
        """The attributes that the tag has already: browsers drop them."""
        seen: set[str] = set()
        found = []
        for one in self.written:
            if one.name in seen:
                found.append(one)
            seen.add(one.name)
        return tuple(found)


def tags_of(html: str) -> list[Tag]:
    """The start tags of any HTML, such as that of a ``srcdoc``; spans are those of ``html``."""
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
