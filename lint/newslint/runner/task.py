"""The work of one process in a run: lint or fix some files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newslint.core.errors import NewslintError
from newslint.files.posts import PostFile
from newslint.files.store import store_of
from newslint.runner.lint import lint_together
from newslint.runner.results import LintResult

if TYPE_CHECKING:
    from newslint.config.project import Project
    from newslint.online.client import Network
    from newslint.runner.fix import FixMode


class Task:
    """Lints or fixes files; can be pickled and sent to worker processes.

    Fixes depend on the answers of ``network``, which cannot be pickled, so one process does all
    fixes. With ``digests`` the results contain the digests of the files' contents. ``alone`` is
    true if there is one post, which is compared with no others.
    """

    def __init__(
        self,
        project: Project,
        fixing: FixMode | None = None,
        network: Network | None = None,
        *,
        digests: bool = False,
        alone: bool = False,
    ) -> None:
        self.project = project
        self.fixing = fixing
        self.network = network
        self.digests = digests
        self.alone = alone

    def __call__(self, files: Sequence[PostFile]) -> list[LintResult]:
        """Return the result of each file."""
        project = self.project
        if self.fixing is None:
            read_ones = lint_together(files, project, alone=self.alone)
        else:
            from newslint.runner.fix import fix_file

            store = store_of(project).prefetch(files)
            read_ones = [
                fix_file(found, project.settings(found.place), store, self.fixing, self.network)
                for found in files
            ]
        results: list[LintResult] = []
        for found, (report, facts, raw) in zip(files, read_ones, strict=True):
            is_empty = report.path == found.shown and not any(report[1:])
            results.append(LintResult(None if is_empty else report, facts, self._digest(raw)))
        return results

    def _digest(self, raw: bytes | None) -> bytes | None:
        if not self.digests or raw is None:
            return None
        from newslint.runner.cache.file_state import content_digest

        return content_digest(raw)


def view(project: Project, found: PostFile) -> tuple[str, str]:
    """Return how this process sees a post: why it cannot be read, and its settings.

    Called on the workers of a cluster, which may not have the folder, or have a different one.
    """
    try:
        settings = project.settings(found.place)
        store_of(project).read(found, settings.limits.file_size, settings.linked_folders)
    except NewslintError as error:
        return str(error), ""
    return "", repr(settings.layer_data)
