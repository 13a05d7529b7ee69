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
from newslint.generators.dates.moment import MONTHS, Moment
from newslint.generators.dates.ruby_digits import take_digits
from newslint.generators.dates.ruby_text import (
    CLOCK,
    DASHES,
    DAY,
    DOT,
    EU,
    FRAGMENT,
    ISO,
    JIS,
    MONTH,
    NTH,
    ORDINAL,
    SLASH,
    TIME,
    US,
    VMS,
    VMS_US,
    WEEK,
    YEAR,
    Text,
)

LENGTH_LIMIT = 128
"""``Date._parse`` refuses longer texts."""


_JIS_ERAS = {"m": 1867, "t": 1911, "s": 1925, "h": 1988, "r": 2018}

_ZONES = {"UTC": 0, "Z": 0, "UT": 0, "GMT": 0}
_ZONES |= {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
_ZONES |= {letter: hours for hours, letter in enumerate("ABCDEFGHIKLM", 1)}
_ZONES |= {letter: -hours for hours, letter in enumerate("NOPQRSTUVWXY", 1)}
_OFFSET = lazy.pattern(r"([+-])(\d\d)(:?)(\d\d)(?:\3(\d\d))?\Z")


def parse(text: str, now: datetime | None = None) -> Moment | None:
    """What ``Time.parse(text)`` is on a machine in UTC; None where it raises, and the site dies.

    What a text does not say is taken from ``now``: the year of ``Dec 2``, the day of ``10:30``.
    """
    if len(text) > LENGTH_LIMIT:
        return None
    found = Text(text)
    found.take(DAY)
    _take_time(found)
    for way in _WAYS:
        if way(found):
            break
    _take_fragment(found)
    year = found.parts.get("year")
    if found.two_digits and year is not None and 0 <= year <= 99:
        found.parts["year"] = year + (1900 if year >= 69 else 2000)
    return _moment(found, now or datetime.now(UTC)) if found.parts else None


def _take_time(found: Text) -> None:
    match = found.take(TIME)
    if match is None:
        return
    found.zone = match["zone"]
    clock = CLOCK.match(match["time"])
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
    return str(MONTHS.index(match["name"].lower()) + 1)


def _named(pattern: re.Pattern[str]) -> Callable[[Text], bool]:
    def take(found: Text) -> bool:
        match = found.take(pattern)
        if match is not None:
            _sort(found, match["y"], _of_name(match), match["d"])
        return match is not None

    return take


def _numbered(pattern: re.Pattern[str]) -> Callable[[Text], bool]:
    def take(found: Text) -> bool:
        match = found.take(pattern)
        if match is not None:
            _sort(found, match["y"], match["m"], match["d"])
        return match is not None

    return take


def _take_jis(found: Text) -> bool:
    match = found.take(JIS)
    if match is not None:
        year = int(match["y"]) + _JIS_ERAS[match["era"].lower()]
        found.parts |= {"year": year, "month": int(match["m"]), "day": int(match["d"])}
    return match is not None


def _take_iso_rest(found: Text) -> bool:
    match = found.take(WEEK)
    if match is not None:
        return True  # Time.parse makes no use of a week
    match = found.take(DASHES)
    if match is not None:
        month, day = match["m"] or match["m2"], match["d"] or match["d2"]
        found.parts |= {"month": int(month)} if month else {}
        found.parts |= {"day": int(day)} if day else {}
        return True
    match = found.take(ORDINAL)
    if match is not None:
        found.parts |= {"year": int(match["y"]), "yday": int(match["yday"])}
    return match is not None


def _take_rest(found: Text) -> bool:
    for name, pattern in (("year", YEAR), ("month", MONTH), ("day", NTH)):
        match = found.take(pattern)
        if match is not None:
            found.parts[name] = int(_of_name(match) if name == "month" else match[1])
            return True
    return False


def _take_fragment(found: Text) -> None:
    match = FRAGMENT.match(found.text)
    if match is None:
        return
    number = int(match[1])
    if "hour" in found.parts and "day" not in found.parts and 1 <= number <= 31:
        found.parts["day"] = number
    elif "day" in found.parts and "hour" not in found.parts and number <= 24:
        found.parts["hour"] = number


def _sort(found: Text, y: str | None, m: str | None, d: str | None) -> None:
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


_WAYS: tuple[Callable[[Text], bool], ...] = (
    _named(EU),
    _named(US),
    _numbered(ISO),
    _take_jis,
    _named(VMS),
    _named(VMS_US),
    _numbered(SLASH),
    _numbered(DOT),
    _take_iso_rest,
    _take_rest,
    take_digits,
)


def _moment(found: Text, now: datetime) -> Moment | None:
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
    """Return the days of a month; endless for one that is none."""
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
