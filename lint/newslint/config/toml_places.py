"""On which line of a TOML file a key stands, for the words of an error. `tomllib` does not say."""

from __future__ import annotations

from collections import Counter

from newslint.core import lazy

_HEADER = lazy.pattern(r"^\s*(\[\[?)([^\]\r\n]+)\]\]?")
_KEY = lazy.pattern(
    r"""^\s*((?:"[^"\r\n]*"|'[^'\r\n]*'|[\w-]+)(?:\s*\.\s*(?:"[^"\r\n]*"|[\w-]+))*)\s*="""
)
_PART = lazy.pattern(r"""\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*(?:\.|$)""")


def lines_of_keys(text: str) -> dict[tuple[str | int, ...], int]:
    """The 1-based line of each table and key by its path; ``[[x]]`` tables count from 0."""
    places: dict[tuple[str | int, ...], int] = {}
    arrays: Counter[tuple[str | int, ...]] = Counter()
    table: tuple[str | int, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _with_indexes(_parts(header[2]), arrays, new=header[1] == "[[")
            places.setdefault(table, number)
        elif key := _KEY.match(line):
            path = table
            for part in _parts(key[1]):
                path = (*path, part)
                places.setdefault(path, number)
    return places


def line_of(text: str, path: tuple[str | int, ...]) -> int | None:
    """The line of a key, or of the nearest table above it that stands in the file."""
    places = lines_of_keys(text)
    while path:
        if path in places:
            return places[path]
        path = path[:-1]
    return None


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(a or b or c for a, b, c in _PART.findall(dotted))


def _with_indexes(
    parts: tuple[str, ...], arrays: Counter[tuple[str | int, ...]], *, new: bool
) -> tuple[str | int, ...]:
    path: tuple[str | int, ...] = ()
    for depth, part in enumerate(parts):
        path = (*path, part)
        if new and depth == len(parts) - 1:
            arrays[path] += 1
        if path in arrays:
            path = (*path, arrays[path] - 1)
    return path
