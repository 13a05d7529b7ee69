"""A GitLab Code Quality report: a JSON array with fingerprints that do not depend on lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from newslint.core.escaping import plain
from newslint.core.finding import Severity
from newslint.core.fingerprint import fingerprint, occurrences
from newslint.core.report import Diagnostic, FileReport
from newslint.reports import Context
from newslint.reports.json_record import dump

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
"""GitLab's severities; ``critical`` and ``blocker`` are not used."""


def render(reports: Iterable[FileReport], context: Context) -> Iterator[str]:
    """Yield the array in pieces; ``[]`` if there are no findings."""
    before = "["
    for report in reports:
        path = context.path(report)
        for diagnostic, occurrence in occurrences(report.diagnostics):
            issue = _issue(path, diagnostic, fingerprint(path, diagnostic, occurrence))
            yield f"{before}\n{dump(issue)}"
            before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def _issue(path: str, diagnostic: Diagnostic, mark: str) -> dict[str, Any]:
    """Return one issue; of several with the same fingerprint, GitLab shows only the first."""
    finding = diagnostic.finding
    return {
        "description": f"{finding.code} {plain(finding.message)}",
        "check_name": finding.code,
        "fingerprint": mark,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": path,
            "lines": {"begin": diagnostic.start.line, "end": diagnostic.end.line},
        },
    }
