"""The HTML report: one file that needs nothing else, for those who do not read terminals.

The figures are made here, as tables and SVG, and can be read without a script. The list of findings
is drawn by the page's own script from data that is in the page; of a long list only what is
seen is drawn. A Content-Security-Policy lets nothing run or load but that script and that style
sheet, by their hashes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint.core.report import FileReport
from newslint.reports import Context, detailed
from newslint.reports.statistics import ArchiveStatistics


@detailed
def render(reports: Iterable[FileReport], context: Context) -> Iterator[str]:
    """Yield the page. Nothing can be shown before all is counted."""
    from newslint.reports.html.data import Findings
    from newslint.reports.html.labels import WORDS
    from newslint.reports.html.page import page
    from newslint.reports.wording import Words

    glance, findings = ArchiveStatistics(), Findings()
    words = Words(WORDS, context.language)
    for report in reports:
        glance.add(report)
        findings.add(report)
    yield from page(glance, findings, context, words)
