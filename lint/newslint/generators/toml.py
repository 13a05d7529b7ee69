"""TOML 1.1 written as TOML 1.0, which is what `tomllib` reads.

Hugo reads TOML 1.1 since 0.164, and its escape for the escape character in every version.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from newslint.core import lazy

_TOKEN = lazy.pattern(
    r"(?P<blank>[ \t]++|\#[^\r\n]*+|\r?\n)"
    r"|(?P<basic>\"\"\"(?:[^\\\"]|\\.|\"(?!\"\"))*+\"{3,5}|\"(?:[^\"\\\n]|\\[^\n])*+\")"
    r"|(?P<literal>'''(?:[^']|'(?!''))*+'{3,5}|'[^'\n]*+')"
    r"|(?P<minute>(?<![\w.:+-])(?:\d{4}-\d\d-\d\d[Tt ])?\d\d:\d\d(?![:.\d]))"
    r"|(?P<word>[\w:+-]++)|(?P<mark>.)",
    re.DOTALL,
)
_ESCAPE = lazy.pattern(r"\\(?:x(?P<digits>[0-9a-fA-F]{2})|(?P<escape>e)|.)", re.DOTALL)
_NO_LINE_BESIDE = ("=", ".")
"""Marks before and after which even TOML 1.1 has no new line."""

Edit = tuple[int, int, str]
"""A text that replaces what is between two offsets."""


class Rewritten(NamedTuple):
    """A text, and the edits that made it, in order."""

    text: str
    edits: tuple[Edit, ...] = ()

    def origin(self, offset: int) -> int:
        """Return the offset in the text before the edits."""
        grown, ends, growth = 0, [], []
        for start, end, new in self.edits:
            ends.append(start + grown + len(new))
            grown += len(new) - (end - start)
            growth.append(grown)
        past = bisect_right(ends, offset)
        return max(0, offset - (growth[past - 1] if past else 0))


def as_toml_10(text: str, *, newer: bool) -> Rewritten:
    """Return TOML 1.1 as TOML 1.0; without ``newer``, only the escape character.

    What neither allows stays as it is.
    """
    edits = tuple(_edits(text, newer))
    parts, at = [], 0
    for start, end, new in edits:
        parts += [text[at:start], new]
        at = end
    return Rewritten("".join([*parts, text[at:]]), edits)


def _edits(text: str, newer: bool) -> Iterator[Edit]:
    open_marks: list[str] = []
    before = ""
    """The last token that is not blank."""
    waiting: list[Edit] = []
    """What may go if the next token allows it: new lines and comments, or the last comma."""
    for token in _TOKEN.finditer(text):
        kind, written = token.lastgroup, token[0]
        in_table = newer and open_marks[-1:] == ["{"]
        if kind == "blank":
            if in_table and written.strip(" \t"):
                waiting.append((*token.span(), " " * len(written)))
            continue
        if in_table and written == "," and before not in (",", "{"):
            waiting.append((*token.span(), " "))
            before = ","
            continue
        if waiting:
            yield from _allowed(waiting, text, before, written)
            waiting = []
        if kind == "basic":
            yield from _escapes(written, token.start(), newer)
        elif kind == "minute" and newer:
            yield token.end(), token.end(), ":00"
        elif kind == "mark" and written in "[{":
            open_marks.append(written)
        elif kind == "mark" and written in "]}" and open_marks:
            open_marks.pop()
        before = written


def _allowed(waiting: list[Edit], text: str, before: str, after: str) -> Iterator[Edit]:
    """Yield the edits that TOML 1.1 allows between two tokens."""
    if before in _NO_LINE_BESIDE or after in _NO_LINE_BESIDE:
        return
    for edit in waiting:
        if text[edit[0]] != "," or after == "}":
            yield edit


def _escapes(written: str, start: int, newer: bool) -> Iterator[Edit]:
    if "\\e" not in written and "\\x" not in written:
        return
    for escape in _ESCAPE.finditer(written):
        at, end = (start + place for place in escape.span())
        if escape["escape"]:
            yield at, end, "\\u001b"
        elif escape["digits"] and newer:
            yield at, end, f"\\u00{escape['digits']}"
