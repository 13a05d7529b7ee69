"""One JSON array of all findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint.core.report import FileReport
from newslint.reports import Context
from newslint.reports.json_record import dump, record


def render(reports: Iterable[FileReport], context: Context) -> Iterator[str]:
    """Yield the array in pieces; ``[]`` if there are no findings."""
    before = "["
    for report in reports:
        for diagnostic in report.diagnostics:
            yield f"{before}\n{dump(record(report.path, diagnostic))}"
            before = ","
    yield "[]\n" if before == "[" else "\n]\n"
