"""What a rule says of a post: plain, immutable values that can be pickled and compared."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from newslint.core.span import Position, Span

if TYPE_CHECKING:
    from newslint.linter.preview import Preview
    from newslint.linter.profile import Profile


class Severity(StrEnum):
    """How bad a finding is. ``rank`` orders them, the worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for an info."""
        return _RANKS[self.value]


_RANKS = {"error": 0, "warning": 1, "info": 2}


class Safety(StrEnum):
    """Whether a fix keeps the built page the same (or repairs it for certain)."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Edit(NamedTuple):
    """Replace the text at ``span`` by ``content``; an empty span inserts."""

    span: Span
    content: str


class Fix(NamedTuple):
    """How to mend a finding: edits that belong together, none touching another."""

    message: str
    edits: tuple[Edit, ...]
    safety: Safety


class Finding(NamedTuple):
    """One thing that is wrong, and where (offsets of the decoded file)."""

    code: str
    name: str
    severity: Severity
    message: str
    span: Span
    fix: Fix | None = None


class Excerpt(NamedTuple):
    """The source line of a finding: what is marked, and what stands before and after it.

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
    """Its lines and its fix as a diff, where somebody asked for details."""


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
    profile: Profile | None = None
    """What the post is; None where nobody asked for details, or the post could not be read."""

    def fails_at(self, fail_on: str) -> bool:
        """Whether a finding is at or above a severity; ``never`` is above all of them."""
        if fail_on == "never":
            return False
        least = Severity(fail_on).rank
        return any(one.finding.severity.rank <= least for one in self.diagnostics)
