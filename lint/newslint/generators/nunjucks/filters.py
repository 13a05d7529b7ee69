"""Nunjucks' built-in filters and tests: which exist, and on what they break."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from newslint.generators.nunjucks.values import (
    ANY,
    OBJECT_METHODS,
    Shape,
    Value,
    string,
    text,
    words,
)

_NO_VALUE = frozenset((Shape.UNDEFINED, Shape.NULL))
_NUMBERS = frozenset((Shape.NUMBER, Shape.BOOLEAN))
_NO_TEXT = _NUMBERS | {Shape.LIST, Shape.OBJECT, Shape.FUNCTION}
_NO_LIST = _NO_VALUE | _NUMBERS | {Shape.STRING, Shape.OBJECT, Shape.FUNCTION}

FILTERS: dict[str, frozenset[Shape]] = {
    "abs": frozenset(),
    "batch": _NO_VALUE,
    "capitalize": _NO_TEXT,
    "center": frozenset(),
    "default": frozenset(),
    "d": frozenset(),
    "dictsort": _NO_VALUE | _NUMBERS | {Shape.STRING, Shape.LIST, Shape.FUNCTION},
    "dump": frozenset(),
    "escape": frozenset(),
    "e": frozenset(),
    "first": _NO_VALUE,
    "float": frozenset(),
    "forceescape": frozenset(),
    "groupby": _NO_VALUE,
    "indent": _NO_TEXT,
    "int": frozenset(),
    "join": _NO_LIST,
    "last": _NO_VALUE,
    "length": frozenset(),
    "list": _NO_VALUE | _NUMBERS | {Shape.FUNCTION},
    "lower": _NO_TEXT,
    "nl2br": _NO_TEXT,
    "random": _NO_VALUE,
    "reject": _NO_VALUE,
    "rejectattr": _NO_LIST,
    "replace": frozenset(),
    "reverse": frozenset(),
    "round": frozenset(),
    "safe": frozenset(),
    "select": _NO_VALUE,
    "selectattr": _NO_LIST,
    "slice": _NO_VALUE,
    "sort": frozenset(),
    "string": _NO_VALUE,
    "striptags": _NO_TEXT,
    "sum": _NO_LIST,
    "title": _NO_TEXT,
    "trim": _NO_VALUE | _NO_TEXT,
    "truncate": _NUMBERS | {Shape.OBJECT},
    "upper": _NO_TEXT,
    "urlencode": frozenset(),
    "urlize": _NO_VALUE | _NO_TEXT,
    "wordcount": _NO_TEXT,
}
"""The filters of nunjucks 3.2.4 (filters.js), each with the kinds of values that break it."""

TESTS: dict[str, frozenset[Shape]] = {
    **dict.fromkeys(
        words(
            "callable defined divisibleby escaped equalto eq sameas even falsy ge greaterthan "
            "gt le lessthan lt ne null number odd string truthy undefined mapping"
        ),
        frozenset(),
    ),
    "lower": _NO_VALUE | _NO_TEXT,
    "upper": _NO_VALUE | _NO_TEXT,
    "iterable": _NO_VALUE,
}
"""The tests of nunjucks 3.2.4 (tests.js), what is after ``is``."""

_LIST_RESULTS = words("batch dictsort list reject rejectattr select selectattr slice sort")
_NUMBER_RESULTS = words("abs length round sum wordcount")
_ANY_RESULTS = words("default d float int first last random replace reverse groupby dump")
_SIMPLE: dict[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "trim": str.strip,
    "capitalize": str.capitalize,
    **dict.fromkeys(("safe", "string", "striptags", "escape", "e"), str),
}


def exists(name: str, table: Mapping[str, frozenset[Shape]]) -> bool:
    """Return whether Nunjucks finds a filter or test: also by the names that every object has."""
    return name in table or name in OBJECT_METHODS or name == "__proto__"


def breaks(name: str, table: Mapping[str, frozenset[Shape]], value: Value, arguments: int) -> bool:
    """Return whether a filter or test stops the build when it is given this value."""
    if name == "__proto__":
        return True
    if value.shape is Shape.BOOLEAN and value.constant is not True:
        return False
    if value.shape is Shape.NUMBER and value.constant == 0.0 and name == "wordcount":
        return False
    if (name == "join" and arguments > 1) or (name == "sum" and arguments):
        return False  # an attribute of each item: what has no items has none
    return value.shape in table.get(name, frozenset())


def result(name: str, value: Value, arguments: list[Value]) -> Value:
    """Return what a filter makes of a value."""
    content = value.constant
    if name in _SIMPLE and isinstance(content, str):
        return string(_SIMPLE[name](content))
    if name == "reverse":
        if isinstance(content, str):
            return string(content[::-1])
        if isinstance(content, tuple):
            return Value(Shape.LIST, content[::-1])
    if name == "join" and isinstance(content, tuple):
        between = text(arguments[0]) if arguments else ""
        parts = [text(item) for item in content]
        if between is not None and None not in parts:
            return string(between.join(part for part in parts if part is not None))
        return string(None)
    if name == "replace" and isinstance(content, str) and len(arguments) > 1:
        old, new = arguments[0].constant, text(arguments[1])
        known = isinstance(old, str) and new is not None
        return string(content.replace(old, new) if known else None)  # type: ignore[arg-type]
    if name in ("first", "last") and isinstance(content, (str, tuple)) and content:
        item = content[0 if name == "first" else -1]
        return item if isinstance(item, Value) else string(item)
    if name in ("default", "d") and arguments:
        return arguments[0] if value.shape is Shape.UNDEFINED else value
    if name in _LIST_RESULTS:
        return Value(Shape.LIST, code=value.code)
    if name in _NUMBER_RESULTS:
        return Value(Shape.NUMBER)
    if name in _ANY_RESULTS or name in OBJECT_METHODS:
        return Value(Shape.ANY, code=value.code) if value.code else ANY
    return string(None)
