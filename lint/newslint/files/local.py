"""Find the posts below local paths, without ignored files."""

from __future__ import annotations

import os
from bisect import bisect_left, insort
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from newslint.files import site_files
from newslint.files.ignore import USUAL_FOLDERS, Folder
from newslint.files.posts import FolderPosts

if TYPE_CHECKING:
    from newslint.config.project import Project


def shown_path(file: str, folder: Path) -> str:
    """Return the displayed path: relative to the current folder, with forward slashes."""
    try:
        return os.path.relpath(file, folder).replace(os.sep, "/")
    except ValueError:  # another drive
        return file.replace(os.sep, "/")


def alone(file: str, project: Project) -> FolderPosts:
    """Return a named post, or a folder that cannot be listed, as a batch of its own."""
    folder, name = os.path.split(file)
    return FolderPosts(os.path.join(folder, ""), _shown_prefix(folder, project), [name])


def _shown_prefix(folder: str, project: Project) -> str:
    shown = shown_path(folder, project.folder)
    return "" if shown == "." else shown.rstrip("/") + "/"


def is_excluded(file: Path, project: Project) -> bool:
    """Return whether ``exclude``, .gitignore or a usual folder excludes a file."""
    if Folder(str(file.parent), project).excludes(file.name):
        return True
    inside = [file.parent, *file.parent.parents]
    return any(
        folder.name in USUAL_FOLDERS
        or Folder(str(folder.parent), project).excludes(folder.name, is_folder=True)
        for folder in inside[:-1]
    )


class _Listing:
    """A folder during the walk: its posts that are not yet yielded, and its subfolders.

    ``folders`` are names, the last one first.
    """

    def __init__(self, folder: str, shown: str, posts: list[str], folders: list[str]) -> None:
        self.folder = folder
        self.shown = shown
        self.posts = posts
        self.folders = folders

    def pending(self, before: str | None = None) -> Iterator[FolderPosts]:
        """Yield the posts that were not yielded yet, up to a path."""
        at = len(self.posts) if before is None else bisect_left(self.posts, before)
        if at:
            yield FolderPosts(self.folder, self.shown, self.posts[:at])
            self.posts = self.posts[at:]


def below(top: str, project: Project) -> Iterator[FolderPosts]:
    """Yield the posts below a folder, sorted by path.

    A subfolder sorts among the posts beside it as its name with a ``/``.
    """
    first = _listing(top, project)
    if first is None:
        # A folder that cannot be listed is reported as IO001.
        yield alone(top, project)
        return
    above = [first]
    while above:
        here = above[-1]
        if here.folders:
            name = here.folders.pop()
            inner = _listing(here.folder + name, project)
            if inner is None:
                insort(here.posts, name)
            elif inner.posts or inner.folders:
                above.append(inner)
            continue
        if here.posts:
            for outer, next_one in pairwise(above):
                yield from outer.pending(next_one.folder.removeprefix(outer.folder))
            yield from here.pending()
        above.pop()


def _listing(folder: str, project: Project) -> _Listing | None:
    """Return the contents of a folder; None if it cannot be listed."""
    files: list[str] = []
    folders: list[str] = []
    links: list[str] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.name)
                elif entry.is_symlink():
                    links.append(entry.name)
                else:
                    files.append(entry.name)
    except OSError:
        return None
    prefix = os.path.join(folder, "")
    # A link to a folder is neither a post nor followed.
    files += (name for name in links if not os.path.isdir(prefix + name))
    here = Folder(folder, project)
    posts = sorted(site_files.posts_among(folder, here.posts(files), project))
    inner = (
        name
        for name in folders
        if name not in USUAL_FOLDERS
        and not here.excludes(name, is_folder=True)
        and site_files.enters(prefix + name, project)
    )
    shown = _shown_prefix(folder, project) if posts else ""
    return _Listing(prefix, shown, posts, sorted(inner, key=lambda name: name + "/", reverse=True))
