"""How Liquid for Ruby cuts a text into tags, outputs and the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newslint.core import lazy

# So many openers that nothing closes are worth telling of: the first already stops the build.
_MAX_UNCLOSED = 10
_OPENER = lazy.pattern(r"\{[{%]")


@dataclass(frozen=True, slots=True)
class Token:
    """A tag or an output; ``closed`` is false where its end is missing or half there."""

    start: int
    end: int
    is_tag: bool
    closed: bool


def tokenize(text: str) -> Iterator[Token]:
    """Cut a text as Liquid does: ``{{`` ends at the first ``}``, ``{%`` at the first ``%}``."""
    ends_left = {"%}": True, "}": True}
    place = unclosed = 0
    while match := _OPENER.search(text, place):
        start = match.start()
        is_tag = match[0] == "{%"
        closer = "%}" if is_tag else "}"
        found = text.find(closer, start + 2) if ends_left[closer] else -1
        if found < 0:
            # Nothing closes this one or any later one: do not look again.
            ends_left[closer] = False
            place = start + 2
            unclosed += 1
            if unclosed <= _MAX_UNCLOSED:
                yield Token(start, place, is_tag, closed=False)
            continue
        place = found + len(closer)
        closed = is_tag
        if not is_tag and text[place : place + 1] == "}":
            place += 1
            closed = True
        yield Token(start, place, is_tag, closed)
