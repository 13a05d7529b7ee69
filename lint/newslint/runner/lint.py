"""What is said of a post under its settings: its report, and the facts that archive rules need."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from newslint.core.finding import FileReport, Finding
from newslint.core.messages import say
from newslint.core.reader import UnreadableError
from newslint.core.source import Source
from newslint.core.span import Span
from newslint.core.time_limit import Deadline, OutOfTimeError
from newslint.files.discovery import Found
from newslint.files.store import Store
from newslint.linter import archive, engine, limit_findings
from newslint.post.post import Post

if TYPE_CHECKING:
    from newslint.config.project import Project
    from newslint.config.settings import Settings
    from newslint.linter.profile import Profile
    from newslint.online.client import Network

OfFile = tuple[FileReport, Mapping[str, Any], bytes | None]
"""A file's report, the facts that archive rules need of it, and what was read."""

TOGETHER = 16
"""Short posts that each rule looks at before the next one does: with 4 a post takes a fifth more
time, with 32 no less (measured), and all of them lie in memory meanwhile."""


def lint_together(files: Sequence[Found], project: Project) -> list[OfFile]:
    """Each file's report, facts and content; short posts with the same settings in groups."""
    store = project.store.ahead(files)
    done: dict[int, OfFile] = {}
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
            done[number] = unreadable(found, settings, str(error)), {}, None
            continue
        if _is_quick(source, settings):
            group.append((number, source, found))
        else:
            done[number] = *lint_source(source, found, settings), source.raw
    lint_group()
    return [done[number] for number in range(len(files))]


def _lint_sources(
    group: Sequence[tuple[int, Source, Found]], settings: Settings
) -> list[tuple[FileReport, Mapping[str, Any]]]:
    posts = [make_post(source, found, settings) for _, source, found in group]
    outcomes = engine.lint_together(posts, settings.rules)
    facts = archive.facts_together(posts, settings.rules)
    return [
        (report_of(found, post, outcome, settings), known)
        for (_, _, found), post, outcome, known in zip(group, posts, outcomes, facts, strict=True)
    ]


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
        return too_long(found, settings), {}


QUICK, QUICK_SECONDS = 16_000, 5.0
"""Bytes of a post so short that no rule takes so many seconds on it, whatever it holds: an alarm
is five system calls, and every other post of an archive is that short."""


def _is_quick(source: Source, settings: Settings) -> bool:
    return len(source.raw) < QUICK and settings.limits.seconds >= QUICK_SECONDS


def _lint_source(
    source: Source, found: Found, settings: Settings, network: Network | None
) -> tuple[FileReport, Mapping[str, Any]]:
    post = make_post(source, found, settings)
    online = found_online(post, settings, network)
    outcome = engine.lint_all(post, settings.rules, online=online)
    return report_of(found, post, outcome, settings), archive.facts(post, settings.rules)


def make_post(source: Source, found: Found, settings: Settings) -> Post:
    """The post that a file's text is under its settings."""
    name, limits = _below(settings.prefix, found), settings.limits
    site = settings.site
    site_path = "" if site is None else _below(settings.site_prefix, found)
    return Post(source, name, settings.target, lambda: settings.schema, limits, site, site_path)


def _below(prefix: str, found: Found) -> str:
    """A post's path below a folder, given with its separator; one outside of it has its name.

    As text: a million paths are quicker cut than taken apart.
    """
    file = found.place
    if not file.startswith(prefix):
        return found.place.rpartition(os.sep)[2]
    return file[len(prefix) :].replace(os.sep, "/")


def found_online(post: Post, settings: Settings, network: Network | None) -> list[Finding]:
    """What the online rules find in a post by what the network has answered."""
    if network is None:
        return []
    from newslint.runner.online_rules import answered

    return answered(post, settings, network)


def report_of(found: Found, post: Post, outcome: engine.Outcome, settings: Settings) -> FileReport:
    """The report of a post: no more findings than the limit, and whether the run fails by it."""
    limit, kept = settings.limits.findings, outcome.kept
    if post.excess:
        kept = sorted(limit_findings.with_excess(post, settings.rules, kept), key=engine.order)
    if not (kept or outcome.suppresses or post.excess or post.source.has_bom):
        return FileReport(found.shown, profile=_profile(post, settings))
    cut = limit_findings.cut(kept, limit)
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
    from newslint.linter.profile import profile

    return profile(post, settings.rules)


def unreadable(found: Found, settings: Settings, why: str) -> FileReport:
    """The report of a file that cannot be read."""
    findings = limit_findings.not_read(settings.rules, Span(0, 0), say("the file {why}", why=why))
    report = engine.report(found.shown, Source(b""), findings)
    return report._replace(unreadable=True, failed=report.fails_at(settings.fail_on))


def too_long(found: Found, settings: Settings) -> FileReport:
    """The report of a file that takes too much time."""
    seconds = f"{settings.limits.seconds:g} seconds"
    return unreadable(
        found, settings, say("takes more than {seconds} to lint (limits.seconds)", seconds=seconds)
    )


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
        full = report_of(found, post, engine.lint_all(post, settings.rules, findings), settings)
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
