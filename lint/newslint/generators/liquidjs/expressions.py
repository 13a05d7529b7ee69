"""The expression parser of liquidjs: lenient in what it skips, fatal in what it cannot read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.liquid.values import DiesError, Keyword, Value

from .tokenizer import BLANK, WORD

_SKIP_BLANK = lazy.pattern(f"[{BLANK}]*+")
_WORD = lazy.pattern(f"{WORD}++")
_OPERATOR = lazy.pattern(rf"[=!><]=|[<>]|(?:contains|not|and|or)(?!{WORD})")
_LITERAL = lazy.pattern(rf"(?:true|false|nil|null|empty|blank)(?!{WORD})")
_QUOTED = lazy.pattern(r'"((?:[^"\\]|\\.)*+)\\?"?|' + r"'((?:[^'\\]|\\.)*+)\\?'?", re.S)
_NUMBER = lazy.pattern(rf"[+-]?[0-9]++(?:\.(?!\.)[0-9]*+)?+(?!{WORD})(?!\.(?!\.))")

_LITERALS: dict[str, Value] = {
    "true": True, "false": False, "nil": Keyword.NIL, "null": Keyword.NIL,
    "empty": Keyword.EMPTY, "blank": Keyword.BLANK,
}  # fmt: skip
# ">" binds tighter than "not", that tighter than "and" and "or".
_PRECEDENCE = {"not": 1, "and": 0, "or": 0}
_MAX_DEPTH = 100


@dataclass(frozen=True, slots=True)
class Access:
    """A variable (base None, its name the first key) or a look into a value."""

    base: Operand
    keys: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A word that represents itself: the name of a variable or of a property."""

    text: str


@dataclass(frozen=True, slots=True)
class RangeOf:
    """``(low..high)``."""

    low: Operand
    high: Operand


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator between operands, in postfix order."""

    name: str


Operand: TypeAlias = Value | Access | Name | RangeOf


@dataclass(frozen=True, slots=True)
class FilterCall:
    """A filter and its arguments; a named one counts as one argument."""

    name: str
    arguments: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class Filtered:
    """An expression in postfix order, and the filters that its value goes through."""

    postfix: tuple[Operand | Operator, ...]
    filters: tuple[FilterCall, ...] = ()


class Reader:
    """A cursor over the markup of one token, from ``at`` to ``end`` of the complete text."""

    def __init__(self, text: str, at: int, end: int) -> None:
        self.text = text
        self.at = at
        self.end = end

    def done(self) -> bool:
        """Return whether nothing is left."""
        return self.at >= self.end

    def peek(self, ahead: int = 0) -> str:
        """Return a character, empty at the end."""
        place = self.at + ahead
        return self.text[place] if place < self.end else ""

    def skip_blank(self) -> None:
        """Go on after white space."""
        if match := _SKIP_BLANK.match(self.text, self.at, self.end):
            self.at = match.end()

    def skip_behind(self, mark: str) -> bool:
        """Go on after the next ``mark``, which is at least one character away; else to the end."""
        found = self.text.find(mark, max(self.at + 1 - len(mark), 0), self.end)
        self.at = found + len(mark) if found >= 0 else max(self.at, self.end)
        return found >= 0

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        self.skip_blank()
        match = pattern.match(self.text, self.at, self.end) if self.at <= self.end else None
        if match is not None:
            self.at = match.end()
        return match

    def word(self) -> str:
        """Return the next name, empty if there is none."""
        match = self._take(_WORD)
        return match[0] if match else ""

    def quoted(self) -> str | None:
        """Return the next quoted text; a missing end quote is no mistake here."""
        match = self._take(_QUOTED)
        return None if match is None else match[1] or match[2] or ""

    def value(self, depth: int = 0) -> Operand | Missing:
        """Return the next value. Raises DiesError for an unfinished ``[`` or a bad range."""
        if depth > _MAX_DEPTH:
            raise DiesError("brackets nested too deep")
        base: Operand | Missing = MISSING
        if match := self._take(_LITERAL):
            base = _LITERALS[match[0]]
        elif self.peek() in ("'", '"') and not self.done():
            base = self.quoted()
        elif match := self._take(_NUMBER):
            base = _number(match[0])
        elif self.peek() == "(":
            base = self._range(depth)
        keys = self._keys(depth, begin=base is MISSING)
        if not keys:
            return base
        return Access(None if isinstance(base, Missing) else base, tuple(keys))

    def _keys(self, depth: int, *, begin: bool) -> list[Operand]:
        keys: list[Operand] = []
        while True:
            if self.peek() == "[":
                self.at += 1
                key = self.value(depth + 1)
                if not self.skip_behind("]"):
                    raise DiesError("“[” without “]”")
                keys.append(Name("") if isinstance(key, Missing) else key)
                continue
            if begin and not keys and (word := self.word()):
                keys.append(Name(word))
            elif self.peek() == "." and self.peek(1) != ".":
                self.at += 1
                word = self.word()
                if not word:
                    return keys
                keys.append(Name(word))
            else:
                return keys

    def _range(self, depth: int) -> RangeOf:
        self.at += 1
        low = self.present_value(depth + 1)
        self.skip_blank()
        if self.peek() + self.peek(1) != "..":
            raise DiesError(msg("the parentheses do not contain a range"))
        self.at += 2
        high = self.present_value(depth + 1)
        self.skip_blank()
        self.at += 1
        if self.text[self.at - 1 : self.at] != ")":
            raise DiesError(msg("a range is not closed with “)”"))
        return RangeOf(low, high)

    def present_value(self, depth: int = 0) -> Operand:
        """Return the next value. Raises DiesError if there is none."""
        value = self.value(depth)
        if isinstance(value, Missing):
            raise DiesError(msg("a value is required"))
        return value

    def filtered(self) -> Filtered:
        """Return an expression with filters. Raises DiesError if it cannot be read."""
        infix: list[Operand | Operator] = []
        while not self.done():
            if match := self._take(_OPERATOR):
                infix.append(Operator(match[0]))
                continue
            value = self.value()
            if isinstance(value, Missing):
                break
            infix.append(value)
        if not infix:
            raise DiesError(msg("there is no value"))
        filters: list[FilterCall] = []
        while call := self._filter():
            filters.append(call)
        return Filtered(_postfix(infix), tuple(filters))

    def _filter(self) -> FilterCall | None:
        self.skip_blank()
        if self.done() or self.peek() in "),":
            return None
        if self.peek() != "|":
            raise DiesError(msg("“{token}” is neither a value nor an operator", token=self.peek()))
        self.at += 1
        name = self.word()
        if not name:
            if self.done():
                return None
            raise DiesError(msg("“|” is not followed by the name of a filter"))
        arguments: list[Operand] = []
        self.skip_blank()
        if self.peek() == ":":
            self._arguments(arguments)
        elif not (self.done() or self.peek() in "|),"):
            raise DiesError(msg("the arguments of a filter require “:”"))
        return FilterCall(name, tuple(arguments))

    def _arguments(self, arguments: list[Operand]) -> None:
        while True:
            self.at += 1
            key = self.value()
            if not isinstance(key, Missing):
                arguments.append(self._named(key))
            self.skip_blank()
            if not (self.done() or self.peek() in ",|)"):
                raise DiesError(msg("the arguments of a filter are invalid"))
            if self.peek() != ",":
                return

    def _named(self, key: Operand) -> Operand:
        """The argument itself; a pair with a name is known as a word that represents itself."""
        self.skip_blank()
        if self.peek() != ":":
            return key
        self.at += 1
        self.value()
        return Name(":")

    def hash(self) -> None:
        """The ``name: value`` pairs of a tag; stops at what is none."""
        while True:
            self.skip_blank()
            if self.peek() == ",":
                self.at += 1
            if not self.word():
                return
            self.skip_blank()
            if self.peek() == ":":
                self.at += 1
                self.value()


class Missing:
    """What ``value`` gives where there is none; every real value, even nil, is something."""


MISSING = Missing()


def _number(text: str) -> Value:
    return float(text) if "." in text or len(text) > 15 else int(text)


def _postfix(infix: list[Operand | Operator]) -> tuple[Operand | Operator, ...]:
    output: list[Operand | Operator] = []
    waiting: list[Operator] = []
    for item in infix:
        if not isinstance(item, Operator):
            output.append(item)
            continue
        while waiting and _PRECEDENCE.get(waiting[-1].name, 2) > _PRECEDENCE.get(item.name, 2):
            output.append(waiting.pop())
        waiting.append(item)
    return (*output, *reversed(waiting))
