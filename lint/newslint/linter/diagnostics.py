"""Convert findings to diagnostics, with lines, columns and source lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint.core.finding import Finding
from newslint.core.fingerprint import digest
from newslint.core.report import EXCERPT_LIMIT, Detail, Diagnostic, Excerpt, FileReport
from newslint.core.span import Span

if TYPE_CHECKING:
    from newslint.core.source import Source


def report(
    path: str, source: Source, findings: Iterable[Finding], *, detail: Detail = Detail.NONE
) -> FileReport:
    """Return the report of findings with their lines, columns and source lines.

    ``detail`` adds the `preview` of each finding, or the changes of its fix.
    """
    if detail:
        from newslint.linter.preview import fix_preview, preview
    diagnostics = []
    for finding in findings:
        start = source.lines.position(finding.span.start)
        end = source.lines.position(finding.span.end)
        excerpt = _excerpt(source, finding.span)
        if detail is Detail.ALL:
            shown = preview(source, finding.span, finding.fix)
        elif detail and finding.fix is not None:
            shown = fix_preview(source, finding.fix)
        else:
            shown = None
        same = digest(finding, source.text)
        diagnostics.append(Diagnostic(finding, start, end, excerpt, same, shown))
    return FileReport(path, tuple(diagnostics), has_bom=source.has_bom)


def _excerpt(source: Source, span: Span) -> Excerpt:
    line = source.lines.span(source.lines.position(span.start).line)
    start = min(span.start, line.end)
    end = max(start, min(span.end, line.end))
    first, last = max(line.start, start - EXCERPT_LIMIT), min(line.end, end + EXCERPT_LIMIT)
    middle = min(end, start + EXCERPT_LIMIT)
    return Excerpt(
        source.text[first:start],
        source.text[start:middle],
        source.text[end:last],
        cut_before=first > line.start,
        cut_marked=middle < end,
        cut_after=last < line.end,
    )
