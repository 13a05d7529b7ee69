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
"""Minimum number of posts for a bar: about half a second of work."""

MOVES = 0.1
"""Seconds between updates of the bar, as fast as the eye follows. An update costs as much as
looking up ten posts."""

_WIDE = 60
"""Minimum width in cells of a terminal for showing the speed."""


class Shown:
    """Passes reports through and updates the bar, if there is one."""

    def __init__(self, shown: Progress | None, total: int) -> None:
        self._bar = shown
        self.has_bar = shown is not None
        self._task = shown.add_task("", total=total, speed="") if shown else None

    def __call__(self, reports: Iterable[FileReport]) -> Iterator[FileReport]:
        """Yield the same reports, and update the bar."""
        if self._bar is None or self._task is None:
            yield from reports
            return
        started = moved = monotonic()
        for done, report in enumerate(reports, 1):
            if (now := monotonic()) - moved >= MOVES:
                speed_text = msg("{speed:,.0f} posts/s", speed=done / (now - started))
                shown_speed = language().translate(speed_text)
                self._bar.update(self._task, completed=done, speed=shown_speed, refresh=True)
                moved = now
            yield report

    def stop(self) -> None:
        """Remove the bar."""
        if self._bar is not None:
            self._bar.stop()


@contextmanager
def progress(total: int, wanted: bool) -> Iterator[Shown]:
    """Show a bar for ``total`` posts: posts done, posts per second, remaining time."""
    if not wanted or total < LONG_RUN or not sys.stderr.isatty():
        yield Shown(None, total)
        return
    # A thread must not exist when worker processes are forked.
    with bar(msg("checking"), has_thread=False) as shown:
        yield Shown(shown, total)


@contextmanager
def bar(about: str, *, has_thread: bool = True) -> Iterator[Progress]:
    """Show a bar on standard error, which is removed at the end.

    It shows ``about``, the progress, the field ``speed`` of its task, and the remaining time. A
    thread draws it ten times a second, or else the caller when it updates the bar.
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
    # Without a fixed width, the bar takes the rest of the line.
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
