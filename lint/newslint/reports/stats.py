"""The output of ``newslint stats``: tables for terminals, or JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from newslint.core.finding import Severity
from newslint.core.report import FileReport
from newslint.linter.profile import AUTHORS, EDITORS, IMAGE_HOSTS
from newslint.reports import Context, detailed
from newslint.reports.full import make_console
from newslint.reports.json_record import dump
from newslint.reports.statistics import ArchiveStatistics, Group, RuleCount
from newslint.reports.stats_tables import WORDS, Tables
from newslint.reports.wording import Words


@detailed
def render(reports: Iterable[FileReport], context: Context) -> Iterator[str]:
    """Yield the tables; empty ones are omitted."""
    statistics = _counted(reports)
    console = make_console(context)
    tables = Tables(Words(WORDS, context.language), context.width)
    blocks = [
        tables.head(statistics, context),
        tables.impacts(statistics),
        tables.months(statistics),
        tables.rules(statistics.dearest_rules),
        tables.groups("sections", statistics.sections),
        tables.groups("sites", [(place.site, group) for place, group in statistics.sites]),
        tables.worst(statistics.worst),
        *(tables.names(kind, _most(statistics.names[kind])) for kind in _kinds(statistics)),
    ]
    for number, block in enumerate(blocks if statistics.all.posts else blocks[:1]):
        with console.capture() as capture:
            for part in block:
                console.print(part)
        if text := capture.get():
            yield "\n" * (number > 0) + "".join(
                f"{line.rstrip()}\n" for line in text.rstrip("\n").split("\n")
            )


@detailed
def render_json(reports: Iterable[FileReport], context: Context) -> Iterator[str]:
    """Yield one object with the rows of all tables."""
    statistics = _counted(reports)
    data = {
        **_group(statistics.all),
        "impacts": [
            {"impact": impact.value, "posts": cost.posts, "findings": cost.findings}
            for impact, cost in statistics.impacts.items()
        ],
        "fixable": {"safe": context.tally.safe, "unsafe": context.tally.unsafe},
        "rules": [_rule(one) for one in statistics.rules],
        "months": [{"month": month, **_group(group)} for month, group in statistics.months],
        "undated": statistics.undated.posts,
        "sections": [{"section": name, **_group(group)} for name, group in statistics.sections],
        "sites": [
            {"section": place.section, "site": place.site, **_group(group)}
            for place, group in statistics.sites
        ],
        "worst": [{"path": path, "findings": _findings(one)} for path, one in statistics.worst],
        "names": {
            kind: [{"name": name, "count": count} for name, count in _most(statistics.names[kind])]
            for kind in _kinds(statistics)
        },
    }
    yield dump(data) + "\n"


def _counted(reports: Iterable[FileReport]) -> ArchiveStatistics:
    statistics = ArchiveStatistics()
    for report in reports:
        statistics.add(report)
    return statistics


def _kinds(statistics: ArchiveStatistics) -> list[str]:
    """Return the kinds of names that occur: newslint's own first."""
    known = [EDITORS, AUTHORS, IMAGE_HOSTS]
    names = statistics.names
    return [kind for kind in (*known, *sorted({*names} - {*known})) if kind in names]


def _most(names: Counter[str]) -> list[tuple[str, int]]:
    return sorted(names.items(), key=lambda item: (-item[1], item[0]))


def _group(group: Group) -> dict[str, Any]:
    return {"posts": group.posts, "clean": group.clean, "findings": _findings(group)}


def _findings(group: Group) -> dict[str, int]:
    return {severity.value: group.findings[severity] for severity in Severity}


def _rule(one: RuleCount) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "severity": one.severity.value,
        "impact": one.impact.value,
        "count": one.findings,
        "posts": one.posts,
        "fixable": one.fixable,
        "months": dict(sorted((month, n) for month, n in one.months.items() if month)),
    }
