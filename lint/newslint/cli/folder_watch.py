"""Watch folders, and the files above them that configure their posts."""

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
"""Milliseconds in which changes that follow each other are one: what an editor's save takes."""
LOOK = 500
"""Milliseconds after which Ctrl+C is looked for, a folder that went or came, and what is above."""


class Change(NamedTuple):
    """Files that were written to. ``decides`` where all posts may be judged otherwise now."""

    files: set[Path]
    decides: bool


class FolderWatch:
    """Waits for changes. ``paths`` are files and folders; ``others`` gives further files that
    decide, wherever they are, each with its stamp (see `deciding_files`) when it was read.
    """

    def __init__(self, paths: Sequence[Path], others: Callable[[], Mapping[Path, object]]) -> None:
        # An editor replaces the file that it saves: only its folder tells.
        folders = (path if path.is_dir() else path.parent for path in paths)
        self._folders = [*dict.fromkeys(folder.absolute() for folder in folders)]
        self._others = others

    def __iter__(self) -> Iterator[Change]:
        """First one without files, as soon as the watch has begun; then each as it comes.

        Where a folder goes or comes back, all is looked at again.
        """
        gone: set[Path] = set()
        while True:
            there = self._there()
            for folder in set(self._folders) - {*there, *gone}:
                template = "{folder} was deleted; newslint watches it again when it is back"
                echo(msg(template, folder=plain(str(folder))))
            gone = set(self._folders) - {*there}
            if there:
                yield from self._changes(there)
            else:
                time.sleep(LOOK / 1000)

    def _there(self) -> list[Path]:
        return [folder for folder in self._folders if folder.is_dir()]

    def _changes(self, there: list[Path]) -> Iterator[Change]:
        """Yield the changes until a folder goes or comes, or another one is in its place."""
        from watchfiles import watch

        with ExitStack() as stack:
            # A folder may go before it is watched: then it is found out in the next round.
            stack.enter_context(suppress(FileNotFoundError))
            kept = [stack.enter_context(_kept(folder)) for folder in there]
            stamps: dict[Path, object] = {}
            # The watch begins before the first look, so that no change falls between the two.
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
                now = self._stamps()
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

    def _stamps(self) -> dict[Path, object]:
        """Return how the files are that decide, in the folders above."""
        files = [one for folder in self._folders for one in deciding_files.above(folder)]
        return {one: state_of(one) for one in files}


@contextmanager
def _kept(folder: Path) -> Iterator[Callable[[], bool]]:
    """A block that holds a folder, so that no other one gets its number; tells if it is there."""
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
