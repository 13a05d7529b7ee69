"""What the posts of an archive say together: found from their facts, or kept from the last run.

What depends on earlier posts alone (`newslint.linter.rule.StreamingArchiveRule`) is found as the
posts go by, the rest when all were read.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from newslint.core.finding import Finding
from newslint.files.store import store_of
from newslint.linter import archive, archive_rules
from newslint.linter.archive import unanswered
from newslint.linter.rule import StreamingArchiveRule
from newslint.runner.archive_cache import SITE_ASKED
from newslint.runner.archive_folder import ArchiveFolder

if TYPE_CHECKING:
    from newslint.config.project import Project
    from newslint.config.settings import Settings
    from newslint.files.posts import FolderPosts, PostFile
    from newslint.generators.site import Site
    from newslint.linter.rule import ArchiveRule
    from newslint.online.client import Network


class FolderFacts(NamedTuple):
    """The facts of some posts of a shelf, in their order."""

    shelf: FolderPosts
    numbers: range
    facts: Sequence[Mapping[str, Any]]

    def posts(self) -> Iterator[tuple[PostFile, Mapping[str, Any]]]:
        """Return each post with its facts."""
        return zip(map(self.shelf.found, self.numbers), self.facts, strict=True)


class RecordingArchive(ArchiveFolder):
    """An archive that remembers which files were asked for, and whether they were there."""

    def __init__(
        self,
        root: Path,
        settings: Settings,
        asked: dict[str, bool],
        network: Network | None,
        project: Project,
    ) -> None:
        answer = unanswered if network is None else network.answer
        super().__init__(root, settings.target, settings.site_url, answer, store_of(project))
        self._asked = asked
        self._project = project
        self._prefix = settings.prefix

    @property
    def asks_site(self) -> bool:
        """Whether a site was asked for files, of which no one keeps a record."""
        return SITE_ASKED in self._asked

    @asks_site.setter
    def asks_site(self, asks: bool) -> None:
        if asks:
            self._asked[SITE_ASKED] = True

    def exists(self, path: PurePosixPath) -> bool:
        """Return whether a file or folder is there."""
        key = str(self.root / path)
        if key not in self._asked:
            self._asked[key] = super().exists(path)
        return self._asked[key]

    def site_of(self, path: str) -> tuple[Site, str] | None:
        """Return the site that a post is in, by the settings that are in force for it."""
        file = self._prefix + path.replace("/", os.sep)
        settings = self._project.settings(file)
        if settings.site is None or not file.startswith(settings.site_prefix):
            return None
        return settings.site, file[len(settings.site_prefix) :].replace(os.sep, "/")


class StreamingRules:
    """The archive rules that look back, while the posts of a run go by in their order.

    Each project root is an archive by itself.
    """

    def __init__(self, project: Project, asked: dict[str, bool], network: Network | None) -> None:
        """``asked`` gets the files that were asked for."""
        self._project = project
        self._asked = asked
        self._network = network
        self._roots: dict[Path, dict[str, _Look | None]] = {}

    def take(self, known: FolderFacts) -> tuple[dict[str, list[Finding]], FolderFacts]:
        """Return what the next posts have in common with those before, by their absolute paths.

        Also the facts that are left for the archive rules that wait for all posts.
        """
        looks, settings = self._looks(known)
        shelf, numbers, facts = known
        names = shelf.names[numbers.start : numbers.stop]
        below = _below(shelf, settings)
        found: dict[str, list[Finding]] = {}
        left: list[Mapping[str, Any]] = []
        for name, by_code in zip(names, facts, strict=True):
            path = below + name
            rest = {}
            for code, fact in by_code.items():
                look = looks.get(code)
                if look is None:
                    rest[code] = fact
                    continue
                try:
                    if told := look.back(path, fact):
                        found.setdefault(shelf.folder + name, []).extend(told)
                except Exception as error:
                    failed = archive_rules.failure(look.rule, error)
                    found.setdefault(shelf.folder + name, []).append(failed)
            # Of most posts nothing is left, or the same: it is held once.
            left.append(left[-1] if left and rest == left[-1] else rest)
        return found, known._replace(facts=left)

    def _looks(self, known: FolderFacts) -> tuple[Mapping[str, _Look | None], Settings]:
        """What looks at posts, by the codes of the rules; None for a rule that does not look back.

        The settings that a rule is first met in decide, as for `across`.
        """
        every = _in_force(known, self._project)
        settings = every[-1]
        looks = self._roots.setdefault(settings.root, {})
        for one in every:
            for rule in one.rules.archive:
                if rule.code not in looks:
                    looks[rule.code] = None
                    if isinstance(rule, StreamingArchiveRule):
                        where = RecordingArchive(
                            settings.root,
                            settings,
                            self._asked,
                            self._network,
                            self._project,
                        )
                        looks[rule.code] = _Look(rule, _look_back(rule, where))
        return looks, settings


_LookBack = Callable[[str, Any], Iterable["Finding"]]


class _Look(NamedTuple):
    """A rule that looks back, and what it looks with in one archive."""

    rule: StreamingArchiveRule
    back: _LookBack


def _look_back(rule: StreamingArchiveRule, where: archive.Archive) -> _LookBack:
    """Return what the rule looks with; where it cannot even begin, it breaks on every post."""
    try:
        return rule.start(where)
    except Exception as error:
        reason = error

    def broken(path: str, fact: object) -> Iterable[Finding]:
        raise reason

    return broken


def across(
    known: Iterable[FolderFacts],
    project: Project,
    asked: dict[str, bool] | None = None,
    network: Network | None = None,
) -> dict[str, list[Finding]]:
    """The findings of the archive rules from the facts of all posts, by the post's absolute path.

    Each project root is an archive by itself. ``asked`` gets the files that were asked for.
    """
    by_root: dict[Path, list[FolderFacts]] = {}
    for one in known:
        root = _settings(one, project).root
        by_root.setdefault(root, []).append(one)
    extra: dict[str, list[Finding]] = {}
    for root, group in by_root.items():
        extra |= _of_root(root, group, project, {} if asked is None else asked, network)
    return extra


def _settings(known: FolderFacts, project: Project) -> Settings:
    """The settings of the first of some posts; those of one folder have their root in common."""
    return project.settings(known.shelf.found(known.numbers.start).place)


def _of_root(
    root: Path,
    group: list[FolderFacts],
    project: Project,
    asked: dict[str, bool],
    network: Network | None,
) -> dict[str, list[Finding]]:
    rules: dict[str, ArchiveRule] = {}
    outside: dict[str, str] = {}
    posts: list[tuple[str, Mapping[str, Any]]] = []
    for one in group:
        shelf, numbers, facts = one
        for settings in _in_force(one, project):
            rules |= {rule.code: rule for rule in settings.rules.archive if rule.code not in rules}
        prefix = settings.prefix
        names = shelf.names[numbers.start : numbers.stop]
        below = _below(shelf, settings)
        if not shelf.folder.startswith(prefix):
            outside |= {name: shelf.folder + name for name in names}
        posts += zip((below + name for name in names), facts, strict=True)
    where = RecordingArchive(root, settings, asked, network, project)
    found = archive_rules.check(rules.values(), posts, where)
    return {
        outside.get(path) or prefix + path.replace("/", os.sep): findings
        for path, findings in found.items()
    }


def _in_force(known: FolderFacts, project: Project) -> list[Settings]:
    """Return the different settings of some posts of a folder, the first one's first."""
    shelf, numbers, _ = known
    every = numbers if project.folder_settings(Path(shelf.folder)).varies else numbers[:1]
    settings = (project.settings(shelf.found(at).place) for at in every)
    return [*{id(one): one for one in settings}.values()]


def _below(shelf: FolderPosts, settings: Settings) -> str:
    """Return what is before the names of some posts; one outside of its root goes by its name."""
    if not shelf.folder.startswith(settings.prefix):
        return ""
    return shelf.folder[len(settings.prefix) :].replace(os.sep, "/")
