"""One line a finding: ``PATH:LINE:COLUMN: CODE [*] MESSAGE``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint.core.escaping import plain
from newslint.core.finding import Diagnostic, FileReport, Safety, Severity
from newslint.reports import Context
from newslint.reports.wording import mark

_COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "34"}
"""ANSI colours (ECMA-48, SGR): red, yellow, blue."""


def render(reports: Iterable[FileReport], context: Context) -> Iterator[str]:
    """The lines of each report as it comes."""
    for report in reports:
        if report.diagnostics:
            path = plain(report.path)
            yield "".join(_line(path, one, context.color) for one in report.diagnostics)


def _line(path: str, diagnostic: Diagnostic, color: bool) -> str:
    finding, start = diagnostic.finding, diagnostic.start
    is_safe = finding.fix is not None and finding.fix.safety is Safety.SAFE
    code = f"\x1b[{_COLORS[finding.severity]}m{finding.code}\x1b[0m" if color else finding.code
    message = plain(finding.message)
    return f"{path}:{start.line}:{start.column}: {code} {mark(is_safe)}{message}\n"
