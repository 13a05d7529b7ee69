"""A progress bar on standard error, for long runs on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from newslint.cli.localization import language
from newslint.core.finding import FileReport
from newslint.core.messages import say

if TYPE_CHECKING:
    from rich.progress import Progress

LONG_RUN = 500
"""Posts from which a bar is worth its import: about half a second's work."""

MOVES = 0.1
"""Seconds between two moves of the bar: what the eye follows. A move costs as much as looking up
ten posts."""


class Shown:
    """Lets reports go by and moves the bar, if there is one."""

    def __init__(self, bar: Progress | None, total: int) -> None:
        self._bar = bar
        self.has_bar = bar is not None
        self._task = bar.add_task(language().tell(say("linting")), total=total) if bar else None

    def __call__(self, reports: Iterable[FileReport]) -> Iterator[FileReport]:
        """The same reports; the bar moves as they go by."""
        if self._bar is None or self._task is None:
            yield from reports
            return
        moved = monotonic()
        for done, report in enumerate(reports, 1):
            if monotonic() - moved >= MOVES:
                self._bar.update(self._task, completed=done)
                moved = monotonic()
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
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    speed = language().tell(say("{task.speed:,.0f} posts/s"))
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(speed),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield Shown(bar, total)
