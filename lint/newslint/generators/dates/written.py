"""The date that a reader sees in a text, independent of generators."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from newslint.core import lazy
from newslint.generators.dates.moment import MONTHS

if TYPE_CHECKING:
    pass


_NUMERIC = lazy.pattern(
    r"(?<!\d)(\d{4})\s?(?:[-/.]|年)\s?(\d{1,2})\s?(?:[-/.]|月)\s?(\d{1,2})(?!\d)"
)

_COMPACT = lazy.pattern(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?=T|\D|\Z)")

_DAY_MONTH = lazy.pattern(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[\s-]+([A-Za-z]{3})[a-z]*[\s.,-]+(\d{4})(?!\d)"
)

_MONTH_DAY = lazy.pattern(
    r"\b([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s(?:.*\s)?(\d{4})(?!\d)"
)

_CLOCK = lazy.pattern(
    r"(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*(am|pm)?", re.IGNORECASE
)

_ZONE = lazy.pattern(r"(?:\d|\s)(Z|GMT|UTC|UT|[+-](\d{1,2}?):?(\d{2})?)\s*(?:\(.*\))?\Z")


def meant(text: str) -> datetime | None:
    """The date that a reader sees in a text; with a zone where it names one by numbers or GMT."""
    if len(text) > 100:
        return None
    day = _day_meant(text)
    if day is None:
        return None
    clock = _CLOCK.search(text)
    hour, minute, second = 0, 0, 0
    if clock is not None:
        hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
        if clock[4]:
            hour = hour % 12 + (12 if clock[4].lower() == "pm" else 0)
    try:
        moment = datetime(*day, hour, minute, second)
    except ValueError:
        return None
    zone = _ZONE.search(text) if clock is not None else None
    if zone is None:
        return moment
    offset = timedelta(hours=int(zone[2] or 0), minutes=int(zone[3] or 0))
    try:
        return (moment - (-offset if zone[1][0] == "-" else offset)).replace(tzinfo=UTC)
    except OverflowError:
        return None  # before the year 1, or after 9999


def _day_meant(text: str) -> tuple[int, int, int] | None:
    match = _NUMERIC.search(text) or _COMPACT.search(text)
    if match is not None:
        return int(match[1]), int(match[2]), int(match[3])
    for pattern, order in ((_DAY_MONTH, (3, 2, 1)), (_MONTH_DAY, (3, 1, 2))):
        match = pattern.search(text)
        if match is not None:
            name = match[order[1]].lower()
            if name in MONTHS:
                return int(match[order[0]]), MONTHS.index(name) + 1, int(match[order[2]])
    return None


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_WEEKDAY = lazy.pattern(
    r"\s*(?P<day>mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rs|rsday|urday)?\b[.,]*\s",
    re.IGNORECASE,
)


def weekday_mismatch(text: str) -> tuple[int, int] | None:
    """Return the day of the week that a date names, and the one that it was; None where they agree.

    Monday is 0: ``Fri, 02 Dec 2021 14:50:58 GMT`` gives ``(4, 3)``. The day is the one of the text
    itself, in whatever zone it is written.
    """
    match = _WEEKDAY.match(text[:100])
    if match is None:
        return None
    day = _day_meant(text[match.end() - 1 : 100])
    if day is None:
        return None
    written = _WEEKDAYS.index(match["day"].lower())
    try:
        true = date(*day).weekday()
    except ValueError:
        return None
    return None if written == true else (written, true)
