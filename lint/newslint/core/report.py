"""The report of a file: findings with lines and columns, and the post's profile.

All values are immutable; they can be pickled and compared.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from newslint.core.finding import Finding, Severity
from newslint.core.span import Position


class Row(NamedTuple):
    """A line of a preview: ``-`` removed, ``+`` added, a space for unchanged, and its number.

    The number counts from 1; an added line has 0. ``parts`` alternate: plain, marked, plain …
    """

    sign: str
    line: int
    parts: tuple[str, ...]


class Detail(IntEnum):
    """The details in reports besides findings: none, the changes of fixes, or all."""

    NONE = 0
    FIXES = 1
    """The fix of each finding as a diff: a `Preview` without source lines."""
    ALL = 2
    """The `Preview` of each finding, and the `Profile` of each post."""


class Preview(NamedTuple):
    """The source lines of a finding, and the changes of its fix; ``more`` changes are omitted."""

    source: tuple[Row, ...] = ()
    change: tuple[Row, ...] = ()
    more: int = 0


class Profile(NamedTuple):
    """A post's profile, which can be pickled.

    ``categories`` are those of its front matter, the outermost first. ``month`` is that of its
    date in UTC, such as ``2021-12``, or empty if unknown. ``metrics`` are kinds and values, each
    with its number of occurrences.
    """

    categories: tuple[str, ...] = ()
    month: str = ""
    metrics: tuple[tuple[str, str, int], ...] = ()


class Excerpt(NamedTuple):
    """The source line of a finding: the marked text, and the text before and after it.

    Each part is cut to `EXCERPT_LIMIT` code points, so that a line of 20 MB costs nothing;
    ``cut_before``, ``cut_marked`` and ``cut_after`` are true if text is omitted. A finding over
    several lines is marked to the end of its first line.
    """

    before: str = ""
    marked: str = ""
    after: str = ""
    cut_before: bool = False
    cut_marked: bool = False
    cut_after: bool = False


EXCERPT_LIMIT = 160
"""Maximum code points of each part of an excerpt: what fits on a wide terminal."""


class Diagnostic(NamedTuple):
    """A reported finding with its lines, columns and source line."""

    finding: Finding
    start: Position
    end: Position
    excerpt: Excerpt = Excerpt()
    digest: str = ""
    """Identifies the finding independently of its line; see `newslint.core.fingerprint`."""
    preview: Preview | None = None
    """The source lines and the fix as a diff, depending on the run's `Detail`."""


class FileReport(NamedTuple):
    """The findings in one file. ``path`` is the displayed path: relative, with forward slashes.

    ``failed`` is true if a finding makes the exit code 1. ``fixed`` counts the fixed findings,
    ``diff`` shows the fixes if nothing was written, ``problem`` is the reason why the file could
    not be written. ``unreadable`` is true if the file could not be read, which makes the exit
    code 2.
    """

    path: str
    diagnostics: tuple[Diagnostic, ...] = ()
    suppressed: tuple[Diagnostic, ...] = ()
    """Findings that the post's own suppressions hide, for formats that can list them."""
    suppresses: bool = False
    """Whether the post has suppressions, used or not."""
    has_bom: bool = False
    """Whether the file begins with a byte order mark, which some formats do not count."""
    unreadable: bool = False
    failed: bool = False
    fixed: int = 0
    diff: str = ""
    problem: str = ""
    depends_on_site: bool = False
    """Whether findings depend on other files of the site, so that they cannot be cached."""
    profile: Profile | None = None
    """The post's profile; None if not requested, or if the post could not be read."""

    def fails_at(self, fail_on: str) -> bool:
        """Return whether a finding makes the run fail.

        ``fail_on`` is a severity, which includes the more severe ones, ``never``, or impacts
        separated by commas; an impact includes no others.
        """
        if fail_on == "never":
            return False
        if fail_on in tuple(Severity):
            least = Severity(fail_on).rank
            return any(one.finding.severity.rank <= least for one in self.diagnostics)
        impacts = fail_on.split(",")
        return any(one.finding.impact.value in impacts for one in self.diagnostics)
