"""Write TOML; a text of a post stays a single value or comment."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from newslint.core import lazy
from newslint.core.escaping import plain

_BARE = lazy.pattern(r"[A-Za-z0-9_-]+")
WIDTH = 100
"""Columns up to which comments and arrays stay on one line."""


def string(text: str) -> str:
    """Return a basic string, with active characters escaped.

    Raises ValueError for lone surrogates, which TOML cannot contain.
    """
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("TOML holds no lone surrogates")
    return "".join(map(_written, json.dumps(text, ensure_ascii=False)))


def _written(character: str) -> str:
    if plain(character) == character:
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def key(*names: str) -> str:
    """Return a dotted key."""
    return ".".join(name if _BARE.fullmatch(name) else string(name) for name in names)


def value(what: Any) -> str:
    """Return a text, number, boolean or list of them, on one line."""
    if isinstance(what, str):
        return string(what)
    if isinstance(what, bool):
        return "true" if what else "false"
    if isinstance(what, (list, tuple)):
        return f"[{', '.join(map(value, what))}]"
    return str(what)


def entry(name: str, what: Any) -> Iterator[str]:
    """Yield the lines of a key and its value; long lists have a line for each item."""
    line = f"{key(name)} = {value(what)}"
    if len(line) > WIDTH and isinstance(what, (list, tuple)) and what:
        yield from commented_list(name, [(one, "") for one in what])
    else:
        yield line


def commented_list(name: str, items: Sequence[tuple[Any, str]]) -> Iterator[str]:
    """Yield the lines of a list with a comment after each item."""
    yield f"{key(name)} = ["
    for one, words in items:
        yield f"    {value(one)}," + (f"  # {plain(words)}" if words else "")
    yield "]"


def table(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of the keys of a table."""
    for name, what in values.items():
        yield from entry(name, what)


def comment(words: str) -> Iterator[str]:
    """Yield the lines of a comment, wrapped."""
    for line in textwrap.wrap(
        plain(words), WIDTH - 2, break_long_words=False, break_on_hyphens=False
    ):
        yield f"# {line}"


def counts(pairs: Iterable[tuple[str, int]], most: int) -> str:
    """Return ``a 12, b 3 and 5 more``: words of posts, cut, with their counts."""
    known = list(pairs)
    words = ", ".join(f"{cut(word)} {number:,}" for word, number in known[:most])
    return words + (f" and {len(known) - most:,} more" if len(known) > most else "")


def count(number: int, noun: str) -> str:
    """Return ``1 post`` or ``2,000 posts``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def cut(text: str, longest: int = 40) -> str:
    """Return a text of a post, cut for a comment, on one line."""
    short = " ".join(text.split())
    return short if len(short) <= longest else f"{short[: longest - 1]}…"
