"""One JSON array of all findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint.finding import FileReport
from newslint.output import Context
from newslint.output.records import dump, record


def render(reports: Iterable[FileReport], context: Context) -> Iterator[str]:
    """The array, piece by piece; ``[]`` where there is nothing."""
    before = "["
    for report in reports:
        for diagnostic in report.diagnostics:
            yield f"{before}\n{dump(record(report.path, diagnostic))}"
            before = ","
    yield "[]\n" if before == "[" else "\n]\n"
