"""Cells of a Markdown table that are on no page: those beyond the columns of its head (rule MD004).

GitHub's tables (marked, goldmark, markdown-it) drop them; kramdown adds columns instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newslint.core import lazy
from newslint.core.span import LineIndex
from newslint.generators.markdown.blocks import block_tokens, is_too_long
from newslint.generators.markdown.dialects import dialect
from newslint.generators.target import Version

_MAY_HAVE = lazy.pattern(r"^[ \t>]*+\|?[ \t]*+:?-++:?[ \t]*+\|", re.MULTILINE)
_EMPTY = " \t\r\n|\xa0\u3000"
"""What is in a cell that shows nothing."""
_PIPE = lazy.pattern(r"\\.|(?P<pipe>\|)", re.DOTALL)


def lost_cells(text: str, target: str, version: Version | None) -> Iterator[tuple[int, int, int]]:
    """Yield the lost cells of each row, as (start, end, columns of the table), in order.

    Only where something is in them.
    """
    if target in ("html", "jekyll") or _MAY_HAVE.search(text) is None or is_too_long(text):
        return
    lines = LineIndex(text)
    columns, in_head = 0, False
    for token in block_tokens(text, dialect(target, version)):
        if token.type == "thead_open":
            columns, in_head = 0, True
        elif token.type == "thead_close":
            in_head = False
        elif token.type == "th_open" and in_head:
            columns += 1
        elif token.type == "tr_open" and token.map and not in_head:
            row = lines.span(token.map[0] + 1)
            start = _beyond(text, row.start, row.end, columns)
            end = row.start + len(text[row.start : row.end].rstrip(_EMPTY))
            if start is not None and start < end:
                yield start, end, columns


def _beyond(text: str, start: int, end: int, columns: int) -> int | None:
    """Return where the first cell begins that the table has no column for."""
    pipes = [found.start() for found in _PIPE.finditer(text, start, end) if found["pipe"]]
    if pipes and not text[start : pipes[0]].strip(" \t>"):
        pipes.pop(0)
    if len(pipes) < columns:
        return None
    at = pipes[columns - 1] + 1
    while at < end and text[at] in _EMPTY:
        at += 1
    return at
