"""The filters that Eleventy gives to liquidjs, and which values stop the build in them.

Read from Eleventy 3.1.8 with liquidjs 10.30.1, and measured filter by filter. An unknown filter
stops the build (``strictFilters``).
"""

from __future__ import annotations

import re

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.liquid.values import (
    UNKNOWN,
    DiesError,
    Exists,
    Keyword,
    Range,
    UndefinedError,
    Value,
)

from .expressions import Reader

_NAMES = (
    "escape xml_escape escape_once newline_to_br strip_html abs at_least at_most ceil divided_by"
    " floor minus plus modulo times round url_decode url_encode cgi_escape uri_escape slugify join"
    " last first reverse sort sort_natural size map sum compact concat push unshift pop shift slice"
    " where reject where_exp reject_exp group_by group_by_exp has has_exp find_index find_index_exp"
    " find find_exp uniq sample date date_to_xmlschema date_to_rfc822 date_to_string"
    " date_to_long_string append prepend lstrip downcase upcase remove remove_first remove_last"
    " rstrip split strip strip_newlines squish capitalize replace replace_first replace_last"
    " truncate truncatewords normalize_whitespace number_of_words array_to_sentence_string"
    " base64_encode base64_decode sha256 hmac_sha256 default raw jsonify to_integer json inspect"
    " inputPathToUrl slug url log getCollectionItemIndex getCollectionItem"
    " getPreviousCollectionItem getNextCollectionItem renderTransforms"
)
FILTERS = frozenset(_NAMES.split())
_COLLECTION = lazy.pattern("getCollection|getPreviousCollection|getNextCollection")
_BAD_PERCENT = lazy.pattern(r"%(?![0-9A-Fa-f]{2})")
_ADDRESS = lazy.pattern(r"[A-Za-z][A-Za-z0-9+.-]*:\S")


def apply(name: str, value: Value, arguments: list[Value], exists: Exists | None) -> Value:
    """Return the outcome of a filter. Raises DiesError if it stops the build."""
    if name in ("append", "prepend") and len(arguments) != 1:
        raise DiesError(msg("the filter “{name}” requires one argument", name=name))
    if name.endswith("_exp"):
        _check_inner_expression(name, arguments)
    if value is not UNKNOWN and _refuses(name, value, exists):
        is_page = name == "inputPathToUrl" and isinstance(value, str)
        error = UndefinedError if is_page else DiesError
        raise error(msg("the filter “{name}” does not accept this value", name=name))
    if name == "default" and arguments:
        empty = value in (None, False, "") or isinstance(value, Keyword)
        return arguments[0] if empty else value
    if name in ("raw", "log") or (name == "truncate" and value is None):
        return value
    return UNKNOWN


def _check_inner_expression(name: str, arguments: list[Value]) -> None:
    expression = arguments[1] if len(arguments) > 1 else None
    if expression is None or isinstance(expression, Keyword):
        raise DiesError(msg("the filter “{name}” requires an expression", name=name))
    if isinstance(expression, str):
        check_filters(Reader(expression, 0, len(expression)))


def check_filters(reader: Reader) -> None:
    """Read an expression and look up its filters. Raises DiesError if one does not exist."""
    for call in reader.filtered().filters:
        if call.name not in FILTERS:
            raise UndefinedError(msg("unknown filter “{name}”", name=call.name))


def _refuses(name: str, value: Value, exists: Exists | None) -> bool:
    if name == "url":
        plain = isinstance(value, str) or value in (None, False, 0)
        return not plain
    if name == "inputPathToUrl":
        if not isinstance(value, str):
            return True
        return not (_ADDRESS.match(value) or (exists is not None and exists("page", value)))
    if name == "base64_decode":
        return not isinstance(value, Keyword) and _is_bad_base64(_text(value))
    if name == "url_decode":
        return isinstance(value, str) and _BAD_PERCENT.search(value) is not None
    return _COLLECTION.match(name) is not None and not isinstance(value, str | Range)


def _text(value: Value) -> str:
    if isinstance(value, Range):
        # Only the length counts, and only of a short one.
        return "".join(map(str, range(value.low, min(value.high, value.low + 10_000) + 1)))
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _is_bad_base64(text: str) -> bool:
    text = re.sub(r"[\t\n\f\r ]", "", text)
    if len(text) % 4 == 0:
        text = re.sub(r"==?$", "", text)
    return len(text) % 4 == 1 or not re.fullmatch(r"[A-Za-z0-9+/]*", text)
