"""The files of a site as its model reads them: on disk or in a store, each look recorded."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

TEXT_LIMIT = 1_000_000
"""Bytes of one file that a site model reads: configuration, layouts and scripts are smaller."""

ENTRY_LIMIT = 200_000
"""Entries that one site model lists; beyond it folders count as not known."""


class Entry(NamedTuple):
    """One entry of a folder."""

    name: str
    is_folder: bool


class SiteFiles(Protocol):
    """What a site model needs to read. Paths are relative to the site's root."""

    def text(self, path: str) -> str | None:
        """The text of a regular file, at most `TEXT_LIMIT` bytes; None where there is none."""

    def entries(self, folder: str) -> tuple[Entry, ...]:
        """Return the entries of a folder by name; empty where there is none. ``""`` is the root."""

    def exists(self, path: str) -> bool:
        """Return whether a file or folder is there."""


class DiskFiles:
    """The files of a site on this machine."""

    def __init__(self, root: str) -> None:
        self.root = root

    def text(self, path: str) -> str | None:
        """See `SiteFiles`. Devices and pipes are never opened for reading."""
        try:
            handle = os.open(os.path.join(self.root, path), os.O_RDONLY | _NONBLOCK)  # noqa: PTH118
        except (OSError, ValueError):
            return None
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return None
            with open(handle, "rb", closefd=False) as file:
                return file.read(TEXT_LIMIT).decode("utf-8-sig", "replace")
        except OSError:
            return None
        finally:
            os.close(handle)

    def entries(self, folder: str) -> tuple[Entry, ...]:
        """See `SiteFiles`."""
        try:
            with os.scandir(os.path.join(self.root, folder)) as found:  # noqa: PTH118
                return tuple(sorted(Entry(one.name, _is_folder(one)) for one in found))
        except (OSError, ValueError):
            return ()

    def exists(self, path: str) -> bool:
        """See `SiteFiles`."""
        return os.path.lexists(os.path.join(self.root, path))  # noqa: PTH118


@dataclass
class RecordedFiles:
    """Passes on to other files and digests every answer, so that a later change is seen."""

    files: SiteFiles
    _digest: hashlib.blake2b = field(
        default_factory=lambda: hashlib.blake2b(digest_size=16), repr=False
    )
    listed: int = 0

    def text(self, path: str) -> str | None:
        """See `SiteFiles`."""
        text = self.files.text(path)
        self._note("text", path, "" if text is None else text, text is None)
        return text

    def entries(self, folder: str) -> tuple[Entry, ...]:
        """See `SiteFiles`."""
        if self.listed > ENTRY_LIMIT:
            return ()
        entries = self.files.entries(folder)
        self.listed += len(entries)
        self._note("entries", folder, entries)
        return entries

    def exists(self, path: str) -> bool:
        """See `SiteFiles`."""
        found = self.files.exists(path)
        self._note("exists", path, found)
        return found

    @property
    def fingerprint(self) -> bytes:
        """16 bytes that represent all that was read so far."""
        return self._digest.digest()

    def _note(self, *said: object) -> None:
        self._digest.update(repr(said).encode("utf-8", "surrogatepass"))


_NONBLOCK = getattr(os, "O_NONBLOCK", 0)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
