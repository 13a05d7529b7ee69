"""Finds the posts below the paths that were given, in a fixed order, without the ignored ones."""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, overload

from newslint.core.errors import UsageError
from newslint.core.messages import say
from newslint.files.ignore import Folder
from newslint.files.store import is_url

if TYPE_CHECKING:
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


class Found(NamedTuple):
    """A file to lint: its absolute path, and the path that it is shown by; both end in its name.

    As text: making a `Path` takes longer than most rules.
    """

    place: str
    shown: str

    @property
    def file(self) -> Path:
        """The absolute path."""
        return Path(self.place)


class Shelf(NamedTuple):
    """Posts of one folder that follow each other: a million posts share what is in their paths.

    ``folder`` is absolute and ends in a separator; ``shown`` is what each name is shown behind.
    """

    folder: str
    shown: str
    names: list[str]

    def found(self, number: int) -> Found:
        """One of the posts."""
        name = self.names[number]
        return Found(self.folder + name, self.shown + name)


class Posts(Sequence[Found]):
    """The posts of a run in their order; each is made when it is asked for."""

    def __init__(self, shelves: Iterable[Shelf]) -> None:
        self.shelves = [*shelves]
        self._ends = [*accumulate(len(shelf.names) for shelf in self.shelves)]

    @classmethod
    def of(cls, files: Sequence[Found]) -> Posts:
        """The same posts, shelved."""
        return files if isinstance(files, Posts) else cls(_shelved(_places(files)))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[Found]:
        for shelf in self.shelves:
            for number in range(len(shelf.names)):
                yield shelf.found(number)

    @overload
    def __getitem__(self, index: int) -> Found: ...
    @overload
    def __getitem__(self, index: slice) -> list[Found]: ...
    def __getitem__(self, index: int | slice) -> Found | list[Found]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        at = range(len(self))[index]
        number = bisect_right(self._ends, at)
        return self.shelves[number].found(at - (self._ends[number - 1] if number else 0))


def folders(files: Sequence[Found]) -> list[Path]:
    """The folders that some posts lie in, each once."""
    return [Path(folder) for folder in dict.fromkeys(s.folder for s in Posts.of(files).shelves)]


def shown_path(file: str, folder: Path) -> str:
    """A path as it is shown: relative to the current folder, with forward slashes."""
    try:
        return os.path.relpath(file, folder).replace(os.sep, "/")
    except ValueError:  # another drive
        return file.replace(os.sep, "/")


def located(given: Sequence[str], project: Project) -> tuple[list[Path], Project]:
    """The paths that were given, as text, and the project: for URLs one whose posts lie there.

    Raises UsageError for URLs that are not there, cannot be reached, or have nothing in common.
    """
    if not any(map(is_url, given)):
        return [Path(path) for path in given], project
    from newslint.files.remote import placed

    return placed(given, project)


def discover(paths: Iterable[Path], project: Project, *, force_exclude: bool = False) -> Posts:
    """The posts of files and folders, sorted by the path that is shown, each once.

    A file that is named is found whatever its name, unless ``force_exclude`` and it is excluded.
    Raises UsageError for a path that does not exist.
    """
    groups: list[list[Shelf]] = []
    if project.url:
        from newslint.files.remote import listed

        return Posts(in_order(listed(paths, project, force_exclude=force_exclude)))
    for path in paths:
        absolute = os.path.abspath(path)
        if os.path.isdir(absolute):
            groups.append([*_below(absolute, project)])
        elif not os.path.lexists(absolute):
            raise UsageError(say("no such file or folder: {path}", path=path))
        elif not (force_exclude and is_excluded(Path(absolute), project)):
            groups.append([_alone(absolute, project)])
    return Posts(in_order([group for group in groups if group]))


def in_order(groups: list[list[Shelf]]) -> list[Shelf]:
    """The shelves of all paths that were given, each post once."""
    groups.sort(key=lambda group: group[0].shown + group[0].names[0])
    shelves = [shelf for group in groups for shelf in group]
    ends = (shelf.shown + shelf.names[-1] for shelf in shelves)
    starts = (shelf.shown + shelf.names[0] for shelf in shelves[1:])
    if all(end < start for end, start in zip(ends, starts, strict=False)):
        return shelves
    every = {(s.shown + name, s.folder, s.shown, name) for s in shelves for name in s.names}
    return [*_shelved(place[1:] for place in sorted(every))]


def _places(files: Iterable[Found]) -> Iterator[tuple[str, str, str]]:
    """Folder, what is shown before the name, and name of some posts."""
    for found in files:
        folder, separator, name = found.place.rpartition(os.sep)
        yield folder + separator, found.shown.removesuffix(name), name


def _shelved(places: Iterable[tuple[str, str, str]]) -> Iterator[Shelf]:
    for (folder, shown), group in groupby(places, key=lambda place: place[:2]):
        yield Shelf(folder, shown, [name for *_, name in group])


def _alone(file: str, project: Project) -> Shelf:
    folder, name = os.path.split(file)
    return Shelf(os.path.join(folder, ""), _shown_prefix(folder, project), [name])


def _shown_prefix(folder: str, project: Project) -> str:
    shown = shown_path(folder, project.folder)
    return "" if shown == "." else shown.rstrip("/") + "/"


def rest_of_archive(paths: Iterable[Path], found: Sequence[Found], project: Project) -> Posts:
    """The other posts of the projects whose single files were named, for the archive rules.

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


def is_excluded(file: Path, project: Project) -> bool:
    """Whether ``exclude``, .gitignore or a usual folder above it leaves a file out."""
    if Folder(str(file.parent), project).excludes(file.name):
        return True
    inside = [file.parent, *file.parent.parents]
    return any(
        folder.name in USUAL_FOLDERS
        or Folder(str(folder.parent), project).excludes(folder.name, is_folder=True)
        for folder in inside[:-1]
    )


class _Listing:
    """A folder while it is walked: its posts that are still to be told, and its other folders.

    ``folders`` are names, the last one first.
    """

    def __init__(self, folder: str, shown: str, posts: list[str], folders: list[str]) -> None:
        self.folder = folder
        self.shown = shown
        self.posts = posts
        self.folders = folders

    def told(self, before: str | None = None) -> Iterator[Shelf]:
        """The posts that were not told yet, up to a path."""
        at = len(self.posts) if before is None else bisect_left(self.posts, before)
        if at:
            yield Shelf(self.folder, self.shown, self.posts[:at])
            self.posts = self.posts[at:]


def _below(top: str, project: Project) -> Iterator[Shelf]:
    """The posts below a folder, in the order of their paths.

    A folder comes among the posts beside it where its name with a ``/`` does.
    """
    first = _listing(top, project)
    if first is None:
        # A folder that cannot be listed: its own path becomes an IO001 finding.
        yield _alone(top, project)
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
                yield from outer.told(next_one.folder.removeprefix(outer.folder))
            yield from here.told()
        above.pop()


def _listing(folder: str, project: Project) -> _Listing | None:
    """What is in a folder; None for one that cannot be listed."""
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
    # A link to a folder is no post and not followed.
    files += (name for name in links if not os.path.isdir(prefix + name))
    here = Folder(folder, project)
    posts = sorted(here.posts(files))
    inner = (
        name
        for name in folders
        if name not in USUAL_FOLDERS and not here.excludes(name, is_folder=True)
    )
    shown = _shown_prefix(folder, project) if posts else ""
    return _Listing(prefix, shown, posts, sorted(inner, key=lambda name: name + "/", reverse=True))
