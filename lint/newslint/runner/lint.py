"""Lint posts under their settings: reports, and facts for archive rules."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from newslint.core.finding import Finding
from newslint.core.report import Detail, FileReport
from newslint.core.source import Source
from newslint.core.time_limit import Deadline, OutOfTimeError
from newslint.files import site_files
from newslint.files.posts import PostFile
from newslint.files.store import Store, store_of
from newslint.linter import archive_rules, diagnostics, engine, limit_findings
from newslint.post.post import Post
from newslint.runner.guarding import guarded, read_source

if TYPE_CHECKING:
    from newslint.config.project import Project
    from newslint.config.settings import Settings
    from newslint.core.report import Profile
    from newslint.online.client import Network

OfFile = tuple[FileReport, Mapping[str, Any], bytes | None]
"""A file's report, the facts for archive rules, and the bytes that were read."""

TOGETHER = 16
"""Number of short posts that each rule checks before the next one does: with 4 a post takes a fifth
more time, with 32 no less (measured), and all of them are in memory."""


def lint_together(
    files: Sequence[PostFile], project: Project, *, alone: bool = False
) -> list[OfFile]:
    """Return each file's report, facts and content; groups short posts with equal settings.

    ``alone`` is true if there is one file, which is compared with no others.
    """
    store = store_of(project).prefetch(files)
    done: dict[int, OfFile] = {}
    group: list[tuple[int, Source, PostFile]] = []
    common: Settings | None = None

    def lint_group() -> None:
        if common is not None and group:
            given = [(source, found) for _, source, found in group]
            linted = _lint_group(given, common, alone)
            for (number, source, _), one in zip(group, linted, strict=True):
                done[number] = _kept(one, source)
            group.clear()

    for number, found in enumerate(files):
        settings = project.settings(found.place)
        if settings is not common or len(group) == TOGETHER:
            lint_group()
            common = settings
        source = read_source(found, store, settings)
        if isinstance(source, FileReport):
            done[number] = source, {}, None
        elif site_files.is_no_post(found.place, source.text, settings):
            done[number] = FileReport(found.shown), {}, source.raw
        elif len(source.raw) < LONG:
            group.append((number, source, found))
        else:
            linted = lint_source(source, found, settings, alone=alone)
            done[number] = _kept(linted, source)
    lint_group()
    return [done[number] for number in range(len(files))]


LONG = 16_000
"""Minimum bytes of a post that is linted alone: about half of an archive's posts are shorter."""

_Linted = tuple[FileReport, Mapping[str, Any]]


def _kept(linted: _Linted, source: Source) -> OfFile:
    """Add the content, unless the post was not completely checked: the next run checks it again."""
    report, facts = linted
    return report, facts, None if report.unreadable else source.raw


def _lint_group(
    group: Sequence[tuple[Source, PostFile]], settings: Settings, alone: bool
) -> list[_Linted]:
    """Return the reports and facts of some short posts, within one time limit for all of them.

    If the limit is exceeded or anything fails, each post is linted alone, to find the reason.
    """
    if len(group) > 1:
        with suppress(Exception, OutOfTimeError), Deadline(settings.limits.seconds):
            return _lint_sources(group, settings)
    return [lint_source(source, found, settings, alone=alone) for source, found in group]


def _lint_sources(group: Sequence[tuple[Source, PostFile]], settings: Settings) -> list[_Linted]:
    posts = [make_post(source, found, settings) for source, found in group]
    outcomes = engine.lint_together(posts, settings.rules)
    facts = archive_rules.facts_together(posts, settings.rules)
    return [
        (report_of(found, post, outcome, settings, known.failures), known.by_code)
        for (_, found), post, outcome, known in zip(group, posts, outcomes, facts, strict=True)
    ]


def lint_source(
    source: Source,
    found: PostFile,
    settings: Settings,
    network: Network | None = None,
    *,
    alone: bool = False,
    with_site: bool = False,
) -> _Linted:
    """Return the report of one text, and the facts for archive rules.

    A post that is ``alone`` is compared with no others. With ``with_site``, the report includes
    what archive rules find by its site, without a run over the archive. Includes findings of online
    rules if ``network`` has the answers. A text that is too large, takes too long, or on which
    newslint fails, has a report that says so.
    """
    if site_files.is_no_post(found.place, source.text, settings):
        return FileReport(found.shown), {}

    def lint() -> _Linted:
        post = make_post(source, found, settings)
        online = found_online(post, settings, network)
        facts = archive_rules.facts(post, settings.rules, alone=alone)
        if with_site:
            online += archive_rules.of_site(post, settings.rules, facts, settings.site_url)
        outcome = engine.lint_all(post, settings.rules, online=online)
        return report_of(found, post, outcome, settings, facts.failures), facts.by_code

    return guarded(lint, source, found, settings, lambda report: (report, {}))


def make_post(source: Source, found: PostFile, settings: Settings) -> Post:
    """Return the post for a file's text under its settings."""
    name, limits = _below(settings.prefix, found), settings.limits
    site = settings.site
    site_path = "" if site is None else _below(settings.site_prefix, found)
    return Post(source, name, settings.target, lambda: settings.schema, limits, site, site_path)


def _below(prefix: str, found: PostFile) -> str:
    """Return a post's path below a folder that ends in a separator; outside of it, its name.

    As text, since slicing a million paths is faster than parsing them.
    """
    file = found.place
    if not file.startswith(prefix):
        return found.place.rpartition(os.sep)[2]
    return file[len(prefix) :].replace(os.sep, "/")


def found_online(post: Post, settings: Settings, network: Network | None) -> list[Finding]:
    """Return the findings of online rules in a post, from the network's answers so far."""
    if network is None:
        return []
    from newslint.runner.online_rules import answered

    return answered(post, settings, network)


def report_of(
    found: PostFile,
    post: Post,
    outcome: engine.Outcome,
    settings: Settings,
    failures: Sequence[Finding] = (),
) -> FileReport:
    """Return the report of a post, limited to the maximum number of findings.

    ``failures`` are the findings about archive rules that failed on it.
    """
    limit, kept = settings.limits.findings, outcome.kept
    if post.limit_violations or failures:
        findings = limit_findings.with_limit_violations(post, settings.rules.rules, kept)
        kept = sorted([*findings, *failures], key=engine.order)
    if not (kept or outcome.suppresses or post.source.has_bom):
        return FileReport(found.shown, profile=_profile(post, settings))
    cut = limit_findings.cut(kept, limit)
    report = diagnostics.report(found.shown, post.source, cut, detail=settings.detail)
    if outcome.suppresses:
        hidden = outcome.suppressed[: limit or None]
        suppressed = diagnostics.report(found.shown, post.source, hidden).diagnostics
        report = report._replace(suppressed=suppressed, suppresses=True)
    report = report._replace(
        unreadable=_is_not_whole(kept),
        depends_on_site=post.depends_on_site,
        profile=_profile(post, settings),
    )
    return report._replace(failed=report.fails_at(settings.fail_on))


def _is_not_whole(findings: Iterable[Finding]) -> bool:
    """Return whether findings say that a post was not completely checked."""
    return any(one.code == limit_findings.CODE for one in findings)


def _profile(post: Post, settings: Settings) -> Profile | None:
    if settings.detail is not Detail.ALL:
        return None
    from newslint.linter.profile import profile

    return profile(post, settings.rules)


def merged(
    found: PostFile,
    report: FileReport | None,
    findings: list[Finding],
    project: Project,
    store: Store,
) -> FileReport:
    """Return a post's report (or an empty one for None) with findings of archive rules added."""
    report = report or FileReport(found.shown)
    if not (findings or report.suppresses):
        return report
    settings = project.settings(found.place)
    source = read_source(found, store, settings)
    if isinstance(source, FileReport):
        return report
    early = report

    def merge() -> FileReport:
        return _merged(found, source, early, findings, settings)

    def failed(instead: FileReport) -> FileReport:
        both = (*instead.diagnostics, *early.diagnostics)
        return early._replace(diagnostics=both, unreadable=True, failed=instead.failed)

    return guarded(merge, source, found, settings, failed)


def _merged(
    found: PostFile, source: Source, early: FileReport, findings: list[Finding], settings: Settings
) -> FileReport:
    """Return a report with further findings, except those that the post suppresses."""
    if early.suppresses and not early.diff:
        # Only now all rules have run, so that unused suppressions can be reported.
        post = make_post(source, found, settings)
        full = report_of(found, post, engine.lint_all(post, settings.rules, findings), settings)
        # Fixes of archive findings cannot be applied any more, so they are not offered.
        promised = {one.finding for one in early.diagnostics}
        online = {rule.code for rule in settings.rules.online}
        kept = tuple(
            one
            if one.finding in promised or one.finding.code in online
            else one._replace(finding=one.finding._replace(fix=None))
            for one in full.diagnostics
        )
        return early._replace(
            diagnostics=kept,
            suppressed=full.suppressed,
            failed=full.failed,
            unreadable=full.unreadable,
        )
    further = diagnostics.report(found.shown, source, findings, detail=settings.detail).diagnostics
    both = sorted((*early.diagnostics, *further), key=lambda one: engine.order(one.finding))
    unreadable = early.unreadable or _is_not_whole(findings)
    report = early._replace(diagnostics=tuple(both), unreadable=unreadable)
    return report._replace(failed=report.fails_at(settings.fail_on))
