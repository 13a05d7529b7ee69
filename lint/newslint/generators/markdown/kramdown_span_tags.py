"""Tags of block elements within a line of text, which kramdown prints as text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.markdown import losses
from newslint.generators.markdown.change import Change
from newslint.generators.markdown.context import blanked, is_inside
from newslint.generators.markdown.kramdown_grammar import BLOCK, SPAN, TAG
from newslint.generators.markdown.prose_blocks import MASK, prose_blocks

_NAMES = (
    "address|article|aside|blockquote|div|dl|fieldset|footer|form|h[1-6]|header|iframe"
    "|nav|ol|p|section|table|ul"
)
"""The block elements of kramdown 2.4 of which a text may be made on one line."""
_LEAD = lazy.pattern(r"[ \t\f\v>]*+")
_START = lazy.pattern(rf"<(?P<name>{_NAMES})(?=[\s>])", re.IGNORECASE)
_BLOCK_START = lazy.pattern(rf"<(?:{'|'.join(sorted(BLOCK))})(?=[\s>])", re.IGNORECASE)
_MOST = 100
"""Tags of one text that are looked at."""

RAW = lazy.pattern(
    r"<!--(?:(?!-->).)*+-->|<(script|style|pre|code)\b[^>]*+>(?:(?!</\1).)*+",
    re.DOTALL | re.IGNORECASE,
)
"""Comments and elements whose content is no Markdown."""
_BLOCK_ELEMENT = lazy.pattern(r"^ {0,3}<(?P<name>[A-Za-z][\w-]*)", re.MULTILINE)

PRINTED = msg(
    "kramdown prints the tags of block elements within a line of text; begin a line with them"
)


def printed(text: str, code: Sequence[tuple[int, int]]) -> Iterator[Change]:
    """Yield the elements that begin after other text of a line; ``code`` are its pieces of code."""
    if "<" not in text or not _is_any_within_line(_START, text):
        return
    plain = blanked(text, code)
    raw = [found.span() for found in RAW.finditer(plain)]
    left = _MOST
    for block in prose_blocks(plain, None):
        end = block.start
        for found in _START.finditer(plain, block.start, block.end):
            start = found.start()
            if start < end or not left or not _is_within_line(block.text, start - block.start):
                continue
            left -= 1
            tag = TAG.match(plain, start)
            close = re.compile(rf"</{found['name']}\s*>", re.IGNORECASE)
            closing = close.search(plain, tag.end(), block.end) if tag else None
            if closing is None or is_inside(start, raw) or in_element(plain, start):
                continue
            end = closing.end()
            shown = text[start:end]
            loss = losses.between(shown, shown.replace("<", "&lt;"))
            yield Change(start, end, PRINTED, loss=loss)


def printed_starts(text: str, code: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Return where the start tags are that kramdown prints, whether they are closed or not."""
    plain = blanked(text, code)
    if not _is_any_within_line(_BLOCK_START, plain):
        return frozenset()
    raw = [found.span() for found in RAW.finditer(plain)]
    found = (
        (block, tag.start())
        for block in prose_blocks(plain, None)
        for tag in _BLOCK_START.finditer(plain, block.start, block.end)
    )
    return frozenset(
        at
        for block, at in islice(found, _MOST)
        if _is_within_line(block.text, at - block.start)
        and not is_inside(at, raw)
        and not in_element(plain, at)
    )


def _is_any_within_line(tags: re.Pattern[str], text: str) -> bool:
    """Return whether a tag may be after other text of its line."""
    first = end = -1
    for found in tags.finditer(text):
        start = found.start()
        if start > end:
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            lead = _LEAD.match(text, text.rfind("\n", 0, start) + 1)
            first = lead.end() if lead else start
        if first < start:
            return True
    return False


def _is_within_line(masked: str, at: int) -> bool:
    """Return whether text of the block is before a tag in its line; tags are masked in it."""
    line = masked[masked.rfind("\n", 0, at) + 1 : at]
    return bool(line.strip()) and masked[at : at + 1] == MASK


def in_element(text: str, at: int) -> bool:
    """Whether a block element is open where a tag is: kramdown then reads HTML, not blocks."""
    for found in _BLOCK_ELEMENT.finditer(text, 0, at):
        name = found["name"].lower()
        if name in SPAN:
            continue
        closing = re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE).search(text, found.end())
        if closing is None or closing.start() > at:
            return True
    return False
