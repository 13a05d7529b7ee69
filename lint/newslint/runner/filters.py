"""Leaves out findings that nobody wants to hear of: those of a baseline, those on old lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from newslint.config.project import Project
    from newslint.core.finding import Diagnostic, FileReport
    from newslint.runner.baseline import Baseline


class Sieve(Protocol):
    """What decides which findings of a file are reported."""

    def kept(self, file: Path, report: FileReport) -> Sequence[Diagnostic]:
        """The findings that stay; ``file`` is the absolute path of the report's file."""


def sift(
    reports: Iterable[FileReport], project: Project, sieves: Sequence[Sieve]
) -> Iterator[FileReport]:
    """The reports with the findings that every sieve keeps; what fails is judged anew."""
    for report in reports:
        if not report.diagnostics:
            yield report
            continue
        file = project.path(report.path)
        for sieve in sieves:
            kept = tuple(sieve.kept(file, report))
            if len(kept) < len(report.diagnostics):
                report = report._replace(diagnostics=kept)
                fail_on = project.settings(file).fail_on
                report = report._replace(failed=report.fails_at(fail_on))
        yield report


class Configured:
    """The baselines that the configuration names, each read when a file first needs it."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._read: dict[Path, Baseline] = {}

    @property
    def left_out(self) -> int:
        """How many findings were left out."""
        return sum(baseline.left_out for baseline in self._read.values())

    def kept(self, file: Path, report: FileReport) -> Sequence[Diagnostic]:
        """The findings that are not in the baseline in force for a file.

        Raises ConfigError for a baseline that cannot be read.
        """
        path = self._project.settings(file).baseline
        if path is None:
            return report.diagnostics
        if path not in self._read:
            from newslint.runner.baseline import load

            self._read[path] = load(path)
        return self._read[path].kept(file, report)
