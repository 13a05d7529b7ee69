"""What represents posts as they are on disk, so that a change is seen."""

from __future__ import annotations

import hashlib
import marshal
import os
import time
from collections.abc import Sequence

SETTLED = 2.0
"""Seconds after which a file's time tells a later change for certain: the coarsest clock that file
systems have (FAT). Until then its content decides."""

FileState = tuple[str, int, int, int]
"""A post's name, size, time in nanoseconds and inode."""


def file_states_of(folder: str, names: Sequence[str]) -> list[FileState]:
    """The stamps of some posts of a folder; of one that cannot be looked at the size is -1."""
    stat = os.stat
    if stat not in os.supports_dir_fd:
        return [file_state_of(folder, name) for name in names]
    try:
        here = os.open(folder, os.O_RDONLY)
    except OSError:
        return [(name, -1, 0, 0) for name in names]
    try:
        # Names from an open folder: the way to it is not walked for each of them.
        return [
            (name, (s := stat(name, dir_fd=here)).st_size, s.st_mtime_ns, s.st_ino)
            for name in names
        ]
    except OSError:
        return [file_state_of(folder, name) for name in names]
    finally:
        os.close(here)


def file_state_of(folder: str, name: str) -> FileState:
    """Return the stamp of one post; ``folder`` ends in a slash."""
    try:
        status = os.stat(folder + name)
    except (OSError, ValueError):
        return name, -1, 0, 0
    return name, status.st_size, status.st_mtime_ns, status.st_ino


def settled() -> int:
    """Return the nanosecond up to which a file's time tells a later change for certain."""
    return time.time_ns() - int(SETTLED * 1e9)


def state_of(folder: str, sealed: bytes, stamps: list[FileState]) -> bytes:
    """16 bytes that represent posts of a folder as they are, and for the settings."""
    # The format 2 of marshal says the same of equal values, and it is never read again.
    data = marshal.dumps((folder, sealed, stamps), 2)
    return hashlib.blake2b(data, digest_size=16).digest()


def content_digest(data: bytes) -> bytes:
    """16 bytes that represent the content of a post."""
    return hashlib.blake2b(data, digest_size=16).digest()
