"""Fences at the end of a line of code, which close nothing: text after them is shown as code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.core.span import LineIndex

if TYPE_CHECKING:
    from markdown_it.token import Token

_GLUED = lazy.pattern(r"^[ \t>]*+(?P<code>[^`\s][^`\n]*+)(?P<marks>`{3,}+)[ \t\r]*+$", re.MULTILINE)
"""A line of code with a fence after it, and no other backtick."""
_OPENING = lazy.pattern(r"[ \t]*+(?=`{3})")

WHY = msg("the text after it is shown as code: a closing ``` must be on a line of its own")


def may_be_glued(text: str) -> bool:
    """Return a cheap test: whether any line ends in a fence that does not begin it."""
    return "```" in text and _GLUED.search(text) is not None


def glued(
    text: str, tokens: Sequence[Token], lines: LineIndex
) -> Iterator[tuple[int, int, tuple[tuple[int, int, str], ...]]]:
    """Yield the place of the first of them in each block of code, and the edits of a fix."""
    for token in tokens:
        if token.type != "fence" or token.map is None or token.markup[:1] != "`":
            continue
        first = lines.span(token.map[0] + 1)
        opening = _OPENING.match(text, first.start)
        start = min(first.end, len(text))
        end = lines.span(min(token.map[1], len(lines))).end
        for found in _GLUED.finditer(text, start, end):
            if len(found["marks"]) < len(token.markup):
                continue
            at = found.start() + len(text[found.start() : found.start("marks")].rstrip())
            margin = opening[0] if opening is not None else None
            edits = () if margin is None else ((at, found.start("marks"), f"\n{margin}"),)
            yield found.start("marks"), found.end("marks"), edits
            break
