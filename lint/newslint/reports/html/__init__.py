"""The HTML report: one self-contained file.

Figures are tables and SVG and work without a script. The list of findings is rendered by the page's
script from data in the page; only the visible part of a long list is rendered. A
Content-Security-Policy allows only that script and that style sheet, by their hashes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint.core.report import FileReport
from newslint.reports import Context, detailed
from newslint.reports.statistics import ArchiveStatistics


@detailed
def render(reports: Iterable[FileReport], context: Context) -> Iterator[str]:
    """Yield the page. Nothing can be rendered before all reports are counted."""
    from newslint.reports.html.data import Findings
    from newslint.reports.html.labels import WORDS
    from newslint.reports.html.page import page
    from newslint.reports.wording import Words

    statistics, findings = ArchiveStatistics(), Findings()
    words = Words(WORDS, context.language)
    for report in reports:
        statistics.add(report)
        findings.add(report)
    yield from page(statistics, findings, context, words)
