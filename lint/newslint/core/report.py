"""The report of a file: its findings with lines and columns, and its profile.

Plain, immutable values that can be pickled and compared.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from newslint.core.finding import Finding, Severity
from newslint.core.span import Position


class Row(NamedTuple):
    """A line: ``-`` removed, ``+`` added or a space; its number from 1 (0 for an added one).

    ``parts`` are pieces of its text in turns: plain, marked, plain …
    """

    sign: str
    line: int
    parts: tuple[str, ...]


class Detail(IntEnum):
    """What reports hold besides findings: nothing, what fixes change, or all there is."""

    NONE = 0
    FIXES = 1
    """Each finding's fix as a diff: a `Preview` without source lines."""
    ALL = 2
    """Each finding's `Preview`, and each post's `Profile`."""


class Preview(NamedTuple):
    """The source lines of a finding, and what its fix changes; ``more`` places are not shown."""

    source: tuple[Row, ...] = ()
    change: tuple[Row, ...] = ()
    more: int = 0


class Profile(NamedTuple):
    """A post's profile: plain data that can be pickled.

    ``categories`` are those of its front matter, the outermost first; ``month`` is that of its
    date in UTC, as ``2021-12``, empty where no one can tell; ``metrics`` are kinds and values, each
    with how often it occurs.
    """

    categories: tuple[str, ...] = ()
    month: str = ""
    metrics: tuple[tuple[str, str, int], ...] = ()


class Excerpt(NamedTuple):
    """The source line of a finding: what is marked, and what is before and after it.

    Each part is cut to `EXCERPT_LIMIT` code points, so that a line of 20 MB costs nothing;
    ``cut_before``, ``cut_marked`` and ``cut_after`` say where something is left out. A finding
    over several lines is marked to the end of its first.
    """

    before: str = ""
    marked: str = ""
    after: str = ""
    cut_before: bool = False
    cut_marked: bool = False
    cut_after: bool = False


EXCERPT_LIMIT = 160
"""Code points of each part of an excerpt: what fits on a wide terminal."""


class Diagnostic(NamedTuple):
    """A finding as it is reported: with its lines, its columns and its source line."""

    finding: Finding
    start: Position
    end: Position
    excerpt: Excerpt = Excerpt()
    digest: str = ""
    """What stays the same when lines are added above: see `newslint.core.fingerprint`."""
    preview: Preview | None = None
    """Its lines and its fix as a diff, as far as the run asks for details."""


class FileReport(NamedTuple):
    """What was found in one file. ``path`` is as it is shown: relative, with forward slashes.

    ``failed`` is true where a finding is at or above the severity that makes the exit code 1;
    ``fixed`` counts the findings that were fixed, ``diff`` shows them where nothing was written,
    and ``problem`` says why a file could not be written. ``unreadable`` is true when
    the file could not be read, which makes it 2.
    """

    path: str
    diagnostics: tuple[Diagnostic, ...] = ()
    suppressed: tuple[Diagnostic, ...] = ()
    """What the post's own suppressions hide: listed by formats that can say so."""
    suppresses: bool = False
    """Whether the post has suppressions, used or not."""
    has_bom: bool = False
    """Whether the file begins with a byte order mark, which some formats do not count."""
    unreadable: bool = False
    failed: bool = False
    fixed: int = 0
    diff: str = ""
    problem: str = ""
    asked_site: bool = False
    """Whether other files of the site decided what was found: the next run asks them again."""
    profile: Profile | None = None
    """What the post is; None where no one asked for details, or the post could not be read."""

    def fails_at(self, fail_on: str) -> bool:
        """Return whether a finding makes the run fail.

        ``fail_on`` is a severity, which includes those above it, ``never``, or impacts separated
        by commas, each of which includes nothing else.
        """
        if fail_on == "never":
            return False
        if fail_on in tuple(Severity):
            least = Severity(fail_on).rank
            return any(one.finding.severity.rank <= least for one in self.diagnostics)
        impacts = fail_on.split(",")
        return any(one.finding.impact.value in impacts for one in self.diagnostics)
