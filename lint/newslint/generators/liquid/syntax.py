"""How Liquid for Ruby (5.4, as Jekyll runs it) reads filters, conditions and loops.

Each piece is first read by a strict parser, and by loose patterns where that one fails
(Jekyll's default ``error_mode: warn``); only what neither can read stops the build.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from newslint.core import lazy
from newslint.core.messages import msg

from .expressions import BLANKS, Expression, parse_expression, parse_operand
from .strict_parser import NotStrictError, StrictParser
from .values import DiesError, Strictness

# ``\w`` and ``\s`` of Ruby's regular expressions are ASCII.
_QUOTED = r"""(?:"[^"]*"|'[^']*')"""
QUOTED = lazy.pattern(_QUOTED)
_FRAGMENT = rf"""(?:{_QUOTED}|(?:[^\s,|'"]|{_QUOTED})++)"""
FRAGMENT = lazy.pattern(_FRAGMENT, re.ASCII)
_ATTRIBUTE = lazy.pattern(rf"(?<![\w-])-*+(\w[\w-]*+)\s*+:\s*+({_FRAGMENT})", re.ASCII)
_KEYWORD_ARGUMENT = lazy.pattern(rf"\w[\w-]*+\s*+:\s*+({_FRAGMENT})", re.ASCII)
_FILTER = lazy.pattern(rf"""(?:[^|'"]|{_QUOTED})++""")
_FILTER_NAME = lazy.pattern(r"\w+", re.ASCII)
_FILTER_ARGUMENT = lazy.pattern(rf"[:,]\s*+((?:\w++\s*+:\s*+)?{_FRAGMENT})", re.ASCII)
_FOR = lazy.pattern(rf"[\w-]+\s+in\s+({_FRAGMENT})", re.ASCII)
_CONNECTIVE = lazy.pattern(r"\b(?:[ \t\n\r\f\v]?(?:and|or)[ \t\n\r\f\v]?)\b")
_SPACE = lazy.pattern(r"\s*", re.ASCII)
_PIECE = lazy.pattern(rf"{_FRAGMENT}|\S+", re.ASCII)
_COMPARISON = lazy.pattern(rf"({_FRAGMENT})\s*+([=!<>a-z_]+)?\s*+({_FRAGMENT})?", re.ASCII)
_LAX = Strictness()


@dataclass(frozen=True, slots=True)
class Filter:
    """A call of a filter; keyword arguments count as one more argument, a hash."""

    name: str
    arguments: tuple[Expression, ...] = ()
    has_keywords: bool = False


@dataclass(frozen=True, slots=True)
class Filtered:
    """The content of ``{{ … }}``: a value and the filters that it goes through."""

    value: Expression
    filters: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison of a condition, and how it hangs together with the next one."""

    left: Expression
    operator: str | None = None
    right: Expression = None
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class Loop:
    """What follows ``for``: the collection and the attributes that the engine evaluates."""

    variable: str
    collection: Expression
    attributes: dict[str, Expression] = field(default_factory=dict)


def parse_filtered(markup: str, strict: Strictness = _LAX) -> Filtered:
    """Read what is between ``{{`` and ``}}``; loose patterns read anything somehow."""
    try:
        return _strict_filtered(markup)
    except NotStrictError:
        _refuse(strict)
        return _lax_filtered(markup)


def _refuse(strict: Strictness) -> None:
    """Raise DiesError where the site allows no loose patterns."""
    if strict.syntax:
        raise DiesError(msg("the syntax is invalid, and the site sets error_mode: strict"))


def _strict_filtered(markup: str) -> Filtered:
    parser = StrictParser(markup)
    if parser.look("end"):
        return Filtered(None)
    value = parse_expression(parser.expression())
    filters: list[Filter] = []
    while parser.look("|"):
        parser.take("|")
        name = parser.take("id")
        arguments: list[str] = []
        if parser.look(":"):
            parser.take(":")
            arguments.append(parser.argument())
            while parser.look(","):
                parser.take(",")
                arguments.append(parser.argument())
        filters.append(_filter(name, arguments))
    parser.take("end")
    return Filtered(value, tuple(filters))


def _lax_filtered(markup: str) -> Filtered:
    match = FRAGMENT.search(markup)
    if match is None:
        return Filtered(None)
    value = parse_expression(match[0])
    _, pipe, rest = markup[match.end() :].partition("|")
    filters = [
        _filter(name[0], _FILTER_ARGUMENT.findall(piece))
        for piece in (_FILTER.findall(rest) if pipe else ())
        if (name := _FILTER_NAME.search(piece))
    ]
    return Filtered(value, tuple(filters))


def _filter(name: str, arguments: list[str]) -> Filter:
    positional: list[Expression] = []
    has_keywords = False
    for argument in arguments:
        if match := _KEYWORD_ARGUMENT.fullmatch(argument):
            has_keywords = True
            parse_expression(match[1])
        else:
            positional.append(parse_expression(argument))
    return Filter(name, tuple(positional), has_keywords)


def parse_condition(markup: str, strict: Strictness = _LAX) -> tuple[Comparison, ...]:
    """Read what follows ``if``. Raises DiesError if not even the loose patterns find a value."""
    try:
        return _strict_condition(markup)
    except NotStrictError:
        _refuse(strict)
        return _lax_condition(markup)


def _strict_condition(markup: str) -> tuple[Comparison, ...]:
    parser = StrictParser(markup)
    comparisons: list[Comparison] = []
    while True:
        left = parse_operand(parser.expression())
        operator, right = None, None
        if parser.look("comparison"):
            operator = parser.take("comparison")
            right = parse_operand(parser.expression())
        relation = parser.take_word("and", "or")
        comparisons.append(Comparison(left, operator, right, relation))
        if relation is None:
            parser.take("end")
            return tuple(comparisons)


def _lax_condition(markup: str) -> tuple[Comparison, ...]:
    pieces = _split_condition(markup)
    comparisons: list[Comparison] = []
    relation: str | None = None
    while True:
        match = _COMPARISON.search(pieces.pop()) if pieces else None
        if match is None:
            raise DiesError(msg("the condition is empty"))
        if comparisons and relation not in ("and", "or"):
            raise DiesError(msg("two conditions without `and` or `or` between them"))
        right = parse_operand(match[3]) if match[3] else None
        comparisons.append(Comparison(parse_operand(match[1]), match[2], right, relation))
        if not pieces:
            return tuple(reversed(comparisons))
        relation = pieces.pop().strip(BLANKS)


def _split_condition(markup: str) -> list[str]:
    """Cut a condition at its ``and`` and ``or``, which stay as pieces of their own."""
    pieces: list[str] = []
    place = 0
    while place < len(markup):
        match = _CONNECTIVE.match(markup, place)
        end = match.end() if match else _end_of_comparison(markup, place)
        if end > place:
            pieces.append(markup[place:end])
        # What nothing can read is skipped, white space at one go.
        place = end if end > place else max(place + 1, _end_of_space(markup, place))
    return pieces


def _end_of_comparison(markup: str, place: int) -> int:
    end = place
    while True:
        begin = _end_of_space(markup, end)
        if _CONNECTIVE.match(markup, begin):
            return end
        piece = _PIECE.match(markup, begin)
        if piece is None:
            return end
        end = _end_of_space(markup, piece.end())


def _end_of_space(markup: str, place: int) -> int:
    match = _SPACE.match(markup, place)
    return match.end() if match else place


def parse_loop(markup: str, strict: Strictness = _LAX) -> Loop:
    """Read what follows ``for``. Raises DiesError if it is not ``name in collection``."""
    try:
        return _strict_loop(markup)
    except NotStrictError:
        _refuse(strict)
    match = _FOR.match(markup)
    if match is None:
        raise DiesError(msg("`for` requires “name in list”"))
    attributes = {key: parse_expression(value) for key, value in _ATTRIBUTE.findall(markup)}
    return Loop(markup.split(None, 1)[0], parse_expression(match[1]), attributes)


def _strict_loop(markup: str) -> Loop:
    parser = StrictParser(markup)
    variable = parser.take("id")
    if parser.take_word("in") is None:
        raise NotStrictError
    collection = parse_expression(parser.expression())
    parser.take_word("reversed")
    attributes: dict[str, Expression] = {}
    while parser.look("id") and parser.look(":", 1):
        key = parser.take_word("limit", "offset")
        if key is None:
            raise NotStrictError
        parser.take(":")
        attributes[key] = parse_expression(parser.expression())
    parser.take("end")
    return Loop(variable, collection, attributes)


def parse_attributes(markup: str) -> dict[str, Expression]:
    """Return the ``name: value`` pairs of a tag."""
    return {key: parse_expression(value) for key, value in _ATTRIBUTE.findall(markup)}
