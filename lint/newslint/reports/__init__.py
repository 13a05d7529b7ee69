"""The output formats: each is a function that yields text as reports become available."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import NamedTuple

from newslint.core.did_you_mean import hint
from newslint.core.entry_points import entry_points
from newslint.core.errors import PluginError, UsageError
from newslint.core.language import ENGLISH, Language
from newslint.core.messages import msg
from newslint.core.report import Detail, FileReport
from newslint.files.store import is_url
from newslint.reports.summary import RunSummary

GROUP = "newslint.reporters"
"""The entry point group for formats of plug-ins: functions like `Reporter`."""

FORMATS = (
    "full",
    "concise",
    "grouped",
    "json",
    "jsonl",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "html",
)
"""The built-in formats; each is the function ``render`` of the module with that name."""


class About(NamedTuple):
    """Facts about the run for a report; empty if unknown.

    ``date`` is the start of the run to the minute, in UTC; ``folder`` is the absolute current
    folder.
    """

    date: str = ""
    command: str = ""
    target: str = ""
    preset: str = ""
    revision: str = ""
    folder: str = ""


class Context(NamedTuple):
    """How to render. ``tally`` counts the reports that were yielded so far.

    ``width`` is in terminal cells; ``quiet`` omits the summary. ``prefix`` is the path from the
    repository's root to the current folder (``site/`` or empty), for CI systems. ``about`` returns
    facts about the run; ``editor`` is a URL with ``{path}``, ``{line}`` and ``{column}``. Reports
    are translated already; a format translates its own texts to ``language``.
    """

    tally: RunSummary
    color: bool = False
    width: int = 80
    quiet: bool = False
    prefix: str = ""
    language: Language = ENGLISH
    about: Callable[[], About] = About
    editor: str = ""

    def path(self, report: FileReport) -> str:
        """Return a post's path for a CI system: relative to the repository's root, or a URL."""
        return report.path if is_url(report.path) else self.prefix + report.path


Reporter = Callable[[Iterable[FileReport], Context], Iterator[str]]


@cache
def reporter(name: str) -> Reporter:
    """Return the function of a format, built-in or of a plug-in.

    Raises UsageError for an unknown format, PluginError for one that cannot be loaded.
    """
    if name in FORMATS:
        render: Reporter = import_module(f"newslint.reports.{name}").render
        return render
    for entry_point in entry_points(GROUP):
        if entry_point.name != name:
            continue
        try:
            plugin: Reporter = entry_point.load()
        except Exception as error:
            words = msg("reporter {name!r} cannot be loaded: {error}", name=name, error=str(error))
            raise PluginError(words) from error
        return plugin
    names = [*FORMATS, *(one.name for one in entry_points(GROUP))]
    raise UsageError(msg("unknown output format {name!r}{hint}", name=name, hint=hint(name, names)))


def detailed(render: Reporter) -> Reporter:
    """Mark a format that needs details: each post's profile, each finding's preview."""
    render.wants_detail = Detail.ALL  # type: ignore[attr-defined]
    return render


def shows_fixes(render: Reporter) -> Reporter:
    """Mark a format that needs the changes of each fix."""
    render.wants_detail = Detail.FIXES  # type: ignore[attr-defined]
    return render


def wanted_detail(render: Reporter) -> Detail:
    """Return the details that a format needs besides findings."""
    return Detail(getattr(render, "wants_detail", Detail.NONE))


def stats_reporter(name: str) -> Reporter:
    """Return the function that renders statistics of an archive, as text or JSON."""
    module = import_module("newslint.reports.stats")
    render: Reporter = module.render_json if name == "json" else module.render
    return render


def statistics_of(name: str) -> Reporter:
    """Return the function that counts the findings of each rule, as text or as a JSON array."""
    module = import_module("newslint.reports.rule_counts")
    render: Reporter = module.render_json if name in ("json", "jsonl") else module.render
    return render


def diffs(reports: Iterable[FileReport], context: Context) -> Iterator[str]:
    """Yield the fixes of each report as a unified diff."""
    for report in reports:
        if report.diff:
            yield report.diff
