"""Connect the online rules with the network: their requests, and their findings."""

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


def send_requests(
    posts: Iterable[tuple[PostFile, Mapping[str, Any]]], project: Project, network: Network
) -> None:
    """Send the requests of the online rules for posts, given with their facts."""
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
            network.send(requests, options)


def _requests(facts: Mapping[str, Any], settings: Settings) -> tuple[list[Request], list[Finding]]:
    """Return the requests of the online rules for a post, and findings about rules that failed."""
    requests: list[Request] = []
    failures: list[Finding] = []
    for rule in settings.rules.online:
        if fact := facts.get(rule.code):
            try:
                requests += rule.requests(fact, settings.site_url)
            except Exception as error:
                failures.append(archive_rules.failure(rule, error))
    return requests, failures


def request_failures(
    facts: Mapping[str, Any], settings: Settings, network: Network
) -> list[Finding]:
    """Return the findings about requests for a post that failed because of a bug."""
    requests, failures = _requests(facts, settings)
    words = dict.fromkeys(network.broken[one] for one in requests if one in network.broken)
    return [
        *failures,
        *(limit_findings.not_checked(settings.rules.rules, Span(0, 0), one) for one in words),
    ]


def answered(post: Post, settings: Settings, network: Network) -> list[Finding]:
    """Return the findings of the online rules in one post, from the network's answers so far."""
    name, rules = str(post.path), settings.rules.online
    facts: dict[str, Any] = {}
    for rule in rules:
        with suppress(Exception):  # reported when the facts of all rules are gathered
            if (fact := rule.facts(post)) is not None:
                facts[rule.code] = fact
    folder = ArchiveFolder(settings.root, settings.target, settings.site_url, network.answer)
    found = archive_rules.check(rules, [(name, facts)], folder).get(name, [])
    return [*found, *request_failures(facts, settings, network)]


def without_online(report: FileReport, settings: Settings) -> FileReport:
    """Return a report without findings of online rules, which are added again later."""
    codes = {rule.code for rule in settings.rules.online}
    kept, suppressed = (
        tuple(one for one in diagnostics if one.finding.code not in codes)
        for diagnostics in (report.diagnostics, report.suppressed)
    )
    report = report._replace(diagnostics=kept, suppressed=suppressed)
    return report._replace(failed=report.fails_at(settings.fail_on))
