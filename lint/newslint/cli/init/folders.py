"""The folders of an archive: its sections, and the folders in which a field is common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from newslint.core import lazy
from newslint.linter.inference import TOO_OFTEN

Folder = tuple[str, ...]

ENOUGH_IN_A_FOLDER = 20
"""Minimum number of posts of a folder with overrides of its own."""

_DEEPEST = 3
"""Maximum depth of folders with overrides, relative to the archive's: section, site, feed."""

_SPECIAL = lazy.pattern(r"[\\*?\[\]]")


def folder_of(path: str) -> Folder:
    """Return the folder of a post, given its path relative to the configuration's folder."""
    return PurePosixPath(path).parts[:-1]


def common(folders: Iterable[Folder]) -> Folder:
    """Return the common parent of some folders."""
    known = list(folders)
    if not known:
        return ()
    first, last = min(known), max(known)
    same = 0
    while same < min(len(first), len(last)) and first[same] == last[same]:
        same += 1
    return first[:same]


def section_of(folder: Folder, root: Folder) -> str:
    """Return the section of a folder: the first folder below the archive's, or ``""``."""
    return folder[len(root)] if len(folder) > len(root) else ""


def pattern(folder: Folder) -> str | None:
    """Return the .gitignore pattern for the files in a folder; None if its name has none."""
    if not all(part.isprintable() for part in folder):
        return None
    text = "/" + "/".join(folder) + "/" if folder else "/"
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", text) + "**"


class Tree:
    """The number of posts in each folder, including its subfolders."""

    def __init__(self, folders: Iterable[Folder]) -> None:
        direct = Counter(folders)
        self.root = common(direct)
        self.posts = self._summed(direct)
        self.inside: dict[Folder, list[Folder]] = {}
        for folder in sorted(self.posts):
            if folder != self.root:
                self.inside.setdefault(folder[:-1], []).append(folder)

    def _summed(self, direct: Mapping[Folder, int]) -> dict[Folder, int]:
        summed: Counter[Folder] = Counter()
        for folder, number in direct.items():
            for depth in range(len(self.root), min(len(folder), len(self.root) + _DEEPEST) + 1):
                summed[folder[:depth]] += number
        return dict(summed)

    def usual_in(self, posts_by_folder: Mapping[Folder, int]) -> list[Folder]:
        """Return the folders in which something is usual, given the numbers of posts that have it.

        The archive's folder if it is usual everywhere; else the largest folders in which it is
        usual; empty if it is an exception.
        """
        found = self._summed(posts_by_folder)
        folders = self._usual_below(self.root, found)
        if folders == [self.root]:
            return folders
        posts = self.posts[self.root] - sum(self.posts[one] for one in folders)
        rest = found.get(self.root, 0) - sum(found.get(one, 0) for one in folders)
        # The rest may still be most of the posts, in many small folders.
        return [self.root] if rest > TOO_OFTEN * posts and rest else folders

    def _usual_below(self, folder: Folder, found: Mapping[Folder, int]) -> list[Folder]:
        inside = [
            one for one in self.inside.get(folder, ()) if self.posts[one] >= ENOUGH_IN_A_FOLDER
        ]
        usual = {one: self._usual_below(one, found) for one in inside}
        if self._is_usual(folder, found) and all(usual[one] == [one] for one in inside):
            return [folder]
        folders = [part for one in inside for part in usual[one]]
        if not folders or pattern(folder) is None:
            return [folder] if self._is_usual(folder, found) else []
        if any(pattern(one) is None for one in folders):
            return [folder] if self._is_usual(folder, found) else []
        return folders

    def _is_usual(self, folder: Folder, found: Mapping[Folder, int]) -> bool:
        return found.get(folder, 0) > TOO_OFTEN * self.posts[folder]
