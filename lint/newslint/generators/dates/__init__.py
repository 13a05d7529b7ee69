"""What date each generator gives a post, and what it does with one that it does not read.

A target reads a date as written, shows another one (now, 1 January of the year 1, the day after the
month's end), or dies. Texts go to the reader of the target's own language: `js_dates` (Hexo),
`luxon_dates` (Eleventy), `ruby_dates` (Jekyll), `go_dates` (Hugo).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.dates.misread import misread, wrong_zone
from newslint.generators.dates.written import meant, weekday_mismatch
from newslint.generators.effects import Effect
from newslint.generators.hugo_changes import DATES
from newslint.generators.target import Version

if TYPE_CHECKING:
    from newslint.generators.dates.moment import Moment

__all__ = [
    "HIDES_FUTURE",
    "DateReading",
    "is_future",
    "missing_date",
    "read_date",
    "shown_date",
    "stops_build",
    "weekday_mismatch",
]


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
"""Targets that leave out a post whose date is to come, unless the site is reported to show it."""

_NO_DATE = {
    "hexo": msg("the post gets the creation time of its file"),
    "jekyll": msg("the build stops"),
    "hugo": msg("the post gets the date 1 January 0001"),
    "eleventy": msg("the post gets the creation time of its file"),
    "html": msg("the date is undefined"),
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
    text of the scalar, ``plain`` whether it is without quotes (then YAML may see a date).
    ``name`` is the file's name, for what is used where the date is empty.
    """
    dies = stops_build(target, version)
    reading = _reading(value, scalar_text, target, name, dies)
    if target == "hugo" and reading.outcome is Effect.SITE_DIES:
        return reading._replace(detail=DATES.named(reading.detail, version))
    return reading


def stops_build(target: str, version: Version | None) -> bool:
    """Return whether a target does not build a site with a date that it does not read."""
    return target in ("jekyll", "eleventy") or (target == "hugo" and DATES.may_hold(version))


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
    """Return what a target does without a ``date`` key: some find one in the file's name."""
    pattern = _FILE_NAME.get(target)
    match = pattern.search(name) if pattern is not None and name is not None else None
    if match is None:
        if target == "jekyll":
            return DateReading(
                None,
                False,
                Effect.SKIPPED,
                msg("a post without a date in its name is not published"),
            )
        return DateReading(None, False, Effect.WRONG, _NO_DATE[target])
    year, month, day = (int(part) for part in match.groups())
    year += 0 if year > 99 else 2000 if year < 69 else 1900
    try:
        return DateReading(datetime(year, month, day, tzinfo=UTC), naive=True)
    except ValueError:
        if target == "jekyll":
            reading = read_date(match[0], "-".join(match.groups()), False, "jekyll")
            return reading if reading.instant else _dies(_INVALID_NAME)
        return DateReading(None, False, Effect.WRONG, _INVALID_NAME)


_INVALID_NAME = msg("the date in the file name is invalid")


def _is_falsy(value: object, target: str) -> bool:
    return target in ("hexo", "eleventy") and (value in (0, "", False) or value != value)


def _of_empty(target: str, name: str | None) -> DateReading:
    if target == "jekyll":
        return _dies(msg("the date is empty"))
    return missing_date(target, name)


def _dies(what: str) -> DateReading:
    return DateReading(None, False, Effect.SITE_DIES, msg("{what}; the build stops", what=what))


def _unread(what: str, target: str, dies: bool = False) -> DateReading:
    if dies:
        return _dies(what)
    outcome = Effect.WRONG
    return DateReading(
        None, False, outcome, msg("{name}: {words}", name=what, words=_NO_DATE[target])
    )


def _of_timestamp(value: datetime, text: str, target: str) -> DateReading:
    """Return a date that the YAML loader made: JavaScript's and Ruby's overflow."""
    naive = re.search(r"(?:[Zz]|[+-]\d{1,2}(?::?\d{2})?)\s*\Z", text[10:]) is None
    fields = _YAML_FIELDS.match(text)
    if fields is not None and not _exists(fields):
        shown = value.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
        detail = msg("the day or time does not exist, and the page shows {shown}", shown=shown)
        return DateReading(value, naive, Effect.WRONG, detail)
    wrong = wrong_zone(text, value)
    return DateReading(value, naive, Effect.WRONG if wrong else None, wrong)


def _exists(fields: re.Match[str]) -> bool:
    year, month, day, hour, minute, second = (int(part or 0) for part in fields.groups())
    from calendar import monthrange

    if not 1 <= month <= 12 or not 1 <= day <= monthrange(max(year, 1), month)[1] or year < 100:
        return False
    return hour <= 23 and minute <= 59 and second <= 59


def _of_text(text: str, target: str, dies: bool) -> DateReading:
    if target == "html":
        return _of_neutral(text)
    if target == "eleventy" and text.lower() in _KEYWORDS:
        return DateReading(None)
    moment = _reader(target)(text)
    if moment is None:
        what = msg("{text!r} is not recognized as a date", text=text[:60])
        return _unread(what, target, dies)
    wrong = misread(text, moment.instant, moment.naive, moment.overflown)
    return DateReading(moment.instant, moment.naive, Effect.WRONG if wrong else None, wrong)


@cache
def _reader(target: str) -> Callable[[str], Moment | None]:
    """Return the reader of the target's own language, which says what it makes of a text."""
    if target == "eleventy":
        from newslint.generators.dates import luxon

        return luxon.parse
    if target == "hexo":
        from newslint.generators.dates import javascript

        return javascript.parse
    if target == "jekyll":
        from newslint.generators.dates import ruby

        return ruby.parse
    from newslint.generators.dates import go

    return go.parse


def shown_date(value: object, target: str) -> datetime | None:
    """Return the ``instant`` of `read_date`, of a value that is in no post."""
    if isinstance(value, str) and target in ("hexo", "jekyll", "hugo"):
        moment = _reader(target)(value)
        return None if moment is None else moment.instant
    return read_date(value, str(value), False, target).instant


def _of_neutral(text: str) -> DateReading:
    """RFC 2822, ISO 8601 and YAML's timestamps, for no generator in particular."""
    moment = meant(text)
    if moment is None:
        return _unread(msg("{text!r} is not a date", text=text[:60]), "html")
    return DateReading(moment, moment.tzinfo is None)


_PLAUSIBLE = range(1990, 2101)


def _of_number(value: float, text: str | None, target: str, dies: bool) -> DateReading:
    if target == "jekyll":
        return _of_text(_ruby_text(value, text), target, dies)
    if target == "eleventy":
        return _dies(msg("a number is not a date"))
    if target == "html" or (target == "hugo" and isinstance(value, float)):
        what = msg("the number {value} is not recognized as a date", value=text or value)
        return _unread(what, target, dies)
    try:
        seconds = value / 1000 if target == "hexo" else value
        instant = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        what = msg("the number {value} is not recognized as a date", value=text or value)
        return _unread(what, target, dies)
    if instant.year in _PLAUSIBLE:
        return DateReading(instant)
    unit = "milliseconds" if target == "hexo" else "seconds"
    shown = instant.strftime("%Y-%m-%d %H:%M")
    detail = msg(
        "the number is read as {unit} since 1970, and the page shows {shown}",
        unit=unit,
        shown=shown,
    )
    return DateReading(instant, False, Effect.WRONG, detail)


def _ruby_text(value: float, text: str | None) -> str:
    """Jekyll makes a text of the value and reads that."""
    del text
    return str(value)


def _of_other(target: str, dies: bool) -> DateReading:
    if target == "hexo":
        detail = msg("the date is invalid: {fate}, or gets a date in 1970", fate=_NO_DATE["hexo"])
        return DateReading(None, False, Effect.WRONG, detail)
    return _unread(msg("the date is invalid"), target, dies)


def is_future(reading: DateReading, now: datetime, zone: tzinfo | None = None) -> bool:
    """Whether the post is dated after ``now``.

    ``zone`` is the one that the generator reads a date without a zone in; where it is not known,
    such a date has a day's grace.
    """
    if reading.instant is None:
        return False
    if reading.naive and zone is not None:
        return reading.instant.replace(tzinfo=zone) > now
    grace = timedelta(hours=14) if reading.naive else timedelta()
    return reading.instant.replace(tzinfo=reading.instant.tzinfo or UTC) > now + grace
