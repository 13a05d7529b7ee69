"""FM013."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import (
    Bad,
    Field,
    Finding,
    FrontMatterRule,
    Good,
    Impact,
    RuleOptions,
    Severity,
    lazy,
    msg,
    schema,
)
from newslint_rules.front_matter._examples import GOOD_MATTER, example, key_span

if TYPE_CHECKING:
    from newslint import DateReading, FrontMatter, Post

_HIDING = frozenset({"jekyll", "hugo"})
"""The targets that leave out what is dated in the future (docs/generators.md, row 30)."""

_YEAR = lazy.pattern(r"(?<!\d)\d{4}(?!\d)")
_FATE = msg("the post is not published before")
_KEYS = ("date", "publishDate", "expiryDate")


class FutureDate(FrontMatterRule):
    """A post with a future date is not published.

    Jekyll and Hugo silently ignore posts with a future date; so does Hexo with `future: false`. If
    the site sets `future: true` or `buildFuture`, and with Eleventy, the post is published now, and
    nothing is reported. Without `date`, the date in the file name counts, if the generator reads
    it.

    Hugo also reads `publishDate`, and ignores a post whose `expiryDate` has passed.

    Usually the date is a mistake, or its time zone is missing. A date without a time zone is read
    in that of the site (`timezone`, `timeZone`). If the site sets none, the zone depends on the
    machine that builds it, and such a date may be half a day in the future.
    """

    code, name, severity = "FM013", "future-date", Severity.WARNING
    impact = Impact.POST
    time_dependent = True
    targets = ("hexo", "jekyll", "hugo")

    class Options(RuleOptions):
        """What counts as now."""

        now: datetime.datetime | None = Field(
            None,
            description="The time to use as now, such as 2021-12-02T00:00:00Z. Default: the "
            "time of the"
            " check.",
        )

    bad = [
        Bad(
            example("date", "⟦date⟧: 2099-01-01T00:00:00Z"),
            target="jekyll",
            message="date is in the future; the post is not published before",
        ),
        Bad(
            example("date", "⟦date⟧: Thu, 02 Dec 2021 14:50:58 GMT"),
            target="hugo",
            options={"now": "2021-12-02T00:00:00Z"},
        ),
        Bad(
            example("author", "author: Wire\n⟦publishDate⟧: 2099-01-01"),
            target="hugo",
            message="publishDate is in the future; the post is not published before",
        ),
        Bad(
            example("author", "author: Wire\n⟦expiryDate⟧: 2020-01-01"),
            target="hugo",
            message="expiryDate has passed, so the post is not published",
        ),
    ]
    good = [
        Good(example("date", "date: 2099-01-01T00:00:00Z")),
        Good(GOOD_MATTER, target="jekyll"),
        Good(example("author", "author: Wire\nexpiryDate: 2020-01-01"), target="jekyll"),
        Good(
            example("date", "date: 2021-12-02 06:00:00"),
            target="jekyll",
            options={"now": "2021-12-02T00:00:00Z"},
        ),
    ]

    def check(self, front_matter: FrontMatter, post: Post) -> Iterable[Finding]:
        if not _hides(post):
            return ()
        now = self.options.now or datetime.datetime.now(datetime.UTC)
        if now.tzinfo is None:
            now = now.replace(tzinfo=datetime.UTC)
        data = front_matter.data
        if data.get("date") is None and self._is_named_ahead(post, now):
            message = msg("the date in the file name is in the future; {fate}", fate=_FATE)
            return (self.finding(front_matter.key_span(()), message),)
        if "expiryDate" not in data and not any(
            _may_be_future(data.get(key), now.year) for key in _KEYS
        ):
            return ()
        return self._told(front_matter, post, now)

    def _is_named_ahead(self, post: Post, now: datetime.datetime) -> bool:
        """Return whether the post is dated by its name, and that day is to come."""
        from newslint import dates

        site = post.site
        if post.target.name != "jekyll" and not (site is not None and site.dates(post.site_path)):
            return False
        name = post.name.rpartition("/")[2]
        if not _may_be_future(name, now.year) or post.is_given("date"):
            return False
        return dates.is_future(dates.missing_date("jekyll", name), now)

    def _told(
        self, front_matter: FrontMatter, post: Post, now: datetime.datetime
    ) -> Iterable[Finding]:
        from newslint import dates

        data = front_matter.data
        for key, reading in _dates(front_matter, post).items():
            if reading.outcome is not None:
                continue
            zone = _zone(post, data.get(key)) if reading.naive else None
            is_ahead = dates.is_future(reading, now, zone)
            if key != "expiryDate" and is_ahead:
                message = msg("{key} is in the future; the post is not published before", key=key)
                yield self.finding(key_span(front_matter, (key,)), message)
            elif key == "expiryDate" and reading.instant and not is_ahead:
                message = msg("expiryDate has passed, so the post is not published")
                yield self.finding(key_span(front_matter, (key,)), message)


def _hides(post: Post) -> bool:
    """Whether the target leaves out what is dated in the future, by the site's own settings."""
    site = post.site
    if site is None:
        return post.target.name in _HIDING
    hides = post.target.name in _HIDING if site.future is None else not site.future
    if not hides:
        return False
    return site.may_wait(post.site_path) or (post.target.name == "hugo" and post.is_page)


def _dates(front_matter: FrontMatter, post: Post) -> dict[str, DateReading]:
    """Return the dates by key that decide whether the target shows the post; Hugo has two more."""
    from newslint import dates

    fields = schema.date_fields(post.schema, front_matter, post.target)
    found = {date.path[0]: date.reading for date in fields if date.path[0] in _KEYS}
    if post.target.name == "hugo":
        for key in _KEYS[1:]:
            value = front_matter.data.get(key)
            if key not in found and value is not None:
                scalar = front_matter.scalar((key,))
                text = scalar.value if scalar is not None else str(value)
                plain = scalar is not None and not scalar.style
                found[key] = dates.read_date(value, text, plain, "hugo")
    return found


def _zone(post: Post, value: object) -> datetime.tzinfo | None:
    """Return the zone in which the site reads a date that names none; None where it is not known.

    Jekyll reads a timestamp of YAML in UTC whatever the site sets, and Hugo all dates where it sets
    nothing. Else the zone is that of the machine that builds the site.
    """
    if post.site is None:
        return None
    name = post.target.name
    is_timestamp = isinstance(value, datetime.datetime)
    if (name == "jekyll" and is_timestamp) or (name == "hugo" and not post.site.timezone):
        return datetime.UTC
    if not post.site.timezone:
        return None
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(post.site.timezone)
    except (ValueError, KeyError, OSError):
        return None


def _may_be_future(value: object, year: int) -> bool:
    """Return a cheap test: whether the year in the value is this one or a later one."""
    if isinstance(value, str):
        years = _YEAR.findall(value)
        return not years or max(map(int, years)) >= year
    if isinstance(value, datetime.date):
        return value.year >= year - 1
    return value is not None
