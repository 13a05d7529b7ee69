"""The archive that rules see in a run: a local folder, or a store."""

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
    """An archive in a local folder, or in a store."""

    def __init__(
        self,
        root: Path,
        target: Target,
        site_url: str | None = None,
        answer: Callable[[Request], Answer | None] = unanswered,
        store: Store = DISK,
    ) -> None:
        """``answer`` returns the network's answer to a request, or None."""
        self.root = root
        self.target = target
        self.site_url = site_url
        self.depends_on_site = False
        self.answer = answer
        self._store = store

    def exists(self, path: PurePosixPath) -> bool:
        """Return whether a file or folder exists; False for an impossible path."""
        try:
            return self._store.exists(self.root / path)
        except (OSError, ValueError):
            return False

    def site_of(self, path: str) -> tuple[Site, str] | None:
        """Return None, since a single folder has no site: a run knows the sites of its posts."""
        return None
