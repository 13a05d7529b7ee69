"""Regular expressions and glob patterns of a site's configuration, of which none takes long.

A regular expression that could is refused: what it says of a path is then not known.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable

LONGEST = 300
"""Characters of a pattern."""

_PATH_LENGTHS = {0: 4_000, 1: 4_000, 2: 600, 3: 100}
"""The longest path that is matched, by the power of its length that the steps grow with."""

_CLASS_OR_ESCAPE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*+\]", re.DOTALL)
_UNBOUNDED = re.compile(r"[*+]|\{\d*,\d*\}|\{\d{3,}")
_AFTER_GROUP = re.compile(r"\)[*+{]")
_ANY_AT_END = re.compile(r"(?<!\\)(?:\.\*\??)+\$?\Z")
_ANY_AT_START = re.compile(r"\A\^?(?:\.\*\??)+")

Match = Callable[[str], bool]


def regex(text: str) -> Match | None:
    """Whether a path contains what a Go regular expression describes; None where it is refused."""
    if len(text) > LONGEST:
        return None
    short = _ANY_AT_END.sub("", _ANY_AT_START.sub("", text)).replace(r"\z", r"\Z")
    bare = _CLASS_OR_ESCAPE.sub("x", short)
    power = len(_UNBOUNDED.findall(bare)) + (not bare.startswith("^"))
    if _AFTER_GROUP.search(bare) or power not in _PATH_LENGTHS:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            compiled = re.compile(short, re.ASCII)
    except (re.error, OverflowError, RecursionError, Warning):
        return None
    longest = _PATH_LENGTHS[power]
    return lambda path: len(path) <= longest and compiled.search(path) is not None


def glob(text: str) -> Match:
    """Whether a glob pattern fits a whole path, in steps of the pattern's times the path's length.

    `*` represents characters of one folder's or file's name, `**` for any, `{a,b}` for either.
    """
    pieces = _pieces(text[:LONGEST])
    return lambda path: len(path) in _reached(pieces, path)


def _pieces(text: str) -> list[tuple[str, str | tuple[str, ...]]]:
    """Return the pattern as pieces of a kind: one, many, all, of, but, either, text."""
    found: list[tuple[str, str | tuple[str, ...]]] = []
    at = 0
    while at < len(text):
        char, end = text[at], at + 1
        if char == "*":
            while text[end : end + 1] == "*":
                end += 1
            found.append(("many" if end == at + 1 else "all", ""))
        elif char == "?":
            found.append(("one", ""))
        elif char == "{" and (close := text.find("}", at)) > 0:
            end = close + 1
            found.append(("either", tuple(text[at + 1 : close].split(","))))
        elif char == "[" and (close := text.find("]", at + 2)) > 0:
            end = close + 1
            found.append(_class(text[at + 1 : close]))
        elif char == "\\" and end < len(text):
            found.append(("text", text[end]))
            end += 1
        else:
            found.append(("text", char))
        at = end
    return found


def _class(chosen: str) -> tuple[str, str]:
    """``[a-c]`` as the characters it represents."""
    kind = "but" if chosen[0] in "!^" else "of"
    chosen = chosen[1:] if kind == "but" else chosen
    ranges = re.sub(
        r"(.)-(.)",
        lambda pair: "".join(
            map(chr, range(ord(pair[1]), min(ord(pair[2]), ord(pair[1]) + 100) + 1))
        ),
        chosen,
        flags=re.DOTALL,
    )
    return kind, ranges


def _reached(pieces: list[tuple[str, str | tuple[str, ...]]], path: str) -> set[int]:
    """Return where the pattern can end in a path."""
    at = {0}
    for kind, value in pieces:
        if kind == "either":
            at = {
                end
                for option in value
                for start in at
                for end in ({start} if option == "" else _alternative(option, path, start))
            }
        elif kind in ("many", "all"):
            at = _run(at, path, "/" if kind == "many" else "")
        elif kind == "text":
            at = {i + 1 for i in at if path[i : i + 1] == value}
        else:
            at = {i + 1 for i in at if i < len(path) and _fits(kind, str(value), path[i])}
        if not at:
            break
    return at


def _alternative(option: str, path: str, start: int) -> set[int]:
    if "*" not in option and "?" not in option:
        return {start + len(option)} if path.startswith(option, start) else set()
    return {start + end for end in _reached(_pieces(option), path[start:])}


def _run(starts: set[int], path: str, stop: str) -> set[int]:
    """Return all places from each start up to the next stop, or to the end."""
    found: set[int] = set()
    for start in sorted(starts):
        if start in found:
            continue
        end = path.find(stop, start) if stop else len(path)
        found.update(range(start, (len(path) if end < 0 else end) + 1))
    return found


def _fits(kind: str, value: str, char: str) -> bool:
    if kind == "one":
        return char != "/"
    return (char in value) is (kind == "of")
