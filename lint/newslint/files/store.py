"""The store of the posts of a run: the local disk, or a store with a URL.

A URL represents the current folder: what lies at ``URL/World/a.md`` is judged as ``World/a.md``
below it would be.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from newslint.core import reader
from newslint.core.errors import UsageError
from newslint.core.messages import msg

if TYPE_CHECKING:
    from newslint.config.project import Project
    from newslint.files.fsspec_store import Remote
    from newslint.files.posts import PostFile


class Store(Protocol):
    """What a run asks of the place where posts lie."""

    def prefetch(self, batch: Sequence[PostFile]) -> Store:
        """Return the same store, which may have read some posts together already."""

    def read(self, found: PostFile, limit: int, linked: Sequence[str] = ()) -> bytes:
        """Return a post of at most ``limit`` bytes. Raises UnreadableError for anything else.

        ``linked`` are further folders to whose files symbolic links may lead.
        """

    def write(self, found: PostFile, old: bytes, new: bytes) -> None:
        """Replace a post, which must still be ``old``, by ``new``.

        Raises WriteError where that cannot be done; then the post is as it was.
        """

    def exists(self, file: Path) -> bool:
        """Whether a file or folder is there. Raises ValueError for a path that none can have."""


class Disk:
    """The file system of this machine."""

    def __init__(self, within: Sequence[str] = ()) -> None:
        """``within`` are the folders that are linted: symbolic links may lead below them."""
        self._within = within

    def prefetch(self, batch: Sequence[PostFile]) -> Store:
        """See `Store`: the system reads ahead by itself."""
        return self

    def read(self, found: PostFile, limit: int, linked: Sequence[str] = ()) -> bytes:
        """See `Store`."""
        return reader.read(found.place, limit, (*self._within, *linked))

    def write(self, found: PostFile, old: bytes, new: bytes) -> None:
        """See `Store`."""
        from newslint.files.atomic_writer import write

        write(found.file, old, new)

    def exists(self, file: Path) -> bool:
        """See `Store`."""
        return os.path.exists(file)


DISK = Disk()


def is_url(text: str) -> bool:
    """Return whether a path that was given is a URL; ``file:`` ones are paths of this machine."""
    return "://" in text


def remote(url: str, folder: Path) -> Remote:
    """The store at a URL, which represents a folder. Raises UsageError where there is none."""
    from importlib.util import find_spec

    if find_spec("fsspec") is None:
        scheme = url.partition("://")[0]
        extra = "newslint[s3]" if scheme in ("s3", "s3a") else "fsspec"
        raise UsageError(
            msg("{url}: a URL needs fsspec: pip install '{extra}'", url=url, extra=extra)
        )
    from newslint.files.fsspec_store import opened

    return opened(url, folder)


def store_of(project: Project) -> Store:
    """Where the posts of a project lie. Raises UsageError for a URL that cannot be reached."""
    return remote(project.url, project.folder) if project.url else Disk(project.within)
