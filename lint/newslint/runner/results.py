"""What the linting of one post gives to the run, kept or new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from newslint.core.report import FileReport


class DamagedError(Exception):
    """What a cache holds of some posts is not what was stored."""


class LintResult(NamedTuple):
    """A file's report, None where there is nothing to say, its facts, and what it was told from.

    ``content`` is the content's digest in a run with a cache, None in others and for a file that
    could not be read.
    """

    report: FileReport | None
    facts: Mapping[str, Any]
    content: bytes | None = None
