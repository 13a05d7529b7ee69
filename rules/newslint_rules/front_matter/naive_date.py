"""FM012."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, FrontMatterRule, Good, Severity, msg, schema
from newslint_rules.front_matter._examples import GOOD_MATTER, example, key_span

if TYPE_CHECKING:
    from newslint import FrontMatter, Post


class NaiveDate(FrontMatterRule):
    """A date should say its time zone.

    `2021-12-02 14:50:58` is eight hours later in London than in Shanghai, and the site shows what
    its own setting says, or that of the machine that builds it: the same post is dated otherwise
    on a laptop and in CI, and may land on another day and at another address.

    Off by default. Write `2021-12-02T14:50:58+08:00`, or GMT.
    """

    code, name, severity, default = "FM012", "naive-date", Severity.WARNING, False
    bad = [
        Bad(
            example("date", "⟦date⟧: 2021-12-02 14:50:58"),
            message="date names no time zone: write +08:00, Z or GMT behind the time",
        ),
        Bad(example("date", "⟦date⟧: '2021-12-02 14:50'")),
    ]
    good = [Good(GOOD_MATTER), Good(example("date", "date: 2021-12-02T14:50:58+08:00"))]

    def check(self, front_matter: FrontMatter, post: Post) -> Iterable[Finding]:
        for date in schema.date_fields(post.schema, front_matter, post.target):
            if date.reading.naive and date.reading.outcome is None:
                name = ".".join(date.path)
                message = msg(
                    "{name} names no time zone: write +08:00, Z or GMT behind the time", name=name
                )
                yield self.finding(key_span(front_matter, date.path), message)
