"""The number of findings of each rule: ``COUNT CODE [*] NAME``, the highest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint.core.report import FileReport
from newslint.reports import Context
from newslint.reports.json_record import dump
from newslint.reports.summary import RunSummary
from newslint.reports.wording import mark


def render(reports: Iterable[FileReport], context: Context) -> Iterator[str]:
    """Yield a line for each rule."""
    tally = _counted(reports, context)
    width = len(str(max(tally.by_rule.values(), default=0)))
    for (code, name), number in _sorted(tally):
        safe = mark(tally.fixable_by_rule[code, name] > 0) or " " * len(mark(True))
        yield f"{number:>{width}} {code} {safe}{name}\n"


def render_json(reports: Iterable[FileReport], context: Context) -> Iterator[str]:
    """Yield an array of ``{"code", "name", "count", "fixable"}``."""
    tally = _counted(reports, context)
    rows = [
        {"code": code, "name": name, "count": number, "fixable": tally.fixable_by_rule[code, name]}
        for (code, name), number in _sorted(tally)
    ]
    yield dump(rows) + "\n"


def _counted(reports: Iterable[FileReport], context: Context) -> RunSummary:
    for _ in reports:
        pass
    return context.tally


def _sorted(tally: RunSummary) -> list[tuple[tuple[str, str], int]]:
    return sorted(tally.by_rule.items(), key=lambda item: (-item[1], item[0]))
