"""Looks through JavaScript for calls, without running it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newslint.core import lazy

_STRING = r"""'(?:[^'\\\n]|\\.)*+'|"(?:[^"\\\n]|\\.)*+"|`(?:[^`\\]|\\.)*+`"""
_PATTERN = (
    r"""(?<=[=>(,:;!&|?{}\[])[ ]?/(?![*/])"""
    r"""(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.){0,200}+\]){1,1000}+/"""
)
_SKIPPED = lazy.pattern(
    rf"(?P<code>{_STRING}|{_PATTERN})|/\*.*?(?:\*/|\Z)|(?<![:\\])//[^\n]*+", re.DOTALL
)
_TEXT = lazy.pattern(r"""\s*+(?:'((?:[^'\\\n]|\\.)*+)'|"((?:[^"\\\n]|\\.)*+)"|`([^`\\$]*+)`)""")
_PART = lazy.pattern(rf"{_STRING}|{_PATTERN}|[(){{}}\[\],]", re.DOTALL)
_CALL_LIMIT = 50_000
"""Characters of one call's arguments that are looked through; of all calls of a file together twice
the file's length."""


class Call(NamedTuple):
    """A call that was found: the text of its first argument, or None where that is computed.

    ``last`` is the source of its last argument and ``arguments`` how many there are; nothing and 0
    where the end of the call was not found.
    """

    name: str | None
    last: str
    arguments: int


def without_comments(code: str) -> str:
    """Return the code without its comments."""
    if "//" not in code and "/*" not in code:
        return code
    return _SKIPPED.sub(lambda match: match["code"] or " ", code)


def calls(code: str, function: str) -> Iterator[Call]:
    """Yield the calls of a function in code without comments.

    ``function`` is a regular expression that ends before the opening bracket.
    """
    left = 2 * len(code) + _CALL_LIMIT
    for match in re.finditer(rf"{function}\s*+\(", code):
        text = _TEXT.match(code, match.end())
        name = None if text is None else next(one for one in text.groups() if one is not None)
        if text is not None and code[text.end() : text.end() + 200].lstrip()[:1] not in ",)":
            name = None  # the text is part of an expression
        last, count, end = _last_argument(code, match.end(), min(_CALL_LIMIT, left))
        left -= end - match.end()
        yield Call(name, last, count)


def _last_argument(code: str, start: int, limit: int) -> tuple[str, int, int]:
    """Return the source of the last argument, how many there are, and where the search ended."""
    depth, at, count = 0, start, 1
    for part in _PART.finditer(code, start, start + limit):
        sign = part[0]
        if sign in ("(", "[", "{"):
            depth += 1
        elif sign in (")", "]", "}"):
            depth -= 1
            if depth < 0:
                return code[at : part.start()].strip().rstrip(", \n"), count, part.end()
        elif sign == "," and depth == 0 and code[part.end() : part.end() + 50].lstrip()[:1] != ")":
            at = part.end()
            count += 1
    return "", 0, min(start + limit, len(code))
