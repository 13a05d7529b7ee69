"""Findings of rules: immutable values that can be pickled and compared."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from newslint.core.span import Span


class Severity(StrEnum):
    """The severity of a finding."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for an info: sorts the most severe first."""
        return _RANKS[self.value]


_RANKS = {"error": 0, "warning": 1, "info": 2}


class Impact(StrEnum):
    """The consequence of a finding, the most serious first."""

    BUILD = "build"
    """The generator stops: no page of the site is built."""
    POST = "post"
    """The post is not published, or under another URL."""
    CONTENT = "content"
    """Text, an image, a link, the title or the date is lost or wrong."""
    SECURITY = "security"
    """Foreign scripts, embeds, tracking."""
    HOUSE = "house"
    """A violation of the site's own rules, and everything else."""


class Safety(StrEnum):
    """Whether a fix keeps the built page the same (or certainly repairs it)."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Edit(NamedTuple):
    """Replaces the text at ``span`` with ``content``; an empty span inserts."""

    span: Span
    content: str


class Fix(NamedTuple):
    """How to fix a finding: edits that are applied together and do not touch each other."""

    message: str
    edits: tuple[Edit, ...]
    safety: Safety


class Finding(NamedTuple):
    """A problem and its location (in offsets of the decoded file)."""

    code: str
    name: str
    severity: Severity
    message: str
    span: Span
    fix: Fix | None = None
    impact: Impact = Impact.HOUSE
    url: str = ""
    """The documentation URL of a rule that is not built in; empty for none."""
