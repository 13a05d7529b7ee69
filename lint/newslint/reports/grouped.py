"""The findings of each file under its name, in columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from newslint.core.escaping import plain
from newslint.core.report import Diagnostic, FileReport
from newslint.reports import Context
from newslint.reports.full import STYLES, drawn, make_console, summary_lines
from newslint.reports.wording import mark


def render(reports: Iterable[FileReport], context: Context) -> Iterator[str]:
    """A block for each file with findings, then the summary."""
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
    for place, diagnostic in zip(places, report.diagnostics, strict=True):
        yield _line(place.rjust(width), diagnostic, context)
    yield Text()


def _line(place: str, diagnostic: Diagnostic, context: Context) -> Text:
    finding = diagnostic.finding
    severity = context.language.translate(finding.severity.value)
    line = Text(f"  {place}  ", style="cyan")
    line.append(f"{severity:7}  {finding.code}  ", style=STYLES[finding.severity])
    line.append(
        f"{mark(context.tally.is_fixable(finding))}{plain(finding.message)}", style="default"
    )
    return line
