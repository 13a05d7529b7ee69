"""The first thing Hexo does to a post's body: take out the fenced code, in any kind of file.

Modelled on Hexo's ``before_post_render`` filter ``backtick_code_block`` (5.4.2 to 8.1.2).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from newslint.core import lazy
from newslint.core.span import Span
from newslint.generators.hexo.mapped_text import TracedText

_BLANK = r"[^\S\r\n]"
_OPENING = r"(?P<marks>`{3,}+|~{3,}+)(?P<rest>[^\n\r\u2028\u2029]*+)\n"
_QUOTES = rf"(?:{_BLANK}*+>){{0,3}}+{_BLANK}*+"
_OPEN = lazy.pattern(rf"^(?P<start>{_QUOTES}){_OPENING}", re.MULTILINE)
_OPEN_8 = lazy.pattern(
    rf"^(?P<start>{_QUOTES}|[-*+]{_BLANK}*+|[0-9]++\.{_BLANK}*+){_OPENING}", re.MULTILINE
)
_CLOSE = lazy.pattern(
    rf"^{_QUOTES}(?P<marks>`{{3,}}+|~{{3,}}+){_BLANK}?(?P<end>\n++|$)", re.MULTILINE
)

HIDDEN = {ord("{"): "\x04", ord("}"): "\x05"}
"""Braces that Hexo has turned into entities."""


def without_fences(post: TracedText, version: int) -> TracedText:
    """Return the body with each fenced code block replaced by the comment that represents it."""
    text = post.text
    if "```" not in text and "~~~" not in text:
        return post
    closings = _Closings(text)
    comments = _comments(text) if version >= 8 else iter(())
    comment = next(comments, None)
    result = TracedText()
    position = done = 0
    while opening := (_OPEN_8 if version >= 8 else _OPEN).search(text, position):
        closing = closings.find(opening)
        if closing is None:
            position = opening.end() - 1
            continue
        while comment and comment.end <= opening.start():
            comment = next(comments, None)
        start = opening.start("marks")
        result.copy(post, done, start)
        done = closing.start("end")
        # The line ends after a fence are taken with it: the next one starts after them.
        position = max(closing.end(), opening.end())
        if comment and comment.start < opening.start() and comment.end > closing.end():
            result.copy(post, start, done, HIDDEN)
        else:
            result.put("<!--code\ufffc0-->", post.source(start))
    result.copy(post, done, len(post))
    return result


def _comments(text: str) -> Iterator[Span]:
    end = 0
    while (start := text.find("<!--", end)) >= 0:
        end = text.find("-->", start + 4) + 3
        if end < 3:
            return
        yield Span(start, end)


class _Closings:
    """The lines that may close a fence, by their marks."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str, list[re.Match[str]]] = {}
        for match in _CLOSE.finditer(text):
            self._found.setdefault(match["marks"], []).append(match)
        self._starts = {marks: [m.start() for m in found] for marks, found in self._found.items()}

    def find(self, opening: re.Match[str]) -> re.Match[str] | None:
        """Return the line that closes a fence: not the next one, if there is another."""
        next_line = self._text.find("\n", opening.end()) + 1
        for marks in _fences(opening["marks"], opening["rest"]):
            starts = self._starts.get(marks, [])
            first = bisect_left(starts, opening.end())
            later = bisect_left(starts, next_line) if next_line else len(starts)
            if later < len(starts):
                return self._found[marks][later]
            if first < len(starts) and starts[first] == opening.end():
                return self._found[marks][first]
        return None


def _fences(marks: str, rest: str) -> list[str]:
    """The fences that an opening line may represent: a long one is also a short one and text."""
    info = rest.strip()
    if not info:
        return [marks]
    if info[-1] == "`":
        return []
    return [marks[:length] for length in range(len(marks), 2, -1)]
