"""What a rule says of a post: plain, immutable values that can be pickled and compared."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from newslint.span import Position, Span


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


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the text at ``span`` by ``content``; an empty span inserts."""

    span: Span
    content: str


@dataclass(frozen=True, slots=True)
class Fix:
    """How to mend a finding: edits that belong together, none touching another."""

    message: str
    edits: tuple[Edit, ...]
    safety: Safety


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, and where (offsets of the decoded file)."""

    code: str
    name: str
    severity: Severity
    message: str
    span: Span
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding as it is reported: with its lines, columns and the text of the lines it is on.

    ``excerpt`` holds the source line at ``start``, or nothing for a finding without a text.
    """

    finding: Finding
    start: Position
    end: Position
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class FileReport:
    """What was found in one file. ``path`` is as it is shown: relative, with forward slashes.

    ``unreadable`` is true when the file could not be read, so that the run ends with exit code 2.
    """

    path: str
    diagnostics: tuple[Diagnostic, ...] = ()
    unreadable: bool = False
