"""Dates as feeds have them: RFC 2822."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from newslint.generators.dates.moment import MONTHS, Moment


def usual_moment(found: re.Match[str]) -> Moment:
    """Return what the parsers below give for a date as feeds have it."""
    month = MONTHS.index(found["month"].lower()) + 1
    day, hour, minute, second = map(int, found.group("day", "hour", "minute", "second"))
    instant = datetime(int(found["year"]), month, day, hour, minute, second, tzinfo=UTC)
    if (sign := found["sign"]) is not None:
        offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"]))
        instant += offset if sign == "-" else -offset
    return Moment(instant, naive=False)
