"""Lints the files of a run, one after the other, and tells the whole archive's findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from newslint import archive, engine, writing
from newslint.diff import unified
from newslint.discovery import Found
from newslint.finding import FileReport, Finding, Severity
from newslint.fix import fix
from newslint.post import Post
from newslint.reading import UnreadableError, read
from newslint.source import Source
from newslint.span import Span
from newslint.writing import WriteError, write

if TYPE_CHECKING:
    from newslint.config.project import Project
    from newslint.config.settings import Settings
    from newslint.rule import ArchiveRule

UNREADABLE = ("IO001", "unreadable-file")
"""Code and name of the finding for a file that cannot be read."""


@dataclass
class Tally:
    """What a run found, counted as the reports go by."""

    files: int = 0
    dirty: int = 0
    unreadable: int = 0
    failed: bool = False
    fixed: int = 0
    fixed_files: int = 0
    differs: bool = False
    problems: list[tuple[str, str]] = field(default_factory=list)
    by_severity: Counter[Severity] = field(default_factory=Counter)
    by_rule: Counter[tuple[str, str]] = field(default_factory=Counter)
    fixable_by_rule: Counter[tuple[str, str]] = field(default_factory=Counter)
    safe: int = 0
    unsafe: int = 0

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


@dataclass(frozen=True, slots=True)
class _Held:
    """A report that waits for what the archive rules say."""

    found: Found
    report: FileReport
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fixing:
    """Which fixes are made: the safe ones, or the unsafe ones too; ``diff`` writes nothing."""

    unsafe: bool = False
    diff: bool = False


def lint_files(
    files: Iterable[Found], project: Project, fixing: Fixing | None = None
) -> Iterator[FileReport]:
    """The report of each file, in the order of the files, archive findings included.

    Reports come as they are ready; where an archive rule is on, when all posts were read.
    Raises ConfigError where a configuration in force for a file is wrong.
    """
    held: list[_Held] = []
    for found in files:
        settings = project.settings(found.file)
        report, facts = lint_file(found, settings, fixing)
        if held or settings.rules.archive:
            held.append(_Held(found, report, facts))
        else:
            yield report
    yield from _with_archive(held, project)


def lint_file(
    found: Found, settings: Settings, fixing: Fixing | None = None
) -> tuple[FileReport, Mapping[str, Any]]:
    """The report of one file, and the facts that archive rules need of it."""
    try:
        source = Source(read(found.file, settings.limits.file_size))
    except UnreadableError as error:
        return _unreadable(found, settings, str(error)), {}
    if fixing is None:
        return lint_source(source, found, settings)
    fixed = fix_source(source, found, settings, fixing)
    if fixed.source is source or fixing.diff:
        return fixed.report, fixed.facts
    try:
        write(found.file, source.raw, fixed.source.raw)
    except WriteError as error:
        report, facts = lint_source(source, found, settings)
        return replace(report, problem=str(error)), facts
    return fixed.report, fixed.facts


def lint_source(
    source: Source, found: Found, settings: Settings
) -> tuple[FileReport, Mapping[str, Any]]:
    """The report of one text, and the facts that archive rules need of it."""
    post = make_post(source, found, settings)
    outcome = engine.lint_all(post, settings.rules)
    report = _report(found, source, outcome, settings)
    return report, archive.facts(post, settings.rules)


@dataclass(frozen=True, slots=True)
class FixedSource:
    """A source after its fixes (the same object where there was nothing to fix), and its report."""

    source: Source
    report: FileReport
    facts: Mapping[str, Any]


def fix_source(source: Source, found: Found, settings: Settings, fixing: Fixing) -> FixedSource:
    """Fix one text, without writing it anywhere."""
    posts: dict[str, Post] = {}
    outcomes: dict[str, engine.Outcome] = {}

    def parse(text: str) -> Post:
        if text not in posts:
            same = source if text == source.text else Source.from_text(text)
            posts[text] = make_post(same, found, settings)
        return posts[text]

    def lint(post: Post) -> list[Finding]:
        outcomes[post.text] = engine.lint_all(post, settings.rules)
        return outcomes[post.text].kept

    fixed = fix(source.text, parse, lint, unsafe=fixing.unsafe)
    post = posts[fixed.text]
    outcome = replace(outcomes[fixed.text], kept=list(fixed.remaining))
    report = _report(found, post.source, outcome, settings)
    report = replace(report, fixed=len(fixed.codes))
    if fixing.diff:
        report = replace(report, diff=unified(found.shown, source.text, fixed.text))
    return FixedSource(post.source, report, archive.facts(post, settings.rules))


def clear_orphans(files: Iterable[Found]) -> None:
    """Take away what an interrupted run left in the folders of some files."""
    for folder in {found.file.resolve().parent for found in files}:
        writing.clear_orphans(folder)


def _report(
    found: Found, source: Source, outcome: engine.Outcome, settings: Settings
) -> FileReport:
    report = engine.report(found.shown, source, outcome.kept)
    hidden = engine.report(found.shown, source, outcome.suppressed).diagnostics
    report = replace(report, suppressed=hidden, suppresses=outcome.suppresses)
    return replace(report, failed=report.fails_at(settings.fail_on))


def make_post(source: Source, found: Found, settings: Settings) -> Post:
    """The post that a file's text is under its settings."""
    return Post(source, _post_path(found, settings), settings.target, lambda: settings.schema)


def _post_path(found: Found, settings: Settings) -> PurePosixPath:
    """A post's path below the project's root; a post outside of it goes by its name."""
    if found.file.is_relative_to(settings.root):
        return PurePosixPath(found.file.relative_to(settings.root).as_posix())
    return PurePosixPath(found.file.name)


def _with_archive(held: list[_Held], project: Project) -> Iterator[FileReport]:
    """The held reports with the findings of the archive rules, each project root by itself."""
    by_root: dict[Path, list[_Held]] = {}
    for one in held:
        by_root.setdefault(project.settings(one.found.file).root, []).append(one)
    extra: dict[str, list[Finding]] = {}
    for root, group in by_root.items():
        extra |= _archive_findings(root, group, project)
    for one in held:
        findings = extra.get(one.found.shown, [])
        waits = bool(findings) or one.report.suppresses
        yield _merged(one, findings, project) if waits else one.report


def _archive_findings(root: Path, group: list[_Held], project: Project) -> dict[str, list[Finding]]:
    """The archive findings of the posts below one root, by the path that is shown."""
    rules: dict[str, ArchiveRule] = {}
    shown: dict[str, str] = {}
    for one in group:
        settings = project.settings(one.found.file)
        shown[str(_post_path(one.found, settings))] = one.found.shown
        for rule in settings.rules.archive:
            rules.setdefault(rule.code, rule)
    folder = archive.Folder(root, project.settings(group[0].found.file).target)
    facts = ((path, one.facts) for path, one in zip(shown, group, strict=True))
    found = archive.check(rules.values(), facts, folder)
    return {shown[path]: findings for path, findings in found.items()}


def _merged(held: _Held, findings: list[Finding], project: Project) -> FileReport:
    """A report with further findings, at their lines and columns, unless they are suppressed."""
    settings = project.settings(held.found.file)
    try:
        source = Source(read(held.found.file, settings.limits.file_size))
    except UnreadableError:
        return held.report
    if held.report.suppresses and not held.report.diff:
        # Only now is known what hides nothing, in this post and in the whole archive.
        post = make_post(source, held.found, settings)
        full = _report(
            held.found, source, engine.lint_all(post, settings.rules, findings), settings
        )
        # A fix that is known only now comes too late to be made: it is not promised.
        early = {one.finding for one in held.report.diagnostics}
        diagnostics = tuple(
            one if one.finding in early else replace(one, finding=replace(one.finding, fix=None))
            for one in full.diagnostics
        )
        return replace(
            held.report, diagnostics=diagnostics, suppressed=full.suppressed, failed=full.failed
        )
    further = engine.report(held.found.shown, source, findings).diagnostics
    both = sorted((*held.report.diagnostics, *further), key=lambda one: engine.order(one.finding))
    report = replace(held.report, diagnostics=tuple(both))
    return replace(report, failed=report.fails_at(settings.fail_on))


def _unreadable(found: Found, settings: Settings, why: str) -> FileReport:
    """The report of a file that cannot be read."""
    code, name = UNREADABLE
    if code not in settings.rules.codes:
        return FileReport(found.shown, unreadable=True)
    rule = next(rule for rule in settings.rules.rules if rule.code == code)
    finding = Finding(code, name, rule.severity_in_force, f"the file {why}", Span(0, 0))
    report = engine.report(found.shown, Source(b""), [finding])
    return replace(report, unreadable=True)
