"""The dates that Hugo reads: the layouts of spf13/cast 1.5, tried in their order.

Go's own rules: the day of the week may be any, day and month must exist, a fraction may follow the
seconds in every layout. A zone that is only a name (``EST``) is read and then ignored.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from newslint.core import lazy
from newslint.generators.dates.moment import MONTHS, Moment

_LONG_DAYS = "Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday"

_PARTS = {
    "2006": r"(?P<year>\d{4})",
    "06": r"(?P<short_year>\d\d)",
    "01": r"(?P<month>\d\d)",
    "Jan": rf"(?P<name>(?i:{'|'.join(MONTHS)}))",
    "02": r"(?P<day>\d\d)",
    "_2": r" {0,}(?P<day>\d\d?)",
    "15": r"(?P<hour>\d\d?)",
    "3": r"(?P<hour12>\d\d?)",
    "04": r"(?P<minute>\d\d)",
    "05": r"(?P<second>\d\d)(?:[.,](?P<fraction>\d+))?",
    "PM": r"(?P<half>AM|PM)",
    "Monday": rf"(?i:{_LONG_DAYS})",
    "Mon": r"(?i:Sun|Mon|Tue|Wed|Thu|Fri|Sat)",
    "-0700": r"(?P<offset>[+-]\d{4})",
    "-07:00": r"(?P<offset>[+-]\d\d:\d\d)",
    "Z0700": r"(?P<offset>Z|[+-]\d{4})",
    "Z07:00": r"(?P<offset>Z|[+-]\d\d:\d\d)",
    "MST": r"(?P<zone>(?:ChST|MeST|GMT[+-]\d{1,2}|[+-](?:[01]?\d|2[0-3])|WITA"
    r"|[A-Z]{3,4}T|[A-Z]{3}))",
}
_PART = lazy.pattern("|".join(re.escape(part) for part in sorted(_PARTS, key=len, reverse=True)))

_LAYOUTS = (
    "2006-01-02T15:04:05Z07:00",
    "2006-01-02T15:04:05",
    "Mon, 02 Jan 2006 15:04:05 -0700",
    "Mon, 02 Jan 2006 15:04:05 MST",
    "02 Jan 06 15:04 -0700",
    "02 Jan 06 15:04 MST",
    "Monday, 02-Jan-06 15:04:05 MST",
    "2006-01-02 15:04:05 -0700 MST",
    "2006-01-02T15:04:05-0700",
    "2006-01-02 15:04:05Z0700",
    "2006-01-02 15:04:05",
    "Mon Jan _2 15:04:05 2006",
    "Mon Jan _2 15:04:05 MST 2006",
    "Mon Jan 02 15:04:05 -0700 2006",
    "2006-01-02 15:04:05Z07:00",
    "2006-01-02",
    "02 Jan 2006",
    "2006-01-02 15:04:05 -07:00",
    "2006-01-02 15:04:05 -0700",
    "3:04PM",
    "Jan _2 15:04:05",
)


def _pattern(layout: str) -> re.Pattern[str]:
    out, at = "", 0
    for part in _PART.finditer(layout):
        out += _literal(layout[at : part.start()]) + _PARTS[part[0]]
        at = part.end()
    return re.compile(out + _literal(layout[at:]) + r"\Z", re.ASCII)


def _literal(text: str) -> str:
    """Go skips any run of spaces where the layout has one."""
    return re.escape(text).replace(r"\ ", " +")


_patterns: list[re.Pattern[str]] = []


def parse(text: str) -> Moment | None:
    """The instant that Hugo reads in a text, its time zone UTC; None where it finds no date."""
    if len(text) > 100:
        return None
    if not _patterns:
        _patterns.extend(_pattern(layout) for layout in _LAYOUTS)
    for pattern in _patterns:
        match = pattern.match(text)
        moment = _moment(match) if match else None
        if moment is not None:
            return moment
    return None


def _moment(match: re.Match[str]) -> Moment | None:
    parts = {name: value for name, value in match.groupdict().items() if value is not None}
    year = int(parts.get("year", 0))
    if "short_year" in parts:
        year = int(parts["short_year"])
        year += 1900 if year >= 69 else 2000
    month = (
        MONTHS.index(parts["name"].lower()) + 1 if "name" in parts else int(parts.get("month", 1))
    )
    hour = int(parts.get("hour", 0))
    if "hour12" in parts:
        hour = int(parts["hour12"])
        if hour > 12:
            return None
        hour = hour % 12 + 12 * (parts["half"].upper() == "PM")
    offset = _offset(parts.get("offset", "Z"))
    zone = parts.get("zone", "")
    if zone[3:4] in ("+", "-"):
        # Go reads the sign of GMT+8 the wrong way round, and Hugo then drops the zone.
        offset = -timedelta(hours=int(zone[3:]))
    try:
        # A date without a year is in the year 0, which datetime does not have.
        instant = datetime(
            max(year, 1),
            month,
            int(parts.get("day", 1)),
            hour,
            int(parts.get("minute", 0)),
            int(parts.get("second", 0)),
            int((parts.get("fraction", "") + "000000")[:6]),
            tzinfo=UTC,
        )
        return Moment(instant - offset, "offset" not in parts and zone not in ("UTC", "GMT"))
    except (ValueError, OverflowError):
        return None


def _offset(text: str) -> timedelta:
    if text in ("Z", "z"):
        return timedelta()
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -offset if text[0] == "-" else offset
