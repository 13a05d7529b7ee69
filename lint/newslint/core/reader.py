"""Read the bytes of a file, or report why it cannot be read."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from newslint.core.errors import NewslintError
from newslint.core.messages import msg


class UnreadableError(NewslintError):
    """A file cannot be read; the text states the reason."""


NO_POSTS = frozenset({".git", ".hg", ".svn", ".bzr"})
"""Version control folders: they contain no posts, but possibly secrets (.git/config)."""

SMALL = 1_000_000
"""Maximum size in bytes of a file other than a post: configuration, .gitignore, package.json."""

_NOT_LINKED = getattr(os, "O_NOFOLLOW", 0)
# A named pipe or a device would block or never end.
_FOLLOWED = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_FLAGS = _FOLLOWED | _NOT_LINKED


def read_small(file: Path | str) -> bytes:
    """Return the bytes of a file that is not a post; follows links.

    Raises UnreadableError as `read` does.
    """
    return read(file, SMALL, is_post=False)


def read(
    file: Path | str, limit: int, within: Iterable[Path | str] = (), *, is_post: bool = True
) -> bytes:
    """Return the bytes of a regular file of at most ``limit`` bytes.

    A post that is a symbolic link is read only if its target is in one of the folders ``within``.
    Raises UnreadableError otherwise: not a regular file, permission denied, too large.
    """
    try:
        handle = _open(file, within) if is_post else os.open(file, _FOLLOWED)
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableError(msg("is {kind}, not a file", kind=_kind(status.st_mode)))
            # Limited to the file's size, since `os.read` allocates the buffer in advance.
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
        raise too_large(max(status.st_size, len(data)), limit, is_post=is_post)
    return data


def _open(file: Path | str, within: Iterable[Path | str]) -> int:
    """Open a file for reading; a link only if its target is in one of the folders."""
    if _NOT_LINKED or not Path(file).is_symlink():
        try:
            return os.open(file, _FLAGS)
        except OSError:
            if not Path(file).is_symlink():
                raise
    target = Path(os.path.realpath(file, strict=True))
    for folder in map(os.path.realpath, within):
        if target.is_relative_to(folder):
            if NO_POSTS.isdisjoint(target.relative_to(folder).parts):
                return os.open(target, _FLAGS)
    raise UnreadableError(
        msg(
            "is a symbolic link to {target}, outside of the checked folders, and is not read;"
            " to allow it, set linked-folders in the configuration",
            target=target,
        )
    )


def too_large(size: int, limit: int, *, is_post: bool = True) -> UnreadableError:
    """Return the error for a file of ``size`` bytes where at most ``limit`` are read."""
    if not is_post:
        return UnreadableError(
            msg("has {size:,} bytes, more than the limit of {limit:,}", size=size, limit=limit)
        )
    return UnreadableError(
        msg(
            "has {size:,} bytes, more than the limit of {limit:,} (limits.file-size)",
            size=size,
            limit=limit,
        )
    )


def _kind(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    return msg("a named pipe") if stat.S_ISFIFO(mode) else msg("a device or socket")


def _words(file: Path | str, error: OSError) -> str:
    if error.errno == errno.ENOENT and Path(file).is_symlink():
        return msg(
            "is a link to {target!r}, which does not exist", target=str(Path(file).readlink())
        )
    words = {
        errno.ENOENT: msg("no longer exists"),
        errno.EACCES: msg("cannot be read: permission denied"),
        errno.EISDIR: msg("is a folder, not a file"),
        errno.ELOOP: msg("is a circular link"),
        errno.ENAMETOOLONG: msg("has a name that is too long"),
        errno.ENXIO: msg("is a device or socket, not a file"),
    }
    known = words.get(error.errno or 0)
    return known or msg("cannot be read: {value}", value=error.strerror or str(error))
