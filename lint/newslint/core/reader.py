"""Reads a file's bytes, or says in words why it cannot."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from newslint.core.errors import NewslintError
from newslint.core.messages import say


class UnreadableError(NewslintError):
    """A file cannot be read; the text says why."""


SMALL = 1_000_000
"""Bytes of a file that is no post: a configuration, a .gitignore, a package.json."""


def read_small(file: Path | str) -> bytes:
    """The bytes of a file that is no post. Raises UnreadableError as `read` does."""
    return read(file, SMALL, is_post=False)


def read(file: Path | str, limit: int, *, is_post: bool = True) -> bytes:
    """The bytes of a regular file of at most ``limit`` bytes.

    Raises UnreadableError for anything else: no file, no permission, a device, too large.
    """
    try:
        # A named pipe or a device would block or never end.
        handle = os.open(
            file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableError(say("is {kind}, not a file", kind=_kind(status.st_mode)))
            # Not more than there is, since a buffer of that size is made first.
            data = os.read(handle, min(status.st_size, limit) + 1)
            while len(data) <= limit and len(data) != status.st_size:
                more = os.read(handle, limit + 1 - len(data))
                if not more:
                    break
                data += more
        finally:
            os.close(handle)
    except OSError as error:
        raise UnreadableError(_words(file, error)) from None
    if len(data) > limit:
        raise too_long(max(status.st_size, len(data)), limit, is_post=is_post)
    return data


def too_long(size: int, limit: int, *, is_post: bool = True) -> UnreadableError:
    """The error of a file of ``size`` bytes, where ``limit`` are read."""
    if not is_post:
        return UnreadableError(
            say("is {size:,} bytes long; at most {limit:,} are read", size=size, limit=limit)
        )
    return UnreadableError(
        say(
            "is {size:,} bytes long, over the limit of {limit:,} (limits.file-size)",
            size=size,
            limit=limit,
        )
    )


def _kind(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    return say("a named pipe") if stat.S_ISFIFO(mode) else say("a device or socket")


def _words(file: Path | str, error: OSError) -> str:
    if error.errno == errno.ENOENT and Path(file).is_symlink():
        return say("is a link to {target!r}, which is not there", target=str(Path(file).readlink()))
    words = {
        errno.ENOENT: say("is not there any more"),
        errno.EACCES: say("cannot be read: permission denied"),
        errno.EISDIR: say("is a folder, not a file"),
        errno.ELOOP: say("is a link that leads round in a circle"),
        errno.ENAMETOOLONG: say("has too long a name"),
        errno.ENXIO: say("is a device or socket, not a file"),
    }
    known = words.get(error.errno or 0)
    return known or say("cannot be read: {value}", value=error.strerror or str(error))
