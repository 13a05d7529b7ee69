"""FM012."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, FrontMatterRule, Good, Severity, msg, schema
from newslint_rules.front_matter._examples import GOOD_MATTER, example, key_span

if TYPE_CHECKING:
    from newslint import FrontMatter, Post


class NaiveDate(FrontMatterRule):
    """A date should have a time zone.

    `2021-12-02 14:50:58` is eight hours later in London than in Shanghai. The site uses the time
    zone of its own settings, or that of the build machine: the same post gets different dates on a
    laptop and in CI, and possibly another day and URL.

    The rule is off by default. Write `2021-12-02T14:50:58+08:00`, or GMT.
    """

    code, name, severity, default = "FM012", "naive-date", Severity.WARNING, False
    bad = [
        Bad(
            example("date", "⟦date⟧: 2021-12-02 14:50:58"),
            message="date has no time zone; write +08:00, Z or GMT after the time",
        ),
        Bad(example("date", "⟦date⟧: '2021-12-02 14:50'")),
    ]
    good = [Good(GOOD_MATTER), Good(example("date", "date: 2021-12-02T14:50:58+08:00"))]

    def check(self, front_matter: FrontMatter, post: Post) -> Iterable[Finding]:
        for date in schema.date_fields(post.schema, front_matter, post.target):
            if date.reading.naive and date.reading.outcome is None:
                name = ".".join(date.path)
                message = msg(
                    "{name} has no time zone; write +08:00, Z or GMT after the time", name=name
                )
                yield self.finding(key_span(front_matter, date.path), message)
