"""How liquidjs processes values and conditions when it runs a template for Eleventy.

Only what stops the build matters. A variable that is not set is undefined, which is no error;
properties are only read where an object has them itself (``ownPropertyOnly``), except for the
engine's own objects, which answer with their functions, and some of those fail.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from newslint.core.messages import msg
from newslint.generators.liquid.values import (
    HUGE_RANGE,
    UNKNOWN,
    DiesError,
    Exists,
    Keyword,
    Liveness,
    Range,
    UndefinedError,
    Value,
    truth,
)

from .expressions import Access, Filtered, Name, Operand, Operator, RangeOf
from .filters import FILTERS, apply

# The data that Eleventy hands to every post, and what the front matter of a post brings;
# “size” is how many there are of them.
_GIVEN_NAMES = (
    "page eleventy collections pkg title date categories tags layout author headimg thumbnail size"
)
_GIVEN = frozenset(_GIVEN_NAMES.split())
# The engine's own objects within loops and blocks.
_OBJECTS = frozenset({"forloop", "tablerowloop", "block"})
# Functions of such an object that fail when a template names them.
_FATAL_KEYS = frozenset({"constructor", "__defineGetter__", "__defineSetter__"})


@dataclass(slots=True)
class Environment:
    """The variables that the template has set so far."""

    exists: Exists | None
    variables: dict[str, Value] = field(default_factory=dict)
    objects: set[str] = field(default_factory=set)

    def value(self, operand: Operand) -> Value:
        """Return the value of an operand. Raises DiesError if asking for it stops the build."""
        if isinstance(operand, Access):
            return self._access(operand)
        if isinstance(operand, RangeOf):
            return self._range(operand)
        return operand.text if isinstance(operand, Name) else operand

    def _range(self, operand: RangeOf) -> Value:
        ends = [_number(self.value(side)) for side in (operand.low, operand.high)]
        if UNKNOWN in ends:
            return UNKNOWN
        low, high = (int(end) if isinstance(end, int | float) else None for end in ends)
        if low is None or high is None:
            return Range(0, -1)
        if high - low > HUGE_RANGE:
            raise DiesError(msg("the list does not fit in memory"))
        return Range(low, high)

    def _access(self, access: Access) -> Value:
        keys = [self.value(key) for key in access.keys]
        if access.base is not None:
            value = self.value(access.base)
            return _member(value, keys, isinstance(value, Keyword))
        name, rest = keys[0], keys[1:]
        if name is UNKNOWN:
            return UNKNOWN
        if not isinstance(name, str):
            return None
        if name in self.objects:
            return _member(UNKNOWN, rest, is_object=True) if rest else UNKNOWN
        value = self.variables.get(name, UNKNOWN if name in _GIVEN else None)
        return _member(value, rest, is_object=isinstance(value, Keyword))

    def filtered(self, filtered: Filtered) -> Value:
        """The value of an expression with filters. Raises DiesError if it stops the build."""
        value = self._expression(filtered)
        for call in filtered.filters:
            if call.name not in FILTERS:
                raise UndefinedError(msg("unknown filter “{name}”", name=call.name))
            arguments = [
                UNKNOWN if isinstance(argument, Name) else self.value(argument)
                for argument in call.arguments
            ]
            value = apply(call.name, value, arguments, self.exists)
        return value

    def _expression(self, filtered: Filtered) -> Value:
        stack: list[Value] = []
        for item in filtered.postfix:
            if not isinstance(item, Operator):
                stack.append(self.value(item))
                continue
            right = stack.pop() if stack else None
            if item.name == "not":
                stack.append(_known(truth(right).other))
                continue
            left = stack.pop() if stack else None
            stack.append(_operate(left, item.name, right))
        return stack[0]


def _known(live: Liveness) -> Value:
    return UNKNOWN if live is Liveness.MAYBE else live is Liveness.LIVE


def _member(value: Value, keys: list[Value], is_object: bool) -> Value:
    for key in keys:
        if is_object and key in _FATAL_KEYS:
            raise DiesError(
                msg("“{key}” is a function of the template engine and fails here", key=key)
            )
        if is_object:
            is_object = key == "__proto__"
            value = UNKNOWN
        elif isinstance(value, str | Range):
            is_size = key == "size" or (key == "length" and isinstance(value, str))
            size = value.size if isinstance(value, Range) else len(value)
            value = size if is_size else _item(value, key)
        elif value is not UNKNOWN:
            return None
    return value


def _item(value: str | Range, key: Value) -> Value:
    if isinstance(value, Range) and key in ("first", "last"):
        return UNKNOWN
    return UNKNOWN if isinstance(key, int | float) or key is UNKNOWN else None


def _number(value: Value) -> Value:
    """JavaScript's unary plus; None for what is no number."""
    if isinstance(value, str):
        try:
            return float(value.strip() or 0)
        except ValueError:
            return None
    if isinstance(value, bool):
        return int(value)
    return 0 if isinstance(value, Keyword) else None if isinstance(value, Range) else value


def _operate(left: Value, operator: str, right: Value) -> Value:
    if operator in ("and", "or"):
        sides = (truth(left), truth(right))
        return _known(min(sides) if operator == "and" else max(sides))
    if left is UNKNOWN or right is UNKNOWN:
        return UNKNOWN
    if operator in ("==", "!="):
        equal = equals(left, right)
        return equal if operator == "==" else not equal
    if operator == "contains":
        if isinstance(left, str) and isinstance(right, str):
            return right in left
        return UNKNOWN if left is not None else False
    if left is None or right is None or Keyword.NIL in (left, right):
        return False
    return UNKNOWN


def equals(left: Value, right: Value) -> Value:
    """Return whether liquidjs takes two values for equal; UNKNOWN if that cannot be told."""
    for keyword, other in ((left, right), (right, left)):
        if isinstance(keyword, Keyword):
            return _is_empty(keyword, other)
    if isinstance(left, Range) or isinstance(right, Range):
        return UNKNOWN
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    return UNKNOWN if UNKNOWN in (left, right) else left == right


def _is_empty(keyword: Keyword, other: Value) -> Value:
    if isinstance(other, Keyword) or other is UNKNOWN:
        return UNKNOWN
    if keyword is Keyword.NIL:
        return other is None
    if keyword is Keyword.BLANK and (other is None or other is False):
        return True
    if isinstance(other, Range):
        return other.size == 0
    return isinstance(other, str) and not (other.strip() if keyword is Keyword.BLANK else other)
