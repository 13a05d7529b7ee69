"""Dates as feeds have them: RFC 2822."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from newslint.generators.dates.moment import MONTHS, Moment

_NUMBERS = {name.capitalize(): number for number, name in enumerate(MONTHS, 1)}
_GROUPS = ("year", "month", "day", "hour", "minute", "second", "sign")


def usual_moment(found: re.Match[str]) -> Moment:
    """Return what the parsers below give for a date as feeds have it."""
    year, month, day, hour, minute, second, sign = found.group(*_GROUPS)
    instant = datetime(
        int(year), _NUMBERS[month], int(day), int(hour), int(minute), int(second), tzinfo=UTC
    )
    if sign is not None:
        offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"]))
        instant += offset if sign == "-" else -offset
    return Moment(instant, naive=False)
