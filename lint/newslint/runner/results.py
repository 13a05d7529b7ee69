"""The results of linting one post, cached or new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from newslint.core.report import FileReport


class DamagedError(Exception):
    """The cached data of a post is not what was stored."""


class LintResult(NamedTuple):
    """A file's report (None if it is empty), its facts, and the digest of its content.

    ``content`` is None in a run without cache, and for a file that could not be read.
    """

    report: FileReport | None
    facts: Mapping[str, Any]
    content: bytes | None = None
