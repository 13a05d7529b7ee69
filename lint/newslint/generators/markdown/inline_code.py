"""Inline code, exact to the character, by the CommonMark specification (0.31, section 6).

HTML tags and autolinks bind as tightly as code: whichever begins first wins. A backslash
shields a backtick outside of code, and the address of a link is no text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from newslint.core import lazy
from newslint.generators.commonmark_tags import END_TAG, START_TAG

_TAG = (
    rf"{START_TAG}|{END_TAG}"
    r"|<![A-Za-z][^>]*+>"
    r"|<[A-Za-z][A-Za-z0-9.+-]{1,31}+:[^<>\x00-\x20]*+>"
    r"|<[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]++@[a-zA-Z0-9.-]++>"
)
_TOKEN = lazy.pattern(
    r"\\.|(?P<ticks>`++)|(?P<open><!--|<\?|<!\[CDATA\[)|"
    + _TAG
    + r"|(?P<label>\[)|(?P<link>\]\()|\]",
    re.DOTALL,
)
_TAG_OR_OPENING = lazy.pattern(rf"{_TAG}|(?P<open><!--|<\?)")
_DESTINATION = lazy.pattern(
    r"[ \t]*+(?:\n[ \t]*+)?+"
    r"(?:<(?:[^<>\n\\]|\\.)*+>|(?:[^\x00-\x20()\\<]|\\[^ \n]|\([^\x00-\x20()]*+\))++)?+"
    r"(?:[ \t\n]++(?:\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)))?+[ \t\n]*+\)",
    re.DOTALL,
)
_CLOSING = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>"}


def tags_and_comments(text: str) -> Iterator[tuple[int, int]]:
    """Yield the tags, comments, instructions and autolinks of inline text, as offsets."""
    position, last = 0, text.rfind(">") + 1
    unclosed: set[str] = set()
    while match := _TAG_OR_OPENING.search(text, position, last):
        start, position = match.span()
        if opening := match["open"]:
            closing = _CLOSING[opening]
            end = -1 if opening in unclosed else text.find(closing, position)
            if end < 0:
                unclosed.add(opening)  # Nor is any later one closed.
                continue
            position = end + len(closing)
        yield start, position


def code_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield the inline code of one block's text, backticks included. Linear in its length."""
    runs: dict[int, list[int]] = {}
    for run in re.finditer(r"`++", text):
        runs.setdefault(len(run[0]), []).append(run.start())
    position = 0
    labels = 0
    unclosed: set[str] = set()
    while match := _TOKEN.search(text, position):
        position = match.end()
        if match["ticks"]:
            length = len(match[0])
            starts = runs.get(length, [])
            # A run is the part of a longer one when a backslash shields its first backtick.
            at = bisect_left(starts, position)
            if at < len(starts):
                position = starts[at] + length
                yield match.start(), position
        elif match["open"]:
            position = _after(text, match["open"], position, unclosed)
        elif match["label"]:
            labels += 1
        elif match["link"]:
            destination = _DESTINATION.match(text, position) if labels else None
            if destination:
                position = destination.end()
            labels = max(0, labels - 1)
        elif match[0] == "]":
            labels = max(0, labels - 1)


def _after(text: str, opening: str, position: int, unclosed: set[str]) -> int:
    """Return where a comment, an instruction or CDATA ends; ``position`` if it does not."""
    if opening in unclosed:
        return position
    if opening == "<!--":
        for short in (">", "->"):
            if text.startswith(short, position):
                return position + len(short)
    end = text.find(_CLOSING[opening], position)
    if end < 0:
        unclosed.add(opening)
        return position
    return end + len(_CLOSING[opening])
