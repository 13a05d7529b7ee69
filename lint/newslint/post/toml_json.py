"""Parse front matter in TOML and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.post.boundaries import Bounds

if TYPE_CHECKING:
    from newslint.generators.target import Version
    from newslint.post.entries import Path


_TOML_PLACE = r"\(at line (\d+), column (\d+)\)|\(at end of document\)"


class UnparsedError(Exception):
    """Front matter that its parser rejects."""

    def __init__(
        self,
        message: str,
        offset: int,
        limit: bool = False,
        value: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(message)
        self.message, self.offset, self.limit, self.value = message, offset, limit, value


TOML_PARTS = 1_000
"""Maximum number of parts of a dotted key: `tomllib` takes quadratic memory (measured)."""

_DOTTED = lazy.pattern(r"(?:(?:[\w-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]*+\.[ \t]*+)++")


def load_toml(text: str, version: Version | None = None) -> object:
    """Return the values of TOML as a version of Hugo reads it. Raises UnparsedError."""
    for chain in _DOTTED.finditer(text):
        if chain[0].count(".") > TOML_PARTS:
            raise UnparsedError(
                msg("a key has more than {limit:,} parts", limit=TOML_PARTS),
                chain.start(),
                limit=True,
            )
    data: object
    try:
        data = _read_toml(text)
    except UnparsedError:
        data = _read_extended(text, version)
    _check_numbers(data, text)
    return data


def _read_toml(text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise UnparsedError(msg("nested too deep"), 0, limit=True) from None
    except ValueError as error:
        words, offset = _toml_place(str(error), text)
        if text[offset : offset + 1] == "\r":
            words = msg("a carriage return alone is no line end")
        raise UnparsedError(msg("not valid TOML: {words}", words=words), offset) from None


def _toml_place(message: str, text: str) -> tuple[str, int]:
    """Return what `tomllib` says, and the offset; it counts lines by LF alone."""
    import re

    place = re.search(_TOML_PLACE, message)
    words = re.sub(_TOML_PLACE, "", message).strip()
    words = words[:1].lower() + words[1:]
    if place is None:
        return words, 0
    if place[1] is None:
        return words, len(text)
    above = text.split("\n")[: int(place[1]) - 1]
    return words, sum(len(line) + 1 for line in above) + int(place[2]) - 1


def _read_extended(text: str, version: Version | None) -> object:
    """Return the values of what `tomllib` refuses; raises UnparsedError where a Hugo does too."""
    from newslint.generators.hugo_changes import TOML_1_1
    from newslint.generators.toml import as_toml_10

    older: UnparsedError | None = None
    for newer in TOML_1_1.in_force(version):
        rewritten = as_toml_10(text, newer=newer)
        try:
            data = _read_toml(rewritten.text)
        except UnparsedError as error:
            error.offset = rewritten.origin(error.offset)
            if older is None and not newer:
                older = error
                continue
            raise
        if older is None:
            return data
        message = TOML_1_1.named(older.message, version, with_it=False)
        raise UnparsedError(message, older.offset)
    assert older is not None
    raise older


_LEAST, _MOST = -(2**63), 2**63 - 1
_INFINITE = (float("inf"), float("-inf"))


def _check_numbers(data: object, text: str) -> None:
    """Refuse a number that does not fit into the 64 bits that Hugo has for it."""
    suspects = {path for path, value in _numbers(data) if not _LEAST <= value <= _MOST}
    if not suspects:
        return
    from newslint.post.toml_entries import toml_entries

    for entry in toml_entries(text, 0):
        start, end = entry.value
        if entry.path in suspects and "inf" not in text[start:end]:
            message = msg("the number {number} is too large for 64 bits", number=text[start:end])
            raise UnparsedError(message, start)


def _numbers(data: object) -> Iterator[tuple[Path, float]]:
    """Yield the integers, and the numbers that have become infinite, with their paths."""
    waiting: list[tuple[Path, object]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, Mapping):
            waiting += (((*path, key), inner) for key, inner in value.items())
        elif isinstance(value, list):
            waiting += (((*path, index), inner) for index, inner in enumerate(value))
        elif isinstance(value, int) or (isinstance(value, float) and value in _INFINITE):
            yield path, value


def is_members(bounds: Bounds) -> bool:
    """Return whether JSON has no outer braces, which Hexo adds if it ends in ``;;;``."""
    return bounds.fence == "" or bounds.fence.startswith(";")


def load_json(text: str, bounds: Bounds) -> object:
    """Return the values of JSON. Raises UnparsedError."""
    import json

    members = is_members(bounds)
    try:
        return json.loads("{" + text + "}" if members else text, parse_constant=_no_constant)
    except RecursionError:
        raise UnparsedError(msg("nested too deep"), 0, limit=True) from None
    except json.JSONDecodeError as error:
        offset = max(error.pos - members, 0)
        if members and text.lstrip().startswith("{"):
            message = msg("remove the braces; keys and values between ;;; have none")
            raise UnparsedError(message, text.index("{")) from None
        raise UnparsedError(_json_words(error.msg), offset) from None
    except ValueError as error:
        raise UnparsedError(str(error), 0) from None


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no value of JSON")


def _json_words(message: str) -> str:
    return msg("not valid JSON: {message}", message=message[:1].lower() + message[1:])
