"""HTML that turns into a code block (rule MD001), and how to undo it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from newslint.core import lazy
from newslint.generators.markdown.change import Change
from newslint.generators.markdown.changes import all_changes, passes
from newslint.generators.target import Version

_INDENT = lazy.pattern(r"^[ \t]++", re.MULTILINE)


class CodeBlock(NamedTuple):
    """Lines of HTML that the reader sees as code.

    ``start`` is the first start tag that becomes code, ``end`` the end of the block's text.
    ``edits`` are (start, end, content), in order, and take away the indentation that makes it
    code; ``safe`` is true where the page then is the post's own HTML for certain, provided that
    the edits of all blocks of the post are made. All offsets are of the text that was given.
    """

    start: int
    end: int
    detail: str
    edits: tuple[tuple[int, int, str], ...] = ()
    safe: bool = False
    loss: str = ""
    """What readers lose, as in `Change`."""


def html_blocks_as_code(
    text: str, target: str, version: Version | None = None, changes: Iterable[Change] | None = None
) -> list[CodeBlock]:
    """Return where HTML becomes code in the body of a Markdown post (MD001), in order.

    ``changes`` are all its changes (`all_changes`), if they are known already.
    """
    if changes is None:
        changes = all_changes(text, target, version)
    found = [change for change in changes if change.code]
    if not found:
        return []
    edits = [_edits(text, change) for change in found]
    safe = _is_mended(text, [edit for block in edits for edit in block], target, version)
    return [
        CodeBlock(change.start, change.end, change.detail, tuple(block), safe, change.loss)
        for change, block in zip(found, edits, strict=True)
    ]


def _edits(text: str, change: Change) -> list[tuple[int, int, str]]:
    """Take away what all lines x by in common; it reaches up to its start."""
    start = _block_start(text, change.start)
    indents = [m.span() for m in _INDENT.finditer(text, start, change.end) if _begins(text, m)]
    if not indents:
        return []
    common = min(end - begin for begin, end in indents)
    return [(begin, begin + common, "") for begin, _ in indents]


def _begins(text: str, indent: re.Match[str]) -> bool:
    return text[indent.end() : indent.end() + 1] not in ("\n", "\r", "")


def _block_start(text: str, at: int) -> int:
    """Return the beginning of the lines, none of them blank, that reach down to an offset."""
    start = text.rfind("\n", 0, at) + 1
    while start:
        before = text.rfind("\n", 0, start - 1) + 1
        if not text[before:start].strip():
            break
        if text[before:start][:1] not in " \t":
            break
        start = before
    return start


def _is_mended(
    text: str, edits: list[tuple[int, int, str]], target: str, version: Version | None
) -> bool:
    """Whether the edits turn the page into the post's own HTML, and the HTML stays the same."""
    pieces: list[str] = []
    position = 0
    for start, end, content in sorted(edits):
        pieces += (text[position:start], content)
        position = end
    from newslint.generators.markdown import dom_equal

    mended = "".join([*pieces, text[position:]])
    return passes(mended, target, version) and dom_equal.same(text, mended)
