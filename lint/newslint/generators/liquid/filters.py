"""The filters of Jekyll's Liquid: what stops the build when one is applied.

Measured with Jekyll 4.3.1 and Liquid 5.4.0, filter by filter and argument by argument.
"""

from __future__ import annotations

import re

from newslint.core import lazy
from newslint.core.messages import msg

from .expressions import leading_integer
from .values import UNKNOWN, DiesError, Range, Value

# Arguments that each filter takes besides its input: at least, at most.
_ARITY: dict[str, tuple[int, int]] = {
    name: (low, high)
    for low, high, names in (
        (0, 0, "abs absolute_url base64_decode base64_encode base64_url_safe_decode"
               " base64_url_safe_encode capitalize ceil cgi_escape date_to_rfc822"
               " date_to_xmlschema downcase escape escape_once first floor h inspect jsonify last"
               " lstrip markdownify newline_to_br normalize_whitespace relative_url reverse rstrip"
               " sassify scssify size smartify strip strip_html strip_index strip_newlines"
               " to_integer upcase uri_escape url_decode url_encode xml_escape"),
        (0, 1, "array_to_sentence_string compact join number_of_words pop round sample shift"
               " slugify sort_natural uniq"),
        (0, 2, "date_to_long_string date_to_string default sort truncate truncatewords"),
        (1, 1, "append at_least at_most concat date divided_by group_by map minus modulo plus"
               " prepend push remove remove_first remove_last split times unshift"),
        (1, 2, "replace replace_first slice"),
        (2, 2, "find find_exp group_by_exp replace_last where where_exp"),
    )
    for name in names.split()
}  # fmt: skip

NAMES = frozenset(_ARITY)
"""The filters of Jekyll and its Liquid."""

_TEXT_ONLY = frozenset({"array_to_sentence_string", "cgi_escape", "number_of_words", "sassify"})
_TEXT_OR_NIL = frozenset({"slugify", "strip_index", "uri_escape"})
_DATES = frozenset({"date_to_long_string", "date_to_rfc822", "date_to_string", "date_to_xmlschema"})
_BASE64 = frozenset({"base64_decode", "base64_url_safe_decode"})
# Filters that hand nil on.
_NIL_STAYS_NAMES = (
    "absolute_url date date_to_long_string date_to_rfc822 date_to_string date_to_xmlschema escape"
    " first h last pop push relative_url shift slugify strip_index truncate truncatewords unshift"
    " url_decode url_encode where where_exp find find_exp group_by group_by_exp sample uri_escape"
)
_NIL_STAYS = frozenset(_NIL_STAYS_NAMES.split())
_GIVE_NUMBERS_NAMES = (
    "abs at_least at_most ceil divided_by floor minus modulo number_of_words plus round size times"
    " to_integer"
)
_GIVE_NUMBERS = frozenset(_GIVE_NUMBERS_NAMES.split())
_GIVE_LISTS = frozenset({"compact", "concat", "map", "reverse", "sort_natural", "split", "uniq"})
_NUMBER_TEXT = lazy.pattern(r"\s*[+-]?[0-9]+(?:_[0-9]+)*\s*", re.ASCII)


def likely(name: str) -> Value:
    """Return a value of the type that a filter gives, where its value cannot be known."""
    if name in _GIVE_NUMBERS:
        return 0
    return Range(0, 0) if name in _GIVE_LISTS else UNKNOWN


SINCE_5 = frozenset(
    (  # noqa: SIM905
        "base64_decode base64_encode base64_url_safe_decode base64_url_safe_encode remove_last"
        " replace_last"
    ).split()
)
"""Filters that Liquid 4, which Jekyll's gems have, does not know."""


def apply(
    name: str,
    value: Value,
    arguments: list[Value],
    like: Value = UNKNOWN,
    *,
    is_4: bool = False,
) -> Value:
    """Return the outcome of a filter; one that the engine does not know hands its input on.

    ``like`` represents an unknown input of known type. Raises DiesError if it stops the build.
    """
    if name not in _ARITY or (is_4 and name in SINCE_5):
        return value
    low, high = _ARITY[name]
    if not low <= len(arguments) <= high:
        raise DiesError(msg("the filter “{name}” has too few or too many arguments", name=name))
    seen = like if value is UNKNOWN else value
    if seen is not UNKNOWN and _refuses(name, seen):
        raise DiesError(msg("the filter “{name}” does not accept this value", name=name))
    _check_arguments(name, seen, arguments)
    return _result(name, value, arguments)


def _refuses(name: str, value: Value) -> bool:
    """Return whether a filter fails on such an input, whatever its arguments are."""
    if name in _TEXT_ONLY:
        return not isinstance(value, str)
    if name in _TEXT_OR_NIL:
        return not isinstance(value, str | None)
    if name in _DATES:
        if isinstance(value, str):
            return bool(value) and not re.search(r"[0-9]|now|today", value)
        return isinstance(value, bool | float | Range)
    if name in _BASE64:
        return not (value is None or isinstance(value, bool | str)) or _is_bad_base64(value)
    if name == "sort":
        return not isinstance(value, Range)
    if name == "scssify":
        return value != ""
    return name in ("to_integer", "group_by") and isinstance(value, Range)


def _is_bad_base64(value: Value) -> bool:
    if value is True:
        return False
    text = value if isinstance(value, str) else ""
    body = text.rstrip("=")
    return len(text) % 4 != 0 or not re.fullmatch(r"[A-Za-z0-9+/_-]*", body)


def _check_arguments(name: str, value: Value, arguments: list[Value]) -> None:
    if not arguments or arguments[0] is UNKNOWN:
        return
    first = arguments[0]
    if name in ("divided_by", "modulo"):
        if leading_integer(first) == 0 and not _is_fraction(first):
            if not (name == "divided_by" and isinstance(value, float)):
                raise DiesError(msg("division by zero"))
    elif name == "slice" or (name in ("truncate", "truncatewords") and value is not None):
        check_integer(first)
        if name == "slice" and len(arguments) == 2:
            check_integer(arguments[1], nil_is_fine=True)
    elif name == "concat":
        raise DiesError(msg("the filter “concat” requires a list"))
    elif name == "map" and not isinstance(value, float | bool | None):
        wanted = str | int | float if isinstance(value, str) else int | float
        if value is not UNKNOWN and (isinstance(first, bool) or not isinstance(first, wanted)):
            raise DiesError(msg("the filter “map” does not find this key in the value"))


def _is_fraction(value: Value) -> bool:
    if isinstance(value, str):
        return re.fullmatch(r"\s*-?[0-9]+\.[0-9]+\s*", value, re.ASCII) is not None
    return isinstance(value, float)


def check_integer(value: Value, *, nil_is_fine: bool = False) -> None:
    """Raises DiesError for what Ruby does not take for an integer."""
    if value is UNKNOWN or (nil_is_fine and (value is None or value is False)):
        return
    if isinstance(value, int) and not isinstance(value, bool):
        return
    if not (isinstance(value, str) and _NUMBER_TEXT.fullmatch(value)):
        raise DiesError(msg("an integer is required"))


def _result(name: str, value: Value, arguments: list[Value]) -> Value:
    """Return what a filter gives back, as far as the next one or a condition may care."""
    if name == "default":
        return arguments[0] if arguments and value in (None, False, "") else value
    return None if value is None and name in _NIL_STAYS else UNKNOWN
