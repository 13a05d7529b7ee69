"""Findings of rules: immutable values that can be pickled and compared."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from newslint.core.span import Span


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


class Impact(StrEnum):
    """What a finding costs, the dearest first."""

    BUILD = "build"
    """The generator stops: no page of the site is built."""
    POST = "post"
    """The post is not published, or under another address."""
    CONTENT = "content"
    """Text, an image, a link, the title or the date is lost or wrong."""
    SECURITY = "security"
    """Foreign script, embeds, tracking."""
    HOUSE = "house"
    """The site's own rules, and all else."""


class Safety(StrEnum):
    """Whether a fix keeps the built page the same (or repairs it for certain)."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Edit(NamedTuple):
    """Replace the text at ``span`` by ``content``; an empty span inserts."""

    span: Span
    content: str


class Fix(NamedTuple):
    """How to fix a finding: edits that belong together, none touching another."""

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
    impact: Impact = Impact.HOUSE
    url: str = ""
    """The page of a rule that does not come with newslint, where it has one."""
