"""Find the posts below the given paths, in a fixed order, without ignored files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newslint.core.errors import UsageError
from newslint.core.messages import msg
from newslint.files import local, site_files
from newslint.files.posts import FolderPosts, LeftOut, PostFile, Posts, in_order
from newslint.files.store import is_url

if TYPE_CHECKING:
    from newslint.config.project import Project


def located(given: Sequence[str], project: Project) -> tuple[list[Path], Project]:
    """Return the paths that were given, as text, and the project for a run over them.

    For URLs it is one whose posts lie there. Raises UsageError for URLs that do not exist, cannot
    be reached, or have nothing in common.
    """
    paths = [Path(path) for path in given]
    if any(map(is_url, given)):
        from newslint.files.remote import placed

        paths, project = placed(given, project)
    return paths, project if project.url else project.over(paths)


def discover(paths: Iterable[Path], project: Project, *, force_exclude: bool = False) -> Posts:
    """Return the posts of files and folders, sorted by the path that is shown, each once.

    A file that is named is found whatever its name, unless ``force_exclude`` and it is excluded,
    or it is no post of the site that it is in; ``left_out`` of the posts names those, but not
    where ``force_exclude``: who hands in all files of a change means those that are posts.
    Raises UsageError for a path that does not exist.
    """
    groups: list[list[FolderPosts]] = []
    left_out: list[LeftOut] = []
    if project.url:
        from newslint.files.remote import listed

        shelves, left_out = listed(paths, project, force_exclude=force_exclude)
        return Posts(in_order(shelves), left_out)
    for path in paths:
        absolute = os.path.abspath(path)
        if not os.path.lexists(absolute):
            raise UsageError(msg("no such file or folder: {path}", path=path))
        if (reason := _why_no_post(absolute, project)) is not None:
            if not force_exclude:
                left_out.append(LeftOut(local.shown_path(absolute, project.folder), reason))
        elif os.path.isdir(absolute):
            groups.append([*local.below(absolute, project)])
        elif not (force_exclude and local.is_excluded(Path(absolute), project)):
            groups.append([local.alone(absolute, project)])
    return Posts(in_order([group for group in groups if group]), left_out)


def _why_no_post(path: str, project: Project) -> str | None:
    """Return why a path that was named contains no post of its site; None where it may."""
    return site_files.why_not(path, project) or site_files.why_no_text(path, project)


def rest_of_archive(paths: Iterable[Path], found: Sequence[PostFile], project: Project) -> Posts:
    """Return the other posts of the projects whose single files were named, for the archive rules.

    A project is a folder with a configuration or a repository: a single file elsewhere is by
    itself. Nothing where no archive rule is in force, or folders were named.
    """
    named = {os.path.abspath(path) for path in paths if not os.path.isdir(path)}
    roots: set[Path] = set()
    known: dict[str, set[str]] = {}
    for shelf in Posts.of(found).shelves:
        known.setdefault(shelf.folder, set()).update(shelf.names)
        for name in shelf.names if named else ():
            if (file := shelf.folder + name) in named:
                settings = project.settings(file)
                if settings.rules.archive and _is_project(settings.root, project):
                    roots.add(project.folder if project.url else settings.root)
    others = (
        shelf._replace(names=[one for one in shelf.names if one not in known[shelf.folder]])
        if shelf.folder in known
        else shelf
        for shelf in discover(sorted(roots), project).shelves
    )
    return Posts(shelf for shelf in others if shelf.names)


def _is_project(root: Path, project: Project) -> bool:
    layers = project.layers(root)
    return os.path.exists(root / ".git") or any(layer.path is not None for layer in layers)
