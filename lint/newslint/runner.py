"""Lints the files of a run, one after the other, and tells the whole archive's findings."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from newslint import archive, engine, overflow
from newslint.deadline import Deadline, OutOfTimeError
from newslint.discovery import Found
from newslint.errors import NewslintError
from newslint.finding import FileReport, Finding, Severity
from newslint.message import say
from newslint.parts import Linted, Part, Passage, pages
from newslint.post import Post
from newslint.reading import UnreadableError
from newslint.source import Source
from newslint.span import Span
from newslint.stores import Store
from newslint.together import Known, LookingBack, Whole, across, restored

if TYPE_CHECKING:
    from newslint.cache import Cache
    from newslint.config.project import Project
    from newslint.config.settings import Settings
    from newslint.executors import Executor
    from newslint.online.network import Network
    from newslint.profile import Profile

DEADLY = say("cannot be linted: the process that tried was killed, for want of memory perhaps")
"""What IO001 says of a file that takes its process down."""


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
        if not any(report[1:]):
            return
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


class Fixing(NamedTuple):
    """Which fixes are made: the safe ones, or the unsafe ones too; ``diff`` writes nothing."""

    unsafe: bool = False
    diff: bool = False


class Task:
    """What a process has to know to lint some files. It can be pickled.

    Fixes hang on what ``network`` answered; it cannot be pickled, and one process fixes. With
    ``digests`` the digest of what was read is told too.
    """

    def __init__(
        self,
        project: Project,
        fixing: Fixing | None = None,
        network: Network | None = None,
        *,
        digests: bool = False,
    ) -> None:
        self.project = project
        self.fixing = fixing
        self.network = network
        self.digests = digests

    def __call__(self, files: Sequence[Found]) -> list[Linted]:
        """What is said of each file."""
        project = self.project
        if self.fixing is None:
            read_ones = lint_together(files, project)
        else:
            store = project.store.ahead(files)
            read_ones = [
                fix_file(found, project.settings(found.place), store, self.fixing, self.network)
                for found in files
            ]
        results: list[Linted] = []
        for found, (report, facts, raw) in zip(files, read_ones, strict=True):
            said = report if report.path != found.shown or any(report[1:]) else None
            results.append(Linted(said, facts, self._digest(raw)))
        return results

    def _digest(self, raw: bytes | None) -> bytes | None:
        if not self.digests or raw is None:
            return None
        from newslint.cache import content_digest

        return content_digest(raw)


def lint_files(
    files: Sequence[Found],
    project: Project,
    fixing: Fixing | None = None,
    *,
    jobs: int = 1,
    cache: Cache | None = None,
    others: Sequence[Found] = (),
    network: Network | None = None,
    cluster: Executor | None = None,
) -> Iterator[FileReport]:
    """The report of each file, in the order of the files, archive findings included.

    ``others`` are the rest of the archive, of which only the facts are asked: they are not fixed
    and have no report. What files have in common with them is said of the files.

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
    whole = Whole(known_of if network is None else None, rest, given)
    if fixing is not None and network is not None:
        from newslint.asking import ask

        # What the network answers must be known before a post is fixed, and it is known here.
        told = linted(files, project, jobs, cache, cluster)
        ask(((found, facts) for found, _, facts in told), project, network)
        jobs, cluster = 1, None
    asked = network if fixing is not None else None
    passage = _passage(project, fixing, jobs, known_of, asked, cluster)
    if whole.is_known:
        yield from _as_kept(passage.parts(given), whole, project)
        return
    aside = _passage(project, None, jobs, cache, None, cluster)
    looking = LookingBack(project, whole.asked, network)
    known: list[Known] = []

    def look(part: Part, facts: Sequence[Mapping[str, Any]]) -> tuple[_Extra, Known]:
        found, left = looking.take(Known(part.shelf, part.numbers, facts))
        if any(left.facts):
            known.append(left)
        return found, left

    for part in aside.parts(rest):
        look(part, aside.facts(part))
    held: list[Part] = []
    extra: _Extra = {}
    for part in passage.parts(given):
        found, left = look(part, passage.facts(part))
        start, stop = part.numbers.start, part.numbers.stop
        first = start if held else _first_waiting(left)
        yield from _told(part._replace(numbers=range(start, first)), found, whole, project)
        if first < stop:
            held.append(part._replace(numbers=range(first, stop)))
            extra |= found
    if held:
        if network is not None:
            from newslint.asking import ask

            ask((pair for one in known for pair in one.posts()), project, network)
        for file, findings in across(known, project, whole.asked, network).items():
            extra.setdefault(file, []).extend(findings)
        known.clear()
        for part in held:
            yield from _told(part, extra, whole, project)
    if passage.is_steady and aside.is_steady:
        whole.keep()


def _passage(
    project: Project,
    fixing: Fixing | None,
    jobs: int,
    cache: Cache | None,
    network: Network | None = None,
    cluster: Executor | None = None,
) -> Passage:
    def died(found: Found) -> FileReport:
        return _unreadable(found, project.settings(found.place), DEADLY)

    task = Task(project, fixing, network, digests=cache is not None)
    return Passage(task, project, jobs, cache, died, cluster)


def view(project: Project, found: Found) -> tuple[str, str]:
    """What this process makes of a post: why it cannot be read, and what judges it.

    Asked of the workers of a cluster, to which a folder may be unknown, or be another one.
    """
    try:
        settings = project.settings(found.place)
        project.store.read(found, settings.limits.file_size)
    except NewslintError as error:
        return str(error), ""
    return "", repr(settings.said)


def linted(
    files: Sequence[Found],
    project: Project,
    jobs: int,
    cache: Cache | None,
    cluster: Executor | None = None,
) -> Iterator[tuple[Found, FileReport | None, Mapping[str, Any]]]:
    """Each file with its report, None where there is nothing to say, and its facts."""
    passage = _passage(project, None, jobs, cache, None, cluster)
    for part in passage.parts(pages(files, project, cache)):
        for at, facts in zip(part.numbers, passage.facts(part), strict=True):
            yield part.shelf.found(at), part.reports.get(at), facts


def _report_of(part: Part, at: int) -> FileReport:
    return part.reports.get(at) or FileReport(part.shelf.shown + part.shelf.names[at])


_Extra = dict[str, list[Finding]]
"""The findings of archive rules in posts, by their absolute paths."""


def _first_waiting(left: Known) -> int:
    """The number of the first post of which all posts together may have something to say."""
    for at, facts in zip(left.numbers, left.facts, strict=True):
        if any(facts.values()):
            return at
    return left.numbers.stop


def _as_kept(parts: Iterable[Part], whole: Whole, project: Project) -> Iterator[FileReport]:
    """The reports of posts that say together what they said the last time."""
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
            report = _report_of(part, at)
            if kept is not None:
                findings, data = kept
                again = restored(data, report.path) if data and at not in part.facts else None
                report = again or merged(shelf.found(at), report, findings, project, project.store)
            yield report


def lint_together(files: Sequence[Found], project: Project) -> list[_OfFile]:
    """Each file's report, facts and content; short posts with the same settings in groups."""
    store = project.store.ahead(files)
    done: dict[int, _OfFile] = {}
    group: list[tuple[int, Source, Found]] = []
    common: Settings | None = None

    def lint_group() -> None:
        if common is not None and group:
            reports = _lint_sources(group, common)
            for (number, source, _), (report, facts) in zip(group, reports, strict=True):
                done[number] = report, facts, source.raw
            group.clear()

    for number, found in enumerate(files):
        settings = project.settings(found.place)
        if settings is not common or len(group) == TOGETHER:
            lint_group()
            common = settings
        try:
            source = Source(store.read(found, settings.limits.file_size))
        except UnreadableError as error:
            done[number] = _unreadable(found, settings, str(error)), {}, None
            continue
        if _is_quick(source, settings):
            group.append((number, source, found))
        else:
            done[number] = *lint_source(source, found, settings), source.raw
    lint_group()
    return [done[number] for number in range(len(files))]


TOGETHER = 16
"""Short posts that each rule looks at before the next one does: with 4 a post takes a fifth more
time, with 32 no less (measured), and all of them lie in memory meanwhile."""

_OfFile = tuple[FileReport, Mapping[str, Any], bytes | None]
"""A file's report, the facts that archive rules need of it, and what was read."""


def _lint_sources(
    group: Sequence[tuple[int, Source, Found]], settings: Settings
) -> list[tuple[FileReport, Mapping[str, Any]]]:
    posts = [make_post(source, found, settings) for _, source, found in group]
    outcomes = engine.lint_together(posts, settings.rules)
    facts = archive.facts_together(posts, settings.rules)
    return [
        (_report(found, post, outcome, settings), known)
        for (_, _, found), post, outcome, known in zip(group, posts, outcomes, facts, strict=True)
    ]


def fix_file(
    found: Found,
    settings: Settings,
    store: Store,
    fixing: Fixing,
    network: Network | None = None,
) -> _OfFile:
    """Fix one file; its report, the facts that archive rules need of it, and None."""
    try:
        source = Source(store.read(found, settings.limits.file_size))
    except UnreadableError as error:
        return _unreadable(found, settings, str(error)), {}, None
    fixed = fix_source(source, found, settings, fixing, network)
    if network is not None:
        from newslint.asking import without

        fixed = fixed._replace(report=without(fixed.report, settings))
    if fixed.source is source or fixing.diff:
        return fixed.report, fixed.facts, None
    from newslint.writing import WriteError

    try:
        store.write(found, source.raw, fixed.source.raw)
    except WriteError as error:
        report, facts = lint_source(source, found, settings)
        return report._replace(problem=str(error)), facts, None
    return fixed.report, fixed.facts, None


def lint_source(
    source: Source, found: Found, settings: Settings, network: Network | None = None
) -> tuple[FileReport, Mapping[str, Any]]:
    """The report of one text, and the facts that archive rules need of it.

    Findings of online rules are in it where ``network`` has answered them already.
    """
    if _is_quick(source, settings):
        return _lint_source(source, found, settings, network)
    try:
        with Deadline(settings.limits.seconds):
            return _lint_source(source, found, settings, network)
    except OutOfTimeError:
        return _too_long(found, settings), {}


def _is_quick(source: Source, settings: Settings) -> bool:
    return len(source.raw) < QUICK and settings.limits.seconds >= QUICK_SECONDS


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

    for folder in {Path(os.path.realpath(found.place)).parent for found in files}:
        writing.clear_orphans(folder)


def _report(found: Found, post: Post, outcome: engine.Outcome, settings: Settings) -> FileReport:
    limit, kept = settings.limits.findings, outcome.kept
    if post.excess:
        kept = sorted(overflow.with_excess(post, settings.rules, kept), key=engine.order)
    if not (kept or outcome.suppresses or post.excess or post.source.has_bom):
        return FileReport(found.shown, profile=_profile(post, settings))
    cut = overflow.cut(kept, limit)
    report = engine.report(found.shown, post.source, cut, detail=settings.detail)
    if outcome.suppresses:
        hidden = outcome.suppressed[: limit or None]
        suppressed = engine.report(found.shown, post.source, hidden).diagnostics
        report = report._replace(suppressed=suppressed, suppresses=True)
    if post.excess:
        report = report._replace(unreadable=True)
    report = report._replace(profile=_profile(post, settings))
    return report._replace(failed=report.fails_at(settings.fail_on))


def _profile(post: Post, settings: Settings) -> Profile | None:
    if not settings.detail:
        return None
    from newslint.profile import profile

    return profile(post, settings.rules)


def make_post(source: Source, found: Found, settings: Settings) -> Post:
    """The post that a file's text is under its settings."""
    name, limits = _post_name(found, settings), settings.limits
    return Post(source, name, settings.target, lambda: settings.schema, limits)


def _post_name(found: Found, settings: Settings) -> str:
    """A post's path below the project's root; a post outside of it goes by its name.

    As text: a million paths are quicker cut than taken apart.
    """
    file, prefix = found.place, settings.prefix
    if not file.startswith(prefix):
        return found.place.rpartition(os.sep)[2]
    return file[len(prefix) :].replace(os.sep, "/")


def _told(
    part: Part, extra: Mapping[str, list[Finding]], whole: Whole, project: Project
) -> Iterator[FileReport]:
    """The reports of some posts with the findings of the archive rules."""
    again = {at for at in part.numbers if _is_read_again(part, at, extra, project)}
    store = project.store.ahead([part.shelf.found(at) for at in sorted(again)])
    for at in part.numbers:
        if at not in again:
            yield _report_of(part, at)
            continue
        file = part.shelf.folder + part.shelf.names[at]
        findings = extra.get(file, [])
        full = merged(part.shelf.found(at), part.reports.get(at), findings, project, store)
        whole.tell(file, findings, full)
        yield full


def _is_read_again(
    part: Part, at: int, extra: Mapping[str, list[Finding]], project: Project
) -> bool:
    """Whether a post has findings of archive rules, or may have suppressions of them."""
    if part.shelf.folder + part.shelf.names[at] in extra:
        return True
    report = part.reports.get(at)
    if report is None or not report.suppresses:
        return False
    return bool(project.settings(part.shelf.found(at).place).rules.archive)


def merged(
    found: Found,
    report: FileReport | None,
    findings: list[Finding],
    project: Project,
    store: Store,
) -> FileReport:
    """A post's report, None where there is nothing to say, with its archive findings."""
    report = report or FileReport(found.shown)
    if not (findings or report.suppresses):
        return report
    settings = project.settings(found.place)
    try:
        source = Source(store.read(found, settings.limits.file_size))
    except UnreadableError:
        return report
    return _merged(found, source, report, findings, settings)


def _merged(
    found: Found, source: Source, early: FileReport, findings: list[Finding], settings: Settings
) -> FileReport:
    """A report with further findings, at their lines and columns, unless they are suppressed."""
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
    further = engine.report(found.shown, source, findings, detail=settings.detail).diagnostics
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
