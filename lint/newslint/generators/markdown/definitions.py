"""Lines that a renderer reads as a definition, and that are on no page (rule MD006)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.markdown import kramdown
from newslint.generators.markdown.blocks import is_too_long
from newslint.generators.markdown.context import blanked
from newslint.generators.markdown.find_code import code_spans
from newslint.generators.target import FOOTNOTES

DEFINITION = msg("text not shown: the line is read as a link definition")
NOTE = msg("footnote not shown: there is no reference [^{name}]")
CONTENTS = msg("list not shown: {:toc} replaces it with the table of contents")

_START = r"^(?P<lead>(?:[ \t]*(?:>|[-+*](?=[ \t])))*[ ]{0,4})"
_LINK = lazy.pattern(
    rf"{_START}\[(?P<label>[^\]\[\n^][^\]\[\n]*)\]:[ \t]*(?P<text>[^\s<][^\r\n]*)", re.MULTILINE
)
_NOTE = lazy.pattern(rf"{_START}\[\^(?P<label>[^\]\[\n]+)\]:[ \t]*(?P<text>[^\r\n]*)", re.MULTILINE)
_ADDRESS = lazy.pattern(r"[^\s]*[/#:@%?={}<&\\]|[^\s]*[^\s.]\.[^\s.]|[-.]+(?:\s|\Z)")
_COMMENT = lazy.pattern(r"(?://|#|_|comment\b)", re.IGNORECASE)
_ONE_WORD = lazy.pattern(r"\S+(?:[ \t]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*\Z")
_NOTE_NAME = lazy.pattern(r"\w[\w-]*\Z")
_LINE_BEFORE = lazy.pattern(r"[ \t>]*(?:\[[^\]\n]+\]:|#{1,6}[ \t]|\{:|<|\Z)")


class Dropped(NamedTuple):
    """A piece of text that is on no page."""

    start: int
    end: int
    detail: str


def dropped(text: str, target: str) -> list[Dropped]:
    """Return the text of a body that its page does not show, in order."""
    # One character is found ten times faster than two, and two than a pattern.
    definitions = "]" in text and "]:" in text
    contents = target == "jekyll" and "{:" in text and _CONTENTS.search(text) is not None
    if target == "html" or not (definitions or contents) or is_too_long(text):
        return []
    plain = text.replace("\r\n", " \n").replace("\r", "\n")
    code = code_spans(text, target)
    if code:
        plain = blanked(plain, code)
    if target == "jekyll":
        plain = blanked(plain, kramdown.render(plain).elements)
    found: list[Dropped] = []
    if definitions:
        found += _links(plain, target)
        found += _notes(plain, target)
    if contents:
        found += _lists(plain)
    return sorted(found)


def _links(plain: str, target: str) -> Iterator[Dropped]:
    used: set[str] | None = None
    for line in _LINK.finditer(plain):
        words = line["text"].strip()
        if _ADDRESS.match(words) or _COMMENT.match(line["label"]) or not _begins(plain, line):
            continue
        if _ONE_WORD.match(words):
            if used is None:
                used = {normal_label(found[1]) for found in _LABEL.finditer(plain)}
            if normal_label(line["label"]) in used:
                continue
        elif target != "jekyll":
            continue
        yield _dropped(line, DEFINITION)


_LABEL = lazy.pattern(r"\[([^\]\[\n]+)\](?!:)")
_MARK = lazy.pattern(r"\[\^([^\]\[\n]+)\]")


def normal_label(label: str) -> str:
    """Return a label as Markdown compares it with that of a definition."""
    return " ".join(label.split()).casefold()


def _notes(plain: str, target: str) -> Iterator[Dropped]:
    lines = [*_NOTE.finditer(plain)]
    starts = {line.end("lead") for line in lines}
    marks = {found[1] for found in _MARK.finditer(plain) if found.start() not in starts}
    for line in lines:
        name, words = line["label"], line["text"].strip()
        if name in marks or not _begins(plain, line):
            continue
        if target == "jekyll":
            is_note = bool(words) and _NOTE_NAME.match(name) is not None
        elif target in ("hugo", FOOTNOTES):
            is_note = bool(words)
        else:
            # Without footnotes it is the definition of a link.
            is_note = _ONE_WORD.match(words) is not None and not _ADDRESS.match(words)
        if is_note:
            yield _dropped(line, msg(NOTE, name=name))


def _dropped(line: re.Match[str], detail: str) -> Dropped:
    start = line.end("lead")
    return Dropped(start, start + len(line[0][start - line.start() :].rstrip()), detail)


def _begins(plain: str, line: re.Match[str]) -> bool:
    """Return whether a line begins a block: no paragraph reaches down to it."""
    start = line.start()
    if any(sign in line["lead"] for sign in "-+*"):
        return True
    before = plain[plain.rfind("\n", 0, max(start - 1, 0)) + 1 : max(start - 1, 0)]
    return _LINE_BEFORE.match(before) is not None


# --- kramdown's table of contents --------------------------------------------------------------

_CONTENTS = lazy.pattern(r"^[ ]{0,3}\{:[ \t]*(?:[^}\n]*[ \t])?toc(?:[ \t][^}\n]*)?\}", re.MULTILINE)
_ITEM = lazy.pattern(r"[ ]{0,3}(?:(?P<bullet>[-+*])|[0-9]+\.)[ \t]+\S")


_MOST = 5
"""Tables of contents of one text that are looked at."""


def _lists(plain: str) -> Iterator[Dropped]:
    """Lists of more than one item, of which the table of contents takes the place."""
    for mark in islice(_CONTENTS.finditer(plain), _MOST):
        items = _items_before(plain, mark.start())
        if len(items) > 1:
            start = items[-1]
            end = plain.rfind("\n", 0, items[0])
            yield Dropped(start, start + len(plain[start:end].rstrip()), CONTENTS)


def _items_before(plain: str, end: int) -> list[int]:
    """Where the items of the list begin that reaches down to an offset, the last one first."""
    found: list[int] = []
    kind: bool | None = None
    while end > 0:
        start = plain.rfind("\n", 0, end - 1) + 1
        line = plain[start:end]
        item = _ITEM.match(line)
        if item:
            if kind not in (None, item["bullet"] is not None):
                break
            kind = item["bullet"] is not None
            found.append(start + len(line) - len(line.lstrip()))
        elif line.strip() and not line[:1].isspace():
            # The text of an item may go on without an indent, where no empty line is before it.
            above = plain[plain.rfind("\n", 0, max(start - 1, 0)) + 1 : max(start - 1, 0)]
            if not (_ITEM.match(above) or above[:1].isspace()) or _ITEM.match(line):
                break
        end = start
    return found
