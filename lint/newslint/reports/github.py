"""GitHub Actions: all findings in the log, and the most severe ones as annotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint.core.escaping import inert, plain
from newslint.core.finding import Severity
from newslint.core.messages import join_comma, msg
from newslint.core.report import Diagnostic, FileReport
from newslint.reports import Context, concise
from newslint.reports.wording import findings

LIMIT = 10
"""Maximum number of annotations of one kind that GitHub keeps for a step (actions/toolkit#734)."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}

_Shown = dict[Severity, list[tuple[str, Diagnostic]]]


def render(reports: Iterable[FileReport], context: Context) -> Iterator[str]:
    """Yield a line for each finding; then annotations, errors first; then 'N more'."""
    shown: _Shown = {severity: [] for severity in Severity}

    def watched() -> Iterator[FileReport]:
        for report in reports:
            for one in report.diagnostics:
                kept = shown[one.finding.severity]
                if len(kept) < LIMIT:
                    kept.append((context.path(report), one))
            yield report

    for text in concise.render(watched(), context):
        yield inert(text)
    yield from _annotations(shown, context)


def _annotations(shown: _Shown, context: Context) -> Iterator[str]:
    left_out = []
    for severity in Severity:
        for path, diagnostic in shown[severity]:
            yield _annotation(path, diagnostic)
        more = context.tally.by_severity[severity] - len(shown[severity])
        if more:
            left_out.append(findings(more, severity))
    if left_out:
        # Not a command, since that would exceed the limit of annotations.
        template = "{found} more: the list above is complete."
        yield context.language.translate(msg(template, found=join_comma(left_out))) + "\n"


def _annotation(path: str, diagnostic: Diagnostic) -> str:
    finding, start, end = diagnostic.finding, diagnostic.start, diagnostic.end
    properties = {
        "file": path,
        "line": str(start.line),
        "endLine": str(end.line),
        "title": f"{finding.code} {finding.name}",
    }
    if start.line == end.line:
        # GitHub accepts columns only within one line; its last one is inclusive.
        properties["col"] = str(start.column)
        properties["endColumn"] = str(max(end.column - 1, start.column))
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {written}::{_data(finding.message)}\n"


def _data(text: str) -> str:
    """Return a message for a command, with active characters, line ends and commands escaped."""
    return inert(plain(text)).replace("%", "%25")


def _property(text: str) -> str:
    """Return a property of a command, in which commas and colons are escaped."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
