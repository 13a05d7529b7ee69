"""The options ``--baseline``, ``--changed-since`` and ``--impact``, which hide findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from newslint.cli.localization import echo
from newslint.config.project import Project
from newslint.core.did_you_mean import hint
from newslint.core.errors import UsageError
from newslint.core.finding import Impact
from newslint.core.messages import msg
from newslint.core.report import FileReport
from newslint.files.posts import PostFile, folders
from newslint.runner.filters import Configured, Impacts, filter_reports

if TYPE_CHECKING:
    from newslint.files.git_changes import Changes
    from newslint.runner.baseline import Baseline


class Filters(NamedTuple):
    """Filters the reports of a run."""

    project: Project
    baseline: Baseline | Configured
    changes: Changes | None = None
    impacts: Impacts | None = None

    def __call__(self, reports: Iterable[FileReport]) -> Iterator[FileReport]:
        """Yield the reports with the findings that all filters keep."""
        active = [one for one in (self.impacts, self.changes, self.baseline) if one is not None]
        return filter_reports(reports, self.project, active)

    def report_left_out(self) -> None:
        """Print the number of hidden findings on standard error."""
        from newslint.reports.wording import findings

        for hiding, why in (
            (self.baseline, msg("in the baseline")),
            (self.changes, msg("on unchanged lines")),
        ):
            if hiding is not None and hiding.left_out:
                number = findings(hiding.left_out)
                echo(msg("{findings} {why} hidden", findings=number, why=why))


def filters(
    project: Project,
    files: Sequence[PostFile],
    baseline: str | None,
    changed_since: str | None,
    impact: Sequence[str] = (),
) -> Filters:
    """Return the filters for the options, for a run over some files.

    Raises ConfigError for a baseline that cannot be read; UsageError for an unknown revision, files
    outside of repositories, or an unknown impact.
    """
    known: Baseline | Configured = Configured(project)
    changes = None
    if baseline is not None:
        from newslint.runner.baseline import load

        known = load(project.folder / baseline)
    if changed_since is not None:
        if project.url:
            raise UsageError("--changed-since uses git, which does not support URLs")
        from newslint.files.git_changes import find

        changes = find(
            changed_since, folders(files) or [project.folder], run_code=not project.isolated
        )
    return Filters(project, known, changes, _impacts(impact))


def _impacts(given: Sequence[str]) -> Impacts | None:
    if not given:
        return None
    words = [word.strip() for part in given for word in part.split(",") if word.strip()]
    known = [one.value for one in Impact]
    for word in words:
        if word not in known:
            raise UsageError(
                msg("unknown impact {word!r}{hint}", word=word, hint=hint(word, known))
            )
    return Impacts(frozenset(words))
