"""The findings as data for the page's script: JSON that is inert in HTML and in logs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newslint.core.escaping import plain
from newslint.core.finding import Impact, Safety, Severity
from newslint.core.report import Diagnostic, FileReport, Preview, Row
from newslint.reports import Context
from newslint.reports.json_record import dump
from newslint.reports.statistics import ArchiveStatistics
from newslint.reports.wording import Words

KEPT = 100_000
"""Maximum number of listed findings, which a browser can sort at once; beyond it, the worst."""

_IMPACTS = {impact: number for number, impact in enumerate(Impact)}
_FIXES = {None: 0, Safety.SAFE: 1, Safety.UNSAFE: 2}


class Findings:
    """Collects the findings of a run, each as the JSON text of its row."""

    def __init__(self) -> None:
        self.total = 0
        self._rows: dict[Severity, list[str]] = {severity: [] for severity in Severity}
        self._posts: list[FileReport] = []
        self._codes: dict[str, int] = {}
        self._names: list[tuple[str, str]] = []

    def add(self, report: FileReport) -> None:
        """Add the findings of a post."""
        if not report.diagnostics:
            return
        number = len(self._posts)
        # Only what the section of the post depends on is kept.
        self._posts.append(report._replace(diagnostics=(), suppressed=()))
        for one in report.diagnostics:
            self.total += 1
            rows = self._rows[one.finding.severity]
            if len(rows) < KEPT:
                rows.append(_row(number, self._rule(one), one))

    def _rule(self, one: Diagnostic) -> int:
        finding = one.finding
        if finding.code not in self._codes:
            self._codes[finding.code] = len(self._names)
            self._names.append((finding.code, finding.name))
        return self._codes[finding.code]

    @property
    def codes(self) -> list[str]:
        """The codes of the rules with findings."""
        return sorted(self._codes)

    @property
    def kept(self) -> int:
        """Number of listed findings."""
        return min(sum(map(len, self._rows.values())), KEPT)

    def json(self, statistics: ArchiveStatistics, context: Context, words: Words) -> Iterator[str]:
        """Yield one JSON object in pieces, safe for a ``<script>``."""
        places: dict[tuple[str, str], int] = {}
        posts = []
        for report in self._posts:
            place = statistics.place(report)
            key = plain(place.section), plain(place.site)
            month = report.profile.month if report.profile else ""
            posts.append([plain(report.path), places.setdefault(key, len(places)), month])
        head = {
            "words": {name: words(name) for name in words.templates},
            "total": self.total,
            "impacts": [*Impact],
            "folder": plain(context.about().folder),
            "editor": plain(context.editor),
            "rules": [[code, plain(name)] for code, name in self._names],
            "places": list(places),
            "posts": posts,
        }
        yield _inert(dump(head, compact=True))[:-1] + ',"findings":['
        room, before = KEPT, ""
        for rows in self._rows.values():
            for row in rows[:room]:
                yield f"{before}\n{row}"
                before = ","
            room = max(room - len(rows), 0)
        yield "\n]}"


def _row(post: int, rule: int, one: Diagnostic) -> str:
    """Return a row: post, rule, severity, line, column, message, fix and its text, lines, changes.

    The last two values are the number of further changes and the impact.
    """
    finding, fix = one.finding, one.finding.fix
    preview = one.preview or Preview()
    row: list[Any] = [
        *(post, rule, finding.severity.rank, one.start.line, one.start.column),
        plain(finding.message),
        _FIXES[fix.safety if fix else None],
        plain(fix.message) if fix else "",
        [_line(row) for row in preview.source],
        [[row.sign, *_line(row)] for row in preview.change],
        preview.more,
        _IMPACTS[finding.impact],
    ]
    return _inert(dump(row, compact=True))


def _line(row: Row) -> list[int | str]:
    return [row.line, *(plain(part, keep_tabs=True) for part in row.parts)]


def _inert(json: str) -> str:
    """Return equivalent JSON that neither ends a ``<script>`` nor begins a comment in it."""
    return json.replace("<", "\\u003c").replace(">", "\\u003e")
