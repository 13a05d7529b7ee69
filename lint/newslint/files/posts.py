"""The posts of a run, in a fixed order, folder by folder."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from pathlib import Path
from typing import NamedTuple, overload


class PostFile(NamedTuple):
    """A file to lint: its absolute path and the displayed path; both end in its name.

    Paths are text: creating a `Path` takes longer than most rules.
    """

    place: str
    shown: str

    @property
    def file(self) -> Path:
        """The absolute path."""
        return Path(self.place)


class FolderPosts(NamedTuple):
    """Consecutive posts of one folder, which share the text of their paths.

    ``path`` is absolute and ends in a separator; ``shown`` is the prefix of displayed paths.
    """

    path: str
    shown: str
    names: list[str]

    def found(self, number: int) -> PostFile:
        """Return the post with a number."""
        name = self.names[number]
        return PostFile(self.path + name, self.shown + name)


class LeftOut(NamedTuple):
    """A named path that contains no post of its site, as displayed, with the reason."""

    shown: str
    reason: str


class Posts(Sequence[PostFile]):
    """The posts of a run in order; each `PostFile` is created on access."""

    def __init__(self, folders: Iterable[FolderPosts], left_out: Iterable[LeftOut] = ()) -> None:
        self.folders = [*folders]
        self.left_out = [*left_out]
        """Named paths that are not posts."""
        self._ends = [*accumulate(len(folder.names) for folder in self.folders)]

    @classmethod
    def of(cls, files: Sequence[PostFile]) -> Posts:
        """Return the same posts, grouped by folder."""
        return files if isinstance(files, Posts) else cls(_grouped(_places(files)))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[PostFile]:
        for folder in self.folders:
            for number in range(len(folder.names)):
                yield folder.found(number)

    @overload
    def __getitem__(self, index: int) -> PostFile: ...
    @overload
    def __getitem__(self, index: slice) -> list[PostFile]: ...
    def __getitem__(self, index: int | slice) -> PostFile | list[PostFile]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        at = range(len(self))[index]
        number = bisect_right(self._ends, at)
        return self.folders[number].found(at - (self._ends[number - 1] if number else 0))


def folders(files: Sequence[PostFile]) -> list[Path]:
    """Return the folders of some posts, each once."""
    return [Path(folder) for folder in dict.fromkeys(s.path for s in Posts.of(files).folders)]


def in_order(groups: list[list[FolderPosts]]) -> list[FolderPosts]:
    """Return the folders of all given paths in order, each post once."""
    groups.sort(key=lambda group: group[0].shown + group[0].names[0])
    folders = [folder for group in groups for folder in group]
    ends = (folder.shown + folder.names[-1] for folder in folders)
    starts = (folder.shown + folder.names[0] for folder in folders[1:])
    if all(end < start for end, start in zip(ends, starts, strict=False)):
        return folders
    every = {(s.shown + name, s.path, s.shown, name) for s in folders for name in s.names}
    return [*_grouped(place[1:] for place in sorted(every))]


def _places(files: Iterable[PostFile]) -> Iterator[tuple[str, str, str]]:
    """Yield folder, prefix of the displayed path, and name of some posts."""
    for found in files:
        folder, separator, name = found.place.rpartition(os.sep)
        yield folder + separator, found.shown.removesuffix(name), name


def _grouped(places: Iterable[tuple[str, str, str]]) -> Iterator[FolderPosts]:
    for (folder, shown), group in groupby(places, key=lambda place: place[:2]):
        yield FolderPosts(folder, shown, [name for *_, name in group])
