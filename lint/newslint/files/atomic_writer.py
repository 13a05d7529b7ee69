"""Write a fixed file atomically: at any time it is either the old or the new file.

The new content goes to a temporary file in the same folder, is flushed to the disk and renamed
over the old one. Whatever ends the process before that leaves the old file; the temporary one is
locked while its writer lives, so that a later run knows an orphan and takes it away.
"""

from __future__ import annotations

import errno
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from newslint.core.errors import NewslintError
from newslint.core.messages import msg
from newslint.core.reader import UnreadableError, read

try:
    import fcntl
except ImportError:  # Windows: orphans stay until they are a day old.
    fcntl = None  # type: ignore[assignment]

PREFIX, SUFFIX = ".newslint-", ".tmp"
"""What the name of a temporary file begins and ends with."""

ABANDONED_AFTER = 86_400.0
"""Seconds after which a temporary file has no writer any more, where there are no locks."""


class WriteError(NewslintError):
    """A file could not be written, and is as it was; the text says why."""


def write(file: Path, old: bytes, new: bytes) -> None:
    """Replace the content of a file, which must still be ``old``, by ``new``.

    Mode, owner and extended attributes are kept; of a symbolic link the target is written.
    Raises WriteError where the file cannot be written, has changed, or has a second name.
    """
    try:
        target = Path(os.path.realpath(file))
        status = target.stat()
        if status.st_nlink > 1:
            raise WriteError(
                "has a hard link, which would keep the old text; the file was not changed"
            )
        if not os.access(target, os.W_OK):
            raise WriteError("is read-only; the file was not changed")
        with _temporary(target.parent) as temporary:
            _write_all(temporary.handle, new)
            _copy_attributes(target, status, temporary.handle)
            os.fsync(temporary.handle)
            if _content(target, len(old)) != old:
                raise WriteError("was changed during the run; the file was not written")
            temporary.replace(target)
        _flush_folder(target.parent)
    except OSError as error:
        told = msg("cannot be written: {why}; the file was not changed", why=why(error))
        raise WriteError(told) from None


def _content(file: Path, size: int) -> bytes | None:
    """The content of a file of at most ``size`` bytes; None where it is longer or no file."""
    try:
        return read(file, size)
    except UnreadableError:
        return None


def create(file: Path, content: bytes) -> None:
    """Write a new file: at every moment it is either not there or whole.

    Raises WriteError where it cannot be written, or is there by now.
    """
    try:
        with _temporary(file.parent) as temporary:
            _write_all(temporary.handle, content)
            if os.chmod in os.supports_fd:
                os.chmod(temporary.handle, 0o666 & ~_umask())  # noqa: PTH101 - a handle
            os.fsync(temporary.handle)
            temporary.name_as(file)
        _flush_folder(file.parent)
    except FileExistsError:
        raise WriteError(msg("was created during the run; the file was not written")) from None
    except OSError as error:
        raise WriteError(msg("cannot be written: {why}", why=why(error))) from None


def put(file: Path, content: bytes) -> None:
    """Write a file, new or in the place of the old one: at every moment it is whole.

    Raises WriteError where it cannot be written, or is no file.
    """
    try:
        if not os.path.lexists(file):
            create(file, content)
        elif os.path.isfile(file):
            write(file, file.read_bytes(), content)
        else:
            raise WriteError("exists and is not a file; nothing was written")
    except OSError as error:
        raise WriteError(msg("cannot be written: {why}", why=why(error))) from None


def _umask() -> int:
    """Return the permissions that new files do not get; it can be asked only by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def why(error: OSError) -> str:
    """Return why something cannot be written, as a message that goes after a colon."""
    words = {errno.ENOSPC: msg("the disk is full"), errno.EDQUOT: msg("the disk quota is exceeded")}
    return words.get(error.errno or 0, (error.strerror or str(error)).lower())


def clear_orphans(folder: Path) -> None:
    """Take away temporary files of a folder whose writer is no longer there."""
    with suppress(OSError):
        for name in os.listdir(folder):  # noqa: PTH208
            if name.startswith(PREFIX) and name.endswith(SUFFIX):
                _clear(folder / name)


def _clear(orphan: Path) -> None:
    with suppress(OSError):
        if fcntl is None:
            if time.time() - orphan.stat().st_mtime > ABANDONED_AFTER:
                orphan.unlink()
            return
        # Of the same name, but no file that newslint made: opening a named pipe may never end.
        if not stat.S_ISREG(orphan.lstat().st_mode):
            return
        handle = os.open(orphan, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            orphan.unlink()
        finally:
            os.close(handle)


class _Temporary:
    """A temporary file, open for writing and locked while this process lives."""

    def __init__(self, folder: Path) -> None:
        self.handle, name = tempfile.mkstemp(SUFFIX, PREFIX, folder)
        self.path: Path | None = Path(name)
        self._is_open = True
        if fcntl is not None:
            with suppress(OSError):  # a network file system may have no locks
                fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def replace(self, target: Path) -> None:
        """Put the file in the place of another one."""
        assert self.path is not None
        if fcntl is None:
            self.close()  # Windows moves no file that is open.
        self.path.replace(target)
        self.path = None

    def name_as(self, target: Path) -> None:
        """Give the file a name that no other file may have. Raises FileExistsError if one has."""
        assert self.path is not None
        try:
            os.link(self.path, target)
        except FileExistsError:
            raise
        except (OSError, NotImplementedError):  # a file system without hard links
            if os.path.lexists(target):
                raise FileExistsError(target) from None
            self.replace(target)

    def close(self) -> None:
        """Close the file; once is enough."""
        if self._is_open:
            self._is_open = False
            os.close(self.handle)


@contextmanager
def _temporary(folder: Path) -> Iterator[_Temporary]:
    """A temporary file in a folder; gone afterwards, unless it was put in another's place."""
    temporary = _Temporary(folder)
    try:
        yield temporary
    finally:
        try:
            if temporary.path is not None:
                if fcntl is None:
                    temporary.close()
                with suppress(FileNotFoundError):
                    temporary.path.unlink()
        finally:
            temporary.close()


def _copy_attributes(target: Path, status: os.stat_result, handle: int) -> None:
    """Give a file the owner, mode and extended attributes of another one.

    Raises OSError where one cannot be kept. Done when all is written, since writing takes some
    bits of a mode away.
    """
    mine = os.fstat(handle)
    if (mine.st_uid, mine.st_gid) != (status.st_uid, status.st_gid):
        os.chown(handle, status.st_uid, status.st_gid)
    if os.chmod in os.supports_fd:
        os.chmod(handle, status.st_mode & 0o7777)
    if hasattr(os, "listxattr"):
        try:
            names = os.listxattr(target)
        except OSError:
            return  # a file system without extended attributes
        for name in names:
            value = os.getxattr(target, name)
            # A label that the system gave the new file by itself may not be ours to set.
            if _attribute(handle, name) != value:
                os.setxattr(handle, name, value)


def _attribute(handle: int, name: str) -> bytes | None:
    try:
        return os.getxattr(handle, name)
    except OSError:
        return None


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
