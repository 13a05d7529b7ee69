"""The findings of archive rules, computed from the facts of posts.

Findings that depend only on earlier posts (`newslint.linter.rule.StreamingArchiveRule`) are
computed post by post, the others when all posts were read.
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
from newslint.runner.archive_cache import SITE_MARK
from newslint.runner.archive_folder import ArchiveFolder

if TYPE_CHECKING:
    from newslint.config.project import Project
    from newslint.config.settings import Settings
    from newslint.files.posts import FolderPosts, PostFile
    from newslint.generators.site import Site
    from newslint.linter.rule import ArchiveRule
    from newslint.online.client import Network


class FolderFacts(NamedTuple):
    """The facts of some posts of a folder, in order."""

    folder: FolderPosts
    numbers: range
    facts: Sequence[Mapping[str, Any]]

    def posts(self) -> Iterator[tuple[PostFile, Mapping[str, Any]]]:
        """Yield each post with its facts."""
        return zip(map(self.folder.found, self.numbers), self.facts, strict=True)


class RecordingArchive(ArchiveFolder):
    """An archive that records which files rules looked up, and whether they existed."""

    def __init__(
        self,
        root: Path,
        settings: Settings,
        existence: dict[str, bool],
        network: Network | None,
        project: Project,
    ) -> None:
        answer = unanswered if network is None else network.answer
        super().__init__(root, settings.target, settings.site_url, answer, store_of(project))
        self._existence = existence
        self._project = project
        self._prefix = settings.prefix

    @property
    def depends_on_site(self) -> bool:
        """Whether a rule used the site's files, of which there is no record."""
        return SITE_MARK in self._existence

    @depends_on_site.setter
    def depends_on_site(self, uses: bool) -> None:
        if uses:
            self._existence[SITE_MARK] = True

    def exists(self, path: PurePosixPath) -> bool:
        """Return whether a file or folder exists."""
        key = str(self.root / path)
        if key not in self._existence:
            self._existence[key] = super().exists(path)
        return self._existence[key]

    def site_of(self, path: str) -> tuple[Site, str] | None:
        """Return the site of a post and the post's path in it, by the post's settings."""
        file = self._prefix + path.replace("/", os.sep)
        settings = self._project.settings(file)
        if settings.site is None or not file.startswith(settings.site_prefix):
            return None
        return settings.site, file[len(settings.site_prefix) :].replace(os.sep, "/")


class StreamingRules:
    """Runs the streaming archive rules over the posts of a run in order.

    Each project root is a separate archive.
    """

    def __init__(
        self, project: Project, existence: dict[str, bool], network: Network | None
    ) -> None:
        """``existence`` records the looked-up files and whether they existed."""
        self._project = project
        self._existence = existence
        self._network = network
        self._roots: dict[Path, dict[str, _Started | None]] = {}

    def take(self, facts_of: FolderFacts) -> tuple[dict[str, list[Finding]], FolderFacts]:
        """Return the findings in the next posts by absolute path.

        Also returns the facts of the archive rules that need all posts.
        """
        started_rules, settings = self._started(facts_of)
        folder, numbers, facts = facts_of
        names = folder.names[numbers.start : numbers.stop]
        below = _below(folder, settings)
        found: dict[str, list[Finding]] = {}
        remaining: list[Mapping[str, Any]] = []
        for name, by_code in zip(names, facts, strict=True):
            path = below + name
            rest = {}
            for code, fact in by_code.items():
                started = started_rules.get(code)
                if started is None:
                    rest[code] = fact
                    continue
                try:
                    if results := started.check(path, fact):
                        found.setdefault(folder.path + name, []).extend(results)
                except Exception as error:
                    failed = archive_rules.failure(started.rule, error)
                    found.setdefault(folder.path + name, []).append(failed)
            # For most posts, nothing remains, or the same as for the one before: share the object.
            remaining.append(remaining[-1] if remaining and rest == remaining[-1] else rest)
        return found, facts_of._replace(facts=remaining)

    def _started(self, facts_of: FolderFacts) -> tuple[Mapping[str, _Started | None], Settings]:
        """Return the started rules by code (None for rules that are not streaming), and settings.

        A rule has the settings with which it was first met, as in `check_all`.
        """
        every = _in_force(facts_of, self._project)
        settings = every[-1]
        started_rules = self._roots.setdefault(settings.root, {})
        for one in every:
            for rule in one.rules.archive:
                if rule.code not in started_rules:
                    started_rules[rule.code] = None
                    if isinstance(rule, StreamingArchiveRule):
                        where = RecordingArchive(
                            settings.root,
                            settings,
                            self._existence,
                            self._network,
                            self._project,
                        )
                        started_rules[rule.code] = _Started(rule, _start(rule, where))
        return started_rules, settings


_Check = Callable[[str, Any], Iterable["Finding"]]


class _Started(NamedTuple):
    """A streaming rule and its check function for one archive."""

    rule: StreamingArchiveRule
    check: _Check


def _start(rule: StreamingArchiveRule, where: archive.Archive) -> _Check:
    """Return a rule's check function; if the rule cannot start, one that fails for each post."""
    try:
        return rule.start(where)
    except Exception as error:
        reason = error

    def broken(path: str, fact: object) -> Iterable[Finding]:
        raise reason

    return broken


def check_all(
    facts_of: Iterable[FolderFacts],
    project: Project,
    existence: dict[str, bool] | None = None,
    network: Network | None = None,
) -> dict[str, list[Finding]]:
    """Return the findings of archive rules from the facts of all posts, by absolute path.

    Each project root is a separate archive. ``existence`` records the looked-up files and whether
    they existed.
    """
    by_root: dict[Path, list[FolderFacts]] = {}
    for one in facts_of:
        root = _settings(one, project).root
        by_root.setdefault(root, []).append(one)
    extra: dict[str, list[Finding]] = {}
    for root, group in by_root.items():
        extra |= _of_root(root, group, project, {} if existence is None else existence, network)
    return extra


def _settings(facts_of: FolderFacts, project: Project) -> Settings:
    """Return the settings of the first of some posts of a folder, which share their root."""
    return project.settings(facts_of.folder.found(facts_of.numbers.start).place)


def _of_root(
    root: Path,
    group: list[FolderFacts],
    project: Project,
    existence: dict[str, bool],
    network: Network | None,
) -> dict[str, list[Finding]]:
    rules: dict[str, ArchiveRule] = {}
    outside: dict[str, str] = {}
    posts: list[tuple[str, Mapping[str, Any]]] = []
    for one in group:
        folder, numbers, facts = one
        for settings in _in_force(one, project):
            rules |= {rule.code: rule for rule in settings.rules.archive if rule.code not in rules}
        prefix = settings.prefix
        names = folder.names[numbers.start : numbers.stop]
        below = _below(folder, settings)
        if not folder.path.startswith(prefix):
            outside |= {name: folder.path + name for name in names}
        posts += zip((below + name for name in names), facts, strict=True)
    where = RecordingArchive(root, settings, existence, network, project)
    found = archive_rules.check(rules.values(), posts, where)
    return {
        outside.get(path) or prefix + path.replace("/", os.sep): findings
        for path, findings in found.items()
    }


def _in_force(facts_of: FolderFacts, project: Project) -> list[Settings]:
    """Return the different settings of some posts of a folder, in order."""
    folder, numbers, _ = facts_of
    every = numbers if project.folder_settings(Path(folder.path)).varies else numbers[:1]
    settings = (project.settings(folder.found(at).place) for at in every)
    return [*{id(one): one for one in settings}.values()]


def _below(folder: FolderPosts, settings: Settings) -> str:
    """Return the prefix of the posts' relative paths; empty for posts outside of their root."""
    if not folder.path.startswith(settings.prefix):
        return ""
    return folder.path[len(settings.prefix) :].replace(os.sep, "/")
