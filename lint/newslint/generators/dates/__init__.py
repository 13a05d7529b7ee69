"""What date each generator gives a post, and what it does with one that it does not read.

A target reads a date as written, shows another one (now, 1 January of the year 1, the day after the
month's end), or dies. Texts go to the reader of the target's own language: `js_dates` (Hexo),
`luxon_dates` (Eleventy), `ruby_dates` (Jekyll), `go_dates` (Hugo).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.effects import Effect
from newslint.generators.hugo_changes import PAGES
from newslint.generators.target import Version


class DateReading(NamedTuple):
    """What a target makes of a post's date.

    ``instant`` is the date shown, in UTC where the text names no zone (``naive``), or None where
    it is now, or nothing. ``outcome`` is None where the date is read as written; ``detail`` says in
    a writer's words what happens instead.
    """

    instant: datetime | None
    naive: bool = False
    outcome: Effect | None = None
    detail: str = ""


HIDES_FUTURE = frozenset({"jekyll", "hugo"})
"""Targets that leave out a post whose date is to come, unless the site is told to show it."""

_NO_DATE = {
    "hexo": msg("the post is dated when its file was made"),
    "jekyll": msg("the site is not built"),
    "hugo": msg("the post is dated 1 January 0001"),
    "eleventy": msg("the post is dated when its file was made"),
    "html": msg("nobody can tell the date"),
}
_KEYWORDS = {"git last modified", "last modified", "git created", "created"}
_FILE_NAME = {
    "jekyll": lazy.pattern(r"(\d{2,4})-(\d{1,2})-(\d{1,2})-[^/]*\.[^.]+\Z"),
    "eleventy": lazy.pattern(r"(\d{4})-(\d{2})-(\d{2})"),
    "hexo": None,
}
_YAML_FIELDS = lazy.pattern(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt]|[ \t]+)(\d{1,2}):(\d{2}):(\d{2}))?.*", re.DOTALL
)
_OFFSET = lazy.pattern(r":.*[+-](\d{1,2})(?::?(\d{2}))?\s*\Z", re.DOTALL)


def read_date(
    value: object,
    scalar_text: str | None,
    plain: bool,
    target: str,
    version: Version | None = None,
    *,
    name: str | None = None,
) -> DateReading:
    """Read the value of ``date``.

    ``value`` is the value as `yaml_dialect.load` gives it for the target; ``scalar_text`` the
    text of the scalar, ``plain`` whether it stands without quotes (then YAML may see a date).
    ``name`` is the file's name, for what is used where the date is empty.
    """
    dies = target in _DYING or (target == "hugo" and PAGES.may_hold(version))
    reading = _reading(value, scalar_text, target, name, dies)
    if target == "hugo" and reading.outcome is Effect.SITE_DIES:
        return reading._replace(detail=PAGES.named(reading.detail, version))
    return reading


_DYING = frozenset(("jekyll", "eleventy"))
"""The targets that do not build a site with a date that they do not read, in every version."""


def _reading(
    value: object, scalar_text: str | None, target: str, name: str | None, dies: bool
) -> DateReading:
    if isinstance(value, datetime):
        return _of_timestamp(value, scalar_text or "", target)
    if isinstance(value, date):
        return DateReading(datetime(value.year, value.month, value.day, tzinfo=UTC), naive=True)
    if value is None or (target == "hugo" and value == "") or _is_falsy(value, target):
        return _of_empty(target, name)
    if isinstance(value, str):
        return _of_text(value, target, dies)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _of_number(value, scalar_text, target, dies)
    return _of_other(target, dies)


def missing_date(target: str, name: str | None = None) -> DateReading:
    """What a target does without a ``date`` key: some find one in the file's name."""
    pattern = _FILE_NAME.get(target)
    match = pattern.search(name) if pattern is not None and name is not None else None
    if match is None:
        if target == "jekyll":
            return DateReading(
                None, False, Effect.SKIPPED, msg("a post without a date in its name is left out")
            )
        return DateReading(None, False, Effect.WRONG, _NO_DATE[target])
    year, month, day = (int(part) for part in match.groups())
    year += 0 if year > 99 else 2000 if year < 69 else 1900
    try:
        return DateReading(datetime(year, month, day, tzinfo=UTC), naive=True)
    except ValueError:
        if target == "jekyll":
            return _dies(msg("the date in the file's name is none"))
        return DateReading(None, False, Effect.WRONG, msg("the date in the file's name is none"))


def _is_falsy(value: object, target: str) -> bool:
    return target in ("hexo", "eleventy") and (value in (0, "", False) or value != value)


def _of_empty(target: str, name: str | None) -> DateReading:
    if target == "jekyll":
        return _dies(msg("an empty date"))
    return missing_date(target, name)


def _dies(what: str) -> DateReading:
    return DateReading(
        None, False, Effect.SITE_DIES, msg("{what}: the site is not built", what=what)
    )


def _unread(what: str, target: str, dies: bool = False) -> DateReading:
    if dies:
        return _dies(what)
    outcome = Effect.WRONG
    return DateReading(
        None, False, outcome, msg("{name}: {words}", name=what, words=_NO_DATE[target])
    )


def _of_timestamp(value: datetime, text: str, target: str) -> DateReading:
    """A date that the YAML loader made: JavaScript's and Ruby's overflow."""
    naive = re.search(r"(?:[Zz]|[+-]\d{1,2}(?::?\d{2})?)\s*\Z", text[10:]) is None
    fields = _YAML_FIELDS.match(text)
    if fields is not None and not _exists(fields):
        shown = value.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
        detail = msg("there is no such day or time, and {shown} is shown instead", shown=shown)
        return DateReading(value, naive, Effect.WRONG, detail)
    wrong = _wrong_zone(text, value)
    return DateReading(value, naive, Effect.WRONG if wrong else None, wrong)


def _wrong_zone(text: str, instant: datetime) -> str:
    """What is shown for an offset of a day and more, or of sixty minutes and more; else empty."""
    offset = _OFFSET.search(text, 10)
    if offset is None or (int(offset[1]) < 24 and int(offset[2] or 0) < 60):
        return ""
    shown = instant.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
    return msg("there is no such time zone, and {shown} UTC is shown", shown=shown)


def _exists(fields: re.Match[str]) -> bool:
    year, month, day, hour, minute, second = (int(part or 0) for part in fields.groups())
    from calendar import monthrange

    if not 1 <= month <= 12 or not 1 <= day <= monthrange(max(year, 1), month)[1] or year < 100:
        return False
    return hour <= 23 and minute <= 59 and second <= 59


def _of_text(text: str, target: str, dies: bool) -> DateReading:
    if target == "eleventy":
        if text.lower() in _KEYWORDS:
            return DateReading(None)
        from newslint.generators.dates import luxon

        moment = luxon.parse(text)
    elif target == "hexo":
        from newslint.generators.dates import javascript

        moment = javascript.parse(text)
    elif target == "jekyll":
        from newslint.generators.dates import ruby

        moment = ruby.parse(text)
    elif target == "hugo":
        from newslint.generators.dates import go

        moment = go.parse(text)
    else:
        return _of_neutral(text)
    if moment is None:
        return _unread(msg("{text!r} is not read as a date", text=text[:60]), target, dies)
    wrong = _misread(text, moment.instant, moment.naive, moment.overflown)
    return DateReading(moment.instant, moment.naive, Effect.WRONG if wrong else None, wrong)


def _of_neutral(text: str) -> DateReading:
    """RFC 2822, ISO 8601 and YAML's timestamps, for no generator in particular."""
    moment = meant(text)
    if moment is None:
        return _unread(msg("{text!r} is no date", text=text[:60]), "html")
    return DateReading(moment, moment.tzinfo is None)


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
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
        return None  # before the year 1, or behind 9999


def _day_meant(text: str) -> tuple[int, int, int] | None:
    match = _NUMERIC.search(text) or _COMPACT.search(text)
    if match is not None:
        return int(match[1]), int(match[2]), int(match[3])
    for pattern, order in ((_DAY_MONTH, (3, 2, 1)), (_MONTH_DAY, (3, 1, 2))):
        match = pattern.search(text)
        if match is not None:
            name = match[order[1]].lower()
            if name in _MONTHS:
                return int(match[order[0]]), _MONTHS.index(name) + 1, int(match[order[2]])
    return None


_TORN = lazy.pattern(r"(?<=\d)[^\w\s:./,+'()-]+(?=[\d:])")
"""A character among the figures that is no part of any date: ``T1[1:06``."""
_LOST_ZONE = lazy.pattern(r"\d\s*([A-Z]{3,5})\s*\Z")


def _misread(text: str, instant: datetime, naive: bool, overflown: bool) -> str:
    """How the date that is shown differs from the one that is written; empty where it does not."""
    shown = instant.strftime("%Y-%m-%d %H:%M")
    if overflown:
        return msg("there is no such day or time, and {shown} is shown instead", shown=shown)
    written = meant(text)
    if written is not None and abs(instant - written.replace(tzinfo=UTC)) > timedelta(hours=26):
        return msg("the date is read as {shown}", shown=shown)
    if naive and written is not None and written.tzinfo is not None and instant != written:
        return msg("its time zone is not understood, and {shown} is shown", shown=shown)
    if _TORN.search(text):
        mended = meant(_TORN.sub("", text))
        if mended is None or mended.replace(tzinfo=UTC) != instant.replace(microsecond=0):
            return msg("a character stands in the midst of it, and {shown} is shown", shown=shown)
    if written is None and not _year_written(text, instant):
        return msg("the text does not name a year, and {shown} is shown", shown=shown)
    zone = _LOST_ZONE.search(text) if naive else None
    if zone is not None and zone[1] not in ("GMT", "UTC"):
        return msg("the time zone {zone} is not understood, and is ignored", zone=zone[1])
    return "" if naive else _wrong_zone(text, instant)


def _year_written(text: str, instant: datetime) -> bool:
    """In whatever zone: the day before and the day behind may be another year's."""
    years = {
        instant.year,
        instant.year + {(1, 1): -1, (12, 31): 1}.get(instant.timetuple()[1:3], 0),
    }
    return any(
        (year > 0 and f"{year:04}" in text)
        # Nobody writes the years before 1900 in two digits.
        or (year >= 1900 and re.search(rf"(?<!\d){year % 100:02}(?!\d)", text))
        for year in years
    )


_PLAUSIBLE = range(1990, 2101)


def _of_number(value: float, text: str | None, target: str, dies: bool) -> DateReading:
    if target == "jekyll":
        return _of_text(_ruby_text(value, text), target, dies)
    if target == "eleventy":
        return _dies(msg("a number is no date"))
    if target == "html" or (target == "hugo" and isinstance(value, float)):
        what = msg("the number {value} is not read as a date", value=text or value)
        return _unread(what, target, dies)
    try:
        seconds = value / 1000 if target == "hexo" else value
        instant = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        what = msg("the number {value} is not read as a date", value=text or value)
        return _unread(what, target, dies)
    if instant.year in _PLAUSIBLE:
        return DateReading(instant)
    unit = "milliseconds" if target == "hexo" else "seconds"
    shown = instant.strftime("%Y-%m-%d %H:%M")
    detail = msg(
        "the number is taken for {unit} since 1970, and {shown} is shown", unit=unit, shown=shown
    )
    return DateReading(instant, False, Effect.WRONG, detail)


def _ruby_text(value: float, text: str | None) -> str:
    """Jekyll makes a text of the value and reads that."""
    del text
    return str(value)


def _of_other(target: str, dies: bool) -> DateReading:
    if target == "hexo":
        detail = msg("the date is no date: {fate}, or in 1970", fate=_NO_DATE["hexo"])
        return DateReading(None, False, Effect.WRONG, detail)
    return _unread(msg("the date is no date"), target, dies)


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = lazy.pattern(
    r"\s*(?P<day>mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rs|rsday|urday)?\b[.,]*\s",
    re.IGNORECASE,
)


def weekday_mismatch(text: str) -> tuple[int, int] | None:
    """The day of the week that a date names, and the one that it was; None where they agree.

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


def is_future(reading: DateReading, now: datetime) -> bool:
    """Whether the post is dated after ``now``; a day's grace where the text names no zone."""
    if reading.instant is None:
        return False
    grace = timedelta(hours=14) if reading.naive else timedelta()
    return reading.instant.replace(tzinfo=reading.instant.tzinfo or UTC) > now + grace
