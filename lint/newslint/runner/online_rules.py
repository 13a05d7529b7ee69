"""Brings the network and the online rules together: what they ask, and what they find by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from newslint.core.finding import Finding
from newslint.core.report import FileReport
from newslint.core.span import Span
from newslint.linter import archive_rules, limit_findings
from newslint.runner.archive_folder import ArchiveFolder

if TYPE_CHECKING:
    from newslint.config.online import Online
    from newslint.config.project import Project
    from newslint.config.settings import Settings
    from newslint.files.posts import PostFile
    from newslint.linter.http_request import Request
    from newslint.online.client import Network
    from newslint.post.post import Post


def ask(
    posts: Iterable[tuple[PostFile, Mapping[str, Any]]], project: Project, network: Network
) -> None:
    """Ask the network what the online rules want to know of posts, given with their facts."""
    from newslint.config.online import Online

    wanted: dict[Online, dict[Request, None]] = {}
    for found, facts in posts:
        settings = project.settings(found.place)
        requests = wanted.setdefault(Online(**settings.online), {})
        for rule in settings.rules.online:
            if facts.get(rule.code) and rule.needs_site_url and settings.site_url is None:
                network.lacking_site.add(rule.code)
        requests.update(dict.fromkeys(_requests(facts, settings)[0]))
    for options, requests in wanted.items():
        if requests:
            network.ask(requests, options)


def _requests(facts: Mapping[str, Any], settings: Settings) -> tuple[list[Request], list[Finding]]:
    """Return what the online rules ask for a post; also the findings for rules that break."""
    requests: list[Request] = []
    failures: list[Finding] = []
    for rule in settings.rules.online:
        if fact := facts.get(rule.code):
            try:
                requests += rule.requests(fact, settings.site_url)
            except Exception as error:
                failures.append(archive_rules.failure(rule, error))
    return requests, failures


def not_asked(facts: Mapping[str, Any], settings: Settings, network: Network) -> list[Finding]:
    """The findings for what could not be asked for a post, since newslint or a rule broke on it."""
    requests, failures = _requests(facts, settings)
    words = dict.fromkeys(network.broken[one] for one in requests if one in network.broken)
    return [
        *failures,
        *(limit_findings.not_read(settings.rules.rules, Span(0, 0), one) for one in words),
    ]


def answered(post: Post, settings: Settings, network: Network) -> list[Finding]:
    """Return what the online rules find in one post by what the network has answered so far."""
    name, rules = str(post.path), settings.rules.online
    facts: dict[str, Any] = {}
    for rule in rules:
        with suppress(Exception):  # which is reported where the facts of all rules are gathered
            if (fact := rule.facts(post)) is not None:
                facts[rule.code] = fact
    folder = ArchiveFolder(settings.root, settings.target, settings.site_url, network.answer)
    found = archive_rules.check(rules, [(name, facts)], folder).get(name, [])
    return [*found, *not_asked(facts, settings, network)]


def without(report: FileReport, settings: Settings) -> FileReport:
    """A report without what the online rules found: it is told again with the whole archive's."""
    codes = {rule.code for rule in settings.rules.online}
    kept, suppressed = (
        tuple(one for one in diagnostics if one.finding.code not in codes)
        for diagnostics in (report.diagnostics, report.suppressed)
    )
    report = report._replace(diagnostics=kept, suppressed=suppressed)
    return report._replace(failed=report.fails_at(settings.fail_on))
