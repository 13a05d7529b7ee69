"""What an unquoted YAML scalar means to each generator's loader: ``yes``, ``1:20``, ``2021-02-30``.

``js`` is js-yaml 4 (Hexo 6 to 8, Eleventy), ``js3`` js-yaml 3 (Hexo 5), ``psych`` Ruby's Psych 4
as Jekyll calls it, ``go`` yaml.v2 as Hugo before 0.152 calls it, ``goccy`` what Hugo calls since.
Dates come as aware datetimes, overflown where the loader lets them overflow (30 February is
2 March), or as a date where there is no time.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

from newslint.core import lazy
from newslint.generators.yaml.scalar_words import INFINITE, NAN, NOTHING, Scalar

_SAFE_INTEGER = 2**53
_TRUE, _FALSE = {"true", "True", "TRUE"}, {"false", "False", "FALSE"}

_JS_DATE = lazy.pattern(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z")
_JS_TIMESTAMP = lazy.pattern(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt]|[ \t]+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})"
    r"(?:\.([0-9]*))?(?:[ \t]*(Z|([-+])([0-9]{1,2})(?::([0-9]{2}))?))?\Z"
)
_JS_INT = lazy.pattern(
    r"[-+]?(?:0b(?P<b>[01]+)|0x(?P<x>[0-9a-fA-F]+)|0o(?P<o>[0-7]+)|(?P<d>[0-9]+))\Z"
)
_JS_FLOAT = lazy.pattern(r"(?:[-+]?[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\Z")
_JS3_INT = lazy.pattern(
    r"[-+]?(?:0|0b(?P<b>[01_]*[01])|0x(?P<x>[0-9a-fA-F_]*[0-9a-fA-F])|0(?P<o>[0-7_]*[0-7])"
    r"|(?P<d>[1-9](?:[0-9_]*[0-9])?))\Z"
)
_JS3_SIXTY = lazy.pattern(r"[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+\Z")
_JS3_FLOAT = lazy.pattern(
    r"(?:[-+]?(?:0|[1-9][0-9_]*)(?:\.[0-9_]*)?|\.[0-9_]+)(?:[eE][-+]?[0-9]+)?(?<!_)\Z"
)
_JS3_FLOAT_SIXTY = lazy.pattern(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*(?<!_)\Z")


def resolve(text: str, dialect: str) -> Scalar:
    """Return the value of an unquoted scalar.

    Raises ValueError where the loader gives up: a Ruby symbol (``:x``), which Jekyll refuses.
    """
    return _DIALECTS[dialect](text)


def _js_common(text: str) -> Scalar:
    if text in INFINITE:
        return INFINITE[text]
    if text in NAN:
        return math.nan
    return js_timestamp(text)


def _js(text: str) -> Scalar:
    if text in NOTHING:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if text[0] not in "0123456789+-.":
        return text
    number = _JS_INT.match(text)
    if number is not None:
        return _integer(text, number)
    if _JS_FLOAT.match(text):
        value = float(text)
        return value if math.isfinite(value) else text
    return _js_common(text)


def _integer(text: str, number: re.Match[str]) -> int | float | str:
    """Return a JavaScript number: exact up to 2**53."""
    if len(text) > 400:
        return text
    for group, base in (("b", 2), ("x", 16), ("o", 8), ("d", 10)):
        digits = number[group]
        if digits:
            value = int(digits.replace("_", ""), base) * (-1 if text[0] == "-" else 1)
            if abs(value) <= _SAFE_INTEGER:
                return value
            try:
                return int(float(value))
            except OverflowError:
                return text
    return 0


def _js3(text: str) -> Scalar:
    if text in NOTHING:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if text[0] not in "0123456789+-.":
        return text
    number = _JS3_INT.match(text)
    if number is not None:
        return _integer(text, number)
    if _JS3_SIXTY.match(text) or _JS3_FLOAT_SIXTY.match(text):
        return _sexagesimal(text)
    if _JS3_FLOAT.match(text):
        try:
            return float(text.replace("_", ""))
        except ValueError:
            return math.nan
    return _js_common(text)


def _sexagesimal(text: str) -> int | float:
    total = 0.0
    for part in text.lstrip("+-").replace("_", "").split(":"):
        total = total * 60 + (float(part) if part != "." else 0)
    total = -total if text[0] == "-" else total
    return int(total) if total.is_integer() else total


def js_timestamp(text: str) -> datetime | str:
    """Return a JavaScript Date where js-yaml sees one, in UTC; else the text."""
    day_alone = _JS_DATE.match(text)
    match = day_alone or _JS_TIMESTAMP.match(text)
    if match is None:
        return text
    parts = [int(part) for part in match.groups()[:6] if part is not None]
    hours = parts[3:] or [0, 0, 0]
    milliseconds = 0
    offset = timedelta()
    if day_alone is None:
        milliseconds = int(((match[7] or "") + "000")[:3])
        if match[9]:
            offset = timedelta(hours=int(match[10]), minutes=int(match[11] or 0))
            offset = -offset if match[9] == "-" else offset
    year, month, day = parts[:3]
    hour, minute, second = hours
    moment = js_utc(year, month, day, hour, minute, second, milliseconds)
    return text if moment is None else moment - offset


def js_utc(
    year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0, ms: int = 0
) -> datetime | None:
    """JavaScript's ``Date.UTC``, in which every field overflows; None after the year 9999."""
    if 0 <= year <= 99:
        year += 1900
    years, month = divmod(year * 12 + month - 1, 12)
    try:
        first = datetime(years, month + 1, 1, tzinfo=UTC)
        return first + timedelta(
            days=day - 1, hours=hour, minutes=minute, seconds=second, milliseconds=ms
        )
    except (ValueError, OverflowError):
        return None


# Ruby.

_RUBY_WORD = lazy.pattern(r"[^\d.:-]?(?:[^\W\d_]|[_\s!@#$%^&*(){}<>|/\\~;=])")
_RUBY_TIME = lazy.pattern(
    r"(-?[0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt]|\s+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})"
    r"(?:\.([0-9]*))?(?:\s*(Z|([-+])([0-9]{1,2}):?([0-9]{2})?))?\Z"
)
_RUBY_DATE = lazy.pattern(r"([0-9]{4})-(1[012]|0[0-9]|[0-9])-([12][0-9]|3[01]|0[0-9]|[0-9])\Z")
_RUBY_SIXTY = lazy.pattern(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9]){1,2}(?:\.[0-9_]*)?\Z")
_RUBY_FLOAT = lazy.pattern(r"[-+]?(?:[0-9][0-9_,]*)?\.[0-9]*(?:[eE][-+][0-9]+)?\Z")
_RUBY_INT = lazy.pattern(
    r"[-+]?(?:0b(?P<b>[01_,]+)|0x(?P<x>[0-9a-fA-F_,]+)|0(?P<o>[0-7_,]+)"
    r"|(?P<d>0|[1-9](?:[0-9]|,[0-9]|_[0-9])*))\Z"
)
_RUBY_WORDS = {"~": None, "null": None} | dict.fromkeys(("yes", "true", "on"), True)
_RUBY_WORDS |= dict.fromkeys(("no", "false", "off"), False)


def _psych(text: str) -> Scalar:
    if not text:
        return None
    if "\n" in text or _RUBY_WORD.match(text):
        return text if len(text) > 5 else _RUBY_WORDS.get(text.lower(), text)
    moment = _RUBY_TIME.match(text)
    if moment is not None:
        return _ruby_time(text, moment)
    day = _RUBY_DATE.match(text)
    if day is not None:
        try:
            return date(int(day[1]), int(day[2]), int(day[3]))
        except ValueError:
            return text
    lower = text.lower()
    if lower in (".inf", "+.inf", "-.inf"):
        return -math.inf if text[0] == "-" else math.inf
    if lower == ".nan":
        return math.nan
    if text[0] == ":" and len(text) > 1:
        raise ValueError("symbol")
    return _ruby_number(text)


def _ruby_number(text: str) -> Scalar:
    if _RUBY_SIXTY.match(text):
        parts = text.replace("_", "").split(":")
        total = 0.0
        for place, part in enumerate(parts):
            total += float(part or 0) * 60 ** abs(place - 2)
        return total
    if _RUBY_FLOAT.match(text):
        if text.strip("+-") == ".":
            return text
        return float(re.sub(r"[,_]", "", text).rstrip(".") or 0)
    number = _RUBY_INT.match(text)
    if number is None or len(text) > 400:
        return text
    for group, base in (("b", 2), ("x", 16), ("o", 8), ("d", 10)):
        if number[group] is not None:
            value = int(re.sub(r"[,_]", "", number[group]), base)
            return -value if text[0] == "-" else value
    return text


def ruby_time_breaks(text: str) -> bool:
    """Whether Psych takes a text for a time and then fails on it: it splits at a space or a T."""
    if not _RUBY_TIME.match(text):
        return False
    return re.search(r"[0-9]+:[0-9]+:[0-9]+", re.split("[ tT]", text, maxsplit=1)[-1]) is None or (
        re.search("[ tT]", text) is None
    )


def _ruby_time(text: str, match: re.Match[str]) -> datetime | str:
    """``Time.utc``: a day up to 31 overflows into the next month, and 24:00:00 is midnight."""
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    if not (1 <= month <= 12 and 1 <= day <= 31 and minute <= 59 and second <= 60):
        return text
    if hour > 24 or (hour == 24 and (minute or second)):
        return text
    micro = int(((match[7] or "") + "000000")[:6])
    offset = 0
    if match[9]:
        # Ruby adds the minutes to a negative hour only where the hour is not -0.
        minutes = int(match[11] or 0)
        offset = int(match[9] + match[10]) * 60
        offset += -minutes if offset < 0 else minutes
    try:
        first = datetime(year, month, 1, tzinfo=UTC)
        moment = first + timedelta(
            days=day - 1, hours=hour, minutes=minute, seconds=second, microseconds=micro
        )
        return (moment - timedelta(minutes=offset)).astimezone(timezone(timedelta(minutes=offset)))
    except (ValueError, OverflowError):
        return text


def _safe(text: str) -> Scalar:
    from newslint.generators.yaml import safe_yaml

    value: Scalar = safe_yaml.scalar(text)
    return value


# Go.


def _go(text: str) -> Scalar:
    from newslint.generators.yaml import go_scalars

    return go_scalars.resolve(text)


def _goccy(text: str) -> Scalar:
    from newslint.generators.yaml import goccy_scalars

    return goccy_scalars.resolve(text)


_DIALECTS: dict[str, Callable[[str], Scalar]] = {
    "js": _js,
    "js3": _js3,
    "psych": _psych,
    "safe": _safe,
    "go": _go,
    "goccy": _goccy,
}
