"""How a run is done: the options ``--jobs``, ``--no-cache`` and ``--cache-dir``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newslint import executors
from newslint.config.project import Project
from newslint.discovery import Found
from newslint.finding import FileReport
from newslint.runner import Fixing, lint_files

if TYPE_CHECKING:
    from newslint.online.network import Network

CACHED_FROM = 100
"""Posts from which looking them up is quicker than linting them (measured): below it, opening the
cache and telling whether the settings are the same takes longer."""


class Running(NamedTuple):
    """What the options say."""

    jobs: int | None = None
    no_cache: bool = False
    cache_dir: str | None = None
    network: Network | None = None

    def __call__(
        self,
        files: Sequence[Found],
        project: Project,
        fixing: Fixing | None,
        others: Sequence[Found] = (),
    ) -> Iterator[FileReport]:
        """The reports of the files; see `lint_files`."""
        # One process writes: it ends at once on Ctrl-C, and no post is fixed twice.
        jobs = 1 if fixing is not None else self.jobs or executors.cores()
        looked_up = len(others) if fixing is not None else len(files) + len(others)
        if self.no_cache or looked_up < CACHED_FROM:
            yield from lint_files(
                files, project, fixing, jobs=jobs, others=others, network=self.network
            )
            return
        from newslint.cache import Cache

        cache = Cache(cache_file(project, self.cache_dir, project.detail))
        try:
            yield from lint_files(
                files,
                project,
                fixing,
                jobs=jobs,
                cache=cache,
                others=others,
                network=self.network,
            )
        finally:
            cache.close()


def cache_file(project: Project, folder: str | None, detail: bool = False) -> Path:
    """Where the cache of a project is: in a folder that is named, or the usual one.

    Detailed reports have a cache of their own, so that the other one stays small.
    """
    from newslint.cache import place

    file = place(project.root(project.folder), None if folder is None else Path(folder))
    return file.with_suffix(f".detail{file.suffix}") if detail else file
