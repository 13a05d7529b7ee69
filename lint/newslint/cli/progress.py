"""A progress bar on standard error, for long runs on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from newslint.cli.localization import language
from newslint.core.messages import msg
from newslint.core.report import FileReport

if TYPE_CHECKING:
    from rich.progress import Progress

LONG_RUN = 500
"""Posts from which a bar is worth its import: about half a second's work."""

MOVES = 0.1
"""Seconds between two moves of the bar: what the eye follows. A move costs as much as looking up
ten posts."""

_WIDE = 60
"""Cells of a terminal from which the bar also shows the speed."""


class Shown:
    """Passes reports on and moves the bar, if there is one."""

    def __init__(self, shown: Progress | None, total: int) -> None:
        self._bar = shown
        self.has_bar = shown is not None
        self._task = shown.add_task("", total=total, speed="") if shown else None

    def __call__(self, reports: Iterable[FileReport]) -> Iterator[FileReport]:
        """The same reports; the bar moves as they go by."""
        if self._bar is None or self._task is None:
            yield from reports
            return
        started = moved = monotonic()
        for done, report in enumerate(reports, 1):
            if (now := monotonic()) - moved >= MOVES:
                told = msg("{speed:,.0f} posts/s", speed=done / (now - started))
                spoken = language().translate(told)
                self._bar.update(self._task, completed=done, speed=spoken, refresh=True)
                moved = now
            yield report

    def stop(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()


@contextmanager
def progress(total: int, wanted: bool) -> Iterator[Shown]:
    """A bar for ``total`` posts: posts done, posts a second, time left."""
    if not wanted or total < LONG_RUN or not sys.stderr.isatty():
        yield Shown(None, total)
        return
    # A thread of its own would be there when worker processes are forked off.
    with bar(msg("checking"), has_thread=False) as shown:
        yield Shown(shown, total)


@contextmanager
def bar(about: str, *, has_thread: bool = True) -> Iterator[Progress]:
    """A bar on standard error that is gone afterwards.

    It says what it is about, how much is done, the field ``speed`` of its task, and the time left.
    A thread draws it ten times a second, or whoever moves it does.
    """
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    speed = [TextColumn("{task.fields[speed]}")] if console.width >= _WIDE else []
    # Without a width of its own the bar takes what the numbers leave of the line.
    columns = (
        TextColumn(language().translate(about)),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        *speed,
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, expand=True, auto_refresh=has_thread
    ) as shown:
        yield shown
