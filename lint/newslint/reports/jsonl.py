"""One JSON object for each finding and line, written as soon as a post is checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint.core.report import FileReport
from newslint.reports import Context
from newslint.reports.json_record import dump, record


def render(reports: Iterable[FileReport], context: Context) -> Iterator[str]:
    """Yield the lines of each report as it arrives."""
    for report in reports:
        if report.diagnostics:
            yield "".join(dump(record(report.path, one)) + "\n" for one in report.diagnostics)
