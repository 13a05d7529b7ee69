"""Filters that hide findings: those in a baseline, and those on unchanged lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from newslint.linter.rule_failures import is_always_reported

if TYPE_CHECKING:
    from newslint.config.project import Project
    from newslint.core.report import Diagnostic, FileReport
    from newslint.runner.baseline import Baseline


class FindingFilter(Protocol):
    """Decides which findings of a file are reported."""

    def kept(self, file: Path, report: FileReport) -> Sequence[Diagnostic]:
        """Return the findings to report; ``file`` is the absolute path of the report's file."""


def filter_reports(
    reports: Iterable[FileReport], project: Project, filters: Sequence[FindingFilter]
) -> Iterator[FileReport]:
    """Yield the reports with the findings that all filters keep, and update whether they fail.

    Findings that a post was not completely checked are always kept.
    """
    for report in reports:
        if not report.diagnostics:
            yield report
            continue
        file = project.path(report.path)
        always = tuple(one for one in report.diagnostics if is_always_reported(one.finding, report))
        kept = tuple(one for one in report.diagnostics if one not in always)
        for hiding in filters:
            kept = tuple(hiding.kept(file, report._replace(diagnostics=kept)))
        if len(always) + len(kept) < len(report.diagnostics):
            reported = {id(one) for one in (*always, *kept)}
            left = tuple(one for one in report.diagnostics if id(one) in reported)
            report = report._replace(diagnostics=left)
            fail_on = project.settings(file).fail_on
            report = report._replace(failed=report.fails_at(fail_on))
        yield report


class Impacts:
    """Keeps findings of some impacts; unreadable files are always reported."""

    left_out = 0

    def __init__(self, impacts: frozenset[str]) -> None:
        self._impacts = impacts

    def kept(self, file: Path, report: FileReport) -> Sequence[Diagnostic]:
        """Return the findings with the selected impacts."""
        return [
            one
            for one in report.diagnostics
            if report.unreadable or one.finding.impact.value in self._impacts
        ]


class Configured:
    """The baselines that the configuration names, each read on first use."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._read: dict[Path, Baseline] = {}

    @property
    def left_out(self) -> int:
        """The number of hidden findings."""
        return sum(baseline.left_out for baseline in self._read.values())

    def kept(self, file: Path, report: FileReport) -> Sequence[Diagnostic]:
        """Return the findings that are not in the baseline for a file.

        Raises ConfigError for a baseline that cannot be read.
        """
        path = self._project.settings(file).baseline
        if path is None:
            return report.diagnostics
        if path not in self._read:
            from newslint.runner.baseline import load

            self._read[path] = load(path)
        return self._read[path].kept(file, report)
