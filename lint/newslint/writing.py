"""Writes a fixed file so that nothing is lost: at every moment it is either old or new.

The new content goes to a temporary file in the same folder, is flushed to the disk and renamed
over the old one. Whatever ends the process before that leaves the old file; the temporary one is
locked while its writer lives, so that a later run knows an orphan and takes it away.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from newslint.errors import NewslintError

try:
    import fcntl
except ImportError:  # Windows: orphans stay until they are a day old.
    fcntl = None  # type: ignore[assignment]

PREFIX, SUFFIX = ".newslint-", ".tmp"
"""What the name of a temporary file begins and ends with."""


class WriteError(NewslintError):
    """A file could not be written, and is as it was; the text says why."""


def write(file: Path, old: bytes, new: bytes) -> None:
    """Replace the content of a file, which must still be ``old``, by ``new``.

    Mode, owner and extended attributes are kept; of a symbolic link the target is written.
    Raises WriteError where the file cannot be written, has changed, or has a second name.
    """
    target = file.resolve()
    try:
        status = target.stat()
        if status.st_nlink > 1:
            raise WriteError(
                "has another name (a hard link), which would keep the old text: left as it was"
            )
        if not os.access(target, os.W_OK):
            raise WriteError("is write-protected: left as it was")
        with _temporary(target.parent) as (stream_fd, temporary):
            _copy_attributes(target, status, stream_fd)
            _write_all(stream_fd, new)
            os.fsync(stream_fd)
            if target.read_bytes() != old:
                raise WriteError("was changed by someone else meanwhile: left as it is")
            temporary.replace(target)
        _flush_folder(target.parent)
    except OSError as error:
        words = {errno.ENOSPC: "the disk is full", errno.EDQUOT: "the quota is used up"}
        why = words.get(error.errno or 0, (error.strerror or str(error)).lower())
        raise WriteError(f"cannot be written: {why}; left as it was") from None


def clear_orphans(folder: Path) -> None:
    """Take away temporary files of a folder whose writer is no longer there."""
    with suppress(OSError):
        for name in os.listdir(folder):  # noqa: PTH208
            if name.startswith(PREFIX) and name.endswith(SUFFIX):
                _clear(folder / name)


def _clear(orphan: Path) -> None:
    if fcntl is None:
        return
    with suppress(OSError), orphan.open("rb") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        orphan.unlink()


@contextmanager
def _temporary(folder: Path) -> Iterator[tuple[int, Path]]:
    """A locked temporary file in a folder; gone afterwards, unless it was renamed."""
    handle, name = tempfile.mkstemp(SUFFIX, PREFIX, folder)
    path = Path(name)
    try:
        if fcntl is not None:
            with suppress(OSError):  # a network file system may have no locks
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield handle, path
    finally:
        with suppress(FileNotFoundError):
            path.unlink()
        os.close(handle)


def _copy_attributes(target: Path, status: os.stat_result, handle: int) -> None:
    mine = os.fstat(handle)
    if (mine.st_uid, mine.st_gid) != (status.st_uid, status.st_gid):
        os.chown(handle, status.st_uid, status.st_gid)
    os.chmod(handle, status.st_mode & 0o7777)
    if hasattr(os, "listxattr"):
        try:
            names = os.listxattr(target)
        except OSError:
            return  # a file system without extended attributes
        for name in names:
            os.setxattr(handle, name, os.getxattr(target, name))


def _write_all(handle: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(handle, view) :]


def _flush_folder(folder: Path) -> None:
    """Make a rename last through a power cut; not every file system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
