"""The store of the posts of a run: the local disk, or a store with a URL.

A URL represents the current folder: a post at ``URL/World/a.md`` has the settings of
``World/a.md`` there.
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
    """The operations of a run on the place where posts are stored."""

    def prefetch(self, batch: Sequence[PostFile]) -> Store:
        """Return this store, or one that has read some posts together in advance."""

    def read(self, found: PostFile, limit: int, linked: Sequence[str] = ()) -> bytes:
        """Return the bytes of a post of at most ``limit`` bytes. Raises UnreadableError otherwise.

        ``linked`` are further folders that symbolic links may lead to.
        """

    def write(self, found: PostFile, old: bytes, new: bytes) -> None:
        """Replace a post, which must still be ``old``, with ``new``.

        Raises WriteError if that fails; the post is then unchanged.
        """

    def exists(self, file: Path) -> bool:
        """Return whether a file or folder exists. Raises ValueError for an impossible path."""


class Disk:
    """The file system of this machine."""

    def __init__(self, within: Sequence[str] = ()) -> None:
        """``within`` are the linted folders: symbolic links may lead below them."""
        self._within = within

    def prefetch(self, batch: Sequence[PostFile]) -> Store:
        """See `Store`; does nothing, since the system reads ahead by itself."""
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
    """Return whether a given path is a URL; ``file:`` URLs are local paths."""
    return "://" in text


def remote(url: str, folder: Path) -> Remote:
    """Return the store at a URL, which represents a folder. Raises UsageError if there is none."""
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
    """Return the store of a project's posts. Raises UsageError for a URL that cannot be reached."""
    return remote(project.url, project.folder) if project.url else Disk(project.within)
