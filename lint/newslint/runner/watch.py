"""What is known of an archive while its posts change: each change costs the changed posts alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newslint.files.posts import Posts
from newslint.files.store import store_of
from newslint.runner.archive import FolderFacts, across
from newslint.runner.lint import merged
from newslint.runner.pipeline import linted

if TYPE_CHECKING:
    from newslint.config.project import Project
    from newslint.core.finding import Finding
    from newslint.core.report import FileReport
    from newslint.files.posts import PostFile
    from newslint.runner.cache.cache import Cache


class Watched:
    """An archive that is being watched: what each post said, and what all say together."""

    def __init__(
        self, project: Project, others: Sequence[PostFile] = (), *, jobs: int = 1,
        cache: Cache | None = None,
    ) -> None:  # fmt: skip
        """``others`` are the rest of the archive, whose facts count but which have no report."""
        self.project = project
        self._jobs = jobs
        self._cache = cache
        self._said: dict[PostFile, tuple[FileReport | None, Mapping[str, Any]]] = {}
        told = linted(others, project, jobs, cache)
        self._others = _known({found: facts for found, _, facts in told})
        self._together: dict[str, list[Finding]] = {}

    def site_differs(self, changed: Collection[Path]) -> bool:
        """Return whether a change of files that are no posts changed what is known of the site."""
        posts = {found.file for found in self._said}
        return not posts.issuperset(changed) and self.project.site_differs()

    def update(self, files: Sequence[PostFile], changed: Collection[Path]) -> Iterator[FileReport]:
        """Yield the reports of the posts whose findings may be others than before, in their order.

        ``files`` are all posts there are now, ``changed`` the files that were written to. The
        changed and the new ones are linted; of the rest those are reported whose archive findings
        are others now.
        """
        fresh = [one for one in files if one not in self._said or one.file in changed]
        for found, report, facts in linted(fresh, self.project, self._jobs, self._cache):
            self._said[found] = report, facts
        self._said = {found: self._said[found] for found in files}
        before = self._together
        facts_of = {found: facts for found, (_, facts) in self._said.items() if facts}
        self._together = across([*self._others, *_known(facts_of)], self.project)
        told = set(fresh)
        for found in files:
            together = self._together.get(str(found.file), [])
            if found in told or together != before.get(str(found.file), []):
                report = self._said[found][0]
                yield merged(found, report, together, self.project, store_of(self.project))


def _known(facts: Mapping[PostFile, Mapping[str, Any]]) -> list[FolderFacts]:
    """Return the facts of some posts, shelved."""
    each = iter(facts.values())
    numbered = ((shelf, range(len(shelf.names))) for shelf in Posts.of([*facts]).shelves)
    return [FolderFacts(shelf, every, [next(each) for _ in every]) for shelf, every in numbered]
