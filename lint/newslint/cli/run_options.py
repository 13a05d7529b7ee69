"""Options for running: ``--jobs``, ``--engine``, ``--no-cache`` and others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newslint.config.project import Project
from newslint.core.errors import UsageError
from newslint.core.messages import msg
from newslint.core.report import Detail, FileReport
from newslint.files.posts import PostFile
from newslint.runner import executors
from newslint.runner.pipeline import lint_files
from newslint.runner.task import view

if TYPE_CHECKING:
    from newslint.online.client import Network
    from newslint.runner.dask import Cluster
    from newslint.runner.fix import FixMode

CACHED_FROM = 100
"""Minimum number of posts for the cache (measured): with fewer, opening it and computing the key of
the settings takes longer than linting."""


class Running(NamedTuple):
    """The values of the options."""

    jobs: int | None = None
    no_cache: bool = False
    cache_dir: str | None = None
    network: Network | None = None
    engine: str = "local"
    scheduler: str | None = None

    def check(self) -> None:
        """Raise UsageError for options that contradict each other."""
        if self.scheduler is not None and self.engine != "dask":
            raise UsageError("--scheduler is for Dask; add --engine dask")
        if self.scheduler is not None and self.jobs is not None:
            raise UsageError("--jobs starts local processes; remove --jobs or --scheduler")

    def __call__(
        self,
        files: Sequence[PostFile],
        project: Project,
        fixing: FixMode | None,
        others: Sequence[PostFile] = (),
    ) -> Iterator[FileReport]:
        """Yield the reports of the files; see `lint_files`.

        Raises UsageError at once if the cluster is not available.
        """
        if self.engine == "local":
            return self._reports(files, project, fixing, others, None)
        from newslint.runner.dask_connection import connected

        cluster = connected(self.scheduler, self.jobs or executors.cores())
        try:
            _check_view(cluster, project, [*files[:1], *others[:1]])
        except BaseException:
            cluster.close()
            raise
        return self._reports(files, project, fixing, others, cluster)

    def _reports(
        self,
        files: Sequence[PostFile],
        project: Project,
        fixing: FixMode | None,
        others: Sequence[PostFile],
        cluster: Cluster | None,
    ) -> Iterator[FileReport]:
        # One process writes, so that Ctrl-C ends it at once and no post is fixed twice.
        jobs = 1 if fixing is not None else self.jobs or executors.cores()
        looked_up = len(others) if fixing is not None else len(files) + len(others)
        with ExitStack() as stack:
            cache = None
            if cluster is not None:
                stack.callback(cluster.close)
            if not (self.no_cache or project.url or looked_up < CACHED_FROM):
                from newslint.runner.cache.cache import Cache

                file = cache_file(project, self.cache_dir, project.detail)
                cache = stack.enter_context(closing(Cache(file)))
            yield from lint_files(
                files,
                project,
                fixing,
                jobs=jobs,
                cache=cache,
                others=others,
                network=self.network,
                cluster=cluster,
            )


def _check_view(cluster: Cluster, project: Project, sample: Sequence[PostFile]) -> None:
    """Raise UsageError if a worker does not see the posts, or has other settings for them."""
    for found in sample:
        here = view(project, found)
        for worker, there in cluster.ask(view, project, found).items():
            why = str(there) if isinstance(there, Exception) else there[0]
            if why and why != here[0]:
                raise UsageError(
                    msg(
                        "the worker {worker} reports that {path} {why}; each worker needs the"
                        " same folder, or access to the store",
                        worker=worker,
                        path=found.shown,
                        why=why,
                    )
                )
            if there != here:
                raise UsageError(
                    msg(
                        "the worker {worker} and this machine find different configurations for"
                        " {path}; use the same folder on both",
                        worker=worker,
                        path=found.shown,
                    )
                )


def cache_file(project: Project, folder: str | None, detail: Detail = Detail.NONE) -> Path:
    """Return the path of a project's cache, in the given folder or the default one.

    Reports with details have a cache of their own, so that the other one stays small.
    """
    from newslint.runner.cache.location import place

    file = place(project.root(project.folder), None if folder is None else Path(folder))
    return file.with_suffix(f".{_DETAILED[detail]}{file.suffix}") if detail else file


_DETAILED = {Detail.FIXES: "fixes", Detail.ALL: "detail"}
