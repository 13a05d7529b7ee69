"""Find the spans of keys, values and array items in valid TOML, unlike `tomllib`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from newslint.core import lazy
from newslint.core.span import Span
from newslint.post.entries import Entry, Path

_STRING = r"\"\"\"(?:[^\\]|\\.)*?\"{3,5}|'''.*?'{3,5}|\"(?:[^\"\\\r\n]|\\.)*+\"|'[^'\r\n]*+'"
_SKIP = lazy.pattern(r"(?:[ \t]++|\#[^\r\n]*+)*+")
_BLANK = lazy.pattern(r"(?:[ \t\r\n]++|\#[^\r\n]*+)*+")
_PART = lazy.pattern(r"[ \t]*+(?P<part>\"(?:[^\"\\\r\n]|\\.)*+\"|'[^'\r\n]*+'|[\w-]++)[ \t]*+")
_STRINGS = lazy.pattern(_STRING, re.DOTALL)
_BARE = lazy.pattern(r"[^\s,\]}#]++(?:[ ](?=[0-9])[0-9:.]++(?:[Zz]|[+-][0-9:]++)?)?")


def toml_entries(text: str, base: int) -> Iterator[Entry]:
    """Return every key and item of valid TOML, in the order of the file.

    ``base`` is the offset of the text in the file. The key of a dotted key is all of it.
    """
    return iter(_Scanner(text, base).document())


class _Scanner:
    def __init__(self, text: str, base: int) -> None:
        self.text = text
        self.base = base
        self.at = 0
        self.found: list[Entry] = []

    def document(self) -> list[Entry]:
        table: Path = ()
        arrays: Counter[Path] = Counter()
        while self._skip(_BLANK) < len(self.text):
            start = self.at
            if self.text.startswith("[", start):
                new = self.text.startswith("[[", start)
                self.at += 1 + new
                parts, span = self._key()
                self.at += 1 + new
                table = self._table(parts, arrays, new=new)
                self.found.append(Entry(table, span, span))
            else:
                self._pair(table)
            if self.at == start:
                break  # not TOML: never loop forever
        return self.found

    def _skip(self, pattern: re.Pattern[str]) -> int:
        blank = pattern.match(self.text, self.at)
        self.at = blank.end() if blank else self.at
        return self.at

    def _key(self) -> tuple[tuple[str, ...], Span]:
        parts: list[str] = []
        start = end = self.at
        while part := _PART.match(self.text, self.at):
            start = start if parts else part.start("part")
            end = part.end("part")
            parts.append(_plain(part["part"]))
            self.at = part.end()
            if not self.text.startswith(".", self.at):
                break
            self.at += 1
        return tuple(parts), Span(start, end).shift(self.base)

    def _table(self, parts: tuple[str, ...], arrays: Counter[Path], *, new: bool) -> Path:
        path: Path = ()
        for depth, part in enumerate(parts):
            path = (*path, part)
            if new and depth == len(parts) - 1:
                arrays[path] += 1
            if path in arrays:
                path = (*path, arrays[path] - 1)
        return path

    def _pair(self, table: Path) -> None:
        parts, key = self._key()
        self.at += 1  # the equals sign
        self._skip(_SKIP)
        self._value((*table, *parts), key)

    def _value(self, path: Path, key: Span | None) -> None:
        start, slot = self.at, len(self.found)
        self.found.append(Entry(path, Span(0, 0), Span(0, 0)))
        if self.text.startswith("[", start):
            self._collection(path, "]")
        elif self.text.startswith("{", start):
            self._collection(path, "}")
        else:
            value = _STRINGS.match(self.text, start) or _BARE.match(self.text, start)
            self.at = value.end() if value else start
        span = Span(start, self.at).shift(self.base)
        self.found[slot] = Entry(path, key or span, span)

    def _collection(self, path: Path, close: str) -> None:
        self.at += 1
        index = 0
        while self._skip(_BLANK) < len(self.text) and not self.text.startswith(close, self.at):
            start = self.at
            if self.text.startswith(",", start):
                self.at += 1
            elif close == "}":
                self._pair(path)
            else:
                self._value((*path, index), None)
                index += 1
            if self.at == start:
                return
        self.at = min(self.at + 1, len(self.text))


def _plain(part: str) -> str:
    if part[0] == "'":
        return part[1:-1]
    if part[0] == '"':
        import tomllib

        from newslint.generators.toml import as_toml_10

        return str(tomllib.loads(as_toml_10(f"k = {part}", newer=True).text)["k"])
    return part
