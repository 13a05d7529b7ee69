"""How the date that a generator shows differs from the date in the source."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.dates.written import meant

if TYPE_CHECKING:
    pass


_OFFSET = lazy.pattern(r":.*[+-](\d{1,2})(?::?(\d{2}))?\s*\Z", re.DOTALL)


def wrong_zone(text: str, instant: datetime) -> str:
    """What is shown for an offset of a day and more, or of sixty minutes and more; else empty."""
    offset = _OFFSET.search(text, 10)
    if offset is None or (int(offset[1]) < 24 and int(offset[2] or 0) < 60):
        return ""
    shown = instant.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
    return msg("the time zone does not exist, and the page shows {shown} UTC", shown=shown)


_TORN = lazy.pattern(r"(?<=\d)[^\w\s:./,+'()-]+(?=[\d:])")
"""A character among the figures that is no part of any date: ``T1[1:06``."""

_LOST_ZONE = lazy.pattern(r"\d\s*([A-Z]{3,5})\s*\Z")


def misread(text: str, instant: datetime, naive: bool, overflown: bool) -> str:
    """How the date that is shown differs from the one that is written; empty where it does not."""
    shown = instant.strftime("%Y-%m-%d %H:%M")
    if overflown:
        return msg("the day or time does not exist, and the page shows {shown}", shown=shown)
    written = meant(text)
    if written is not None and abs(instant - written.replace(tzinfo=UTC)) > timedelta(hours=26):
        return msg("the date is read as {shown}", shown=shown)
    if naive and written is not None and written.tzinfo is not None and instant != written:
        return msg("its time zone is not recognized, and the page shows {shown}", shown=shown)
    if _TORN.search(text):
        mended = meant(_TORN.sub("", text))
        if mended is None or mended.replace(tzinfo=UTC) != instant.replace(microsecond=0):
            return msg(
                "it contains an unexpected character, and the page shows {shown}", shown=shown
            )
    if written is None and not _year_written(text, instant):
        return msg("the text has no year, and the page shows {shown}", shown=shown)
    zone = _LOST_ZONE.search(text) if naive else None
    if zone is not None and zone[1] not in ("GMT", "UTC"):
        return msg("the time zone {zone} is not recognized, and is ignored", zone=zone[1])
    return "" if naive else wrong_zone(text, instant)


def _year_written(text: str, instant: datetime) -> bool:
    """In whatever zone: the day before and the day after may be another year's."""
    years = {
        instant.year,
        instant.year + {(1, 1): -1, (12, 31): 1}.get(instant.timetuple()[1:3], 0),
    }
    return any(
        (year > 0 and f"{year:04}" in text)
        # No one writes the years before 1900 in two digits.
        or (year >= 1900 and re.search(rf"(?<!\d){year % 100:02}(?!\d)", text))
        for year in years
    )
