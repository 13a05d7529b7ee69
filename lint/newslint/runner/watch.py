"""Lint an archive incrementally while its posts change: only changed posts are linted again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newslint.files.posts import Posts
from newslint.files.store import store_of
from newslint.runner.archive import FolderFacts, check_all
from newslint.runner.lint import merged
from newslint.runner.pipeline import linted

if TYPE_CHECKING:
    from newslint.config.project import Project
    from newslint.core.finding import Finding
    from newslint.core.report import FileReport
    from newslint.files.posts import PostFile
    from newslint.runner.cache.cache import Cache


class Watched:
    """A watched archive: the last result of each post, and the findings of archive rules."""

    def __init__(
        self, project: Project, others: Sequence[PostFile] = (), *, jobs: int = 1,
        cache: Cache | None = None,
    ) -> None:  # fmt: skip
        """``others`` are the rest of the archive, whose facts are used without reports."""
        self.project = project
        self._jobs = jobs
        self._cache = cache
        self._linted: dict[PostFile, tuple[FileReport | None, Mapping[str, Any]]] = {}
        others_linted = linted(others, project, jobs, cache)
        self._others = _by_folder({found: facts for found, _, facts in others_linted})
        self._archive_findings: dict[str, list[Finding]] = {}

    def site_differs(self, changed: Collection[Path]) -> bool:
        """Return whether changes of files other than posts changed the model of the site."""
        posts = {found.file for found in self._linted}
        return not posts.issuperset(changed) and self.project.site_differs()

    def update(self, files: Sequence[PostFile], changed: Collection[Path]) -> Iterator[FileReport]:
        """Yield the reports of the posts whose findings may have changed, in order.

        ``files`` are all current posts, ``changed`` the files that were written. Changed and new
        posts are linted; other posts are reported if their findings of archive rules changed.
        """
        fresh = [one for one in files if one not in self._linted or one.file in changed]
        for found, report, facts in linted(fresh, self.project, self._jobs, self._cache):
            self._linted[found] = report, facts
        self._linted = {found: self._linted[found] for found in files}
        before = self._archive_findings
        facts_of = {found: facts for found, (_, facts) in self._linted.items() if facts}
        self._archive_findings = check_all([*self._others, *_by_folder(facts_of)], self.project)
        linted_now = set(fresh)
        for found in files:
            findings = self._archive_findings.get(str(found.file), [])
            if found in linted_now or findings != before.get(str(found.file), []):
                report = self._linted[found][0]
                yield merged(found, report, findings, self.project, store_of(self.project))


def _by_folder(facts: Mapping[PostFile, Mapping[str, Any]]) -> list[FolderFacts]:
    """Return the facts of some posts by folder."""
    each = iter(facts.values())
    numbered = ((folder, range(len(folder.names))) for folder in Posts.of([*facts]).folders)
    return [FolderFacts(folder, every, [next(each) for _ in every]) for folder, every in numbered]
