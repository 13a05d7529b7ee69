"""Cached findings of archive rules from an earlier run over the same posts."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newslint.core.finding import Finding
from newslint.core.report import FileReport
from newslint.linter import limit_findings
from newslint.runner.results import DamagedError

if TYPE_CHECKING:
    from newslint.runner.batches import FolderChunk
    from newslint.runner.cache.cache import Cache


MOST_FILES = 200_000
"""Maximum number of looked-up files that findings may depend on; beyond it they are not cached,
since checking the files again would take longer than running the rules."""

SITE_MARK = ""
"""Recorded as a looked-up file if a rule used a site; no file has this path."""


class ArchiveCache:
    """The findings of archive rules in the posts of a run, if cached for the same posts."""

    def __init__(
        self, cache: Cache | None, others: Sequence[FolderChunk], files: Sequence[FolderChunk]
    ) -> None:
        self._cache = cache
        self._key = None if cache is None else _key(others, files)
        self.existence: dict[str, bool] = {}
        self._entries: list[tuple[str, list[object], bytes | None]] = []
        self._is_sound = True
        self._cached: dict[str, tuple[list[Finding], bytes | None]] | None = None
        if cache is not None and self._key is not None:
            self._cached = _cached(cache.archive(self._key))

    @property
    def is_current(self) -> bool:
        """Whether the cache has the findings of the same, unchanged posts."""
        return self._cached is not None

    def folders(self) -> set[str]:
        """Return the folders of the posts that have entries."""
        return {os.path.join(os.path.dirname(file), "") for file in self._cached or ()}

    def entry(self, file: str) -> tuple[list[Finding], bytes | None] | None:
        """Return a post's findings of archive rules, and its complete report as bytes, or None."""
        return (self._cached or {}).get(file)

    def add(self, file: str, findings: list[Finding], report: FileReport) -> None:
        """Record the report of a post that has findings of archive rules or suppressions."""
        self._is_sound &= all(one.code != limit_findings.CODE for one in findings)
        if self._key is not None:
            from newslint.runner.cache.serialization import findings_to_plain, report_to_bytes

            data = report_to_bytes(report)
            self._entries.append((file, findings_to_plain(findings), data))

    def save(self) -> None:
        """Store the recorded reports for later runs over the same posts, unless a rule failed."""
        if self._cache is None or self._key is None or not self._is_sound:
            return
        if len(self.existence) <= MOST_FILES and SITE_MARK not in self.existence:
            from newslint.runner.cache.serialization import to_bytes

            self._cache.keep_archive(
                self._key, to_bytes(([*self.existence.items()], self._entries))
            )


def restored_report(data: bytes, shown: str) -> FileReport | None:
    """Return a stored report; None if the data is damaged."""
    from newslint.runner.cache.serialization import report_from_bytes

    try:
        return report_from_bytes(data, shown)
    except DamagedError:
        return None


def _key(others: Sequence[FolderChunk], files: Sequence[FolderChunk]) -> bytes | None:
    """Return a digest of all posts of a run; None if one may change without being noticed."""
    import hashlib

    key = hashlib.blake2b(len(others).to_bytes(8), digest_size=16)
    for chunk in (*others, *files):
        if chunk.state is None:
            return None
        key.update(chunk.state)
    return key.digest()


def _cached(data: bytes | None) -> dict[str, tuple[list[Finding], bytes | None]] | None:
    """Return the stored entries; None if there are none, or if looked-up files came or went."""
    if data is None:
        return None
    from newslint.runner.cache.serialization import findings_from_plain, from_bytes

    try:
        existence, entries = from_bytes(data)
        if any(os.path.exists(file) != existed for file, existed in existence):
            return None
        return {file: (findings_from_plain(plain), report) for file, plain, report in entries}
    except Exception:
        return None
