"""YAML as Ruby's gem SafeYAML reads it, for the gems of Jekyll 3 and 4.

Told by the source of SafeYAML 1.0.5 (``transform/``, ``parse/`` and ``psych_handler.rb``) and by
builds of Jekyll 4.4.1 with it. It has Psych's parser, so that what is no YAML is the same; it
guesses the type of a scalar by rules of its own, ignores tags, and gives null for an alias without
an anchor. Debian's package of Jekyll reads with Psych instead.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.yaml.js_nodes import Explicit

MERGE = "<<"

_DECIMAL = lazy.pattern(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_OCTAL = lazy.pattern(r"0[0-7]+\Z")
_HEXADECIMAL = lazy.pattern(r"[-+]?0[xX][0-9a-fA-F]+\Z")
_BINARY = lazy.pattern(r"0b[01]+\Z")
_SIXTY = lazy.pattern(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?P<fraction>\.[0-9_]*)?\Z")
_FLOAT = lazy.pattern(r"[-+]?(?:[0-9][0-9_]*)?\.[0-9_]+(?:[eE][-+][0-9]+)?\Z")
_RUBY_FLOAT = lazy.pattern(r"[-+]?(?:[0-9]+(?:_[0-9]+)*)?\.[0-9]+(?:_[0-9]+)*(?:[eE][-+][0-9]+)?\Z")
"""What Ruby's ``Float()`` takes of those: single underscores between digits."""
_EDGES = {
    **dict.fromkeys((".inf", ".Inf", ".INF"), math.inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
}
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None}
_WORDS |= dict.fromkeys(("yes", "on", "true"), True) | dict.fromkeys(("no", "off", "false"), False)
_DAY = lazy.pattern(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z")
_TIME = lazy.pattern(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt]|\s+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})"
    r"(?:\.([0-9]*))?\s*(?:Z|([-+])([0-9]{1,2})(?::?([0-9]{2}))?)?\Z"
)
_LONGEST = 400
"""Code points of a number: Python refuses to make an integer of much longer ones."""

Scalar = Any


def scalar(text: str) -> Scalar:
    """Return the value of a scalar whose type is guessed.

    Raises ValueError where Ruby's ``Float()`` refuses what SafeYAML takes for a number, which ends
    the reading of the file.
    """
    number = _number(text)
    if number is not None:
        return number
    if len(text) <= 5 and text.lower() in _WORDS:
        return _WORDS[text.lower()]
    day = _DAY.match(text)
    if day is not None:
        try:
            return date(int(day[1]), int(day[2]), int(day[3]))
        except ValueError:
            return text
    moment = _TIME.match(text)
    return text if moment is None else _moment(text, moment.groups())


def _number(text: str) -> int | float | None:
    if not text or text[0] not in "0123456789+-._," or len(text) > _LONGEST:
        return None
    bare = text.replace("_", "").replace(",", "")
    if _DECIMAL.match(bare):
        return int(bare)
    for pattern, base in ((_OCTAL, 8), (_HEXADECIMAL, 16), (_BINARY, 2)):
        if pattern.match(bare):
            return int(bare, base)
    sixty = _SIXTY.match(bare)
    if sixty is not None and not sixty["fraction"]:
        return _sixty(bare, "")
    if _FLOAT.match(text):
        if not _RUBY_FLOAT.match(text):
            raise ValueError("number")
        return float(text.replace("_", ""))
    if text in _EDGES:
        return _EDGES[text]
    sixty = _SIXTY.match(text)
    if sixty is None or not sixty["fraction"]:
        return None
    return _sixty(text[: sixty.start("fraction")], sixty["fraction"])


def _sixty(whole: str, fraction: str) -> float:
    """A number to the base of 60. SafeYAML turns the sign of a negative one once too often."""
    total = 0.0
    for place, part in enumerate(reversed(whole.split(":"))):
        total += float(part.replace("_", "") or 0) * 60**place
    if len(fraction) > 1:
        if not fraction[1:].replace("_", "0").isdigit() or not _RUBY_FLOAT.match(fraction):
            raise ValueError("number")
        total += float(fraction.replace("_", ""))
    return -total if whole[0] == "-" else total


def _moment(text: str, parts: tuple[str | None, ...]) -> datetime | str:
    """``DateTime.parse``: a day that is not stays text, 24:00:00 is midnight, 60 seconds are 59."""
    year, month, day, hour, minute, second = (int(part or 0) for part in parts[:6])
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        return text
    offset = int(parts[8] or 0) * 60 + int(parts[9] or 0)
    offset = -offset if parts[7] == "-" else offset
    try:
        zone = timezone(timedelta(minutes=offset)) if offset else UTC
        first = datetime(year, month, day, tzinfo=zone)
        return first + timedelta(
            hours=hour,
            minutes=minute,
            seconds=min(second, 59),
            microseconds=int(((parts[6] or "") + "000000")[:6]),
        )
    except (ValueError, OverflowError):
        return text


def is_guessed(node: ScalarNode) -> bool:
    """Whether the type of a scalar is guessed: of a plain one, and of every one with a tag."""
    if isinstance(node.tag, Explicit):
        return True
    return node.tag == "?" or (not node.style and node.tag != "!")


def key_pairs(items: list[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    """Yield the keys and values that SafeYAML makes of a mapping's.

    A key that is null is none to it: the value after it becomes a key, and so on.
    """
    flat = iter([one for pair in items for one in pair])
    for key in flat:
        if key is None:
            continue
        try:
            yield key, next(flat)
        except StopIteration:
            return


def flaws(node: Node) -> Iterator[tuple[Node, str, str]]:
    """What SafeYAML fails on, or reads otherwise than it looks: the node, a kind, and in words."""
    if isinstance(node, ScalarNode) and is_guessed(node):
        try:
            scalar(node.value)
        except ValueError:
            told = msg(
                "{value} begins like a number but is not a number; put it in quotes",
                value=node.value,
            )
            yield node, "number", told
    if not isinstance(node, MappingNode):
        return
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            continue
        if key.value == MERGE and not isinstance(value, MappingNode):
            yield (
                value,
                "merge",
                msg("<< merges the keys of a mapping, but its value is not a mapping"),
            )
        elif is_guessed(key) and key.value.lower() in ("", "~", "null"):
            told = msg("a key is null, and Jekyll reads the value after it as the next key")
            yield key, "null-key", told
