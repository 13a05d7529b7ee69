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
from newslint.files.strays import without_strays

if TYPE_CHECKING:
    from newslint.config.project import Project


def located(given: Sequence[str], project: Project) -> tuple[list[Path], Project]:
    """Return the given texts as paths, and the project for a run over them.

    For URLs, it is a project whose posts are in that store. Raises UsageError for URLs that do not
    exist, cannot be reached, or have no common parent.
    """
    paths = [Path(path) for path in given]
    if any(map(is_url, given)):
        from newslint.files.remote import placed

        paths, project = placed(given, project)
    return paths, project if project.url else project.over(paths)


def discover(paths: Iterable[Path], project: Project, *, force_exclude: bool = False) -> Posts:
    """Return the posts of files and folders, sorted by displayed path, each once.

    Named files are found with any name, except those that are excluded under ``force_exclude`` and
    those that are not posts of their site. ``left_out`` of the result lists the latter, but not
    under ``force_exclude``, since hooks pass all files of a change. Raises UsageError for a path
    that does not exist.
    """
    groups: list[list[FolderPosts]] = []
    left_out: list[LeftOut] = []
    if project.url:
        from newslint.files.remote import listed

        folders, left_out = listed(paths, project, force_exclude=force_exclude)
        return Posts(in_order(folders), left_out)
    for path in paths:
        absolute = os.path.abspath(path)
        if not os.path.lexists(absolute):
            raise UsageError(msg("no such file or folder: {path}", path=path))
        if (reason := _why_no_post(absolute, project)) is not None:
            if not force_exclude:
                left_out.append(LeftOut(local.shown_path(absolute, project.folder), reason))
        elif os.path.isdir(absolute):
            groups.append(without_strays(local.below(absolute, project), project))
        elif not (force_exclude and local.is_excluded(Path(absolute), project)):
            groups.append([local.alone(absolute, project)])
    return Posts(in_order([group for group in groups if group]), left_out)


def _why_no_post(path: str, project: Project) -> str | None:
    """Return why a named path contains no post of its site; None if it may contain one."""
    return site_files.why_not(path, project) or site_files.why_no_text(path, project)


def rest_of_archive(paths: Iterable[Path], found: Sequence[PostFile], project: Project) -> Posts:
    """Return the other posts of the projects whose files were named, for the archive rules.

    A project is a folder with a configuration or a repository; other files are independent. Empty
    if no archive rule is on or folders were named.
    """
    named = {os.path.abspath(path) for path in paths if not os.path.isdir(path)}
    roots: set[Path] = set()
    known: dict[str, set[str]] = {}
    for folder in Posts.of(found).folders:
        known.setdefault(folder.path, set()).update(folder.names)
        for name in folder.names if named else ():
            if (file := folder.path + name) in named:
                settings = project.settings(file)
                if settings.rules.archive and _is_project(settings.root, project):
                    roots.add(project.folder if project.url else settings.root)
    others = (
        folder._replace(names=[one for one in folder.names if one not in known[folder.path]])
        if folder.path in known
        else folder
        for folder in discover(sorted(roots), project).folders
    )
    return Posts(folder for folder in others if folder.names)


def _is_project(root: Path, project: Project) -> bool:
    layers = project.layers(root)
    return os.path.exists(root / ".git") or any(layer.path is not None for layer in layers)
