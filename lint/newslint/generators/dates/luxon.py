"""The dates that Eleventy reads in a text: ISO 8601 as Luxon's ``fromISO`` takes it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from newslint.core import lazy
from newslint.generators.dates.moment import LENGTH_LIMIT, Moment

_ZONE = r"(?:(?P<z>[Zz])|(?P<sign>[+-])(?P<zh>\d\d)(?::?(?P<zm>\d\d))?)"
_CLOCK = (
    r"(?P<hour>\d\d)(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,30}))?)?)?"
)
_TIME = (
    rf"{_CLOCK}(?:{_ZONE}?(?:\[(?P<place>[A-Za-z_+-]{{1,256}}(?:/[A-Za-z0-9_+/-]{{1,512}})?)\])?)?"
)
_YMD = lazy.pattern(
    rf"(?P<year>[+-]\d{{6}}|\d{{4}})(?:-?(?P<month>\d\d)(?:-?(?P<day>\d\d))?)?(?:[Tt]{_TIME})?\Z",
    re.ASCII,
)
_WEEK = lazy.pattern(
    rf"(?P<year>\d{{4}})-?W(?P<week>\d\d)(?:-?(?P<weekday>\d))?(?:[Tt]{_TIME})?\Z", re.ASCII
)
_ORDINAL = lazy.pattern(rf"(?P<year>\d{{4}})-?(?P<ordinal>\d{{3}})(?:[Tt]{_TIME})?\Z", re.ASCII)
_TIME_ONLY = lazy.pattern(rf"{_TIME}\Z", re.ASCII)


def parse(text: str) -> Moment | None:
    """Return what Luxon's ``DateTime.fromISO(text, {zone: "utc"})`` is; None where it is invalid.

    A time without a day is today's, where the text says that it is.
    """
    if len(text) > LENGTH_LIMIT:
        return None
    for pattern in (_YMD, _WEEK, _ORDINAL, _TIME_ONLY):
        match = pattern.match(text)
        if match is not None:
            return _luxon_moment(match)
    return None


def _luxon_moment(match: re.Match[str]) -> Moment | None:
    parts = {name: value for name, value in match.groupdict().items() if value is not None}
    hour, minute, second = (int(parts.get(name, 0)) for name in ("hour", "minute", "second"))
    fraction = parts.get("fraction", "")
    if minute > 59 or second > 59 or hour > 24:
        return None
    if hour == 24 and (minute or second or int((fraction + "000")[:3])):
        return None
    try:
        day = _luxon_day(parts)
        if day is None:
            return None
        instant = day + timedelta(hours=hour, minutes=minute, seconds=second)
        instant += timedelta(milliseconds=int((fraction + "000")[:3]))
        instant -= _offset(parts)
        if "place" in parts:
            instant = _at_place(instant, parts)
    except (ValueError, OverflowError):
        return None
    return Moment(instant, not {"z", "sign", "place"} & parts.keys())


def _offset(parts: dict[str, str]) -> timedelta:
    """Return how far a text's zone is ahead of UTC, by the digits that it has for it."""
    offset = timedelta(hours=int(parts.get("zh", 0)), minutes=int(parts.get("zm", 0)))
    return -offset if parts.get("sign") == "-" else offset


def _zone(name: str) -> tzinfo:
    """Return the zone of a name. Raises ValueError for a name that is none."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (OSError, KeyError) as error:
        raise ValueError(name) from error


def _at_place(instant: datetime, parts: dict[str, str]) -> datetime:
    """Return the instant of a text that names its zone: ``[Asia/Shanghai]``.

    Raises ValueError for a zone that is none.
    """
    zone = _zone(parts["place"])
    if "z" in parts or "sign" in parts:
        return instant
    return instant.replace(tzinfo=zone).astimezone(UTC)


def _luxon_day(parts: dict[str, str]) -> datetime | None:
    if "year" not in parts:
        today = datetime.now(UTC) + _offset(parts)
        if "place" in parts and not {"z", "sign"} & parts.keys():
            today = datetime.now(_zone(parts["place"]))
        return datetime(today.year, today.month, today.day, tzinfo=UTC)
    year = int(parts["year"])
    if "week" in parts:
        day = datetime.fromisocalendar(year, int(parts["week"]), int(parts.get("weekday", 1)))
        return day.replace(tzinfo=UTC)
    if "ordinal" in parts:
        ordinal = int(parts["ordinal"])
        first = datetime(year, 1, 1, tzinfo=UTC)
        last = (datetime(year, 12, 31) - datetime(year, 1, 1)).days + 1
        return first + timedelta(days=ordinal - 1) if 1 <= ordinal <= last else None
    return datetime(year, int(parts.get("month", 1)), int(parts.get("day", 1)), tzinfo=UTC)
