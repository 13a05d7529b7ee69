"""``newslint check --watch``: check, wait for changes, check the changed posts, until Ctrl+C."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from newslint.cli.filter_options import filters
from newslint.cli.folder_watch import FolderWatch
from newslint.cli.left_out import report_skipped
from newslint.cli.localization import echo, error_text, line
from newslint.cli.render import DisplayOptions, show
from newslint.cli.terminal import clear
from newslint.config.deciding_files import state_of
from newslint.config.loader import find_layers, layer_from_file
from newslint.config.project import Project
from newslint.core.errors import NewslintError, UsageError
from newslint.core.escaping import plain
from newslint.core.messages import join_comma, msg
from newslint.core.report import FileReport
from newslint.files import ignore
from newslint.files.discovery import discover, rest_of_archive
from newslint.generators.detect import site
from newslint.reports.wording import posts
from newslint.runner import executors
from newslint.runner.watch import Watched

T = TypeVar("T")

_NAMED = 3
"""Maximum number of posts that are listed in a round."""


@dataclass(slots=True)
class Watching:
    """A watched archive. ``make`` reads the configuration, and again whenever it changes."""

    paths: Sequence[Path]
    make: Callable[[], Project]
    view: DisplayOptions
    force_exclude: bool = False
    jobs: int | None = None
    _rounds: int = field(default=0, init=False)
    _read: dict[Path, object] = field(default_factory=dict, init=False)

    def __call__(self) -> int:
        """Show the findings of all posts, then at each change those of the affected posts.

        Ends with Ctrl+C, and returns the exit code 0. Raises UsageError if watchfiles is not
        installed, or a path does not exist.
        """
        if find_spec("watchfiles") is None:
            raise UsageError("--watch needs watchfiles: pip install 'newslint[watch]'")
        files = discover(self.paths, self.make(), force_exclude=self.force_exclude)
        if not self.view.quiet:
            report_skipped(files.left_out)
        watched: Watched | None = None
        try:
            for change in FolderWatch(self.paths, lambda: self._read):
                anew = watched is None or change.decides or watched.site_differs(change.files)
                if anew:
                    watched = self._tried(self._start)
                if watched is not None:
                    changed = set[Path]() if anew else change.files
                    self._tried(partial(self._round, watched, changed))
        except KeyboardInterrupt:
            echo(msg("stopped watching"))
        return 0

    def _tried(self, step: Callable[[], T]) -> T | None:
        """Return the result of a step; errors are reported, and watching continues."""
        try:
            return step()
        except NewslintError as error:
            line(f"newslint: {plain(error_text(error))}")
            return None

    def _start(self) -> Watched:
        """Return an archive before the first round."""
        for cached in (find_layers, layer_from_file, site):
            cached.cache_clear()
        ignore.forget()
        run = self.make().over(self.paths)
        self._read = self._states(run)
        files = discover(self._there(), run, force_exclude=self.force_exclude)
        others = rest_of_archive(self._there(), files, run)
        return Watched(run, others, jobs=self.jobs or executors.cores())

    def _states(self, run: Project) -> dict[Path, object]:
        """Return the states of the files that settings and sites were read from."""
        folders = [
            path.absolute() if path.is_dir() else path.absolute().parent for path in self.paths
        ]
        layers = (layer for folder in folders for layer in run.layers(folder))
        files = [layer.path for layer in layers if layer.path is not None]
        files += (file for folder in folders for file in run.site_files(folder))
        return {file: state_of(file) for file in files}

    def _round(self, watched: Watched, changed: set[Path]) -> None:
        """Show the results of a change; for a change without files, all findings."""
        files = discover(self._there(), watched.project, force_exclude=self.force_exclude)
        narrow = filters(watched.project, files, None, None)
        reports = list(narrow(watched.update(files, changed)))
        if not reports and changed and self._rounds:
            return
        if self._rounds:
            clear(sys.stdout)
        if reports:
            show(reports, len(reports), self.view, None)
        if not self.view.quiet:
            self._report(reports, len(files))
        self._rounds += 1

    def _report(self, reports: Sequence[FileReport], total: int) -> None:
        """Print when posts were checked, and which; in the first round how to stop."""
        now = time.strftime("%H:%M:%S")
        if not self._rounds:
            echo(msg("{time} watching {posts}; press Ctrl+C to stop", time=now, posts=posts(total)))
            return
        named = [plain(one.path) for one in reports[:_NAMED]]
        which = join_comma(named) if 0 < len(reports) <= _NAMED else posts(len(reports))
        echo(msg("{time} checked {posts}", time=now, posts=which))

    def _there(self) -> list[Path]:
        return [path for path in self.paths if os.path.exists(path)]
