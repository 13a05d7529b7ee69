"""The dates that Hexo reads in a text: JavaScript's ``new Date(text)`` as V8 takes it.

V8 tries ISO 8601 first, and whatever is left goes to the old parser that takes almost anything:
``Dec 2, 2021 10:00``, ``2021/10/10 11:06:15``, ``Thu, 2 Dec 2021 14:50:58 +0800 (CST)``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta

from newslint.core import lazy
from newslint.generators.dates.feeds import usual_moment
from newslint.generators.dates.javascript_parser import Parser, Token
from newslint.generators.dates.moment import LENGTH_LIMIT, MONTHS, Moment

_TOKEN = lazy.pattern(
    r"(?P<number>[0-9]+)|(?P<sign>[+-])|(?P<symbol>[:.)])|(?P<open>\()|(?P<space>[\s\ufeff]+)"
    r"|(?P<word>[^\x00-\x40\s\ufeff]+)|(?P<other>.)",
    re.DOTALL,
)
_USUAL = lazy.pattern(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?+(?P<day>0?[1-9]|1[0-9]|2[0-8])"
    r" (?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?P<year>(?:19|20)[0-9]{2})"
    r" (?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9])"
    r" (?:GMT|(?P<sign>[+-])(?P<hours>[01][0-9])(?P<minutes>[0-5][0-9]))"
)
"""RFC 2822, on the days that every month has."""
_ZONES = {
    **dict.fromkeys(("ut", "utc", "z", "gmt"), 0),
    "cst": -6,
    "cdt": -5,
    "est": -5,
    "edt": -4,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
}


def parse(text: str) -> Moment | None:
    """Return what ``new Date(text)`` is on a machine in UTC; None where it is an Invalid Date."""
    if len(text) > LENGTH_LIMIT:
        return None
    if (usual := _USUAL.fullmatch(text)) is not None:
        return usual_moment(usual)
    parser = Parser(_tokens(text))
    token = _iso(parser)
    if token is None or not _legacy(parser, token):
        return None
    return _moment(parser)


def _tokens(text: str) -> list[Token]:
    """Return the words, numbers and signs; what is in parentheses is one ``other``."""
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        assert match is not None and match.lastgroup is not None  # the last group takes anything
        at = match.end()
        if match.lastgroup == "open":
            at = _behind_parentheses(text, match.start())
            tokens.append(Token("other", "("))
        else:
            tokens.append(Token(match.lastgroup, match[0]))
    tokens.append(Token("end", ""))
    return tokens


def _behind_parentheses(text: str, at: int) -> int:
    depth = 0
    while at < len(text):
        depth += (text[at] == "(") - (text[at] == ")")
        at += 1
        if depth == 0:
            break
    return at


def _number(token: Token) -> int:
    """V8 keeps the first nine digits that matter."""
    return int(token.text.lstrip("0")[:9] or 0)


def _milliseconds(token: Token) -> int:
    return int((token.text + "00")[:3])


def _iso(parser: Parser) -> Token | None:
    """Read ISO 8601; the first token that does not fit, or None where V8 gives up for good."""
    if parser.peek().kind == "sign":
        sign = parser.next()
        year = parser.peek()
        if not parser.fixed(6, 0, 999_999) or (sign.text == "-" and int(year.text) == 0):
            return sign
        parser.days.append(int(sign.text + parser.next().text))
    elif parser.fixed(4, 0, 9999):
        parser.days.append(int(parser.next().text))
    else:
        return parser.next()
    for most in (12, 31):
        if not parser.skip("-"):
            break
        if not parser.fixed(2, 1, most):
            return parser.next()
        parser.days.append(int(parser.next().text))
    if parser.peek().text.lower() == "t":
        parser.next()
        if not _iso_time(parser):
            return None
    elif parser.peek().kind != "end":
        return parser.next()
    if not parser.times and parser.sign is None:
        parser.set_zone(0)
    parser.iso = True
    return Token("end", "")


def _iso_time(parser: Parser) -> bool:
    if not parser.fixed(2, 0, 24):
        return False
    parser.times.append(int(parser.next().text))
    most = 0 if parser.times[0] == 24 else 59
    if not parser.skip(":") or not parser.fixed(2, 0, most):
        return False
    parser.times.append(int(parser.next().text))
    if parser.skip(":"):
        if not parser.fixed(2, 0, most):
            return False
        parser.times.append(int(parser.next().text))
        if parser.skip("."):
            if parser.peek().kind != "number" or (most == 0 and _number(parser.peek())):
                return False
            parser.times.append(_milliseconds(parser.next()))
    return _iso_zone(parser) and parser.peek().kind == "end"


def _iso_zone(parser: Parser) -> bool:
    if parser.peek().text in ("Z", "z"):
        parser.next()
        parser.set_zone(0)
    elif parser.peek().kind == "sign":
        parser.sign = -1 if parser.next().text == "-" else 1
        if parser.peek().kind == "number" and len(parser.peek().text) == 4:
            parser.zone_hour, parser.zone_minute = divmod(int(parser.next().text), 100)
            return parser.zone_hour <= 23 and parser.zone_minute <= 59
        if not parser.fixed(2, 0, 23):
            return False
        parser.zone_hour = int(parser.next().text)
        if not parser.skip(":") or not parser.fixed(2, 0, 59):
            return False
        parser.zone_minute = int(parser.next().text)
    return True


def _legacy(parser: Parser, token: Token) -> bool:
    read_number = bool(parser.days)
    while token.kind != "end":
        if token.kind == "number":
            read_number = True
            if not _legacy_number(parser, token):
                return False
        elif token.kind == "word":
            if not _legacy_word(parser, token, read_number):
                return False
        elif token.kind == "sign" and (
            (parser.zone_hour == 0 and parser.zone_minute == 0) or parser.times
        ):
            read_number = True
            if not _legacy_offset(parser, token):
                return False
        elif (token.kind == "sign" or token.text == ")") and read_number:
            return False
        token = parser.next()
    return True


def _legacy_number(parser: Parser, token: Token) -> bool:
    number = _number(token)
    if parser.skip(":"):
        if parser.skip(":"):
            if parser.times:
                return False
            parser.times += [number, 0]
        else:
            parser.times.append(number)
            if len(parser.times) > 4:
                return False
            parser.skip(".")
        return True
    if parser.skip(".") and parser.expects_time(number):
        parser.times.append(number)
        if parser.peek().kind != "number":
            return False
        parser.end_time(_milliseconds(parser.next()))
        return True
    if parser.zone_hour is not None and parser.zone_minute is None and number < 60:
        parser.zone_minute = number
        return True
    if parser.expects_time(number):
        parser.end_time(number)
        after = parser.peek()
        return after.kind in ("end", "space", "sign") or after.text.lower() == "z"
    if not parser.add_day(number):
        return False
    parser.skip("-")
    return True


def _legacy_word(parser: Parser, token: Token, read_number: bool) -> bool:
    word = "".join(c.lower() if c.isascii() else c for c in token.text[:3])
    short = len(token.text) <= 3
    if word in MONTHS:
        parser.month = MONTHS.index(word) + 1
        parser.skip("-")
        return True
    if short and word in ("am", "pm") and parser.times:
        parser.half_day = 12 if word == "pm" else 0
        return True
    if short and word in _ZONES and read_number:
        parser.set_zone(_ZONES[word])
        return True
    return not read_number and parser.peek().kind != "number"


def _legacy_offset(parser: Parser, token: Token) -> bool:
    parser.sign = -1 if token.text == "-" else 1
    digits = parser.next().text if parser.peek().kind == "number" else ""
    number = int(digits[-9:] or 0)
    if parser.peek().text == ":":
        parser.zone_hour, parser.zone_minute = number, None
    elif len(digits) in (1, 2):
        parser.zone_hour, parser.zone_minute = number, 0
    elif len(digits) in (3, 4):
        parser.zone_hour, parser.zone_minute = divmod(number, 100)
    else:
        return False
    return True


def _moment(parser: Parser) -> Moment | None:
    day = _day(parser)
    time = _time(parser)
    if day is None or time is None:
        return None
    year, month, date = day
    offset = timedelta()
    if parser.sign is not None:
        minutes = (parser.zone_hour or 0) * 60 + (parser.zone_minute or 0)
        if minutes > 60_000:
            return None
        offset = timedelta(minutes=parser.sign * minutes)
    if not 1 <= year <= 9998:
        return None
    try:
        first = datetime(year, month, 1, tzinfo=UTC)
        instant = first + timedelta(days=date - 1, hours=time[0], minutes=time[1])
        instant += timedelta(seconds=time[2], milliseconds=time[3]) - offset
    except (ValueError, OverflowError):
        return None
    return Moment(instant, parser.sign is None, date > monthrange(year, month)[1])


def _day(parser: Parser) -> tuple[int, int, int] | None:
    if not parser.days:
        return None
    first, second, third = [*parser.days, 1, 1][:3]
    is_day = 1 <= first <= 31
    if parser.month is None:
        if parser.iso or not is_day:
            year, month, day = first, second, third
        else:
            month, day, year = first, second, third
    else:
        month = parser.month
        if len(parser.days) == 1:
            # The year that does not exist counts as 1.
            year, day = (first, 1) if not is_day else (1, first)
        else:
            year, day = (second, first) if is_day else (first, second)
    if not parser.iso:
        year += 2000 if 0 <= year <= 49 else 1900 if 50 <= year <= 99 else 0
    return (year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _time(parser: Parser) -> tuple[int, int, int, int] | None:
    hour, minute, second, ms = (parser.times + [0] * 4)[:4]
    if parser.half_day is not None:
        if hour > 12:
            return None
        hour = hour % 12 + parser.half_day
    if hour == 24 and not (minute or second or ms):
        return hour, minute, second, ms
    if hour > 23 or minute > 59 or second > 59 or ms > 999:
        return None
    return hour, minute, second, ms
