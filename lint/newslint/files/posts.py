"""The posts of a run, in a fixed order, folder by folder."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from pathlib import Path
from typing import NamedTuple, overload


class PostFile(NamedTuple):
    """A file to lint: its absolute path, and the path that it is shown by; both end in its name.

    As text: making a `Path` takes longer than most rules.
    """

    place: str
    shown: str

    @property
    def file(self) -> Path:
        """The absolute path."""
        return Path(self.place)


class FolderPosts(NamedTuple):
    """Posts of one folder that follow each other: a million posts share what is in their paths.

    ``folder`` is absolute and ends in a separator; ``shown`` is what each name is shown after.
    """

    folder: str
    shown: str
    names: list[str]

    def found(self, number: int) -> PostFile:
        """One of the posts."""
        name = self.names[number]
        return PostFile(self.folder + name, self.shown + name)


class LeftOut(NamedTuple):
    """A path that was named though it contains no post of its site, as it is shown, and why."""

    shown: str
    reason: str


class Posts(Sequence[PostFile]):
    """The posts of a run in their order; each is made when it is asked for."""

    def __init__(self, shelves: Iterable[FolderPosts], left_out: Iterable[LeftOut] = ()) -> None:
        self.shelves = [*shelves]
        self.left_out = [*left_out]
        """What was named and is no post."""
        self._ends = [*accumulate(len(shelf.names) for shelf in self.shelves)]

    @classmethod
    def of(cls, files: Sequence[PostFile]) -> Posts:
        """Return the same posts, shelved."""
        return files if isinstance(files, Posts) else cls(_shelved(_places(files)))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[PostFile]:
        for shelf in self.shelves:
            for number in range(len(shelf.names)):
                yield shelf.found(number)

    @overload
    def __getitem__(self, index: int) -> PostFile: ...
    @overload
    def __getitem__(self, index: slice) -> list[PostFile]: ...
    def __getitem__(self, index: int | slice) -> PostFile | list[PostFile]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        at = range(len(self))[index]
        number = bisect_right(self._ends, at)
        return self.shelves[number].found(at - (self._ends[number - 1] if number else 0))


def folders(files: Sequence[PostFile]) -> list[Path]:
    """Return the folders that some posts are in, each once."""
    return [Path(folder) for folder in dict.fromkeys(s.folder for s in Posts.of(files).shelves)]


def in_order(groups: list[list[FolderPosts]]) -> list[FolderPosts]:
    """Return the shelves of all paths that were given, each post once."""
    groups.sort(key=lambda group: group[0].shown + group[0].names[0])
    shelves = [shelf for group in groups for shelf in group]
    ends = (shelf.shown + shelf.names[-1] for shelf in shelves)
    starts = (shelf.shown + shelf.names[0] for shelf in shelves[1:])
    if all(end < start for end, start in zip(ends, starts, strict=False)):
        return shelves
    every = {(s.shown + name, s.folder, s.shown, name) for s in shelves for name in s.names}
    return [*_shelved(place[1:] for place in sorted(every))]


def _places(files: Iterable[PostFile]) -> Iterator[tuple[str, str, str]]:
    """Folder, what is shown before the name, and name of some posts."""
    for found in files:
        folder, separator, name = found.place.rpartition(os.sep)
        yield folder + separator, found.shown.removesuffix(name), name


def _shelved(places: Iterable[tuple[str, str, str]]) -> Iterator[FolderPosts]:
    for (folder, shown), group in groupby(places, key=lambda place: place[:2]):
        yield FolderPosts(folder, shown, [name for *_, name in group])
