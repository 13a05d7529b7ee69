"""FM011."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Fix, FrontMatterRule, Good, Safety, Severity, Span, lazy, msg
from newslint_rules.front_matter._examples import GOOD_MATTER, example

if TYPE_CHECKING:
    from newslint import FrontMatter, Post

_RFC_2822 = lazy.pattern(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?P<day>\d\d?) (?P<month>[A-Z][a-z]{2}) (?P<year>\d{4}) "
)
_DAY_LENGTH = len("Fri, 02 Dec 2021 ")
_DAYS = (
    msg("Monday"),
    msg("Tuesday"),
    msg("Wednesday"),
    msg("Thursday"),
    msg("Friday"),
    msg("Saturday"),
    msg("Sunday"),
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = {name: number for number, name in enumerate(_MONTHS, 1)}
_NAMED = lazy.pattern(r"\s*(?P<weekday>[A-Za-z]+)")


class WrongWeekday(FrontMatterRule):
    """The weekday should match the date.

    `Fri, 02 Dec 2021` was a Thursday: one of the two is wrong. All generators use the date and
    ignore the weekday, so nothing else reveals a mistake in the day, month or year.

    Find out which one is right. The unsafe fix changes the weekday.
    """

    code, name, severity, fix = "FM011", "wrong-weekday", Severity.WARNING, Safety.UNSAFE
    bad = [
        Bad(
            example("date", "⟦date⟧: Fri, 02 Dec 2021 14:50:58 GMT"),
            fixed=GOOD_MATTER,
            message="date: 02 Dec 2021 was a Thursday, not a Friday",
        ),
        Bad(
            example("date", "⟦date⟧: 'Friday, December 2, 2021 14:50'"),
            fixed=example("date", "date: 'Thursday, December 2, 2021 14:50'"),
        ),
    ]
    good = [Good(GOOD_MATTER), Good(example("date", "date: 2021-12-02"))]

    def check(self, front_matter: FrontMatter, post: Post) -> Iterable[Finding]:
        for key in ("date", "updated"):
            value = front_matter.data.get(key)
            if not isinstance(value, str) or not value or not value[0].isalpha():
                continue
            if _is_right(value[:_DAY_LENGTH]):
                continue
            if any(error.path == (key,) for error in post.schema_errors):
                continue  # FM010: the target does not read it at all
            yield from self._told(front_matter, post, key, value)

    def _told(
        self, front_matter: FrontMatter, post: Post, key: str, value: str
    ) -> Iterable[Finding]:
        from newslint import dates

        days = dates.weekday_mismatch(value)
        if days is None:
            return
        written, true = days
        usual = _RFC_2822.match(value)
        day = f"{usual['day']} {usual['month']} {usual['year']}" if usual else msg("that day")
        message = msg(
            "{key}: {day} was a {weekday}, not a {written}",
            key=key,
            day=day,
            weekday=_DAYS[true],
            written=_DAYS[written],
        )
        yield self.finding(
            front_matter.key_span((key,)), message, self._fix(front_matter, post, key, true)
        )

    def _fix(self, front_matter: FrontMatter, post: Post, key: str, true: int) -> Fix | None:
        span = front_matter.own_span((key,))
        if span is None:
            return None
        start = span.start + (post.text[span.start : span.start + 1] in ("'", '"'))
        name = _NAMED.match(post.text, start, span.end)
        if name is None:
            return None
        right = str(_DAYS[true])  # what is in the post is no message
        return self.make_fix(
            msg("Write {weekday}", weekday=_DAYS[true]),
            (Span(*name.span("weekday")), right if len(name["weekday"]) > 3 else right[:3]),
        )


@lru_cache(maxsize=1024)
def _is_right(start: str) -> bool:
    """Return whether the start of a date certainly has its weekday. Kept: a day has many posts."""
    usual = _RFC_2822.match(start)
    if usual is None:
        return False
    weekday, day, month, year = usual.groups()
    try:
        date = datetime.date(int(year), _MONTH[month], int(day))
    except (ValueError, KeyError):
        return False
    return bool(_DAYS[date.weekday()][:3] == weekday)
