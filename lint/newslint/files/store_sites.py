"""Sites in a store that fsspec supports, read from the listings of the discovery."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from newslint.core.errors import UsageError
from newslint.core.reader import UnreadableError
from newslint.files.fsspec_store import Entry, Kind, Remote
from newslint.files.store import remote
from newslint.generators.detect import around, told_by, told_by_posts
from newslint.generators.site.files import ENTRY_LIMIT, TEXT_LIMIT
from newslint.generators.site.files import Entry as SiteEntry
from newslint.generators.sites import read_site

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from newslint.generators import Target
    from newslint.generators.site import Site


class _Listed(NamedTuple):
    """The entries of a folder, and the kinds of each name (object stores may have both for one)."""

    entries: list[Entry]
    kinds: Mapping[str, Kind]


_listed: dict[str, dict[str, _Listed]] = {}
"""Listings by run, of the latest run only: a worker process that gets a part of the posts lists
each folder once."""


class StoreTree:
    """The folders of a store below a URL, each listed once in a run."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self._folder = folder
        self._run = uuid4().hex
        self._remote: Remote | None = None
        self._kept = 0

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_remote": None, "_kept": 0}

    @property
    def remote(self) -> Remote:
        """The store."""
        if self._remote is None:
            self._remote = remote(self.url, self._folder)
        return self._remote

    def entries(self, url: str) -> list[Entry]:
        """Return the entries of a folder, unordered. Raises UsageError if it cannot be listed."""
        return self._look(url).entries

    def _look(self, url: str) -> _Listed:
        known = _listed.get(self._run)
        if known is None:
            _listed.clear()
            known = _listed[self._run] = {}
        found = known.get(url)
        if found is None:
            entries = self.remote.entries(url)
            folders = ((one.name, one.kind) for one in entries if one.kind == "folder")
            found = _Listed(entries, {**{one.name: one.kind for one in entries}, **dict(folders)})
            if len(entries) + self._kept < ENTRY_LIMIT:
                self._kept += len(entries)
                known[url] = found
        return found

    def kind(self, url: str) -> Kind | None:
        """Return whether a URL below the tree's own is a ``file`` or a ``folder``; None for none.

        Each folder on the way is listed, so that a missing file needs no request of its own.
        """
        here = self.url
        kind: Kind | None = "folder"
        for name in filter(None, url[len(self.url) :].split("/")):
            if kind != "folder":
                return None
            try:
                kind = self._look(here).kinds.get(name)
            except UsageError:
                return None
            here = f"{here}/{name}"
        return kind

    def text(self, url: str) -> str | None:
        """Return the text of a file; None if it cannot be read."""
        if self.kind(url) != "file":
            return None
        try:
            return self.remote.small(url)[:TEXT_LIMIT].decode("utf-8-sig", "replace")
        except UnreadableError:
            return None


class StoreFiles:
    """The files of a site in a store; see `newslint.generators.site.files.SiteFiles`."""

    def __init__(self, root: str, tree: StoreTree) -> None:
        self._root = root
        self._tree = tree

    def _url(self, path: str) -> str:
        return f"{self._root}/{path}" if path else self._root

    def text(self, path: str) -> str | None:
        """See `SiteFiles`."""
        return self._tree.text(self._url(path))

    def entries(self, folder: str) -> tuple[SiteEntry, ...]:
        """See `SiteFiles`."""
        url = self._url(folder)
        if self._tree.kind(url) != "folder":
            return ()
        try:
            found = self._tree.entries(url)
        except UsageError:
            return ()
        return tuple(sorted(SiteEntry(one.name, one.kind != "file") for one in found))

    def exists(self, path: str) -> bool:
        """See `SiteFiles`."""
        return self._tree.kind(self._url(path)) is not None


class _Look:
    """One folder of a store; see `newslint.generators.detect.SiteLook`."""

    def __init__(self, url: str, tree: StoreTree) -> None:
        self._url = url
        self._tree = tree

    def is_file(self, name: str) -> bool:
        return self._tree.kind(f"{self._url}/{name}") == "file"

    def is_folder(self, name: str) -> bool:
        return self._tree.kind(f"{self._url}/{name}") == "folder"

    def text(self, name: str) -> str:
        return self._tree.text(f"{self._url}/{name}") or ""


class StoreSites:
    """The sites below the URL of a project. Sites that were read are pickled with it."""

    def __init__(self, url: str, folder: Path) -> None:
        self.tree = StoreTree(url, folder)
        self._detected: dict[PurePosixPath, tuple[Target, PurePosixPath] | None] = {}
        self._sites: dict[PurePosixPath, Site] = {}
        self._of: dict[str, Site | None] = {}

    def of(self, steps: str, chosen: Callable[[Target], Target]) -> Site | None:
        """The site that a folder is in, given by its path below the URL; looks up to the URL.

        ``chosen`` tells the version of a generator that is in force.
        """
        if steps not in self._of:
            self._of[steps] = self._find(PurePosixPath(steps), chosen)
        return self._of[steps]

    def _find(self, folder: PurePosixPath, chosen: Callable[[Target], Target]) -> Site | None:
        for one in (folder, *folder.parents):
            found = around(one, self._here) or self._here(one)
            if found is not None:
                return self._read(chosen(found[0]), found[1])
        for one in reversed((folder, *folder.parents)):
            name = self._url(one).rpartition("/")[2]
            bare = told_by_posts(_Look(self._url(one), self.tree), name)
            if bare is not None:
                return self._read(chosen(bare[0]), one)
        return None

    def _here(self, folder: PurePosixPath) -> tuple[Target, PurePosixPath] | None:
        if folder not in self._detected:
            found = told_by(_Look(self._url(folder), self.tree))
            self._detected[folder] = None if found is None else (found[0], folder)
        return self._detected[folder]

    def _read(self, target: Target, folder: PurePosixPath) -> Site:
        if folder not in self._sites:
            root = self._url(folder)
            self._sites[folder] = read_site(target, root, StoreFiles(root, self.tree))
        return self._sites[folder]

    def _url(self, folder: PurePosixPath) -> str:
        return self.tree.url if folder == PurePosixPath() else f"{self.tree.url}/{folder}"
