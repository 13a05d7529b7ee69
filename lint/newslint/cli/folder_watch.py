"""Watch folders, and the files in their parents that configure the posts."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from newslint.cli.localization import echo
from newslint.config import deciding_files
from newslint.config.deciding_files import state_of
from newslint.core.escaping import plain
from newslint.core.messages import msg

DEBOUNCE = 50
"""Milliseconds within which changes are combined: the duration of an editor's save."""
LOOK = 500
"""Milliseconds between checks for Ctrl+C, for created or deleted folders, and in the parents."""


class Change(NamedTuple):
    """Files that were written. ``decides`` is true if findings in all posts may change."""

    files: set[Path]
    decides: bool


class FolderWatch:
    """Waits for changes. ``paths`` are files and folders; ``others`` returns further files that
    affect findings, with their states when they were read (see `deciding_files`).
    """

    def __init__(self, paths: Sequence[Path], others: Callable[[], Mapping[Path, object]]) -> None:
        # Editors replace a file when they save it, so its folder must be watched.
        folders = (path if path.is_dir() else path.parent for path in paths)
        self._folders = [*dict.fromkeys(folder.absolute() for folder in folders)]
        self._others = others

    def __iter__(self) -> Iterator[Change]:
        """Yield a change without files when the watch has begun, then each change.

        If a folder is deleted or created, another change without files follows.
        """
        missing: set[Path] = set()
        while True:
            there = self._there()
            for folder in set(self._folders) - {*there, *missing}:
                template = "{folder} was deleted; newslint watches it again when it is back"
                echo(msg(template, folder=plain(str(folder))))
            missing = set(self._folders) - {*there}
            if there:
                yield from self._changes(there)
            else:
                time.sleep(LOOK / 1000)

    def _there(self) -> list[Path]:
        return [folder for folder in self._folders if folder.is_dir()]

    def _changes(self, there: list[Path]) -> Iterator[Change]:
        """Yield the changes until a folder is deleted, created or replaced."""
        from watchfiles import watch

        with ExitStack() as stack:
            # If a folder is deleted before it is watched, the next round detects it.
            stack.enter_context(suppress(FileNotFoundError))
            kept = [stack.enter_context(_kept(folder)) for folder in there]
            stamps: dict[Path, object] = {}
            # The watch begins before the first check, so that no change is missed.
            for event in watch(
                *there,
                debounce=DEBOUNCE,
                step=10,
                rust_timeout=LOOK,
                yield_on_timeout=True,
                watch_filter=None,
                ignore_permission_denied=True,
            ):
                files = {Path(file).absolute() for _, file in event}
                now = self._states()
                decides = (
                    now != stamps
                    or any(state_of(one) != was for one, was in self._others().items())
                    or any(map(deciding_files.decides, files))
                )
                stamps = now
                if files or decides:
                    yield Change(files, decides)
                if self._there() != there or not all(is_same() for is_same in kept):
                    return

    def _states(self) -> dict[Path, object]:
        """Return the states of the deciding files in the parent folders."""
        files = [one for folder in self._folders for one in deciding_files.above(folder)]
        return {one: state_of(one) for one in files}


@contextmanager
def _kept(folder: Path) -> Iterator[Callable[[], bool]]:
    """Keep a folder open, so that its inode is not reused; yields a test whether it is the same."""
    handle = os.open(folder, os.O_RDONLY) if hasattr(os, "O_DIRECTORY") else None
    first = folder.stat() if handle is None else os.fstat(handle)

    def is_same() -> bool:
        try:
            return os.path.samestat(first, folder.stat())
        except OSError:
            return False

    try:
        yield is_same
    finally:
        if handle is not None:
            os.close(handle)
