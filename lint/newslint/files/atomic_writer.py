"""Write files atomically: at any time a file has either its old or its new content.

The new content is written to a temporary file in the same folder, flushed to the disk and renamed
over the old file. If the process ends before that, the old file is unchanged. The temporary file is
locked by its writer, so that later runs can recognize and delete orphans.
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
except ImportError:  # Windows: orphans stay for a day.
    fcntl = None  # type: ignore[assignment]

PREFIX, SUFFIX = ".newslint-", ".tmp"
"""Prefix and suffix of the names of temporary files."""

ABANDONED_AFTER = 86_400.0
"""Seconds after which a temporary file is an orphan, where there are no locks."""


class WriteError(NewslintError):
    """A file could not be written and is unchanged; the text states the reason."""


def write(file: Path, old: bytes, new: bytes) -> None:
    """Replace the content of a file, which must still be ``old``, with ``new``.

    Keeps mode, owner and extended attributes; writes the target of a symbolic link. Raises
    WriteError if the file cannot be written, has changed, or has more than one hard link.
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
        words = msg("cannot be written: {why}; the file was not changed", why=why(error))
        raise WriteError(words) from None


def _content(file: Path, size: int) -> bytes | None:
    """Return the content of a file of at most ``size`` bytes; None if longer or not a file."""
    try:
        return read(file, size)
    except UnreadableError:
        return None


def create(file: Path, content: bytes) -> None:
    """Write a new file: at any time it is either missing or complete.

    Raises WriteError if it cannot be written or exists already.
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
    """Write a file, replacing an existing one: at any time it is complete.

    Raises WriteError if it cannot be written or is not a regular file.
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
    """Return the process's umask; the system returns it only when it is set."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def why(error: OSError) -> str:
    """Return why something cannot be written, as a message to follow a colon."""
    words = {errno.ENOSPC: msg("the disk is full"), errno.EDQUOT: msg("the disk quota is exceeded")}
    return words.get(error.errno or 0, (error.strerror or str(error)).lower())


def clear_orphans(folder: Path) -> None:
    """Delete a folder's temporary files whose writer no longer exists."""
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
        # A file of that name may not be newslint's: opening a named pipe could block forever.
        if not stat.S_ISREG(orphan.lstat().st_mode):
            return
        handle = os.open(orphan, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            orphan.unlink()
        finally:
            os.close(handle)


class _Temporary:
    """A temporary file that is open for writing and locked by this process."""

    def __init__(self, folder: Path) -> None:
        self.handle, name = tempfile.mkstemp(SUFFIX, PREFIX, folder)
        self.path: Path | None = Path(name)
        self._is_open = True
        if fcntl is not None:
            with suppress(OSError):  # a network file system may not support locks
                fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def replace(self, target: Path) -> None:
        """Rename the file over another one."""
        assert self.path is not None
        if fcntl is None:
            self.close()  # Windows cannot rename open files.
        self.path.replace(target)
        self.path = None

    def name_as(self, target: Path) -> None:
        """Rename the file to an unused name. Raises FileExistsError if the name exists."""
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
        """Close the file; may be called more than once."""
        if self._is_open:
            self._is_open = False
            os.close(self.handle)


@contextmanager
def _temporary(folder: Path) -> Iterator[_Temporary]:
    """Create a temporary file in a folder; deletes it on exit unless it was renamed."""
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
    """Copy owner, mode and extended attributes to an open file.

    Raises OSError if one cannot be kept. Must be called after writing, which clears some mode bits.
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
            # Labels that the system sets by itself may not be writable.
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
    """Make a rename durable; not every file system supports it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
