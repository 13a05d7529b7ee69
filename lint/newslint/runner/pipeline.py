"""Run: yield the reports of files in order, including the findings about the complete archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from newslint.core.finding import Finding
from newslint.core.report import FileReport
from newslint.files.posts import PostFile
from newslint.files.store import store_of
from newslint.runner.archive import FolderFacts, StreamingRules, check_all
from newslint.runner.archive_cache import ArchiveCache, restored_report
from newslint.runner.batches import Batch, BatchRunner, FolderChunk, chunks
from newslint.runner.guarding import not_checked
from newslint.runner.lint import merged
from newslint.runner.task import Task

if TYPE_CHECKING:
    from newslint.config.project import Project
    from newslint.online.client import Network
    from newslint.runner.cache.cache import Cache
    from newslint.runner.executors import Executor
    from newslint.runner.fix import FixMode


def lint_files(
    files: Sequence[PostFile],
    project: Project,
    fixing: FixMode | None = None,
    *,
    jobs: int = 1,
    cache: Cache | None = None,
    others: Sequence[PostFile] = (),
    network: Network | None = None,
    cluster: Executor | None = None,
) -> Iterator[FileReport]:
    """Yield the report of each file, in the order of the files, including archive findings.

    ``others`` are the rest of the archive: only their facts are used; they are neither fixed nor
    reported. Findings about a file and one of the others are reported at the file.

    Reports are yielded as soon as they are complete. If an archive rule that is not streaming has
    facts of a post, the reports from that post on are complete only when all posts were read,
    except if the cache has the findings of the same posts. ``jobs`` is the number of processes;
    ``cluster`` replaces them. ``network`` sends the requests of online rules. Raises ConfigError if
    a configuration that applies to a file is invalid.
    """
    post_cache = None if fixing is not None else cache
    other_chunks = chunks(others, project, cache)
    file_chunks = chunks(files, project, post_cache)
    # Answers of the network have a cache of their own, since they expire.
    archive_cache = ArchiveCache(post_cache if network is None else None, other_chunks, file_chunks)
    if fixing is not None and network is not None:
        # Fixes need the answers of the network, which only this process has.
        _request_first(linted(files, project, jobs, cache, cluster), project, network)
        jobs, cluster = 1, None
    fix_network = network if fixing is not None else None
    alone = cache is None and len(files) + len(others) == 1
    runner = _runner(project, fixing, jobs, post_cache, fix_network, cluster, alone=alone)
    if archive_cache.is_current:
        yield from _cached_reports(runner.run(file_chunks), archive_cache, project)
        return
    other_runner = _runner(project, None, jobs, cache, None, cluster)
    archive = _ArchiveFindings(project, archive_cache, network)
    for batch in other_runner.run(other_chunks):
        archive.take(batch, other_runner.facts(batch))
    yield from _reports(runner, file_chunks, archive)
    if runner.is_steady and other_runner.is_steady:
        archive_cache.save()


_Extra = dict[str, list[Finding]]
"""The findings of archive rules by the absolute paths of posts."""

_Linted = tuple[PostFile, FileReport | None, Mapping[str, Any]]
"""A file with its report (None if it is empty) and its facts."""


class _ArchiveFindings:
    """The findings of archive rules: of streaming rules in order, of the others at the end."""

    def __init__(self, project: Project, cache: ArchiveCache, network: Network | None) -> None:
        self.project = project
        self.cache = cache
        self._network = network
        self._streaming = StreamingRules(project, cache.existence, network)
        self._remaining: list[FolderFacts] = []

    def take(self, batch: Batch, facts: Sequence[Mapping[str, Any]]) -> tuple[_Extra, FolderFacts]:
        """Return the findings of streaming rules in some posts, and the other rules' facts."""
        found, remaining = self._streaming.take(FolderFacts(batch.folder, batch.numbers, facts))
        if any(remaining.facts):
            self._remaining.append(remaining)
        return found, remaining

    def add_to(self, extra: _Extra) -> None:
        """Add the findings of the other rules to ``extra``, and release their facts."""
        if self._network is not None:
            self._add_failures(extra, self._network)
        found = check_all(self._remaining, self.project, self.cache.existence, self._network)
        for file, findings in found.items():
            extra.setdefault(file, []).extend(findings)
        self._remaining.clear()

    def _add_failures(self, extra: _Extra, network: Network) -> None:
        """Send the requests of online rules, and add the findings about those that failed."""
        from newslint.runner.online_rules import request_failures, send_requests

        posts = (pair for one in self._remaining for pair in one.posts())
        send_requests(posts, self.project, network)
        for post, facts in (pair for one in self._remaining for pair in one.posts()):
            if failures := request_failures(facts, self.project.settings(post.place), network):
                extra.setdefault(post.place, []).extend(failures)


def _request_first(posts: Iterable[_Linted], project: Project, network: Network) -> None:
    """Send the requests of online rules for some posts."""
    from newslint.runner.online_rules import send_requests

    send_requests(((found, facts) for found, _, facts in posts), project, network)


def _reports(
    runner: BatchRunner, files: Sequence[FolderChunk], archive: _ArchiveFindings
) -> Iterator[FileReport]:
    """Yield the reports of posts, each as soon as all findings of archive rules are known."""
    waiting: list[Batch] = []
    extra: _Extra = {}
    for batch in runner.run(files):
        found, remaining = archive.take(batch, runner.facts(batch))
        start, stop = batch.numbers.start, batch.numbers.stop
        first = start if waiting else _first_waiting(remaining)
        yield from _merged_reports(batch._replace(numbers=range(start, first)), found, archive)
        if first < stop:
            waiting.append(batch._replace(numbers=range(first, stop)))
            extra |= found
    if waiting:
        archive.add_to(extra)
        for batch in waiting:
            yield from _merged_reports(batch, extra, archive)


def _first_waiting(remaining: FolderFacts) -> int:
    """Return the number of the first post with facts of rules that need all posts."""
    for at, facts in zip(remaining.numbers, remaining.facts, strict=True):
        if any(facts.values()):
            return at
    return remaining.numbers.stop


def _cached_reports(
    batches: Iterable[Batch], cache: ArchiveCache, project: Project
) -> Iterator[FileReport]:
    """Yield the reports of posts with the cached findings of archive rules."""
    folders = cache.folders()
    for batch in batches:
        folder, numbers = batch.folder, batch.numbers
        if not batch.reports and folder.path not in folders:
            # A fast path for nearly all posts.
            shown = folder.shown
            yield from [FileReport(shown + folder.names[at]) for at in numbers]
            continue
        for at in numbers:
            entry = cache.entry(folder.path + folder.names[at])
            report = _own_report(batch, at)
            if entry is not None:
                findings, data = entry
                again = (
                    restored_report(data, report.path) if data and at not in batch.facts else None
                )
                report = again or merged(
                    folder.found(at), report, findings, project, store_of(project)
                )
            yield report


def _merged_reports(
    batch: Batch, extra: Mapping[str, list[Finding]], archive: _ArchiveFindings
) -> Iterator[FileReport]:
    """Yield the reports of some posts with the findings of archive rules, and cache them."""
    project = archive.project
    again = {at for at in batch.numbers if _is_read_again(batch, at, extra, project)}
    store = store_of(project).prefetch([batch.folder.found(at) for at in sorted(again)])
    for at in batch.numbers:
        if at not in again:
            yield _own_report(batch, at)
            continue
        file = batch.folder.path + batch.folder.names[at]
        findings = extra.get(file, [])
        full = merged(batch.folder.found(at), batch.reports.get(at), findings, project, store)
        archive.cache.add(file, findings, full)
        yield full


def _is_read_again(
    batch: Batch, at: int, extra: Mapping[str, list[Finding]], project: Project
) -> bool:
    """Return whether a post has findings of archive rules, or may have suppressions of them."""
    if batch.folder.path + batch.folder.names[at] in extra:
        return True
    report = batch.reports.get(at)
    if report is None or not report.suppresses:
        return False
    return bool(project.settings(batch.folder.found(at).place).rules.archive)


def _own_report(batch: Batch, at: int) -> FileReport:
    """Return the report of one post, without findings of archive rules."""
    return batch.reports.get(at) or FileReport(batch.folder.shown + batch.folder.names[at])


def linted(
    files: Sequence[PostFile],
    project: Project,
    jobs: int,
    cache: Cache | None,
    cluster: Executor | None = None,
) -> Iterator[_Linted]:
    """Yield each file with its report (None if it is empty) and its facts."""
    runner = _runner(project, None, jobs, cache, None, cluster)
    for batch in runner.run(chunks(files, project, cache)):
        for at, facts in zip(batch.numbers, runner.facts(batch), strict=True):
            yield batch.folder.found(at), batch.reports.get(at), facts


def _runner(
    project: Project,
    fixing: FixMode | None,
    jobs: int,
    cache: Cache | None,
    network: Network | None = None,
    cluster: Executor | None = None,
    *,
    alone: bool = False,
) -> BatchRunner:
    def lost(found: PostFile, why: str) -> FileReport:
        return not_checked(found, project.settings(found.place), why)

    task = Task(project, fixing, network, digests=cache is not None, alone=alone)
    return BatchRunner(task, project, jobs, cache, lost, cluster)
