"""How Jekyll's Liquid processes values, filters and conditions when it runs a template.

Only what stops the build matters here: every error at run time does, as Jekyll renders with
``render!``. A variable that neither Jekyll nor the template sets is nil, which is no error.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from newslint.core.messages import msg

from .expressions import Expression, Lookup, RangeOf, leading_integer
from .filters import NAMES, apply, check_integer, likely
from .syntax import Comparison, Filtered, Loop
from .values import (
    HUGE_RANGE,
    UNKNOWN,
    DiesError,
    Keyword,
    Liveness,
    Range,
    Strictness,
    UndefinedError,
    Value,
    truth,
)

# What Jekyll hands to every post; the drops answer to some of their own methods, too.
_GIVEN_NAMES = (
    "site page layout content jekyll highlighter_prefix highlighter_suffix content_methods count"
    " first keys max min sort to_liquid"
)
_GIVEN = frozenset(_GIVEN_NAMES.split())
_DROPS = frozenset({"site", "page", "jekyll"})
# Methods of a drop that fail when a template names them. Those that go through all there is of a
# post get to its excerpt, too, which as a rule has the same text: that never ends.
_FATAL_NAMES = frozenset({"each_key", "fetch", "merge", "hash_for_json", "to_hash"})
_FATAL_OF_PAGE = _FATAL_NAMES | {"count", "max", "min", "sort"}
_LAX = Strictness()


@dataclass(slots=True)
class Environment:
    """The variables that the template itself has set so far; ``is_4`` says Liquid 4, not 5."""

    is_4: bool = False
    strict: Strictness = _LAX
    variables: dict[str, Value] = field(default_factory=dict)

    def value(self, expression: Expression) -> Value:
        """Return the value of an expression. Raises DiesError if asking for it stops the build."""
        if isinstance(expression, RangeOf):
            return self._range(expression)
        if isinstance(expression, Lookup):
            return self._look_up(expression)
        return expression

    def _range(self, expression: RangeOf) -> Value:
        ends: list[int] = []
        for side in (expression.low, expression.high):
            value = self.value(side)
            is_drop = isinstance(side, Lookup) and side.name in _DROPS and not side.keys
            if value is UNKNOWN and not is_drop:
                return UNKNOWN
            if not isinstance(value, str | int | None) or isinstance(value, bool):
                raise DiesError(msg("the ends of a range are not numbers"))
            ends.append(leading_integer(value))
        return Range(ends[0], ends[1])

    def _look_up(self, lookup: Lookup) -> Value:
        name = lookup.name if isinstance(lookup.name, str | None) else self.value(lookup.name)
        if not isinstance(name, str):
            return UNKNOWN if name is UNKNOWN else None
        if name not in self.variables and name in _FATAL_NAMES:
            raise DiesError(
                msg(
                    "“{name}” is a function of the generator and fails without arguments",
                    name=name,
                )
            )
        if self.strict.variables and name not in self.variables and name not in _GIVEN:
            raise DiesError(
                msg("there is no variable “{name}”, and the site sets strict_variables", name=name)
            )
        value = self.variables.get(name, UNKNOWN if name in _GIVEN else None)
        for key in lookup.keys:
            if not isinstance(key, str):
                self.value(key)
            fatal = _FATAL_OF_PAGE if name == "page" else _FATAL_NAMES
            if key in fatal and name in _DROPS and key is lookup.keys[0]:
                raise DiesError(
                    msg("“{key}” is a function of the generator and fails here", key=key)
                )
            value = _member(value, key)
        return value

    def filtered(self, filtered: Filtered) -> Value:
        """Return the value of ``{{ … }}``. Raises DiesError if running it stops the build."""
        value = self.value(filtered.value)
        like: Value = UNKNOWN
        for call in filtered.filters:
            arguments = [self.value(argument) for argument in call.arguments]
            if call.has_keywords:
                arguments.append(Keyword.HASH)
            if self.strict.filters and call.name not in NAMES:
                raise UndefinedError(
                    msg("there is no filter “{name}”, and the site sets strict_filters",
                        name=call.name)
                )  # fmt: skip
            value = apply(call.name, value, arguments, like, is_4=self.is_4)
            like = likely(call.name)
        return value

    def condition(self, comparisons: tuple[Comparison, ...]) -> Liveness:
        """Return whether a condition holds. Raises DiesError if testing it stops the build."""
        result = Liveness.DEAD
        certain = True
        for comparison in comparisons:
            result = truth(self._compare(comparison))
            if result is Liveness.MAYBE:
                certain = False
            elif comparison.relation == ("or" if result else "and") and certain:
                break
        return result if certain else Liveness.MAYBE

    def _compare(self, comparison: Comparison) -> Value:
        left = self.value(comparison.left)
        if comparison.operator is None:
            return left
        return compare(left, comparison.operator, self.value(comparison.right))

    def items(self, loop: Loop) -> Liveness:
        """Whether a for loop runs at all. Raises DiesError if starting it stops the build."""
        for name in ("limit", "offset"):
            if name in loop.attributes:
                check_integer(self.value(loop.attributes[name]), nil_is_fine=True)
        return how_many(self.value(loop.collection))


def how_many(collection: Value) -> Liveness:
    """Return whether a collection has any items. Raises DiesError for one too large to hold."""
    if collection is UNKNOWN:
        return Liveness.MAYBE
    if isinstance(collection, Range):
        if collection.size > HUGE_RANGE:
            raise DiesError(msg("the list does not fit in memory"))
        return Liveness.LIVE if collection.size else Liveness.DEAD
    return Liveness.LIVE if isinstance(collection, str) and collection else Liveness.DEAD


def _member(value: Value, key: Expression | str) -> Value:
    if value is UNKNOWN:
        return UNKNOWN
    if key == "size" and isinstance(value, str | Range):
        return len(value) if isinstance(value, str) else value.size
    return UNKNOWN if isinstance(value, Range) and key in ("first", "last") else None


def compare(left: Value, operator: str, right: Value) -> Value:
    """Return the result of a comparison. Raises DiesError if Liquid cannot compare the two."""
    if operator not in ("==", "!=", "<>", "<", ">", "<=", ">=", "contains"):
        raise DiesError(msg("“{operator}” is not a comparison operator", operator=operator))
    if left is UNKNOWN or right is UNKNOWN:
        return UNKNOWN
    if operator == "contains":
        return _contains(left, right)
    if operator in ("==", "!=", "<>"):
        equal = _equal(left, right)
        return equal if operator == "==" else not equal
    sides = [isinstance(side, int | float) and not isinstance(side, bool) for side in (left, right)]
    texts = [isinstance(side, str) for side in (left, right)]
    if any(sides) and any(texts):
        raise DiesError(msg("a number is compared with a text"))
    return UNKNOWN if all(sides) or all(texts) else None


def _contains(left: Value, right: Value) -> Value:
    if isinstance(left, str) and right is not None and right is not False:
        return right in left if isinstance(right, str) else UNKNOWN
    return UNKNOWN if isinstance(left, Range) else False


def _equal(left: Value, right: Value) -> Value:
    for keyword, other in ((left, right), (right, left)):
        if isinstance(keyword, Keyword):
            return keyword is Keyword.EMPTY and isinstance(other, str) and not other
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    return left == right
