"""The findings of each file under its name, in columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from rich.text import Text

from newslint.core.escaping import plain
from newslint.core.report import Diagnostic, FileReport
from newslint.reports import Context
from newslint.reports.full import STYLES, drawn, make_console, summary_lines
from newslint.reports.wording import mark
from newslint.reports.wrapping import wrapped

_SEVERITY = len("warning")
_LEAST_WIDTH = 30
"""Minimum number of cells for wrapping a message; below, the terminal wraps it."""


def render(reports: Iterable[FileReport], context: Context) -> Iterator[str]:
    """Yield a block for each file with findings, then the summary."""
    console = make_console(context)
    for report in reports:
        if report.diagnostics:
            yield drawn(console, *_block(report, context))
    if not context.quiet:
        yield drawn(console, *summary_lines(context))


def _block(report: FileReport, context: Context) -> Iterator[Text]:
    yield Text(plain(report.path), style="bold underline")
    places = [f"{one.start.line}:{one.start.column}" for one in report.diagnostics]
    width = max(map(len, places))
    code_width = max(len(one.finding.code) for one in report.diagnostics)
    for place, diagnostic in zip(places, report.diagnostics, strict=True):
        yield from _lines(place.rjust(width), diagnostic, code_width, context)
    yield Text()


def _lines(place: str, diagnostic: Diagnostic, code_width: int, context: Context) -> Iterator[Text]:
    """Yield a finding in columns; the message continues in its own column."""
    finding = diagnostic.finding
    severity = context.language.translate(finding.severity.value)
    severity += " " * (_SEVERITY - cell_len(severity))
    line = Text(f"  {place}  ", style="cyan")
    line.append(f"{severity}  {finding.code:<{code_width}}  ", style=STYLES[finding.severity])
    message = f"{mark(context.tally.is_fixable(finding))}{plain(finding.message)}"
    column = line.cell_len
    for part in wrapped(message, max(context.width - column, _LEAST_WIDTH)):
        yield line.append(part, style="default")
        line = Text(" " * column)
