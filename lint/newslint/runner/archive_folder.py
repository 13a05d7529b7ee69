"""The archive that rules see in a run: a folder of this machine, or of a store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from newslint.files.store import DISK, Store
from newslint.linter.archive import unanswered

if TYPE_CHECKING:
    from newslint.generators import Target
    from newslint.generators.site import Site
    from newslint.linter.http_request import Answer, Request


class ArchiveFolder:
    """An archive that is a folder of this machine's file system, or of a store."""

    def __init__(
        self,
        root: Path,
        target: Target,
        site_url: str | None = None,
        answer: Callable[[Request], Answer | None] = unanswered,
        store: Store = DISK,
    ) -> None:
        """``answer`` tells what the network answers, where it was asked."""
        self.root = root
        self.target = target
        self.site_url = site_url
        self.asks_site = False
        self.answer = answer
        self._store = store

    def exists(self, path: PurePosixPath) -> bool:
        """Return whether a file or folder is there; a path that no file can have is not."""
        try:
            return self._store.exists(self.root / path)
        except (OSError, ValueError):
            return False

    def site_of(self, path: str) -> tuple[Site, str] | None:
        """Return a folder by itself is no site: a run knows the sites of its posts."""
        return None
