"""The posts of a run in batches: cached results are read, the other posts are linted."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice, tee
from typing import TYPE_CHECKING, Any, NamedTuple

from newslint.files.posts import FolderPosts, PostFile, Posts
from newslint.runner import executors
from newslint.runner.results import DamagedError, LintResult

if TYPE_CHECKING:
    from newslint.config.project import Project
    from newslint.core.report import FileReport
    from newslint.runner.cache.cache import Cache
    from newslint.runner.cache.file_state import FileState
    from newslint.runner.executors import Executor

CHUNK = 5_000
"""Posts that are compared with the cache at once; their states take about a megabyte."""


class FolderChunk(NamedTuple):
    """Posts of one folder; ``missing`` are the numbers of those that must be linted."""

    folder: FolderPosts
    missing: Sequence[int]
    state: bytes | None = None


class Batch(NamedTuple):
    """Consecutive posts of a chunk with their results.

    ``reports`` are the reports that are not empty, ``facts`` those of the posts that were linted
    now, both by number.
    """

    folder: FolderPosts
    numbers: range
    reports: Mapping[int, FileReport]
    facts: Mapping[int, Mapping[str, Any]]


def chunks(files: Sequence[PostFile], project: Project, cache: Cache | None) -> list[FolderChunk]:
    """Return the posts in chunks, compared with the cache."""
    compared = []
    for folder in Posts.of(files).folders:
        for start in range(0, len(folder.names), CHUNK):
            chunk = folder._replace(names=folder.names[start : start + CHUNK])
            if cache is None:
                compared.append(FolderChunk(chunk, range(len(chunk.names))))
            else:
                compared.append(FolderChunk(chunk, *cache.compare(chunk, project)))
    return compared


Task = Callable[[Sequence[PostFile]], list[LintResult]]


class _Piece(NamedTuple):
    """A part of a chunk with at most a batch of posts to lint, so that it is complete soon."""

    chunk: FolderChunk
    numbers: range
    missing: Sequence[int]


def _pieces(chunks: Sequence[FolderChunk]) -> Iterator[_Piece]:
    for chunk in chunks:
        starts = [0, *chunk.missing[executors.BATCH :: executors.BATCH]]
        ends = [*starts[1:], len(chunk.folder.names)]
        for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
            first = number * executors.BATCH
            missing = chunk.missing[first : first + executors.BATCH]
            yield _Piece(chunk, range(start, end), missing)


class BatchRunner:
    """Runs a task over the posts of a run, in processes or on a cluster."""

    def __init__(
        self,
        task: Task,
        project: Project,
        jobs: int,
        cache: Cache | None,
        lost: Callable[[PostFile, str], FileReport],
        cluster: Executor | None = None,
    ) -> None:
        """``lost`` returns the report of a post whose result was lost, given the reason.

        ``cluster`` replaces ``jobs`` local processes.
        """
        self._task = task
        self._project = project
        self._jobs = jobs
        self._cache = cache
        self._lost = lost
        self._cluster = cluster
        self.is_steady = True
        """Whether no post changed between the comparison with the cache and reading it."""

    def run(self, chunks: Sequence[FolderChunk]) -> Iterator[Batch]:
        """Yield the posts of some chunks with their reports."""
        upcoming, pieces = tee(_pieces(chunks))
        states: deque[FileState | None] = deque()
        results = self._results(upcoming, sum(len(chunk.missing) for chunk in chunks), states)
        cached: Batch | None = None
        for chunk, numbers, missing in pieces:
            if cached is None or cached.folder is not chunk.folder:
                cached = self._cached_batch(chunk)
            reports = {at: one for at, one in cached.reports.items() if at in numbers}
            facts = {at: one for at, one in cached.facts.items() if at in numbers}
            for at in missing:
                result = next(results)
                if isinstance(result, executors.Lost):
                    result = LintResult(self._lost(chunk.folder.found(at), result.why), {})
                if self._cache is not None:
                    found, state = chunk.folder.found(at), states.popleft()
                    self.is_steady &= self._cache.store(found, state, self._project, result)
                if result.report is not None:
                    reports[at] = result.report
                facts[at] = result.facts
            yield Batch(chunk.folder, numbers, reports, facts)

    def facts(self, batch: Batch) -> list[Mapping[str, Any]]:
        """Return the facts of all posts of a batch, in order."""
        folder, numbers = batch.folder, batch.numbers
        if self._cache is None or len(batch.facts) == len(numbers):
            return [batch.facts[at] for at in numbers]
        names = folder.names[numbers.start : numbers.stop]
        part_of_folder = folder._replace(names=names)
        try:
            cached = self._cache.facts(part_of_folder, self._project)
        except DamagedError:
            again = self._task([folder.found(at) for at in numbers])
            return [one.facts for one in again]
        kept = (batch.facts.get(at) for at in numbers)
        return [
            cached.get(name, {}) if fresh is None else fresh
            for name, fresh in zip(names, kept, strict=True)
        ]

    def _results(
        self, upcoming: Iterator[_Piece], count: int, states: deque[FileState | None]
    ) -> Iterator[LintResult | executors.Lost]:
        """Yield the results of the missing posts; adds their earlier states to ``states``."""

        def batches() -> Iterator[list[PostFile]]:
            missing = (piece.chunk.folder.found(at) for piece in upcoming for at in piece.missing)
            while batch := list(islice(missing, executors.BATCH)):
                if self._cache is not None:
                    states.extend(map(self._cache.file_state, batch))
                yield batch

        # Open connections of a store's library do not survive a fork.
        forks = not self._project.url
        executor = self._cluster or executors.executor(self._jobs, count, forks=forks)
        for results in executor.map(self._task, batches()):
            yield from results

    def _cached_batch(self, chunk: FolderChunk) -> Batch:
        """Return the cached results of a chunk's posts; damaged ones are computed again."""
        folder, every = chunk.folder, range(len(chunk.folder.names))
        if self._cache is None or len(chunk.missing) == len(every):
            return Batch(folder, every, {}, {})
        missing = set(chunk.missing)
        try:
            cached_reports = self._cache.reports(folder, self._project)
        except DamagedError:
            numbers = [at for at in every if at not in missing]
            again = self._task([folder.found(at) for at in numbers])
            reports = {at: one.report for at, one in zip(numbers, again, strict=True) if one.report}
            facts = {at: one.facts for at, one in zip(numbers, again, strict=True)}
            return Batch(folder, every, reports, facts)
        named = zip(folder.names, every, strict=True) if cached_reports else ()
        reports = {
            at: cached_reports[name]
            for name, at in named
            if name in cached_reports and at not in missing
        }
        return Batch(folder, every, reports, {})
