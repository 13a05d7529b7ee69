"""The state of posts on the disk, by which changes are detected."""

from __future__ import annotations

import hashlib
import marshal
import os
import time
from collections.abc import Sequence

SETTLED = 2.0
"""Seconds after which a later change also changes the file's time: the resolution of the coarsest
file system (FAT). Until then the content is compared."""

FileState = tuple[str, int, int, int]
"""A post's name, size, time in nanoseconds and inode."""


def file_states_of(folder: str, names: Sequence[str]) -> list[FileState]:
    """Return the states of some posts of a folder; the size is -1 if a post is not accessible."""
    stat = os.stat
    if stat not in os.supports_dir_fd:
        return [file_state_of(folder, name) for name in names]
    try:
        here = os.open(folder, os.O_RDONLY)
    except OSError:
        return [(name, -1, 0, 0) for name in names]
    try:
        # Relative to the open folder, so that its path is not resolved for each name.
        return [
            (name, (s := stat(name, dir_fd=here)).st_size, s.st_mtime_ns, s.st_ino)
            for name in names
        ]
    except OSError:
        return [file_state_of(folder, name) for name in names]
    finally:
        os.close(here)


def file_state_of(folder: str, name: str) -> FileState:
    """Return the state of one post; ``folder`` ends in a slash."""
    try:
        status = os.stat(folder + name)
    except (OSError, ValueError):
        return name, -1, 0, 0
    return name, status.st_size, status.st_mtime_ns, status.st_ino


def settled() -> int:
    """Return the nanosecond before which a file's time certainly changes with the next write."""
    return time.time_ns() - int(SETTLED * 1e9)


def state_of(folder: str, key: bytes, states: list[FileState]) -> bytes:
    """Return a 16-byte digest of the states of a folder's posts and of the settings."""
    # Format 2 of marshal gives equal bytes for equal values; they are never loaded.
    data = marshal.dumps((folder, key, states), 2)
    return hashlib.blake2b(data, digest_size=16).digest()


def content_digest(data: bytes) -> bytes:
    """Return a 16-byte digest of the content of a post."""
    return hashlib.blake2b(data, digest_size=16).digest()
