"""Edits after which a Markdown renderer shows a post's own HTML (the fixes of rule MD002).

Each way is tried on the model of the renderer, and offered only where the page then is the post's
own HTML, or where a tag that was printed is a tag again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.markdown import dom_equal
from newslint.generators.markdown.blocks import SIZE_LIMIT
from newslint.generators.markdown.change import Change
from newslint.generators.markdown.changes import all_changes, passes
from newslint.generators.markdown.printed_tags import TYPED_QUOTE
from newslint.generators.target import Version

BeforeAfter = tuple[int, int, str]

WORK = 300_000
"""Code points of a body above which nothing is tried."""


class Repair(NamedTuple):
    """The edits that repair a change: (start, end, content), in offsets of the text.

    ``at`` is the start of the change; ``safe`` is true where the page is the post's own HTML once
    the edits of all repairs of the post are made.
    """

    at: int
    words: str
    edits: tuple[BeforeAfter, ...]
    safe: bool


def repairs(
    text: str, changes: Sequence[Change], target: str, version: Version | None
) -> list[Repair]:
    """Return the repairs of the changes of a body that are no code blocks (`all_changes`)."""
    wanted = [change for change in changes if change.checked and not change.code]
    if not wanted or len(text) > min(WORK, SIZE_LIMIT):
        return []
    if len(wanted) == len(changes):
        for ways in ((_one_line, _quoted), (_own_block,), (_own_block, _no_blank_lines, _one_line)):
            if found := _whole(text, wanted, ways, target, version):
                return found
    return [
        repair
        for change in wanted
        for way in (_one_line, _quoted)
        if (repair := _single(text, change, way, target, version)) is not None
    ]


Offer = tuple[str, tuple[BeforeAfter, ...]]
"""What is done, as a message, and the edits; none where the way does not apply."""
Way = Callable[[str, Change], Offer]


def _has_edits(offer: Offer) -> bool:
    return bool(offer[1])


def _whole(
    text: str,
    changes: Iterable[Change],
    ways: Sequence[Way],
    target: str,
    version: Version | None,
) -> list[Repair]:
    """Repairs of a complete body, where together they make the page the post's own HTML."""
    found: list[Repair] = []
    taken: set[BeforeAfter] = set()
    for change in changes:
        words, edits = next(filter(_has_edits, (way(text, change) for way in ways)), ("", ()))
        fresh = tuple(edit for edit in edits if edit not in taken)
        taken |= {*fresh}
        if fresh:
            found.append(Repair(change.start, words, fresh, safe=True))
    edited = _edited(text, taken)
    if found and passes(edited, target, version) and dom_equal.same(text, edited):
        return found
    return []


def _single(
    text: str, change: Change, way: Way, target: str, version: Version | None
) -> Repair | None:
    """The repair of one tag in Markdown, where the tag is printed no more and nothing else is."""
    words, edits = way(text, change)
    if not edits:
        return None
    edited = _edited(text, edits)
    if not dom_equal.same(text, edited):
        return None
    before = all_changes(text, target, version)
    after = all_changes(edited, target, version)
    if len(after) > len(before) or _losses(after) >= _losses(before):
        return None
    return Repair(change.start, words, edits, safe=True)


def _losses(changes: Iterable[Change]) -> int:
    return sum(bool(change.loss) for change in changes)


def _edited(text: str, edits: Iterable[BeforeAfter]) -> str:
    pieces: list[str] = []
    position = 0
    for start, end, content in sorted(edits):
        pieces += (text[position:start], content)
        position = end
    return "".join([*pieces, text[position:]])


_LONG_VALUE = lazy.pattern(r"=[ \t\r\n]*+(?:\"[^\"\r\n]*+[\r\n]|'[^'\r\n]*+[\r\n])")
_LINE_BREAK = lazy.pattern(r"[ \t]*+(?:\r\n|\n|\r)[ \t]*+")


def _one_line(text: str, change: Change) -> Offer:
    """Write a tag on one line."""
    tag = text[change.start : change.end]
    if not tag.startswith("<") or not tag.endswith(">") or "\n" not in tag or "<" in tag[1:]:
        return "", ()
    if _LONG_VALUE.search(tag):
        return "", ()
    edits = tuple(
        (
            change.start + found.start(),
            change.start + found.end(),
            "" if tag[found.end() : found.end() + 1] == ">" else " ",
        )
        for found in _LINE_BREAK.finditer(tag)
    )
    return msg("Write the tag on one line"), edits


_BARE = lazy.pattern(r"(?P<before>[ \t\r\n][\w:-]+=)(?P<value>[^\s\"'=<>`]+)(?=[\s>])")


_TYPED = lazy.pattern(TYPED_QUOTE)


def _quoted(text: str, change: Change) -> Offer:
    """Put the values of a tag in quotes."""
    tag = text[change.start : change.end]
    if not tag.startswith("<") or not tag.endswith(">") or "<" in tag[1:]:
        return "", ()
    bare = [found for found in _BARE.finditer(tag) if _is_outside(tag, found)]
    if any(_TYPED.match(found["value"]) for found in bare):
        return "", ()
    spans = [found.span("value") for found in bare]
    edits = tuple(
        (change.start + start, change.start + end, f'"{tag[start:end]}"') for start, end in spans
    )
    return msg("Put the values in quotes"), edits


def _is_outside(tag: str, found: re.Match[str]) -> bool:
    """Return whether a match is in no quoted value."""
    quote = ""
    for sign in tag[: found.start()]:
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
    return not quote


_PRE = lazy.pattern(r"^[ \t]*+<pre\b", re.MULTILINE | re.IGNORECASE)


def _own_block(text: str, change: Change) -> Offer:
    """Put an empty line before the ``<pre>`` that a change is in."""
    at = max(text.lower().rfind("<pre", 0, change.start + 1), 0)
    if text[at : at + 4].lower() != "<pre" or "</pre" in text[at : change.start].lower():
        return "", ()
    line = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    end = "\r\n" if "\r\n" in text else "\n"
    if text[line:at].strip():
        return msg("Insert an empty line before <pre>"), ((at, at, end * 2),)
    if len(text[line:at]) > 3 or "\t" in text[line:at]:
        return msg("Insert an empty line before <pre>"), ((line, at, end),)
    return msg("Insert an empty line before <pre>"), ((line, line, end),)


_BLANKS = lazy.pattern(r"(?:[ \t]*+(?:\r\n|\n|\r)){2,}+")


def _no_blank_lines(text: str, change: Change) -> Offer:
    """Take the empty lines away that stand before text and within it."""
    return msg("Remove the empty lines"), tuple(_blank_lines(text, change))


def _blank_lines(text: str, change: Change) -> Iterator[BeforeAfter]:
    start = change.start
    while start and text[start - 1] in " \t\r\n":
        start -= 1
    if not start:
        return
    for found in _BLANKS.finditer(text, start, change.end):
        lines = found[0]
        keep = "\r\n" if "\r\n" in lines else lines[-1]
        yield found.start(), found.end(), keep
