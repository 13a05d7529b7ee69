"""FM010."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, FrontMatterRule, Good, Impact, Severity
from newslint_rules.front_matter import _impact
from newslint_rules.front_matter._examples import GOOD_MATTER, complaints, example, key_span
from newslint_rules.front_matter._fast_path import is_unusual

if TYPE_CHECKING:
    from newslint import FrontMatter, Post


class InvalidDate(FrontMatterRule):
    """A date must be one that the target reads.

    Where it is not, Hexo dates the post when its file was made, anew at each checkout; Jekyll,
    Eleventy and Hugo stop the build of the whole site. Hugo 0.111 puts the post in the year 1
    instead. A day that is none (30 February) becomes another one without a word.

    Hugo also reads `lastmod`, `modified`, `publishDate`, `pubdate`, `published`, `expiryDate` and
    `unpublishdate`; so `published: true`, a switch of Jekyll, stops it.

    Which forms are read differs: `Thu, 02 Dec 2021 14:50:58 GMT` is fine for Hexo, Jekyll and
    Hugo, and kills an Eleventy site; `2021/10/10` is fine for Hexo and Jekyll alone.
    `2021-12-02T14:50:58Z`, without quotes, is read by all.
    """

    code, name, severity = "FM010", "invalid-date", Severity.ERROR
    impact = Impact.CONTENT
    applies_to = is_unusual
    bad = [
        Bad(
            example("date", "⟦date⟧: yesterday noon"),
            message="date: 'yesterday noon' is not read as a date: "
            "the post is dated when its file was made",
        ),
        Bad(example("date", "⟦date⟧: 2021-02-30 10:00:00")),
        Bad(example("date", "⟦date⟧: 2021/10/10 11:06:15"), target="hugo"),
        Bad(
            example("author", "author: Wire\n⟦lastmod⟧: yesterday"),
            target="hugo@0.168",
            message="lastmod: 'yesterday' is not read as a date: the site is not built",
        ),
        Bad(example("date", "⟦date⟧: Thu, 02 Dec 2021 14:50:58 GMT"), target="eleventy"),
    ]
    good = [
        Good(GOOD_MATTER),
        Good(example("date", "date: 2021-10-10 11:06:15")),
        Good(example("date", "date: 2021/10/10 11:06:15")),
        Good(example("date", "date: 2021-12-02T14:50:58Z"), target="eleventy"),
    ]

    def check(self, front_matter: FrontMatter, post: Post) -> Iterable[Finding]:
        impact = _impact.of_bad_date(post)
        return [
            self.finding(key_span(front_matter, error.path), error.message, impact=impact)
            for error in complaints(post, "date")
        ]
