"""The days in addresses of Hugo: of a page's date as it is written, and of its file's name."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from newslint.core import lazy

NONE = date(1, 1, 1)
"""The date of a page without one."""

_FILE = lazy.pattern(r"(\d{4}-\d\d-\d\d)(?:.(\d\d-\d\d-\d\d))?(.*)", re.DOTALL)
_OFFSET = lazy.pattern(r"([+-])(\d\d):?(\d\d)(?: [A-Z]+)?\Z")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_FORMATS: dict[str, Callable[[date], str]] = {
    "year": lambda day: str(day.year),
    "month": lambda day: f"{day.month:02d}",
    "monthname": lambda day: _MONTHS[day.month - 1],
    "day": lambda day: f"{day.day:02d}",
    "weekday": lambda day: str(day.isoweekday() % 7),
    "weekdayname": lambda day: _DAYS[day.weekday()],
    "yearday": lambda day: str(day.timetuple().tm_yday),
    "2006": lambda day: f"{day.year:04d}",
    "06": lambda day: f"{day.year % 100:02d}",
    "01": lambda day: f"{day.month:02d}",
    "1": lambda day: str(day.month),
    "Jan": lambda day: _MONTHS[day.month - 1][:3],
    "January": lambda day: _MONTHS[day.month - 1],
    "02": lambda day: f"{day.day:02d}",
    "2": lambda day: str(day.day),
    "Mon": lambda day: _DAYS[day.weekday()][:3],
    "Monday": lambda day: _DAYS[day.weekday()],
}


def formatted(day: date, name: str) -> str | None:
    """Return a date as an attribute of ``permalinks`` shows it; None for one that is not known."""
    return _FORMATS[name](day) if name in _FORMATS else None


def of_file(name: str) -> tuple[date | None, str]:
    """Return the date and the slug of a file's name, such as 2021-03-04-name."""
    match = _FILE.match(name)
    if match is None:
        return None, ""
    try:
        day = date.fromisoformat(match[1])
    except ValueError:
        return None, ""
    rest = match[3] if match[2] is None or _is_time(match[2]) else name[10:]
    return day, rest.strip(" -_")


def _is_time(text: str) -> bool:
    hour, minute, second = map(int, text.split("-"))
    return hour < 24 and minute < 60 and second < 60


def as_written(value: Any) -> date | None:
    """Return the day of a date in its own time zone; None where Hugo reads none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    from newslint.generators.dates import read_date

    instant = read_date(value, value, False, "hugo").instant
    offset = _OFFSET.search(value) if len(value) > 15 else None
    if instant is None or offset is None:
        return None if instant is None else instant.date()
    shift = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
    try:
        return (instant + shift if offset[1] == "+" else instant - shift).date()
    except OverflowError:
        return None
