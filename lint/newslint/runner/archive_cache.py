"""What the archive rules found in the last run, for posts that have not changed."""

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


MOST_ASKED = 200_000
"""Files whose presence an archive's findings may depend on; beyond it they are not kept, since
asking for them again would take longer than finding."""

SITE_ASKED = ""
"""Stands among the files that were asked for where a site was: no file has this path."""


class ArchiveCache:
    """What the posts of a run say together, as it was kept when they were the same posts."""

    def __init__(
        self, cache: Cache | None, others: Sequence[FolderChunk], files: Sequence[FolderChunk]
    ) -> None:
        self._cache = cache
        self._key = None if cache is None else _key(others, files)
        self.asked: dict[str, bool] = {}
        self._told: list[tuple[str, list[object], bytes | None]] = []
        self._is_sound = True
        self._kept: dict[str, tuple[list[Finding], bytes | None]] | None = None
        if cache is not None and self._key is not None:
            self._kept = _kept(cache.whole(self._key))

    @property
    def is_known(self) -> bool:
        """Whether nothing has changed since."""
        return self._kept is not None

    def folders(self) -> set[str]:
        """Return the folders of the posts of which something was said."""
        return {os.path.join(os.path.dirname(file), "") for file in self._kept or ()}

    def said(self, file: str) -> tuple[list[Finding], bytes | None] | None:
        """Return a post's findings, and its whole report as bytes."""
        return (self._kept or {}).get(file)

    def tell(self, file: str, findings: list[Finding], report: FileReport) -> None:
        """Take note of what is reported of a post that has findings or suppressions."""
        self._is_sound &= all(one.code != limit_findings.CODE for one in findings)
        if self._key is not None:
            from newslint.runner.cache.serialization import findings_to_plain, report_to_bytes

            data = report_to_bytes(report)
            self._told.append((file, findings_to_plain(findings), data))

    def keep(self) -> None:
        """Keep what was told for the next run over the same posts, unless a rule broke."""
        if self._cache is None or self._key is None or not self._is_sound:
            return
        if len(self.asked) <= MOST_ASKED and SITE_ASKED not in self.asked:
            from newslint.runner.cache.serialization import to_bytes

            self._cache.keep_whole(self._key, to_bytes(([*self.asked.items()], self._told)))


def restored(data: bytes, shown: str) -> FileReport | None:
    """Return a report that was told; None where the bytes are damaged."""
    from newslint.runner.cache.serialization import report_from_bytes

    try:
        return report_from_bytes(data, shown)
    except DamagedError:
        return None


def _key(others: Sequence[FolderChunk], files: Sequence[FolderChunk]) -> bytes | None:
    """Return what represents all posts of a run; None where one may change without a trace."""
    import hashlib

    key = hashlib.blake2b(len(others).to_bytes(8), digest_size=16)
    for page in (*others, *files):
        if page.state is None:
            return None
        key.update(page.state)
    return key.digest()


def _kept(data: bytes | None) -> dict[str, tuple[list[Finding], bytes | None]] | None:
    """What was kept; None where it does not exist, or files came or went that it depends on."""
    if data is None:
        return None
    from newslint.runner.cache.serialization import findings_from_plain, from_bytes

    try:
        asked, told = from_bytes(data)
        if any(os.path.exists(file) != there for file, there in asked):
            return None
        return {file: (findings_from_plain(plain), report) for file, plain, report in told}
    except Exception:
        return None
