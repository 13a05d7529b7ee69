"""A run: the reports of its files in their order, and what the complete archive says of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from newslint.core.errors import NewslintError
from newslint.core.finding import Finding
from newslint.core.report import FileReport
from newslint.files.posts import PostFile
from newslint.files.store import store_of
from newslint.runner.archive import FolderFacts, StreamingRules, across
from newslint.runner.archive_cache import ArchiveCache, restored
from newslint.runner.batches import Batch, BatchRunner, pages
from newslint.runner.guarding import not_judged
from newslint.runner.lint import lint_together, merged
from newslint.runner.results import LintResult

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
    """Yield the report of each file, in the order of the files, archive findings included.

    ``others`` are the rest of the archive, of which only the facts are asked: they are not fixed
    and have no report. What files have in common with them is reported of the files.

    Reports come as they are ready; from the first post on that has more than empty facts for an
    archive rule that does not look back, when all posts were read, unless none has changed since
    the cache was written.
    ``jobs`` is the number of processes, ``cluster`` works in their stead. ``network`` is asked
    where online rules are on. Raises ConfigError where a configuration in force for a file is
    wrong.
    """
    known_of = None if fixing is not None else cache
    rest = pages(others, project, cache)
    given = pages(files, project, known_of)
    # What the network answers is kept elsewhere, and only for so long.
    whole = ArchiveCache(known_of if network is None else None, rest, given)
    if fixing is not None and network is not None:
        # What the network answers must be known before a post is fixed, and it is known here.
        _ask_first(linted(files, project, jobs, cache, cluster), project, network)
        jobs, cluster = 1, None
    asked = network if fixing is not None else None
    alone = cache is None and len(files) + len(others) == 1
    passage = _passage(project, fixing, jobs, known_of, asked, cluster, alone=alone)
    if whole.is_known:
        yield from _as_kept(passage.parts(given), whole, project)
        return
    aside = _passage(project, None, jobs, cache, None, cluster)
    archive = _ArchiveFindings(project, whole, network)
    for part in aside.parts(rest):
        archive.take(part, aside.facts(part))
    held: list[Batch] = []
    extra: _Extra = {}
    for part in passage.parts(given):
        found, left = archive.take(part, passage.facts(part))
        start, stop = part.numbers.start, part.numbers.stop
        first = start if held else _first_waiting(left)
        yield from _told(part._replace(numbers=range(start, first)), found, whole, project)
        if first < stop:
            held.append(part._replace(numbers=range(first, stop)))
            extra |= found
    if held:
        archive.add_to(extra)
        for part in held:
            yield from _told(part, extra, whole, project)
    if passage.is_steady and aside.is_steady:
        whole.keep()


_Extra = dict[str, list[Finding]]
"""The findings of archive rules in posts, by their absolute paths."""

_Linted = tuple[PostFile, FileReport | None, Mapping[str, Any]]
"""A file with its report, None where there is nothing to say, and its facts."""


class _ArchiveFindings:
    """What archive rules find: as the posts go by, and of all of them together."""

    def __init__(self, project: Project, whole: ArchiveCache, network: Network | None) -> None:
        self.project = project
        self.whole = whole
        self.network = network
        self._streaming = StreamingRules(project, whole.asked, network)
        self._left: list[FolderFacts] = []

    def take(self, part: Batch, facts: Sequence[Mapping[str, Any]]) -> tuple[_Extra, FolderFacts]:
        """Return what is found in some posts already, and the facts that wait for the others."""
        found, left = self._streaming.take(FolderFacts(part.shelf, part.numbers, facts))
        if any(left.facts):
            self._left.append(left)
        return found, left

    def add_to(self, extra: _Extra) -> None:
        """Add what is found in all posts together, whose facts are then given up."""
        if self.network is not None:
            self._add_answers(extra, self.network)
        together = across(self._left, self.project, self.whole.asked, self.network)
        for file, findings in together.items():
            extra.setdefault(file, []).extend(findings)
        self._left.clear()

    def _add_answers(self, extra: _Extra, network: Network) -> None:
        from newslint.runner.online_rules import ask, not_asked

        ask((pair for one in self._left for pair in one.posts()), self.project, network)
        for post, facts in (pair for one in self._left for pair in one.posts()):
            if failures := not_asked(facts, self.project.settings(post.place), network):
                extra.setdefault(post.place, []).extend(failures)


def _ask_first(told: Iterable[_Linted], project: Project, network: Network) -> None:
    """Ask the network what the facts of some posts want to know."""
    from newslint.runner.online_rules import ask

    ask(((found, facts) for found, _, facts in told), project, network)


def _first_waiting(left: FolderFacts) -> int:
    """Return the number of the first post of which all posts together may have something to say."""
    for at, facts in zip(left.numbers, left.facts, strict=True):
        if any(facts.values()):
            return at
    return left.numbers.stop


def _as_kept(parts: Iterable[Batch], whole: ArchiveCache, project: Project) -> Iterator[FileReport]:
    """Yield the reports of posts that say together what they said the last time."""
    folders = whole.folders()
    for part in parts:
        shelf, numbers = part.shelf, part.numbers
        if not part.reports and shelf.folder not in folders:
            # Nearly all posts: nothing is looked up for them.
            shown = shelf.shown
            yield from [FileReport(shown + shelf.names[at]) for at in numbers]
            continue
        for at in numbers:
            kept = whole.said(shelf.folder + shelf.names[at])
            report = _said_of(part, at)
            if kept is not None:
                findings, data = kept
                again = restored(data, report.path) if data and at not in part.facts else None
                report = again or merged(
                    shelf.found(at), report, findings, project, store_of(project)
                )
            yield report


def _told(
    part: Batch, extra: Mapping[str, list[Finding]], whole: ArchiveCache, project: Project
) -> Iterator[FileReport]:
    """Yield the reports of some posts with the findings of the archive rules."""
    again = {at for at in part.numbers if _is_read_again(part, at, extra, project)}
    store = store_of(project).prefetch([part.shelf.found(at) for at in sorted(again)])
    for at in part.numbers:
        if at not in again:
            yield _said_of(part, at)
            continue
        file = part.shelf.folder + part.shelf.names[at]
        findings = extra.get(file, [])
        full = merged(part.shelf.found(at), part.reports.get(at), findings, project, store)
        whole.tell(file, findings, full)
        yield full


def _is_read_again(
    part: Batch, at: int, extra: Mapping[str, list[Finding]], project: Project
) -> bool:
    """Return whether a post has findings of archive rules, or may have suppressions of them."""
    if part.shelf.folder + part.shelf.names[at] in extra:
        return True
    report = part.reports.get(at)
    if report is None or not report.suppresses:
        return False
    return bool(project.settings(part.shelf.found(at).place).rules.archive)


def _said_of(part: Batch, at: int) -> FileReport:
    return part.reports.get(at) or FileReport(part.shelf.shown + part.shelf.names[at])


def linted(
    files: Sequence[PostFile],
    project: Project,
    jobs: int,
    cache: Cache | None,
    cluster: Executor | None = None,
) -> Iterator[_Linted]:
    """Yield each file with its report, None where there is nothing to say, and its facts."""
    passage = _passage(project, None, jobs, cache, None, cluster)
    for part in passage.parts(pages(files, project, cache)):
        for at, facts in zip(part.numbers, passage.facts(part), strict=True):
            yield part.shelf.found(at), part.reports.get(at), facts


def _passage(
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
        return not_judged(found, project.settings(found.place), why)

    task = Task(project, fixing, network, digests=cache is not None, alone=alone)
    return BatchRunner(task, project, jobs, cache, lost, cluster)


class Task:
    """What a process has to know to lint some files. It can be pickled.

    Fixes depend on what ``network`` answered; it cannot be pickled, and one process fixes. With
    ``digests`` the digest of what was read is reported too; a post that is ``alone`` is compared
    with no other, now or later.
    """

    def __init__(
        self,
        project: Project,
        fixing: FixMode | None = None,
        network: Network | None = None,
        *,
        digests: bool = False,
        alone: bool = False,
    ) -> None:
        self.project = project
        self.fixing = fixing
        self.network = network
        self.digests = digests
        self.alone = alone

    def __call__(self, files: Sequence[PostFile]) -> list[LintResult]:
        """What is reported of each file."""
        project = self.project
        if self.fixing is None:
            read_ones = lint_together(files, project, alone=self.alone)
        else:
            from newslint.runner.fix import fix_file

            store = store_of(project).prefetch(files)
            read_ones = [
                fix_file(found, project.settings(found.place), store, self.fixing, self.network)
                for found in files
            ]
        results: list[LintResult] = []
        for found, (report, facts, raw) in zip(files, read_ones, strict=True):
            said = report if report.path != found.shown or any(report[1:]) else None
            results.append(LintResult(said, facts, self._digest(raw)))
        return results

    def _digest(self, raw: bytes | None) -> bytes | None:
        if not self.digests or raw is None:
            return None
        from newslint.runner.cache.file_state import content_digest

        return content_digest(raw)


def view(project: Project, found: PostFile) -> tuple[str, str]:
    """Return what this process makes of a post: why it cannot be read, and what judges it.

    Asked of the workers of a cluster, to which a folder may be unknown, or be another one.
    """
    try:
        settings = project.settings(found.place)
        store_of(project).read(found, settings.limits.file_size, settings.linked_folders)
    except NewslintError as error:
        return str(error), ""
    return "", repr(settings.said)
