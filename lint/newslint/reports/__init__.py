"""The output formats: each is a function that yields text as reports are ready."""

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
"""The entry point group by which a plug-in adds a format: a function like those below."""

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
"""The built-in formats; each is the function ``render`` of the module of that name."""


class About(NamedTuple):
    """What a report says of the run that made it. A text is empty where it is not known.

    ``date`` is that of the run to the minute, in UTC; ``folder`` is where paths begin, absolute.
    """

    date: str = ""
    command: str = ""
    target: str = ""
    preset: str = ""
    revision: str = ""
    folder: str = ""


class Context(NamedTuple):
    """How to render. ``tally`` has counted the reports that have gone by.

    ``width`` is in terminal cells; ``quiet`` leaves out the summary. ``prefix`` leads from the
    repository's root to the current folder (``site/`` or nothing), for what a CI system reads.
    ``about`` returns the facts of the run; ``editor`` is a URL with ``{path}``, ``{line}`` and
    ``{column}``.
    The reports' own words come in the reader's language; a format tells its own in ``language``.
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
        """A post's path for a CI system: from the repository's root; a URL is one by itself."""
        return report.path if is_url(report.path) else self.prefix + report.path


Reporter = Callable[[Iterable[FileReport], Context], Iterator[str]]


@cache
def reporter(name: str) -> Reporter:
    """Return the function of a format, built-in or a plug-in's.

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
            told = msg("reporter {name!r} cannot be loaded: {error}", name=name, error=str(error))
            raise PluginError(told) from error
        return plugin
    names = [*FORMATS, *(one.name for one in entry_points(GROUP))]
    raise UsageError(msg("unknown output format {name!r}{hint}", name=name, hint=hint(name, names)))


def detailed(render: Reporter) -> Reporter:
    """Mark a format that asks for details: each post's profile, each finding's preview."""
    render.wants_detail = Detail.ALL  # type: ignore[attr-defined]
    return render


def shows_fixes(render: Reporter) -> Reporter:
    """Mark a format that asks for what each fix changes."""
    render.wants_detail = Detail.FIXES  # type: ignore[attr-defined]
    return render


def wanted_detail(render: Reporter) -> Detail:
    """Return what a format asks for besides findings."""
    return Detail(getattr(render, "wants_detail", Detail.NONE))


def glance_of(name: str) -> Reporter:
    """Return the function that shows an archive at a glance, as text or as a JSON object."""
    module = import_module("newslint.reports.stats")
    render: Reporter = module.render_json if name == "json" else module.render
    return render


def statistics_of(name: str) -> Reporter:
    """The function that counts the findings of each rule, as text or, for JSON, as an array."""
    module = import_module("newslint.reports.rule_counts")
    render: Reporter = module.render_json if name in ("json", "jsonl") else module.render
    return render


def diffs(reports: Iterable[FileReport], context: Context) -> Iterator[str]:
    """Yield the fixes of each report as a unified diff."""
    for report in reports:
        if report.diff:
            yield report.diff
