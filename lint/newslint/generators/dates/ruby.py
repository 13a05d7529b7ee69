"""The dates that Jekyll reads: Ruby's ``Time.parse``, ``Date._parse`` and a filling of gaps.

``Date._parse`` looks for pieces of a date anywhere in a text: a time, then the first of a row of
ways to write a day. What it finds is taken, the rest is ignored; only a text without
any piece, or with a month 13, is refused.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from newslint.core import lazy
from newslint.generators.dates.moment import Moment

LENGTH_LIMIT = 128
"""``Date._parse`` refuses longer texts."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_M = f"(?P<name>{'|'.join(_MONTHS)})"
_ERA = r"(?:c(?:e|\.e\.)|b(?:ce|\.c\.e\.)|a(?:d|\.d\.)|b(?:c|\.c\.))?"
_ALPHA = r"[^\W\d_]"
_HALF = r"[ap](?:m\b|\.m\.)"


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_NOISE = lazy.pattern(r"[^-+',./:@\w\[\]]+|_+")
_DAY = _compile(r"\b(?:sun|mon|tue|wed|thu|fri|sat)[^-/\d\s]*")
_TIME = _compile(
    r"(?P<time>[0-9]+\s*(?:(?::\s*[0-9]+(?:\s*:\s*[0-9]+(?:[,.][0-9]*)?)?|h(?:\s*[0-9]+m?(?:\s*[0-9]+s?)?)?)"
    rf"(?:\s*{_HALF})?|{_HALF}))"
    r"(?:\s*(?P<zone>(?:gmt|utc?)?[-+][0-9]+(?:[,.:][0-9]+(?::[0-9]+)?)?"
    rf"|(?:{_ALPHA}|[.\s])+(?:standard|daylight)\stime\b|{_ALPHA}+(?:\sdst)?\b))?"
)
_CLOCK = _compile(
    r"(?P<hour>[0-9]+)h?(?:\s*:?\s*(?P<minute>[0-9]+)m?(?:\s*:?\s*(?P<second>[0-9]+)(?:[,.](?P<fraction>[0-9]*))?s?)?)?"
    r"(?:\s*(?P<half>[ap])(?:m\b|\.m\.))?"
)
_EU = _compile(
    rf"(?P<d>'?[0-9]+)[^-\d\s]*\s*{_M}[^-\d\s']*(?:\s*{_ERA}\s*(?P<y>'?-?[0-9]+(?:(?:st|nd|rd|th)\b)?))?"
)
_US = _compile(
    rf"\b{_M}[^-\d\s']*\s*(?P<d>'?[0-9]+)[^-\d\s']*(?:\s*,?\s*{_ERA}\s*(?P<y>'?-?[0-9]+))?"
)
_ISO = _compile(r"(?P<y>'?[-+]?[0-9]+)-(?P<m>[0-9]+)-(?P<d>'?-?[0-9]+)")
_JIS = _compile(r"\b(?P<era>[mtshr])(?P<y>[0-9]+)\.(?P<m>[0-9]+)\.(?P<d>[0-9]+)")
_VMS = _compile(rf"(?P<d>'?-?[0-9]+)-{_M}[^-/.]*-(?P<y>'?-?[0-9]+)")
_VMS_US = _compile(rf"\b{_M}[^-/.]*-(?P<d>'?-?[0-9]+)(?:-(?P<y>'?-?[0-9]+))?")
_SLASH = _compile(r"(?P<y>'?-?[0-9]+)/\s*(?P<m>'?[0-9]+)(?:\D\s*(?P<d>'?-?[0-9]+))?")
_DOT = _compile(r"(?P<y>'?-?[0-9]+)\.\s*(?P<m>'?[0-9]+)\.\s*(?P<d>'?-?[0-9]+)")
_WEEK = _compile(r"\b(?P<y>[0-9]{2}|[0-9]{4})?-?w(?P<w>[0-9]{2})(?:-?(?P<wd>[0-9]))?\b")
_DASHES = _compile(r"--(?P<m>[0-9]{2})?-(?P<d>[0-9]{2})\b|--(?P<m2>[0-9]{2})(?P<d2>[0-9]{2})?\b")
_ORDINAL = _compile(r"\b(?P<y>[0-9]{2}|[0-9]{4})-(?P<yday>[0-9]{3})\b")
_YEAR = _compile(r"'(?P<y>[0-9]+)\b")
_MONTH = _compile(rf"\b{_M}\S*")
_NTH = _compile(r"(?P<d>[0-9]+)(?:st|nd|rd|th)\b")
_DIGITS = _compile(
    r"(?P<sign>[-+]?)(?P<run>[0-9]{2,14})(?:\s*t?\s*(?P<time>[0-9]{2,6})?(?:[,.](?P<fraction>[0-9]*))?)?"
    r"(?P<zone>z\b|[-+][0-9]{1,4}\b|\[[-+]?[0-9][^\]]*\])?"
)
_FRAGMENT = lazy.pattern(r"\s*([0-9]{1,2})\s*\Z")
_JIS_ERAS = {"m": 1867, "t": 1911, "s": 1925, "h": 1988, "r": 2018}

_ZONES = {"UTC": 0, "Z": 0, "UT": 0, "GMT": 0}
_ZONES |= {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
_ZONES |= {letter: hours for hours, letter in enumerate("ABCDEFGHIKLM", 1)}
_ZONES |= {letter: -hours for hours, letter in enumerate("NOPQRSTUVWXY", 1)}
_OFFSET = lazy.pattern(r"([+-])(\d\d)(:?)(\d\d)(?:\3(\d\d))?\Z")

Parts = dict[str, int]


class _Text:
    """The text, of which each piece that is understood is taken out."""

    def __init__(self, text: str) -> None:
        self.text = _NOISE.sub(" ", text)
        self.parts: Parts = {}
        self.zone: str | None = None
        self.two_digits = True
        self.fraction = ""

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.search(self.text)
        if match is not None:
            self.text = self.text[: match.start()] + " " + self.text[match.end() :]
        return match


def parse(text: str, now: datetime | None = None) -> Moment | None:
    """What ``Time.parse(text)`` is on a machine in UTC; None where it raises, and the site dies.

    What a text does not say is taken from ``now``: the year of ``Dec 2``, the day of ``10:30``.
    """
    if len(text) > LENGTH_LIMIT:
        return None
    found = _Text(text)
    found.take(_DAY)
    _take_time(found)
    for way in _WAYS:
        if way(found):
            break
    _take_fragment(found)
    year = found.parts.get("year")
    if found.two_digits and year is not None and 0 <= year <= 99:
        found.parts["year"] = year + (1900 if year >= 69 else 2000)
    return _moment(found, now or datetime.now(UTC)) if found.parts else None


def _take_time(found: _Text) -> None:
    match = found.take(_TIME)
    if match is None:
        return
    found.zone = match["zone"]
    clock = _CLOCK.match(match["time"])
    if clock is None:
        return
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"] in "pP" else 0)
    found.parts["hour"] = hour
    for name in ("minute", "second"):
        if clock[name] is not None:
            found.parts[name] = int(clock[name])
    found.fraction = clock["fraction"] or ""


def _of_name(match: re.Match[str]) -> str:
    return str(_MONTHS.index(match["name"].lower()) + 1)


def _named(pattern: re.Pattern[str]) -> Callable[[_Text], bool]:
    def take(found: _Text) -> bool:
        match = found.take(pattern)
        if match is not None:
            _sort(found, match["y"], _of_name(match), match["d"])
        return match is not None

    return take


def _numbered(pattern: re.Pattern[str]) -> Callable[[_Text], bool]:
    def take(found: _Text) -> bool:
        match = found.take(pattern)
        if match is not None:
            _sort(found, match["y"], match["m"], match["d"])
        return match is not None

    return take


def _take_jis(found: _Text) -> bool:
    match = found.take(_JIS)
    if match is not None:
        year = int(match["y"]) + _JIS_ERAS[match["era"].lower()]
        found.parts |= {"year": year, "month": int(match["m"]), "day": int(match["d"])}
    return match is not None


def _take_iso_rest(found: _Text) -> bool:
    match = found.take(_WEEK)
    if match is not None:
        return True  # Time.parse makes no use of a week
    match = found.take(_DASHES)
    if match is not None:
        month, day = match["m"] or match["m2"], match["d"] or match["d2"]
        found.parts |= {"month": int(month)} if month else {}
        found.parts |= {"day": int(day)} if day else {}
        return True
    match = found.take(_ORDINAL)
    if match is not None:
        found.parts |= {"year": int(match["y"]), "yday": int(match["yday"])}
    return match is not None


def _take_rest(found: _Text) -> bool:
    for name, pattern in (("year", _YEAR), ("month", _MONTH), ("day", _NTH)):
        match = found.take(pattern)
        if match is not None:
            found.parts[name] = int(_of_name(match) if name == "month" else match[1])
            return True
    return False


def _take_digits(found: _Text) -> bool:
    """A run of digits, by its length: 211202, 20211202, 20211202T145058."""
    match = found.take(_DIGITS)
    if match is None:
        return False
    run, time, fraction = match["run"], match["time"], match["fraction"]
    clock = time is None and fraction is not None
    names = _RUNS_OF_TIME if clock else _RUNS_OF_DAY
    at = len(run) if clock else 0
    for name, width in names.get(len(run), ()):
        piece = run[at - width : at] if clock else run[at : at + width]
        at += -width if clock else width
        found.parts[name] = int(piece)
        if name == "year":
            found.two_digits = not match["sign"] and len(run) < 8
            found.parts[name] *= -1 if match["sign"] == "-" else 1
    _take_digits_time(found, time, fraction)
    if match["zone"]:
        zone = match["zone"].strip("[]")
        found.zone = zone if zone[0] in "+-zZ" else zone.split(":")[0]
    return True


_RUNS_OF_DAY: dict[int, tuple[tuple[str, int], ...]] = {
    2: (("day", 2),),
    3: (("yday", 3),),
    4: (("month", 2), ("day", 2)),
    5: (("year", 2), ("yday", 3)),
    6: (("year", 2), ("month", 2), ("day", 2)),
    7: (("year", 4), ("yday", 3)),
}
_LONG = (("year", 4), ("month", 2), ("day", 2), ("hour", 2), ("minute", 2), ("second", 2))
_RUNS_OF_DAY |= {8 + 2 * more: _LONG[: 3 + more] for more in range(4)}
_REVERSED = (("second", 2), ("minute", 2), ("hour", 2), ("day", 2), ("month", 2))
_RUNS_OF_TIME: dict[int, tuple[tuple[str, int], ...]] = {
    2 * more: _REVERSED[:more] for more in range(1, 6)
}
_RUNS_OF_TIME |= {
    12: (*_REVERSED, ("year", 2)),
    14: (*_REVERSED, ("year", 4)),
    3: (("second", 2), ("minute", 1)),
    5: (("second", 2), ("minute", 2), ("hour", 1)),
    7: (("second", 2), ("minute", 2), ("hour", 2), ("day", 1)),
}


def _take_digits_time(found: _Text, time: str | None, fraction: str | None) -> None:
    if fraction:
        found.parts["fraction"] = int(fraction)
    if time is None or len(time) % 2:
        return
    names = ("hour", "minute", "second")
    if fraction is not None:
        pieces = [time[max(end - 2, 0) : end] for end in range(len(time), 0, -2)]
        for name, piece in zip(reversed(names), pieces, strict=False):
            found.parts[name] = int(piece)
        return
    for index, name in enumerate(names):
        piece = time[2 * index : 2 * index + 2]
        if piece:
            found.parts[name] = int(piece)


def _take_fragment(found: _Text) -> None:
    match = _FRAGMENT.match(found.text)
    if match is None:
        return
    number = int(match[1])
    if "hour" in found.parts and "day" not in found.parts and 1 <= number <= 31:
        found.parts["day"] = number
    elif "day" in found.parts and "hour" not in found.parts and number <= 24:
        found.parts["hour"] = number


def _sort(found: _Text, y: str | None, m: str | None, d: str | None) -> None:
    """Which of three numbers is the year, the month, the day: by length, apostrophe and order."""
    if y is not None and m is not None and d is None:
        y, m, d = None, y, m
    if y is None and d is not None and (len(d) > 2 or d.startswith("'")):
        y, d = d, None
    if y is not None:
        digits = re.search(r"[-+]?[0-9]*", y.lstrip("'"))
        assert digits is not None  # the pattern also matches nothing
        if digits.end() < len(y.lstrip("'")):
            y, d = d, digits[0]
    if m is not None and (m.startswith("'") or len(m) > 2):
        y, m, d = m, d, y
    if d is not None and (d.startswith("'") or len(d) > 2):
        y, d = d, y
    if y is not None:
        bare = y.lstrip("'")
        found.parts["year"] = int(bare)
        found.two_digits = not (bare[0] in "+-" or len(bare) > 2)
    for name, value in (("month", m), ("day", d)):
        if value is not None:
            digits = re.search(r"[0-9]+", value)
            if digits is not None:
                found.parts[name] = int(digits[0])


_WAYS: tuple[Callable[[_Text], bool], ...] = (
    _named(_EU),
    _named(_US),
    _numbered(_ISO),
    _take_jis,
    _named(_VMS),
    _named(_VMS_US),
    _numbered(_SLASH),
    _numbered(_DOT),
    _take_iso_rest,
    _take_rest,
    _take_digits,
)


def _moment(found: _Text, now: datetime) -> Moment | None:
    parts = dict(found.parts)
    offset = _offset(found.zone)
    now += offset or timedelta()
    for name in ("year", "month", "day", "hour", "minute", "second"):
        if name in parts or "yday" in parts or (name == "second" and "fraction" in parts):
            break
        parts[name] = getattr(now, name)
    year, month, day = parts.get("year", now.year), parts.get("month", 1), parts.get("day", 1)
    if "yday" in parts and "month" not in found.parts:
        month, day = divmod(parts["yday"] - 1, 31)
        month, day = month + 1, day + 1
    hour, minute, second = (parts.get(name, 0) for name in ("hour", "minute", "second"))
    written = year, month, day
    if minute > 59 or second > 60 or hour > 9999 or (offset and abs(offset) >= timedelta(days=1)):
        return None
    sixtieth = second == 60
    if offset:
        year, month, day, hour, minute, second = _to_utc(
            year, month, day, timedelta(hours=hour, minutes=minute, seconds=second) - offset
        )
    if not (1 <= month <= 12 and 1 <= day <= 31 and minute <= 59 and second <= 60):
        return None
    if hour > 24 or (hour == 24 and (minute or second)):
        return None
    try:
        if "yday" in parts and "month" not in found.parts:
            first = datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=parts["yday"] - 1)
            overflown = sixtieth
        else:
            first = datetime(year, month, 1, tzinfo=UTC) + timedelta(days=day - 1)
            overflown = sixtieth or not _exists(*written)
        instant = first + timedelta(hours=hour, minutes=minute, seconds=second)
    except (ValueError, OverflowError):
        return None
    return Moment(instant, offset is None, overflown)


def _to_utc(
    year: int, month: int, day: int, clock: timedelta
) -> tuple[int, int, int, int, int, int]:
    """``Time.apply_offset``: over a month's end it goes to the first or last day, from wherever."""
    days, seconds = clock.days, clock.seconds
    day += days
    if days > 0 and day > _length(year, month):
        year, month, day = (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)
    elif days < 0 and day < 1:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        day = _length(year, month)
    return year, month, day, seconds // 3600, seconds // 60 % 60, seconds % 60


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _length(year, month)


def _length(year: int, month: int) -> int:
    """The days of a month; endless for one that is none."""
    return monthrange(max(year, 1), month)[1] if 1 <= month <= 12 else 10_000


def _offset(zone: str | None) -> timedelta | None:
    """``Time.zone_offset``; None for a name that Ruby does not know, and takes for local."""
    if zone is None:
        return None
    match = _OFFSET.match(zone)
    if match is not None:
        offset = timedelta(hours=int(match[2]), minutes=int(match[4]), seconds=int(match[5] or 0))
        return -offset if match[1] == "-" else offset
    if re.match(r"[+-]\d\d\Z", zone):
        return timedelta(hours=int(zone))
    hours = _ZONES.get(zone.upper())
    return None if hours is None else timedelta(hours=hours)
