"""Fences of backticks or tildes as Hexo takes them out, before any Markdown is rendered.

Its filter (``backtick_code_block``) knows no HTML: a fence inside of a ``<div>`` is one too.
Read off Hexo 5.4 to 8.1. Comments are passed over: what is in them is not seen anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newslint.core import lazy

_OPENING = lazy.pattern(
    r"^((?:(?:[ \t]*+>){1,3}|[-*+]|[0-9]+\.)?+[ \t]*+)(?P<mark>`{3,}+|~{3,}+)"
    r"(?P<language>[^\n]*+)\n",
    re.MULTILINE,
)
_COMMENT = lazy.pattern(r"<!--.*?-->", re.DOTALL)


def may_have_fence(text: str) -> bool:
    """Return whether there is any run of backticks or tildes that may be one."""
    # One character is found ten times faster than three, and hardly a post has it.
    return ("`" in text and "```" in text) or ("~" in text and "~~~" in text)


def fences(text: str) -> Iterator[tuple[int, int]]:
    """The fenced blocks that Hexo takes out: (start, end) offsets, fences included. Linear."""
    if not may_have_fence(text):
        return
    text = text.replace("\r\n", " \n").replace("\r", "\n")
    if "<!--" in text and "-->" in text:
        text = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    position = 0
    hopeless: set[str] = set()
    while opening := _OPENING.search(text, position):
        mark = opening["mark"]
        position = opening.end()
        if mark in hopeless or opening["language"].rstrip().endswith("`"):
            continue
        closing = re.compile(
            rf"^(?:[ \t]*+>){{0,3}}+[ \t]*+{mark}[ \t]?(?:\n|\Z)", re.MULTILINE
        ).search(text, position)
        if closing is None:
            hopeless.add(mark)
            continue
        yield opening.start("mark"), closing.end() - closing[0].endswith("\n")
        position = closing.end()


_CLOSING_LINE = lazy.pattern(r"[ \t>]*+(?:`{3,}+|~{3,}+)[ \t]*+\Z")


def is_open_fence(text: str, span: tuple[int, int]) -> bool:
    """Whether a span of code is a fence that nothing closes: it may have swallowed a post."""
    start, end = span
    if not text.startswith(("```", "~~~"), start):
        return False
    line = max(text.rfind("\n", start, end), text.rfind("\r", start, end))
    return line < 0 or not _CLOSING_LINE.match(text[line + 1 : end])
