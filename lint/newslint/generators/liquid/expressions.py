"""How Liquid for Ruby reads a single value: a literal, a range or a variable."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from newslint.core import lazy
from newslint.core.messages import msg

from .values import DiesError, Keyword, Range, Value

_LOOKUP = lazy.pattern(r"\[[^\]]+\]|[\w-]+\??", re.ASCII)
_WORD_LOOKUP = lazy.pattern(r"[\w-]+\??", re.ASCII)
_INTEGER = lazy.pattern(r"-?[0-9]+")
_FLOAT = lazy.pattern(r"(-?[0-9]+(?:\.[0-9]+)?)[0-9.]*")
_RANGE = lazy.pattern(r"\(\s*(?>(\S+)\s*\.\.)\s*(\S+)\s*\)", re.ASCII)
# What Ruby strips at the ends of a text.
BLANKS = " \t\n\v\f\r\0"
_LITERALS: dict[str, Value] = {
    "nil": None, "null": None, "": None, "true": True, "false": False, "blank": "", "empty": "",
}  # fmt: skip
_MAX_DEPTH = 50
_MAX_DIGITS = 4000


@dataclass(frozen=True, slots=True)
class Lookup:
    """A variable: its name (None if there is no readable one) and what is looked up in it."""

    name: Expression | str | None
    keys: tuple[Expression | str, ...] = ()


@dataclass(frozen=True, slots=True)
class RangeOf:
    """A range between two values that are known only when the template runs."""

    low: Expression
    high: Expression


Expression: TypeAlias = Value | Lookup | RangeOf


def parse_expression(markup: str, depth: int = 0) -> Expression:
    """Read a single value. Raises DiesError for ``(true..2)`` and the like."""
    markup = markup.strip(BLANKS)
    if len(markup) > 1 and markup[0] == markup[-1] and markup[0] in "\"'":
        return markup[1:-1]
    if markup in ('"', "'"):
        return ""
    if _INTEGER.fullmatch(markup):
        return int(markup[:_MAX_DIGITS])
    if markup.startswith("(") and (match := _RANGE.fullmatch(markup)):
        return _parse_range(match[1], match[2], depth)
    if match := _FLOAT.fullmatch(markup):
        return float(match[1])
    if markup in _LITERALS:
        return _LITERALS[markup]
    return _parse_lookup(markup, depth)


def _parse_range(low_markup: str, high_markup: str, depth: int) -> Expression:
    if depth > _MAX_DEPTH:
        raise DiesError(msg("a range contains another range"))
    low, high = (parse_expression(side, depth + 1) for side in (low_markup, high_markup))
    if isinstance(low, Lookup | RangeOf) or isinstance(high, Lookup | RangeOf):
        return RangeOf(low, high)
    return Range(_range_end(low), _range_end(high))


def _range_end(value: Value) -> int:
    if isinstance(value, bool | Range):
        raise DiesError(msg("the ends of a range are not numbers"))
    return leading_integer(value)


def leading_integer(value: Value) -> int:
    """Ruby's ``to_i``: the number that a text begins with, 0 for none."""
    if isinstance(value, int | float):
        return int(value) if value == value and abs(value) != float("inf") else 0
    if isinstance(value, str) and (match := re.match(r"\s*(-?[0-9]+)", value, re.ASCII)):
        return int(match[1][:_MAX_DIGITS])
    return 0


def _parse_lookup(markup: str, depth: int) -> Lookup:
    bracket = markup.rfind("]") + 1
    names = _LOOKUP.findall(markup, 0, bracket) + _WORD_LOOKUP.findall(markup, bracket)
    if not names:
        return Lookup(None)
    parts: list[Expression | str] = [
        parse_expression(name[1:-1], depth + 1) if name[0] == "[" else name for name in names
    ]
    return Lookup(parts[0], tuple(parts[1:]))


def parse_operand(markup: str) -> Expression:
    """Read one side of a comparison, where ``blank`` and ``empty`` are words of their own."""
    if markup in ("blank", "empty"):
        return Keyword(markup)
    return parse_expression(markup)
