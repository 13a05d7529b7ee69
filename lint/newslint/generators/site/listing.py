"""Folders of a site that are looked at when a name has to be found, each listed once."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from newslint.core import lazy
from newslint.generators.site.files import ENTRY_LIMIT, SiteFiles

_DEPTH_LIMIT = 40
"""Folders within folders: a loop of symbolic links ends there."""
_ASKED_LIMIT = 20
"""Names that are looked for one by one before their folder is listed."""
_SCHEME = lazy.pattern(r"(?:[A-Za-z][A-Za-z0-9+.-]*+:|//)")


def has_path(address: str) -> bool:
    """Whether an address names a place of the same host: it has neither a scheme nor a host."""
    return _SCHEME.match(address) is None


def resolved(path: str) -> str:
    """Return a path that begins with / as a browser resolves it, a / at its end kept."""
    whole = posixpath.normpath(f"/{path.lstrip('/')}")
    return f"{whole}/" if path.endswith("/") and whole != "/" else whole


class Listing:
    """The files of a site; what was listed is kept."""

    def __init__(self, files: SiteFiles) -> None:
        self.files = files
        self._folders: dict[str, dict[str, bool]] = {}
        self._listed = self._asked = 0

    @property
    def is_full(self) -> bool:
        """Whether so much was listed that what is not found may exist nevertheless."""
        return self._listed > ENTRY_LIMIT

    def folder(self, path: str) -> dict[str, bool]:
        """Return the names in a folder, and whether each is a folder itself."""
        found = self._folders.get(path)
        if found is None:
            entries = () if self.is_full else self.files.entries(path)
            self._listed += len(entries)
            found = self._folders[path] = {entry.name: entry.is_folder for entry in entries}
        return found

    def is_file(self, path: str) -> bool:
        """Return whether there is a file of that path."""
        folder, _, name = path.rpartition("/")
        return bool(name) and self.folder(folder).get(name) is False

    def is_folder(self, path: str) -> bool:
        """Return whether there is a folder of that path."""
        folder, _, name = path.rpartition("/")
        return path == "" or self.folder(folder).get(name) is True

    def below(self, folder: str) -> Iterator[str]:
        """Yield all files below a folder."""
        waiting = [folder]
        while waiting:
            here = waiting.pop()
            for name, is_folder in self.folder(here).items():
                path = f"{here}/{name}" if here else name
                if not is_folder:
                    yield path
                elif path.count("/") < _DEPTH_LIMIT:
                    waiting.append(path)

    def with_suffix(self, stem: str, suffixes: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
        """Yield the files that have a path but for their suffix."""
        folder, name = posixpath.split(stem)
        if folder not in self._folders and self._asked < _ASKED_LIMIT:
            # A large folder takes longer to list than to be asked for a few names.
            self._asked += 1
            yield from (stem + suffix for suffix in suffixes if self.files.exists(stem + suffix))
            return
        there = self.folder(folder)
        for suffix in suffixes:
            if there.get(name + suffix) is False:
                yield stem + suffix
