"""One line for each finding: ``PATH:LINE:COLUMN: SEVERITY CODE [*] MESSAGE``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint.core.escaping import plain
from newslint.core.finding import Severity
from newslint.core.report import Diagnostic, FileReport
from newslint.reports import Context
from newslint.reports.wording import mark

_COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "34"}
"""ANSI colours (ECMA-48, SGR): red, yellow, blue."""


def render(reports: Iterable[FileReport], context: Context) -> Iterator[str]:
    """Yield the lines of each report as it arrives."""
    for report in reports:
        if report.diagnostics:
            path = plain(report.path)
            yield "".join(_line(path, one, context) for one in report.diagnostics)


def _line(path: str, diagnostic: Diagnostic, context: Context) -> str:
    finding, start = diagnostic.finding, diagnostic.start
    code = f"{finding.severity.value} {finding.code}"
    if context.color:
        code = f"\x1b[{_COLORS[finding.severity]}m{code}\x1b[0m"
    fixable = mark(context.tally.is_fixable(finding))
    return f"{path}:{start.line}:{start.column}: {code} {fixable}{plain(finding.message)}\n"
