"""Statistics of an archive for ``newslint stats`` and the HTML report.

The reports must have details (`newslint.core.report.Detail.ALL`), since sections, months and names
come from the profiles of posts; a post that could not be read counts in its folder, without a date.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TypeVar

from newslint.core.finding import Impact, Severity
from newslint.core.report import FileReport

WORST = 20
"""Number of posts that are listed as the worst."""

_DEAREST = [*Impact]

HOLDERS = frozenset({"_posts", "_drafts", "source", "content", "posts"})
"""Folders that contain all posts of a site, and are not sections."""


Key = TypeVar("Key")


@dataclass
class Group:
    """Counts of some posts: in total, by worst finding, by each severity, and their findings."""

    posts: int = 0
    worst: Counter[Severity] = field(default_factory=Counter)
    with_finding: Counter[Severity] = field(default_factory=Counter)
    findings: Counter[Severity] = field(default_factory=Counter)

    @property
    def clean(self) -> int:
        """Number of posts without findings."""
        return self.posts - self.worst.total()

    def add(self, other: Group) -> None:
        """Add the counts of another group."""
        self.posts += other.posts
        self.worst.update(other.worst)
        self.with_finding.update(other.with_finding)
        self.findings.update(other.findings)


@dataclass
class RuleCount:
    """The counts of one rule: findings, posts, posts with a safe fix, and months."""

    code: str
    name: str
    severity: Severity
    impact: Impact
    """The worst impact of its findings."""
    findings: int = 0
    posts: int = 0
    fixable: int = 0
    months: Counter[str] = field(default_factory=Counter)


@dataclass
class ImpactCount:
    """The counts of one impact: posts, findings, and findings by rule."""

    posts: int = 0
    findings: int = 0
    rules: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Section:
    """The section of a post, and the site in it; empty if unknown."""

    section: str
    site: str


class ArchiveStatistics:
    """Counts reports. Read the tables after the last report."""

    def __init__(self) -> None:
        self.all = Group()
        self.impacts = {impact: ImpactCount() for impact in Impact}
        """The counts of each impact, the worst first."""
        self.names: dict[str, Counter[str]] = {}
        """Number of occurrences of each name, by kind: see `newslint.linter.profile`."""
        self._rules: dict[str, RuleCount] = {}
        self._months: dict[str, Group] = {}
        self._categories: dict[tuple[str, ...], Group] = {}
        self._folders: dict[tuple[str, ...], Group] = {}
        self._common: tuple[str, ...] | None = None
        self._worst: list[tuple[tuple[int, ...], _Backwards, Group]] = []

    def watch(self, reports: Iterable[FileReport]) -> Iterator[FileReport]:
        """Yield the same reports, and count them."""
        for report in reports:
            self.add(report)
            yield report

    def add(self, report: FileReport) -> None:
        """Count the report of one file."""
        one = _group(report)
        profile = report.profile
        month = profile.month if profile else ""
        categories = profile.categories[:2] if profile else ()
        folders = PurePosixPath(report.path).parent.parts
        self._narrow(folders)
        self.all.add(one)
        self._months.setdefault(month, Group()).add(one)
        if categories:
            self._categories.setdefault(categories, Group()).add(one)
        else:
            self._folders.setdefault(folders, Group()).add(one)
        for kind, name, number in profile.metrics if profile else ():
            self.names.setdefault(kind, Counter())[name] += number
        if one.worst:
            self._add_findings(report, month)
            self._add_worst(report, one)

    def _narrow(self, folders: tuple[str, ...]) -> None:
        """Reduce the common folder of all posts, which is not a section."""
        if self._common is None:
            self._common = folders
        elif folders[: len(self._common)] != self._common:
            same = (a == b for a, b in zip(self._common, folders, strict=False))
            length = next((at for at, is_same in enumerate(same) if not is_same), None)
            shorter = min(len(self._common), len(folders))
            self._common = self._common[: shorter if length is None else length]

    def _add_findings(self, report: FileReport, month: str) -> None:
        codes = set()
        impacts = set()
        for diagnostic in report.diagnostics:
            finding = diagnostic.finding
            count = self._rules.get(finding.code)
            if count is None:
                count = RuleCount(finding.code, finding.name, finding.severity, finding.impact)
                self._rules[finding.code] = count
            count.findings += 1
            count.severity = min(count.severity, finding.severity, key=lambda one: one.rank)
            count.impact = min(count.impact, finding.impact, key=_DEAREST.index)
            cost = self.impacts[finding.impact]
            cost.findings += 1
            cost.rules[finding.code] += 1
            impacts.add(finding.impact)
            count.fixable += finding.fix is not None and finding.fix.safety == "safe"
            codes.add(finding.code)
        for impact in impacts:
            self.impacts[impact].posts += 1
        for code in codes:
            self._rules[code].posts += 1
            self._rules[code].months[month] += 1

    def _add_worst(self, report: FileReport, one: Group) -> None:
        costs = Counter(diagnostic.finding.impact for diagnostic in report.diagnostics)
        counts = (
            *(costs[impact] for impact in (Impact.BUILD, Impact.POST)),
            *(one.findings[severity] for severity in Severity),
        )
        push = heapq.heappush if len(self._worst) < WORST else heapq.heappushpop
        push(self._worst, (counts, _Backwards(report.path), one))

    @property
    def rules(self) -> list[RuleCount]:
        """The rules with findings, the most frequent first."""
        return sorted(self._rules.values(), key=lambda one: (-one.findings, one.code))

    @property
    def dearest_rules(self) -> list[RuleCount]:
        """The rules with findings, by impact, then by frequency."""
        return sorted(self.rules, key=lambda one: _DEAREST.index(one.impact))

    @property
    def months(self) -> list[tuple[str, Group]]:
        """The months with posts in order; posts without a date are `undated`."""
        return sorted((month, group) for month, group in self._months.items() if month)

    @property
    def undated(self) -> Group:
        """The posts with an unknown date."""
        return self._months.get("", Group())

    @property
    def worst(self) -> list[tuple[str, Group]]:
        """The worst posts, the worst first: those that stop the build, those that are not
        published, then by number of errors, warnings and infos.
        """
        return [(path.text, group) for _, path, group in sorted(self._worst, reverse=True)]

    @property
    def sections(self) -> list[tuple[str, Group]]:
        """The sections, the largest first."""
        return _sorted((place.section, group) for place, group in self._places())

    @property
    def sites(self) -> list[tuple[Section, Group]]:
        """The sites with their sections, the largest first; posts without a site are omitted."""
        return _sorted((place, group) for place, group in self._places() if place.site)

    def place(self, report: FileReport) -> Section:
        """Return the section of a report's post; call it after the last report."""
        if report.profile and report.profile.categories:
            return _place(report.profile.categories)
        return self._place_of_folder(PurePosixPath(report.path).parent.parts)

    def _places(self) -> Iterator[tuple[Section, Group]]:
        for categories, group in self._categories.items():
            yield _place(categories), group
        for folders, group in self._folders.items():
            yield self._place_of_folder(folders), group

    def _place_of_folder(self, folders: tuple[str, ...]) -> Section:
        own = folders[len(self._common or ()) :]
        return _place(tuple(name for name in own if name not in HOLDERS))


class _Backwards:
    """A text with reversed order, so that of two equally bad posts the first one is kept."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __lt__(self, other: _Backwards) -> bool:
        return self.text > other.text


def _group(report: FileReport) -> Group:
    """Return a group of one post."""
    findings = Counter(one.finding.severity for one in report.diagnostics)
    worst = min(findings, key=lambda severity: severity.rank, default=None)
    return Group(
        1, Counter() if worst is None else Counter([worst]), Counter({*findings}), findings
    )


def _place(names: tuple[str, ...]) -> Section:
    section, site = (*names[:2], "", "")[:2]
    return Section(section, site)


def _sorted(groups: Iterable[tuple[Key, Group]]) -> list[tuple[Key, Group]]:
    merged: dict[Key, Group] = {}
    for key, group in groups:
        merged.setdefault(key, Group()).add(group)
    return sorted(merged.items(), key=lambda item: (-item[1].posts, str(item[0])))


def once(groups: Iterable[tuple[str, Group]]) -> list[tuple[str, Group]]:
    """Return the groups by name, merging names that differ in case; the largest first."""
    merged: dict[str, Group] = {}
    spellings: dict[str, Counter[str]] = {}
    for name, group in groups:
        merged.setdefault(name.casefold(), Group()).add(group)
        spellings.setdefault(name.casefold(), Counter())[name] += group.posts
    named = [(spellings[key].most_common(1)[0][0], group) for key, group in merged.items()]
    return sorted(named, key=lambda item: (-item[1].posts, item[0]))
