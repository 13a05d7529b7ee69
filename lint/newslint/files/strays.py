"""Files beside the sites of a repository, which are posts of none: its notes, pages of a server."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from newslint.core import reader
from newslint.core.reader import UnreadableError
from newslint.files import site_files
from newslint.files.posts import FolderPosts

if TYPE_CHECKING:
    from newslint.config.project import Project

_LIMIT = 1_000_000
"""Bytes of a file above which it is taken for a post: notes are smaller."""


def without_strays(folders: Iterable[FolderPosts], project: Project) -> list[FolderPosts]:
    """Return the posts below a folder without what has no front matter and is outside its sites.

    Where there is no site, or a configuration is in force, all of them are posts.
    """
    found = list(folders)
    outside = [one for one in found if project.site_of(one.path.rstrip("/\\")) is None]
    if not outside or len(outside) == len(found):
        return found
    kept = {id(one): _kept(one, project) for one in outside}
    every = (one._replace(names=kept.get(id(one), one.names)) for one in found)
    return [one for one in every if one.names]


def _kept(folder: FolderPosts, project: Project) -> list[str]:
    if any(one.path for one in project.layers(Path(folder.path))):
        return folder.names
    return [name for name in folder.names if _has_front_matter(folder.path + name)]


def _has_front_matter(path: str) -> bool:
    """Return whether a file begins like a post; true where it cannot be read, which is reported."""
    try:
        head = reader.read(path, _LIMIT)[:200].decode("utf-8", "replace")
    except UnreadableError:
        return True
    return site_files.begins_like_post(head)
