"""The counts of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from newslint.core.finding import Finding, Impact, Severity
from newslint.core.report import FileReport


class RunSummary:
    """Counts the reports of a run.

    With ``unsafe_fixes`` findings with an unsafe fix count as fixable.
    """

    def __init__(self, *, unsafe_fixes: bool = False) -> None:
        self.unsafe_fixes = unsafe_fixes
        self.files = 0
        self.dirty = 0
        self.unreadable = 0
        self.failed = False
        self.fixed = 0
        self.fixed_files = 0
        self.differs = False
        self.problems: list[tuple[str, str]] = []
        self.by_severity: Counter[Severity] = Counter()
        self.posts_by_impact: Counter[Impact] = Counter()
        """Number of posts with a finding of an impact; for house rules see `house`. Only errors
        stop a build: a warning depends on what newslint cannot see."""
        self.posts_by_rule: Counter[str] = Counter()
        """Number of posts with a finding of a rule, by code."""
        self.house = 0
        """Number of findings of house rules."""
        self.by_rule: Counter[tuple[str, str]] = Counter()
        self.fixable_by_rule: Counter[tuple[str, str]] = Counter()
        self.safe = 0
        self.unsafe = 0

    def watch(self, reports: Iterable[FileReport]) -> Iterator[FileReport]:
        """Yield the same reports, and count them."""
        for report in reports:
            self.add(report)
            yield report

    def add(self, report: FileReport) -> None:
        """Count the report of one file."""
        self.files += 1
        if not any(report[1:]):
            return
        self.dirty += bool(report.diagnostics)
        self.posts_by_rule.update({one.finding.code for one in report.diagnostics})
        self.posts_by_impact.update(
            {one.finding.impact for one in report.diagnostics if not _is_doubtful(one.finding)}
        )
        self.unreadable += report.unreadable
        self.failed |= report.failed
        self.fixed += report.fixed
        self.fixed_files += report.fixed > 0
        self.differs |= bool(report.diff)
        if report.problem:
            self.problems.append((report.path, report.problem))
        for diagnostic in report.diagnostics:
            finding = diagnostic.finding
            self.house += finding.impact is Impact.HOUSE
            rule = finding.code, finding.name
            self.by_severity[finding.severity] += 1
            self.by_rule[rule] += 1
            if finding.fix is not None:
                is_safe = finding.fix.safety == "safe"
                self.safe += is_safe
                self.unsafe += not is_safe
                self.fixable_by_rule[rule] += self.is_fixable(finding)

    def is_fixable(self, finding: Finding) -> bool:
        """Return whether ``--fix`` fixes a finding in this run."""
        fix = finding.fix
        return fix is not None and (self.unsafe_fixes or fix.safety == "safe")


def _is_doubtful(finding: Finding) -> bool:
    return finding.impact is Impact.BUILD and finding.severity is not Severity.ERROR
