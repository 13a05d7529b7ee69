"""The posts of a run, part by part in their order: what is known of them, what is found again."""

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

PAGE = 5_000
"""Posts that are compared with the cache at once: what is held of them is a megabyte."""


class FolderChunk(NamedTuple):
    """Posts of one folder; ``missing`` are the numbers of those of which nothing is known."""

    shelf: FolderPosts
    missing: Sequence[int]
    state: bytes | None = None


class Batch(NamedTuple):
    """Posts that are done: some that follow each other on a page.

    ``reports`` are those that say something, ``facts`` those of the posts that were linted now,
    both by number.
    """

    shelf: FolderPosts
    numbers: range
    reports: Mapping[int, FileReport]
    facts: Mapping[int, Mapping[str, Any]]


def pages(files: Sequence[PostFile], project: Project, cache: Cache | None) -> list[FolderChunk]:
    """Return the posts page by page, compared with what is known of them."""
    made = []
    for shelf in Posts.of(files).shelves:
        for start in range(0, len(shelf.names), PAGE):
            page = shelf._replace(names=shelf.names[start : start + PAGE])
            if cache is None:
                made.append(FolderChunk(page, range(len(page.names))))
            else:
                made.append(FolderChunk(page, *cache.compare(page, project)))
    return made


Task = Callable[[Sequence[PostFile]], list[LintResult]]


class _Cut(NamedTuple):
    """A piece of a page that no more of is linted than a batch, so that it is soon done."""

    page: FolderChunk
    numbers: range
    missing: Sequence[int]


def _cut(given: Sequence[FolderChunk]) -> Iterator[_Cut]:
    for page in given:
        starts = [0, *page.missing[executors.BATCH :: executors.BATCH]]
        ends = [*starts[1:], len(page.shelf.names)]
        for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
            first = number * executors.BATCH
            missing = page.missing[first : first + executors.BATCH]
            yield _Cut(page, range(start, end), missing)


class BatchRunner:
    """How the posts of a run are gone through."""

    def __init__(
        self,
        task: Task,
        project: Project,
        jobs: int,
        cache: Cache | None,
        lost: Callable[[PostFile, str], FileReport],
        cluster: Executor | None = None,
    ) -> None:
        """``lost`` makes the report of a post whose result was lost, and says why.

        ``cluster`` works in the stead of ``jobs`` processes of this machine.
        """
        self._task = task
        self._project = project
        self._jobs = jobs
        self._cache = cache
        self._lost = lost
        self._cluster = cluster
        self.is_steady = True
        """Whether every post was read as it was when it was compared with what is known."""

    def parts(self, given: Sequence[FolderChunk]) -> Iterator[Batch]:
        """Yield the posts of some pages with their reports."""
        ahead, here = tee(_cut(given))
        stamps: deque[FileState | None] = deque()
        results = self._results(ahead, sum(len(page.missing) for page in given), stamps)
        known: Batch | None = None
        for page, numbers, missing in here:
            if known is None or known.shelf is not page.shelf:
                known = self._known(page)
            reports = {at: one for at, one in known.reports.items() if at in numbers}
            facts = {at: one for at, one in known.facts.items() if at in numbers}
            for at in missing:
                result = next(results)
                if isinstance(result, executors.Lost):
                    result = LintResult(self._lost(page.shelf.found(at), result.why), {})
                if self._cache is not None:
                    found, stamp = page.shelf.found(at), stamps.popleft()
                    self.is_steady &= self._cache.store(found, stamp, self._project, result)
                if result.report is not None:
                    reports[at] = result.report
                facts[at] = result.facts
            yield Batch(page.shelf, numbers, reports, facts)

    def facts(self, part: Batch) -> list[Mapping[str, Any]]:
        """Return the facts of all posts of a part, in their order."""
        shelf, numbers = part.shelf, part.numbers
        if self._cache is None or len(part.facts) == len(numbers):
            return [part.facts[at] for at in numbers]
        names = shelf.names[numbers.start : numbers.stop]
        piece = shelf._replace(names=names)
        try:
            known = self._cache.facts(piece, self._project)
        except DamagedError:
            again = self._task([shelf.found(at) for at in numbers])
            return [one.facts for one in again]
        kept = (part.facts.get(at) for at in numbers)
        return [
            known.get(name, {}) if fresh is None else fresh
            for name, fresh in zip(names, kept, strict=True)
        ]

    def _results(
        self, ahead: Iterator[_Cut], count: int, stamps: deque[FileState | None]
    ) -> Iterator[LintResult | executors.Lost]:
        """Yield what is found in the missing posts; ``stamps`` get what they were before."""

        def batches() -> Iterator[list[PostFile]]:
            missing = (cut.page.shelf.found(at) for cut in ahead for at in cut.missing)
            while batch := list(islice(missing, executors.BATCH)):
                if self._cache is not None:
                    stamps.extend(map(self._cache.file_state, batch))
                yield batch

        # What a store's library has open does not live through a fork.
        forks = not self._project.url
        executor = self._cluster or executors.executor(self._jobs, count, forks=forks)
        for results in executor.map(self._task, batches()):
            yield from results

    def _known(self, page: FolderChunk) -> Batch:
        """Return what the cache says of a page's posts; where it is damaged they are linted."""
        shelf, every = page.shelf, range(len(page.shelf.names))
        if self._cache is None or len(page.missing) == len(every):
            return Batch(shelf, every, {}, {})
        missing = set(page.missing)
        try:
            said = self._cache.reports(shelf, self._project)
        except DamagedError:
            numbers = [at for at in every if at not in missing]
            again = self._task([shelf.found(at) for at in numbers])
            reports = {at: one.report for at, one in zip(numbers, again, strict=True) if one.report}
            facts = {at: one.facts for at, one in zip(numbers, again, strict=True)}
            return Batch(shelf, every, reports, facts)
        named = zip(shelf.names, every, strict=True) if said else ()
        reports = {at: said[name] for name, at in named if name in said and at not in missing}
        return Batch(shelf, every, reports, {})
