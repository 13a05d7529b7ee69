"""Brings the network and the online rules together: what they ask, and what they find by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from newslint.core.finding import FileReport, Finding
from newslint.linter import archive

if TYPE_CHECKING:
    from newslint.config.online import Online
    from newslint.config.project import Project
    from newslint.config.settings import Settings
    from newslint.files.discovery import Found
    from newslint.linter.http_request import Request
    from newslint.online.client import Network
    from newslint.post.post import Post


def ask(
    posts: Iterable[tuple[Found, Mapping[str, Any]]], project: Project, network: Network
) -> None:
    """Ask the network what the online rules want to know of posts, given with their facts."""
    from newslint.config.online import Online

    wanted: dict[Online, dict[Request, None]] = {}
    for found, facts in posts:
        settings = project.settings(found.place)
        for rule in settings.rules.online:
            if fact := facts.get(rule.code):
                if rule.needs_site_url and settings.site_url is None:
                    network.lacking_site.add(rule.code)
                requests = wanted.setdefault(Online(**settings.online), {})
                requests.update(dict.fromkeys(rule.requests(fact, settings.site_url)))
    for options, requests in wanted.items():
        network.ask(requests, options)


def answered(post: Post, settings: Settings, network: Network) -> list[Finding]:
    """What the online rules find in one post by what the network has answered so far."""
    name, rules = str(post.path), settings.rules.online
    facts = {rule.code: fact for rule in rules if (fact := rule.facts(post)) is not None}
    folder = archive.Folder(settings.root, settings.target, settings.site_url, network.answer)
    return archive.check(rules, [(name, facts)], folder).get(name, [])


def without(report: FileReport, settings: Settings) -> FileReport:
    """A report without what the online rules found: it is told again with the whole archive's."""
    codes = {rule.code for rule in settings.rules.online}
    kept, suppressed = (
        tuple(one for one in diagnostics if one.finding.code not in codes)
        for diagnostics in (report.diagnostics, report.suppressed)
    )
    report = report._replace(diagnostics=kept, suppressed=suppressed)
    return report._replace(failed=report.fails_at(settings.fail_on))
