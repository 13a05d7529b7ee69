"""Lints the files of a run, one after the other, and tells the whole archive's findings."""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from newslint import archive, engine, executors, overflow
from newslint.deadline import Deadline, OutOfTimeError
from newslint.discovery import Found
from newslint.finding import FileReport, Finding, Severity
from newslint.message import say
from newslint.post import Post
from newslint.reading import UnreadableError, read
from newslint.source import Source
from newslint.span import Span

if TYPE_CHECKING:
    from newslint.cache import Cache
    from newslint.config.project import Project
    from newslint.config.settings import Settings
    from newslint.online.network import Network
    from newslint.rule import ArchiveRule

DEADLY = "cannot be linted: the process that tried was killed, for want of memory perhaps"
"""What IO001 says of a file that takes its process down."""

Linted = tuple["FileReport | None", Mapping[str, Any]]
"""A file's report, None where there is nothing to say, and its facts."""


class Tally:
    """What a run found, counted as the reports go by."""

    def __init__(self) -> None:
        self.files = 0
        self.dirty = 0
        self.unreadable = 0
        self.failed = False
        self.fixed = 0
        self.fixed_files = 0
        self.differs = False
        self.problems: list[tuple[str, str]] = []
        self.by_severity: Counter[Severity] = Counter()
        self.by_rule: Counter[tuple[str, str]] = Counter()
        self.fixable_by_rule: Counter[tuple[str, str]] = Counter()
        self.safe = 0
        self.unsafe = 0

    def watch(self, reports: Iterable[FileReport]) -> Iterator[FileReport]:
        """The same reports, counted."""
        for report in reports:
            self.add(report)
            yield report

    def add(self, report: FileReport) -> None:
        """Count one file's report."""
        self.files += 1
        self.dirty += bool(report.diagnostics)
        self.unreadable += report.unreadable
        self.failed |= report.failed
        self.fixed += report.fixed
        self.fixed_files += report.fixed > 0
        self.differs |= bool(report.diff)
        if report.problem:
            self.problems.append((report.path, report.problem))
        for diagnostic in report.diagnostics:
            finding = diagnostic.finding
            rule = finding.code, finding.name
            self.by_severity[finding.severity] += 1
            self.by_rule[rule] += 1
            if finding.fix is not None:
                is_safe = finding.fix.safety == "safe"
                self.safe += is_safe
                self.unsafe += not is_safe
                self.fixable_by_rule[rule] += is_safe


class _Held(NamedTuple):
    """A report that waits for what the archive rules say."""

    found: Found
    report: FileReport | None


class _Known(NamedTuple):
    """What the archive rules know of a post."""

    found: Found
    facts: Mapping[str, Any]


class Fixing(NamedTuple):
    """Which fixes are made: the safe ones, or the unsafe ones too; ``diff`` writes nothing."""

    unsafe: bool = False
    diff: bool = False


class Task:
    """What a process has to know to lint some files. It can be pickled."""

    def __init__(
        self, project: Project, fixing: Fixing | None = None, network: Network | None = None
    ) -> None:
        """Fixes hang on what ``network`` answered; it cannot be pickled, and one process fixes."""
        self.project = project
        self.fixing = fixing
        self.network = network

    def __call__(self, files: Sequence[Found]) -> list[Linted]:
        """The report of each file, None for one without a word, and its facts."""
        results: list[Linted] = []
        for found in files:
            settings = self.project.settings(found.file)
            report, facts = lint_file(found, settings, self.fixing, self.network)
            results.append((None if report == FileReport(found.shown) else report, facts))
        return results


def lint_files(
    files: Sequence[Found],
    project: Project,
    fixing: Fixing | None = None,
    *,
    jobs: int = 1,
    cache: Cache | None = None,
    others: Sequence[Found] = (),
    network: Network | None = None,
) -> Iterator[FileReport]:
    """The report of each file, in the order of the files, archive findings included.

    ``others`` are the rest of the archive, of which only the facts are asked: they are not fixed
    and have no report. What files have in common with them is said of the files.

    Reports come as they are ready; from the first post on that has more than empty facts for an
    archive rule, when all posts were read. ``jobs`` is the number of processes. ``network`` is
    asked where online rules are on. Raises ConfigError where a configuration in force for a file
    is wrong.
    """
    held: list[_Held] = []
    known: list[_Known] = []
    empty: dict[tuple[str, ...], Mapping[str, Any]] = {}
    for found, _, facts in linted(others, Task(project), jobs, cache):
        if facts:
            waits = any(facts.values())
            known.append(_Known(found, facts if waits else empty.setdefault((*facts,), facts)))
    if fixing is not None and network is not None:
        from newslint.asking import ask

        # What the network answers must be known before a post is fixed.
        posts = ((found, facts) for found, _, facts in linted(files, Task(project), jobs, cache))
        ask(posts, project, network)
        jobs = 1
    for found, report, facts in linted(files, Task(project, fixing, network), jobs, cache):
        waits = any(facts.values()) or (
            report is not None
            and report.suppresses
            and bool(project.settings(found.file).rules.archive)
        )
        if facts:
            # Nearly all posts have the same empty facts: they share them.
            known.append(_Known(found, facts if waits else empty.setdefault((*facts,), facts)))
        if held or waits:
            held.append(_Held(found, report))
        else:
            yield report or FileReport(found.shown)
    if held:
        yield from _with_archive(held, known, project, network)


def linted(
    files: Sequence[Found], task: Task, jobs: int, cache: Cache | None
) -> Iterator[tuple[Found, FileReport | None, Mapping[str, Any]]]:
    """Each file with its report, None where there is nothing to say, and its facts."""
    if task.fixing is not None:
        cache = None
    looked_up: deque[tuple[Sequence[Found], Mapping[Found, Linted]]] = deque()

    def missing() -> Iterator[Sequence[Found]]:
        for start in range(0, len(files), executors.BATCH):
            batch = files[start : start + executors.BATCH]
            known = cache.look_up(batch, task.project) if cache else {}
            looked_up.append((batch, known))
            yield [found for found in batch if found not in known] if known else batch

    for results in executors.executor(jobs, len(files)).map(task, missing()):
        batch, known = looked_up.popleft()
        fresh = iter(results)
        made: list[tuple[Found, Linted]] = []
        for found in batch:
            linted = known.get(found)
            if linted is None:
                result = next(fresh)
                if isinstance(result, executors.Died):
                    settings = task.project.settings(found.file)
                    linted = _unreadable(found, settings, DEADLY), {}
                else:
                    linted = result
                    made.append((found, linted))
            yield found, *linted
        if cache is not None:
            cache.store(made, task.project)


def lint_file(
    found: Found,
    settings: Settings,
    fixing: Fixing | None = None,
    network: Network | None = None,
) -> tuple[FileReport, Mapping[str, Any]]:
    """The report of one file, and the facts that archive rules need of it."""
    try:
        source = Source(read(found.file, settings.limits.file_size))
    except UnreadableError as error:
        return _unreadable(found, settings, str(error)), {}
    if fixing is None:
        return lint_source(source, found, settings)
    fixed = fix_source(source, found, settings, fixing, network)
    if network is not None:
        from newslint.asking import without

        fixed = fixed._replace(report=without(fixed.report, settings))
    if fixed.source is source or fixing.diff:
        return fixed.report, fixed.facts
    from newslint.writing import WriteError, write

    try:
        write(found.file, source.raw, fixed.source.raw)
    except WriteError as error:
        report, facts = lint_source(source, found, settings)
        return report._replace(problem=str(error)), facts
    return fixed.report, fixed.facts


def lint_source(
    source: Source, found: Found, settings: Settings, network: Network | None = None
) -> tuple[FileReport, Mapping[str, Any]]:
    """The report of one text, and the facts that archive rules need of it.

    Findings of online rules are in it where ``network`` has answered them already.
    """
    seconds = settings.limits.seconds
    if len(source.raw) < QUICK and seconds >= QUICK_SECONDS:
        return _lint_source(source, found, settings, network)
    try:
        with Deadline(seconds):
            return _lint_source(source, found, settings, network)
    except OutOfTimeError:
        return _too_long(found, settings), {}


QUICK, QUICK_SECONDS = 16_000, 5.0
"""Bytes of a post so short that no rule takes so many seconds on it, whatever it holds: an alarm
is five system calls, and every other post of an archive is that short."""


def _lint_source(
    source: Source, found: Found, settings: Settings, network: Network | None
) -> tuple[FileReport, Mapping[str, Any]]:
    post = make_post(source, found, settings)
    online = _answered(post, settings, network)
    outcome = engine.lint_all(post, settings.rules, online=online)
    return _report(found, post, outcome, settings), archive.facts(post, settings.rules)


class FixedSource(NamedTuple):
    """A source after its fixes (the same object where there was nothing to fix), and its report."""

    source: Source
    report: FileReport
    facts: Mapping[str, Any]


def fix_source(
    source: Source,
    found: Found,
    settings: Settings,
    fixing: Fixing,
    network: Network | None = None,
) -> FixedSource:
    """Fix one text, without writing it anywhere; where it takes too long, it stays as it is.

    What ``network`` has answered is fixed too; that it remains is said with the archive's findings.
    """
    try:
        with Deadline(settings.limits.seconds):
            return _fix_source(source, found, settings, fixing, network)
    except OutOfTimeError:
        return FixedSource(source, _too_long(found, settings), {})


def _fix_source(
    source: Source, found: Found, settings: Settings, fixing: Fixing, network: Network | None
) -> FixedSource:
    posts: dict[str, Post] = {}
    outcomes: dict[str, engine.Outcome] = {}

    def parse(text: str) -> Post:
        if text not in posts:
            same = source if text == source.text else Source.from_text(text)
            posts[text] = make_post(same, found, settings)
        return posts[text]

    def lint(post: Post) -> list[Finding]:
        online = _answered(post, settings, network)
        outcomes[post.text] = engine.lint_all(post, settings.rules, online=online)
        return outcomes[post.text].kept

    from newslint.fix import fix

    fixed = fix(source.text, parse, lint, unsafe=fixing.unsafe)
    post = posts[fixed.text]
    outcome = outcomes[fixed.text]._replace(kept=list(fixed.remaining))
    report = _report(found, post, outcome, settings)
    report = report._replace(fixed=len(fixed.codes))
    if fixing.diff:
        from newslint.diff import unified

        report = report._replace(diff=unified(found.shown, source.text, fixed.text))
    return FixedSource(post.source, report, archive.facts(post, settings.rules))


def clear_orphans(files: Iterable[Found]) -> None:
    """Take away what an interrupted run left in the folders of some files."""
    from newslint import writing

    for folder in {found.file.resolve().parent for found in files}:
        writing.clear_orphans(folder)


def _report(found: Found, post: Post, outcome: engine.Outcome, settings: Settings) -> FileReport:
    limit, kept = settings.limits.findings, outcome.kept
    if post.excess:
        kept = sorted(overflow.with_excess(post, settings.rules, kept), key=engine.order)
    if not (kept or outcome.suppresses or post.excess or post.source.has_bom):
        return FileReport(found.shown)
    report = engine.report(found.shown, post.source, overflow.cut(kept, limit))
    if outcome.suppresses:
        hidden = outcome.suppressed[: limit or None]
        suppressed = engine.report(found.shown, post.source, hidden).diagnostics
        report = report._replace(suppressed=suppressed, suppresses=True)
    if post.excess:
        report = report._replace(unreadable=True)
    return report._replace(failed=report.fails_at(settings.fail_on))


def make_post(source: Source, found: Found, settings: Settings) -> Post:
    """The post that a file's text is under its settings."""
    path, limits = _post_path(found, settings), settings.limits
    return Post(source, path, settings.target, lambda: settings.schema, limits)


def _post_path(found: Found, settings: Settings) -> PurePosixPath:
    """A post's path below the project's root; a post outside of it goes by its name."""
    return PurePosixPath(_post_name(found, settings))


def _post_name(found: Found, settings: Settings) -> str:
    """The same as text: a million paths are quicker cut than taken apart."""
    file, prefix = str(found.file), settings.prefix
    if not file.startswith(prefix):
        return found.file.name
    return file[len(prefix) :].replace(os.sep, "/")


def _with_archive(
    held: list[_Held], known: list[_Known], project: Project, network: Network | None
) -> Iterator[FileReport]:
    """The held reports with the findings of the archive rules."""
    if network is not None:
        from newslint.asking import ask

        ask(known, project, network)
    extra = across(known, project, network)
    for one in held:
        yield merged(one.found, one.report, extra.get(one.found.shown, []), project)


def across(
    posts: Iterable[tuple[Found, Mapping[str, Any]]],
    project: Project,
    network: Network | None = None,
) -> dict[str, list[Finding]]:
    """The findings of the archive rules from the facts of all posts, by the path that is shown.

    Each project root is an archive by itself.
    """
    by_root: dict[Path, list[_Known]] = {}
    for found, facts in posts:
        root = project.settings(found.file).root
        by_root.setdefault(root, []).append(_Known(found, facts))
    extra: dict[str, list[Finding]] = {}
    for root, group in by_root.items():
        extra |= _archive_findings(root, group, project, network)
    return extra


def merged(
    found: Found, report: FileReport | None, findings: list[Finding], project: Project
) -> FileReport:
    """A post's report, None where there is nothing to say, with its archive findings."""
    report = report or FileReport(found.shown)
    waits = bool(findings) or report.suppresses
    return _merged(found, report, findings, project) if waits else report


def _archive_findings(
    root: Path, group: list[_Known], project: Project, network: Network | None
) -> dict[str, list[Finding]]:
    """The archive findings of the posts below one root, by the path that is shown."""
    rules: dict[str, ArchiveRule] = {}
    shown: dict[str, str] = {}
    for one in group:
        settings = project.settings(one.found.file)
        shown[_post_name(one.found, settings)] = one.found.shown
        for rule in settings.rules.archive:
            rules.setdefault(rule.code, rule)
    settings = project.settings(group[0].found.file)
    answer = archive.unanswered if network is None else network.answer
    folder = archive.Folder(root, settings.target, settings.site_url, answer)
    facts = ((path, one.facts) for path, one in zip(shown, group, strict=True))
    found = archive.check(rules.values(), facts, folder)
    return {shown[path]: findings for path, findings in found.items()}


def _merged(
    found: Found, early: FileReport, findings: list[Finding], project: Project
) -> FileReport:
    """A report with further findings, at their lines and columns, unless they are suppressed."""
    settings = project.settings(found.file)
    try:
        source = Source(read(found.file, settings.limits.file_size))
    except UnreadableError:
        return early
    if early.suppresses and not early.diff:
        # Only now is known what hides nothing, in this post and in the whole archive.
        post = make_post(source, found, settings)
        full = _report(found, post, engine.lint_all(post, settings.rules, findings), settings)
        # A fix that is known only now comes too late to be made: it is not promised.
        promised = {one.finding for one in early.diagnostics}
        online = {rule.code for rule in settings.rules.online}
        diagnostics = tuple(
            one
            if one.finding in promised or one.finding.code in online
            else one._replace(finding=one.finding._replace(fix=None))
            for one in full.diagnostics
        )
        return early._replace(
            diagnostics=diagnostics, suppressed=full.suppressed, failed=full.failed
        )
    further = engine.report(found.shown, source, findings).diagnostics
    both = sorted((*early.diagnostics, *further), key=lambda one: engine.order(one.finding))
    report = early._replace(diagnostics=tuple(both))
    return report._replace(failed=report.fails_at(settings.fail_on))


def _unreadable(found: Found, settings: Settings, why: str) -> FileReport:
    """The report of a file that cannot be read."""
    findings = overflow.not_read(settings.rules, Span(0, 0), say("the file {why}", why=why))
    report = engine.report(found.shown, Source(b""), findings)
    return report._replace(unreadable=True, failed=report.fails_at(settings.fail_on))


def _answered(post: Post, settings: Settings, network: Network | None) -> list[Finding]:
    """What the online rules find in a post by what the network has answered."""
    if network is None:
        return []
    from newslint.asking import answered

    return answered(post, settings, network)


def _too_long(found: Found, settings: Settings) -> FileReport:
    """The report of a file that takes too much time."""
    seconds = f"{settings.limits.seconds:g} seconds"
    return _unreadable(
        found, settings, say("takes more than {seconds} to lint (limits.seconds)", seconds=seconds)
    )
