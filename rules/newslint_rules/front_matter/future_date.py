"""FM013."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Field, Finding, FrontMatterRule, Good, RuleOptions, Severity, lazy
from newslint.schema import date_fields
from newslint_rules.front_matter.places import GOOD_MATTER, example, key_span

if TYPE_CHECKING:
    from newslint import Header, Post

_HIDING = frozenset({"jekyll", "hugo"})
"""The targets that leave out what is dated in the future (RENDERERS.md, row 30)."""

_YEAR = lazy.pattern(r"(?<!\d)\d{4}(?!\d)")
_KEYS = ("date", "publishDate")


class FutureDate(FrontMatterRule):
    """A post of tomorrow is not on the site today.

    Jekyll and Hugo leave out what is dated in the future, without a word (`future: true` and
    `buildFuture` switch that off). Hexo and Eleventy publish it now, and nothing is reported.

    Mostly the date is a slip, or its time zone is missing: a date without one gets half a day of
    grace.
    """

    code, name, severity = "FM013", "future-date", Severity.WARNING
    passes = True
    targets = ("jekyll", "hugo")

    class Options(RuleOptions):
        """What counts as now."""

        now: datetime.datetime | None = Field(
            None,
            description="The moment that counts as now, such as 2021-12-02T00:00:00Z; "
            "without it the moment of the check.",
        )

    bad = [
        Bad(
            example("date", "⟦date⟧: 2099-01-01T00:00:00Z"),
            target="jekyll",
            message="date is in the future: the post is left out until then",
        ),
        Bad(
            example("date", "⟦date⟧: Thu, 02 Dec 2021 14:50:58 GMT"),
            target="hugo",
            options={"now": "2021-12-02T00:00:00Z"},
        ),
    ]
    good = [
        Good(example("date", "date: 2099-01-01T00:00:00Z")),
        Good(GOOD_MATTER, target="jekyll"),
        Good(
            example("date", "date: 2021-12-02 06:00:00"),
            target="jekyll",
            options={"now": "2021-12-02T00:00:00Z"},
        ),
    ]

    def check(self, front_matter: Header, post: Post) -> Iterable[Finding]:
        if post.target.name not in _HIDING:
            return ()
        now = self.options.now or datetime.datetime.now(datetime.UTC)
        if now.tzinfo is None:
            now = now.replace(tzinfo=datetime.UTC)
        if not any(_may_be_future(front_matter.data.get(key), now.year) for key in _KEYS):
            return ()
        return self._told(front_matter, post, now)

    def _told(self, front_matter: Header, post: Post, now: datetime.datetime) -> Iterable[Finding]:
        from newslint.targets.dates import is_future

        for date in date_fields(post.schema, front_matter, post.target):
            if date.path[0] in _KEYS and date.reading.outcome is None:
                if is_future(date.reading, now):
                    message = f"{date.path[0]} is in the future: the post is left out until then"
                    yield self.finding(key_span(front_matter, date.path), message)


def _may_be_future(value: object, year: int) -> bool:
    """A cheap test: whether the year in the value is this one or a later one."""
    if isinstance(value, str):
        years = _YEAR.findall(value)
        return not years or max(map(int, years)) >= year
    if isinstance(value, datetime.date):
        return value.year >= year - 1
    return value is not None
