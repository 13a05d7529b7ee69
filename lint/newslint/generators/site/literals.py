"""Values that JavaScript states as literals, read without running it.

What is computed is `COMPUTED`; a name that a constant of the same code gives a literal is that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newslint.core import lazy

_TOKEN = lazy.pattern(
    r"""\s*+(?:(?P<text>'(?:[^'\\\n]|\\.)*+'|"(?:[^"\\\n]|\\.)*+"|`[^`\\$]*+`)"""
    r"""|(?P<number>-?\d+(?:\.\d+)?)(?![\w.])|(?P<name>[A-Za-z_$][\w$]*+(?:\.[A-Za-z_$][\w$]*+)*+)"""
    r"""|(?P<sign>[\[\]{}(),:]|\.\.\.|.))""",
    re.DOTALL,
)
_PART = lazy.pattern(
    r"""'(?:[^'\\\n]|\\.)*+'|"(?:[^"\\\n]|\\.)*+"|`(?:[^`\\]|\\.)*+`|[(){}\[\],]""", re.DOTALL
)
_CONSTANT = lazy.pattern(
    r"\b(?:const|let|var)\s+([A-Za-z_$][\w$]*+)\s*(?::[^=\n]{0,100})?=(?![=>])"
)
_ESCAPE = lazy.pattern(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_WORDS: Mapping[str, Any] = {"true": True, "false": False, "null": None, "undefined": None}
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "\n": ""}
_BLANK = lazy.pattern(r"\s*+")
_CLOSING = ",)]};"
_GOES_ON = ".+-*/?&|=<>([%`:"
_DEPTH = 20
_VALUES = 3_000
_EXPRESSION = 20_000
"""Characters of one expression that are looked through."""
_CONSTANTS = 500


class Computed:
    """A value that only running the code would tell."""

    def __repr__(self) -> str:
        return "COMPUTED"


COMPUTED = Computed()
Position = tuple[Any, int]


class Literals:
    """Reads literals of one or more texts of JavaScript without comments.

    ``known`` has the text and the place of the values that further names represent.
    """

    def __init__(self, *codes: str, known: Mapping[str, tuple[str, int]] | None = None) -> None:
        self._left = _VALUES
        self._places: dict[str, tuple[str, int]] = dict(known or {})
        for code in codes:
            for match in _CONSTANT.finditer(code):
                if len(self._places) < _CONSTANTS:
                    self._places.setdefault(match[1], (code, match.end()))

    def value(self, code: str, at: int, depth: int = _DEPTH) -> Position:
        """Return the value that begins at a place, and where it ends.

        In a mapping the value of a key may be `COMPUTED`; the key "..." says that more is.
        """
        self._left -= 1
        token = _TOKEN.match(code, at)
        if token is None or depth < 0 or self._left < 0:
            return COMPUTED, _end(code, at)
        found: Any = COMPUTED
        end = token.end()
        if token["text"] is not None:
            found = _unquoted(token["text"])
        elif token["number"] is not None:
            found = float(token["number"]) if "." in token["number"] else int(token["number"])
        elif token["name"] is not None:
            found = self._named(token["name"], depth)
        elif token["sign"] == "[":
            found, end = self._list(code, end, depth)
        elif token["sign"] == "{":
            found, end = self._mapping(code, end, depth)
        else:
            return COMPUTED, _end(code, at)
        if _is_whole(code, end):
            return found, end
        return COMPUTED, _end(code, end)

    def _named(self, name: str, depth: int) -> Any:
        if name in _WORDS:
            return _WORDS[name]
        first, *members = name.split(".")
        if first not in self._places:
            return COMPUTED
        code, start = self._places[first]
        value, _ = self.value(code, start, depth - 5)
        for member in members:
            value = value.get(member, COMPUTED) if isinstance(value, dict) else COMPUTED
        return value

    def _list(self, code: str, at: int, depth: int) -> Position:
        items: list[Any] = []
        while (token := _TOKEN.match(code, at)) is not None:
            if token["sign"] == "]":
                return items, token.end()
            if token["sign"] == ",":
                at = token.end()
                continue
            value, end = self.value(code, at, depth - 1)
            items.append(value)
            if end <= at:
                break
            at = end
        return COMPUTED, len(code)

    def _mapping(self, code: str, at: int, depth: int) -> Position:
        found: dict[str, Any] = {}
        while (token := _TOKEN.match(code, at)) is not None:
            if token["sign"] == "}":
                return found, token.end()
            end = token.end()
            if token["sign"] == ",":
                at = end
                continue
            key = _unquoted(token["text"]) if token["text"] is not None else token["name"]
            colon = _TOKEN.match(code, end)
            if key is None or colon is None:
                found["..."] = COMPUTED
                end = _end(code, at)
            elif colon["sign"] == ":":
                found[key], end = self.value(code, colon.end(), depth - 1)
            elif colon["sign"] in (",", "}"):
                found[key] = self._named(key, depth)
            else:
                name = _method(code, end) if key in ("async", "get", "set") else key
                found[name] = COMPUTED
                end = _end(code, end)
            if end <= at:
                break
            at = end
        return COMPUTED, len(code)


def _is_whole(code: str, at: int) -> bool:
    """Return whether an expression ends at a place: no operator or call follows."""
    blank = _BLANK.match(code, at)
    assert blank is not None  # the pattern also matches nothing
    sign = code[blank.end() : blank.end() + 1]
    return sign in _CLOSING or ("\n" in blank[0] and sign not in _GOES_ON)


def _method(code: str, at: int) -> str:
    token = _TOKEN.match(code, at)
    return token["name"] if token is not None and token["name"] else "..."


def _end(code: str, at: int) -> int:
    """Where the expression at a place ends: before a comma or the bracket of what holds it."""
    depth = 0
    for part in _PART.finditer(code, at, at + _EXPRESSION):
        if part[0] in "([{":
            depth += 1
        elif part[0] in ")]}":
            depth -= 1
            if depth < 0:
                return part.start()
        elif part[0] == "," and depth == 0:
            return part.start()
    return min(len(code), at + _EXPRESSION)


def _unquoted(text: str) -> str:
    def plain(match: re.Match[str]) -> str:
        number = match[1] or match[2]
        return chr(int(number, 16)) if number else _SIMPLE.get(match[3], match[3])

    inner = text[1:-1]
    return _ESCAPE.sub(plain, inner) if "\\" in inner else inner


def objects(code: str, before: re.Pattern[str], literals: Literals) -> Iterator[dict[str, Any]]:
    """Yield the mappings that stand after each match of a pattern."""
    for match in before.finditer(code):
        found, _ = literals.value(code, match.end())
        if isinstance(found, dict):
            yield found
