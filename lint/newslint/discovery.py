"""Finds the posts below the paths that were given, in a fixed order, without the ignored ones."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from newslint.config.limits import DEFAULT_INCLUDE
from newslint.config.settings import patterns
from newslint.errors import UsageError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    from newslint.config.project import Project

USUAL_FOLDERS = frozenset(
    [
        ".git",
        ".hg",
        ".svn",
        ".bzr",
        ".tox",
        ".nox",
        ".venv",
        "venv",
        "node_modules",
        "bower_components",
        "__pycache__",
        ".mypy_cache",
        ".ruff_cache",
        ".pytest_cache",
        "_site",
        ".jekyll-cache",
        ".sass-cache",
        ".deploy_git",
    ]
)
"""Folders that hold no posts: version control, environments, caches, what generators write."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to lint: its absolute path, and the path that it is shown by."""

    file: Path
    shown: str


def shown_path(file: str, folder: Path) -> str:
    """A path as it is shown: relative to the current folder, with forward slashes."""
    try:
        return os.path.relpath(file, folder).replace(os.sep, "/")
    except ValueError:  # another drive
        return file.replace(os.sep, "/")


def discover(
    paths: Iterable[Path], project: Project, *, force_exclude: bool = False
) -> list[Found]:
    """The posts of files and folders, sorted by the path that is shown, each once.

    A file that is named is found whatever its name, unless ``force_exclude`` and it is excluded.
    Raises UsageError for a path that does not exist.
    """
    found: set[str] = set()
    for path in paths:
        absolute = os.path.abspath(path)
        if os.path.isdir(absolute):
            found.update(_below(absolute, project))
        elif not os.path.lexists(absolute):
            raise UsageError(f"no such file or folder: {path}")
        elif not (force_exclude and is_excluded(Path(absolute), project)):
            found.add(absolute)
    return sorted(
        (Found(Path(file), shown_path(file, project.folder)) for file in found),
        key=lambda one: one.shown,
    )


def rest_of_archive(paths: Iterable[Path], found: Sequence[Found], project: Project) -> list[Found]:
    """The other posts of the projects whose single files were named, for the archive rules.

    A project is a folder with a configuration or a repository: a single file elsewhere is by
    itself. Nothing where no archive rule is in force, or folders were named.
    """
    named = {os.path.abspath(path) for path in paths if not os.path.isdir(path)}
    roots: set[Path] = set()
    for one in found:
        if str(one.file) in named:
            settings = project.settings(one.file)
            if settings.rules.archive and _is_project(settings.root, project):
                roots.add(settings.root)
    known = {one.file for one in found}
    return [one for one in discover(sorted(roots), project) if one.file not in known]


def _is_project(root: Path, project: Project) -> bool:
    layers = project.layers(root)
    return (root / ".git").exists() or any(layer.path is not None for layer in layers)


def is_excluded(file: Path, project: Project) -> bool:
    """Whether ``exclude``, .gitignore or a usual folder above it leaves a file out."""
    if _Folder(str(file.parent), project).excludes(str(file), is_folder=False):
        return True
    inside = [file.parent, *file.parent.parents]
    return any(
        folder.name in USUAL_FOLDERS
        or _Folder(str(folder.parent), project).excludes(str(folder), is_folder=True)
        for folder in inside[:-1]
    )


def _below(folder: str, project: Project) -> Iterator[str]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        # A folder that cannot be listed: its own path becomes an IO001 finding.
        yield folder
        return
    here = _Folder(folder, project)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in USUAL_FOLDERS and not here.excludes(entry.path, is_folder=True):
                yield from _below(entry.path, project)
        elif here.includes(entry) and not here.excludes(entry.path, is_folder=False):
            yield entry.path


class _Folder:
    """What is in force for the entries of one folder: looked up once, not for each of them."""

    def __init__(self, path: str, project: Project) -> None:
        folder = Path(path)
        layers = project.layers(folder)
        said = [layer for layer in layers if layer.model.include is not None]
        self.include = (said[-1].folder, patterns(said[-1].model.include or ())) if said else None
        self.exclude = [
            (layer.folder, patterns(layer.model.exclude))
            for layer in layers
            if layer.model.exclude and folder.is_relative_to(layer.folder)
        ]
        self.ignore = _ignore_files(folder)

    def includes(self, entry: os.DirEntry[str]) -> bool:
        """Whether an entry is a post by its name; a link to a folder is none and not followed."""
        if self.include is None:
            wanted = os.path.splitext(entry.name)[1].lower() in _DEFAULT_SUFFIXES
        else:
            folder, spec = self.include
            wanted = spec.match_file(_relative(entry.path, folder))
        return wanted and not (entry.is_symlink() and os.path.isdir(entry.path))

    def excludes(self, path: str, *, is_folder: bool) -> bool:
        """Whether an ``exclude`` or the nearest .gitignore that speaks of a path leaves it out."""
        tail = "/" if is_folder else ""
        for folder, spec in self.exclude:
            if spec.match_file(_relative(path, folder) + tail):
                return True
        for folder, spec in self.ignore:
            verdict = spec.check_file(_relative(path, folder) + tail).include
            if verdict is not None:
                return verdict
        return False


_DEFAULT_SUFFIXES = frozenset(pattern.rpartition("*")[2] for pattern in DEFAULT_INCLUDE)


def _relative(path: str, folder: Path) -> str:
    return os.path.relpath(path, folder).replace(os.sep, "/")


def forget() -> None:
    """Read the .gitignore files again when they are next asked for."""
    _ignore_files.cache_clear()


@cache
def _ignore_files(folder: Path) -> tuple[tuple[Path, GitIgnoreSpec], ...]:
    """The .gitignore files in force in a folder, the nearest first, up to the repository's root."""
    here: tuple[tuple[Path, GitIgnoreSpec], ...] = ()
    try:
        text = (folder / ".gitignore").read_bytes().decode("utf-8", "replace")
        here = ((folder, patterns(tuple(text.splitlines()))),)
    except OSError:
        pass
    if (folder / ".git").exists() or folder.parent == folder:
        return here
    return (*here, *_ignore_files(folder.parent))
