"""What kramdown reads as lists, tables and text by accident (rule MD003 in Jekyll).

Read off kramdown 2.4.0 with kramdown-parser-gfm 1.1.0, as Jekyll uses them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.markdown import kramdown
from newslint.generators.markdown.accident import Accident
from newslint.generators.markdown.blocks import is_too_long
from newslint.generators.markdown.context import blanked
from newslint.generators.markdown.find_code import code_spans
from newslint.generators.markdown.inline_code import tags_and_comments

NUMBERED = msg(
    "the line becomes a numbered list that begins with 1, and {number} is not shown; write"
    " {number}\\."
)
TABLE = msg("kramdown turns a line with | into a table; write \\|")
CUT = {
    "image": msg("image not shown: kramdown turns a line with | into a table; write \\|"),
    "link": msg("link not shown: kramdown turns a line with | into a table; write \\|"),
    "formula": msg("formula truncated: kramdown turns a line with | into a table; write \\vert"),
}
FENCE = msg(
    "kramdown allows one word after the fence; this fence is text, and the closing fence"
    " opens a code block"
)

_MAY_NUMBER = lazy.pattern(r"\n[ \t>]*+[0-9]{1,9}\.[ \t]")
"""Begins with a character, and so is found many times faster than with ``^``."""
_LIQUID = lazy.pattern(r"\{\{[^{}]{0,500}\}\}|\{%[^{}]{0,500}%\}")
_FENCE_LINE = lazy.pattern(
    r"(?:\A|(?<=[\n\r])) {0,3}(?P<mark>`{3,}|~{3,})(?P<info>[^\n\r]*)(?=[\n\r]|\Z)"
)


def accidents(text: str) -> Iterator[Accident]:
    """Yield the accidents of a body that kramdown renders."""
    numbers, pipes = _MAY_NUMBER.search(f"\n{text}") is not None, "|" in text
    fences = "```" in text or "~~~" in text
    if not (numbers or pipes or fences) or is_too_long(text):
        return
    if fences:
        yield from _titled_fences(text)
    if numbers or pipes:
        code = code_spans(text, "jekyll")
        blocks = [span for span in code if "\n" in text[slice(*span)]]
        html = kramdown.render(text.replace("\r\n", " \n").replace("\r", "\n")).elements
        liquid = [found.span() for found in _LIQUID.finditer(text)] if "{" in text else []
        plain = blanked(text, [*blocks, *html, *liquid])
        if numbers:
            yield from _numbers(plain)
        if pipes:
            yield from _tables(plain, text)


def _titled_fences(text: str) -> Iterator[Accident]:
    """Fences that are none since two words follow them."""
    mark = ""
    for line in _FENCE_LINE.finditer(text):
        info = line["info"].strip()
        if mark:
            if not info and line["mark"].startswith(mark):
                mark = ""
            continue
        if "`" in info:
            continue
        mark = line["mark"]
        if len(info.split()) > 1:
            start, end = line.start("mark"), line.end() - len(line[0]) + len(line[0].rstrip())
            title = line.start("info") + line["info"].index(info) + len(info.split()[0])
            yield Accident(start, end, FENCE, ((title, end, ""),))


# --- lists -------------------------------------------------------------------------------------

_ITEM = lazy.pattern(r"(?P<indent>[ \t]*)(?:(?P<number>[0-9]{1,9})\.|[-+*])(?P<gap>[ \t]+)\S")
_BREAK = lazy.pattern(r"[ \t]*(?:#{1,6}[ \t]|>|\||\{:|(?:[-*_][ \t]*){3,}$|<)")
YEAR = 100
"""A list hardly begins with a number as large as this."""


def _numbers(plain: str) -> Iterator[Accident]:
    """Lines of a paragraph that begin a numbered list, whose numbers kramdown does not show."""
    position = 0
    items: dict[int, int] = {}
    before = ""
    for line in plain.splitlines(keepends=True):
        item = _ITEM.match(line)
        if not line.strip():
            pass
        elif item is None:
            if not before.strip() and not line[:1].isspace():
                items.clear()
        elif item["number"] is None:
            indent = len(item["indent"].expandtabs(4))
            items = {at: last for at, last in items.items() if at < indent}
        else:
            indent = len(item["indent"].expandtabs(4))
            number = int(item["number"])
            last = next((items[at] for at in items if abs(at - indent) < 3), None)
            is_torn = bool(before.strip()) and not _BREAK.match(before)
            is_lost = number != 1 and last is None and (is_torn or number >= YEAR)
            if is_lost or (last is not None and number >= YEAR and abs(number - last) > 1):
                start = position + item.start("number")
                dot = position + item.end("number")
                words = msg(NUMBERED, number=item["number"])
                yield Accident(start, position + len(line.rstrip()), words, ((dot, dot, "\\"),))
            items = {at: old for at, old in items.items() if at < indent}
            items[indent] = number
        position += len(line)
        before = line


# --- tables ------------------------------------------------------------------------------------

_BLANK_LINE = lazy.pattern(r"(?:^[ \t]*\r?\n)+|\A|\Z", re.MULTILINE)
_PIPE = lazy.pattern(r"(?<!\\)\|")
_RULE = lazy.pattern(r"^[ \t>]*+[+|: \t]*+-[+|: \t-]*+\r?$", re.MULTILINE)
_LABELLED = (
    ("image", lazy.pattern(r"!\[[^\[\]\n]*\|[^\[\]\n]*\](?:\([^()\s]*|\[)")),
    ("link", lazy.pattern(r"(?<!!)\[[^\[\]\n]*\|[^\[\]\n]*\](?:\([^()\s]*|\[)")),
    ("formula", lazy.pattern(r"\$\$[^$\n]*\|[^$\n]*\$\$|\\\\\([^\n]*?\|[^\n]*?\\\\\)")),
    ("formula", lazy.pattern(r"(?<![\w$])\$(?!\s)[^$\n]*\|[^$\n]*(?<!\s)\$(?![\w$])")),
)
_MATH_BLOCK = lazy.pattern(r" {0,3}\$\$.*\$\$\s*\Z", re.DOTALL)
_NO_TABLE = lazy.pattern(r" {0,3}(?:#{1,6}[ \t]|\[[^\]\n]+\]:|\{[:%]|\||<)|(?:\t| {4})")
_NEXT_ITEM = lazy.pattern(r"^[ \t]*(?:[-+*]|[0-9]+\.)[ \t]", re.MULTILINE)
_MARKER = lazy.pattern(r"(?:[ \t]*(?:>|[-+*](?=[ \t])|[0-9]+\.(?=[ \t]))[ \t]*)+")


def _tables(plain: str, text: str) -> Iterator[Accident]:
    """Paragraphs all of whose lines have a ``|``, where nothing else says that a table is meant."""
    for start, end in _paragraphs(plain):
        block = plain[start:end]
        if "|" not in block or _RULE.search(block) or _MATH_BLOCK.match(block):
            continue
        marker = _MARKER.match(block)
        if marker:
            start, block = start + marker.end(), block[marker.end() :]
        if _NO_TABLE.match(block):
            continue
        visible = _without_code(block)
        lines = visible.strip().splitlines()
        if not all(_PIPE.search(line) for line in lines):
            continue
        yield from _cut(block, start, len(lines))


def _cut(block: str, start: int, lines: int) -> Iterator[Accident]:
    visible = _without_code(block)
    for kind, pattern in _LABELLED:
        found = pattern.search(visible)
        if found:
            edits = _escapes(block, start) if kind != "formula" else ()
            yield Accident(start + found.start(), start + found.end(), CUT[kind], edits)
            return
    if lines == 1:
        end = start + len(block.rstrip())
        yield Accident(start, end, TABLE, _escapes(block, start))


def _escapes(block: str, start: int) -> tuple[tuple[int, int, str], ...]:
    pipes = [start + found.start() for found in _PIPE.finditer(_without_code(block))]
    return tuple((at, at, "\\") for at in pipes)


def _without_code(block: str) -> str:
    """Return a paragraph with its code and tags masked: a ``|`` in them parts no cells."""
    found = [m.span() for m in re.finditer(r"(`+)(?!`).*?(?<!`)\1(?!`)", block, re.DOTALL)]
    covered = blanked(block, found)
    tags = [*tags_and_comments(covered)]
    elements = [m.span() for m in re.finditer(r"<([a-z]+)\b[^<>]*>[^<>]*</\1>", covered)]
    return blanked(covered, [*tags, *elements])


def _paragraphs(plain: str) -> Iterator[tuple[int, int]]:
    """Yield the spans between empty lines and the items of lists."""
    cuts = [*_BLANK_LINE.finditer(plain)]
    for left, right in pairwise(cuts):
        start = left.end()
        for item in _NEXT_ITEM.finditer(plain, start + 1, right.start()):
            yield start, item.start()
            start = item.start()
        if start < right.start():
            yield start, right.start()
