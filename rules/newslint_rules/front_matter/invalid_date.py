"""FM010."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Effect, Finding, FrontMatterRule, Good, Impact, Role, Severity
from newslint_rules.front_matter import _impact
from newslint_rules.front_matter._examples import GOOD_MATTER, complaints, example, key_span
from newslint_rules.front_matter._fast_path import is_unusual

if TYPE_CHECKING:
    from newslint import FrontMatter, Post


class InvalidDate(FrontMatterRule):
    """A date must be valid for the target.

    If it is not, Hexo uses the creation time of the file, which changes with each checkout, and
    Jekyll, Eleventy and Hugo stop the build. Hugo 0.111 uses the year 1 instead. A day that does
    not exist (30 February) silently becomes another day.

    Without a `date`, Jekyll reads the one in the file name: `2021-13-02-name.md` stops the build.

    Hugo also reads `lastmod`, `modified`, `publishDate`, `pubdate`, `published`, `expiryDate` and
    `unpublishdate` as dates: `published: true`, which hides or shows a post in Jekyll, stops it.

    The supported formats differ: Hexo, Jekyll and Hugo accept `Thu, 02 Dec 2021 14:50:58 GMT`,
    which stops the build of Eleventy; only Hexo and Jekyll accept `2021/10/10`. All accept
    `2021-12-02T14:50:58Z` without quotes.
    """

    code, name, severity = "FM010", "invalid-date", Severity.ERROR
    impact = Impact.CONTENT
    applies_to = is_unusual
    bad = [
        Bad(
            example("date", "⟦date⟧: yesterday noon"),
            message="date: 'yesterday noon' is not recognized as a date: the post gets the "
            "creation time of its file",
        ),
        Bad(example("date", "⟦date⟧: 2021-02-30 10:00:00")),
        Bad(example("date", "⟦date⟧: 2021/10/10 11:06:15"), target="hugo"),
        Bad(
            example("author", "author: Wire\n⟦lastmod⟧: yesterday"),
            target="hugo@0.168",
            message="lastmod: 'yesterday' is not recognized as a date; the build stops",
        ),
        Bad(example("date", "⟦date⟧: Thu, 02 Dec 2021 14:50:58 GMT"), target="eleventy"),
        Bad(
            "⟦---⟧\ntitle: x\n---\n<p>x</p>\n",
            path="_posts/2021-13-02-a.md",
            target="jekyll",
            message="the date in the file name is invalid; the build stops",
        ),
    ]
    good = [
        Good(GOOD_MATTER),
        Good(example("date", "date: 2021-10-10 11:06:15")),
        Good(example("date", "date: 2021/10/10 11:06:15")),
        Good(example("date", "date: 2021-12-02T14:50:58Z"), target="eleventy"),
    ]

    def check(self, front_matter: FrontMatter, post: Post) -> Iterable[Finding]:
        named = self._of_name(front_matter, post)
        return named + [
            self.finding(
                key_span(front_matter, error.path),
                error.message,
                severity=error.severity,
                impact=None if error.severity else _impact.of_bad_date(post, error.outcome),
            )
            for error in complaints(post, "date")
        ]

    def _of_name(self, front_matter: FrontMatter, post: Post) -> list[Finding]:
        """The finding about the date in the name, which dates a post of Jekyll without another."""
        if post.target.name != "jekyll" or "date" in post.data or not _is_dated_by_name(post):
            return []
        from newslint import dates

        reading = dates.missing_date("jekyll", post.name.rpartition("/")[2])
        if reading.outcome is not Effect.SITE_DIES:
            return []
        span = front_matter.key_span(())
        return [self.finding(span, reading.detail, impact=Impact.BUILD)]


def _is_dated_by_name(post: Post) -> bool:
    """Whether a post is one that Jekyll reads as a post or document, not as a page."""
    if post.site is None:
        return "_posts" in post.name.split("/")[:-1]
    return post.site.role(post.site_path).role is Role.POST
