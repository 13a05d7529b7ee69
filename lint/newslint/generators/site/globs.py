"""Patterns for paths as generators read them: micromatch (Hexo, Eleventy) and Ruby's fnmatch.

A pattern is translated once. Matching takes time linear in the path for each wildcard: what is
between two wildcards is matched at its first place and never again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_LENGTH_LIMIT = 1_000
"""Characters of a pattern that is read; a longer one matches nothing."""
_EXPANSION_LIMIT = 100
"""Alternatives that the braces of one pattern may represent."""

_BRACES = re.compile(r"(?P<mark>[@?]?)(?P<open>[({])(?P<inner>[^(){}]*+)[)}]")
_UNKNOWN_GROUP = re.compile(r"[!+*]\(")
_NUMBERS = re.compile(r"(-?\d{1,4})\.\.(-?\d{1,4})")
_ALL_OF_A_SUFFIX = re.compile(r"\*\*\.\w+")
_CLASS = re.compile(r"\[(?P<not>[!^]?)(?P<set>\]?[^\]\\/]*+)\]")


class Globs:
    """Several patterns, of which one has to match. Empty where none is given."""

    def __init__(self, patterns: Iterable[tuple[str, re.Pattern[str] | None]]) -> None:
        self._patterns = tuple((text, found) for text, found in patterns if found is not None)

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def match(self, path: str) -> bool:
        """Return whether one of the patterns matches the complete path."""
        return any(pattern.match(path) is not None for _, pattern in self._patterns)

    def within(self, folder: str) -> Globs:
        """Return those of micromatch's patterns that may match a file right in a folder."""
        return Globs(one for one in self._patterns if _may_match_in(one[0], folder))


def _may_match_in(pattern: str, folder: str) -> bool:
    plain = re.match(r"[^*?\[\]{}()!@+\\]*", pattern)
    literal = "" if plain is None or not plain[0] else plain[0].removeprefix("./")
    if not literal and pattern[:1] not in "*?[":
        return True
    literal = literal.rstrip("/")
    if folder and not literal.startswith(f"{folder}/") and not f"{folder}/".startswith(literal):
        return False
    if not folder and "/" in literal:
        return False
    if "**" in pattern or any(sign in pattern for sign in "{(!"):
        return True
    return pattern.removeprefix("./").count("/") == (folder.count("/") + 1 if folder else 0)


def micromatch(patterns: Iterable[str]) -> Globs:
    """Return the patterns of ``micromatch.isMatch`` (micromatch 4, no options).

    A pattern with ``!(…)``, ``+(…)`` or ``*(…)`` is not understood and matches nothing.
    """
    return Globs((text, _micromatch(text)) for text in patterns)


def fnmatch(pattern: str) -> re.Pattern[str]:
    """Return the pattern of Ruby's ``File.fnmatch?`` without flags: ``*`` also matches slashes."""
    return re.compile(_segment(pattern[:_LENGTH_LIMIT], any_character=True) + r"\Z", re.DOTALL)


@lru_cache(maxsize=200)
def _micromatch(pattern: str) -> re.Pattern[str] | None:
    pattern = pattern.removeprefix("./")
    if not pattern or len(pattern) > _LENGTH_LIMIT or _UNKNOWN_GROUP.search(pattern):
        return None
    plain = pattern.lstrip("!")
    negated = (len(pattern) - len(plain)) % 2 == 1
    found = [_path(one) for one in _expanded(plain)]
    whole = f"(?:{'|'.join(found)})"
    return re.compile(rf"(?!{whole}\Z)" if negated else rf"{whole}\Z", re.DOTALL)


def _expanded(pattern: str) -> list[str]:
    """Return what the braces and simple groups of a pattern represent, each written out."""
    waiting, done = [pattern], list[str]()
    while waiting and len(waiting) + len(done) < _EXPANSION_LIMIT:
        one = waiting.pop()
        match = _BRACES.search(one)
        if match is None:
            done.append(one)
            continue
        choices = _choices(match)
        if choices is None:  # braces that represent themselves
            head, inner = one[: match.start()], one[match.start() + 1 : match.end() - 1]
            done.append(head + "\\{" + inner + "\\}" + one[match.end() :])
            continue
        waiting += [one[: match.start()] + choice + one[match.end() :] for choice in choices]
    return done + waiting


def _choices(match: re.Match[str]) -> list[str] | None:
    inner = match["inner"]
    if match["open"] == "(":
        return [*inner.split("|"), *([""] if match["mark"] == "?" else [])]
    prefix = match["mark"]
    numbers = _NUMBERS.fullmatch(inner)
    if numbers:
        low, high = sorted((int(numbers[1]), int(numbers[2])))
        return [f"{prefix}{number}" for number in range(low, min(high, low + 99) + 1)]
    return [prefix + choice for choice in inner.split(",")] if "," in inner else None


def _path(pattern: str) -> str:
    """Return a regular expression for a path pattern without braces."""
    if _ALL_OF_A_SUFFIX.fullmatch(pattern):
        pattern = f"**/*{pattern[2:]}"
    segments = pattern.split("/")
    chunks: list[list[str]] = [[]]
    ends: list[str] = [_END]
    for segment in segments:
        if segment == "**":
            chunks.append([])
            ends.append(_END)
        else:
            chunks[-1].append(_segment(segment))
            # `a/**` is also `a` itself, but `*/**` is not.
            ends[-1] = "/" if _STARRED.search(segment) else _END
    first, rest = chunks[0], chunks[1:]
    if not rest:
        return "/".join(first)
    if first and not any(rest):
        return rf"{'/'.join(first)}{ends[0]}{_FOLDERS}{_NAME}?"
    out = "/".join(first) + "/" if first else "/?"
    for number, chunk in enumerate(rest):
        is_last = number == len(rest) - 1
        if is_last:
            return out + (_FOLDERS_LAZY + "/".join(chunk) if chunk else rf"{_FOLDERS}{_NAME}?")
        if chunk:
            end = "/" if any(rest[number + 1 :]) else ends[number + 1]
            out += f"(?>{_FOLDERS_LAZY}{'/'.join(chunk)}{end})"
    return out


_END = r"(?:/|\Z)"
_STARRED = re.compile(r"(?<!\\)\*\Z")
_FOLDERS = r"(?:(?!\.)[^/]++/)*+"
_FOLDERS_LAZY = r"(?:(?!\.)[^/]++/)*?"
_NAME = r"(?:(?!\.)[^/]++)"


def _segment(segment: str, *, any_character: bool = False) -> str:
    """Return a regular expression for one part of a path between slashes."""
    character = "." if any_character else "[^/]"
    out: list[str] = []
    chunk: list[str] = []
    wild = False
    for part in _tokens(segment, any_character):
        if part == "*":
            _close(out, chunk, wild, character)
            chunk, wild = [], True
        elif part == "?":
            chunk.append(character)
        else:
            chunk.append(part)
    if wild:
        out.append(f"{character}*{''.join(chunk)}")
    else:
        out += chunk
    guard = r"(?!\.)" if segment[:1] in ("*", "?", "[") else ""
    if guard and not any_character:
        guard += "(?=.)"
    return guard + "".join(out)


def _close(out: list[str], chunk: list[str], wild: bool, character: str) -> None:
    """Add what is before a wildcard; after an earlier wildcard its first place is taken."""
    if not wild:
        out += chunk
    elif chunk:
        out.append(f"(?>{character}*?{''.join(chunk)})")


def _tokens(segment: str, any_character: bool) -> Iterable[str]:
    at = 0
    while at < len(segment):
        character = segment[at]
        group = _CLASS.match(segment, at) if character == "[" else None
        if character == "\\" and at + 1 < len(segment):
            at += 1
            yield re.escape(segment[at])
        elif group is not None and group["set"]:
            at = group.end() - 1
            inner, negation = group["set"], group["not"]
            if negation == "!" and not any_character:  # micromatch knows ^ alone
                inner, negation = f"!{inner}", ""
            inner = inner.replace("\\", r"\\").replace("[", r"\[")
            inner = inner.replace("]", r"\]").replace("&&", r"&\&").replace("||", r"|\|")
            inner = inner.replace("~~", r"~\~").replace("--", r"-\-").replace("^", r"\^")
            try:
                re.compile(f"[{inner}]")
            except re.error:
                yield r"(?!)"
            else:
                yield f"[{'^' if negation else ''}{inner}]"
        elif character in "*?":
            yield character
        else:
            yield re.escape(character)
        at += 1
