"""Values of a site's configuration, each with the type that the generator wants, or left out."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from newslint.generators.site.files import SiteFiles
from newslint.generators.site.parsing import section, texts


class Settings:
    """A mapping of which only values of the right type are seen."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data

    def text(self, key: str, default: str = "") -> str:
        """Return a text that is not empty, or the default."""
        value = self.data.get(key)
        return value if isinstance(value, str) and value else default

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false, or the default."""
        value = self.data.get(key)
        return value if isinstance(value, bool) else default

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of a list; a single text is a list of one."""
        return tuple(filter(None, texts(self.data.get(key))[:_LIST_LIMIT]))

    def at(self, key: str) -> Settings:
        """Return the settings below a key; empty where there is no mapping."""
        return Settings(section(self.data, key))


def inside(path: str) -> str | None:
    """A folder of the configuration relative to the root; None where it leads out of the site."""
    normal = posixpath.normpath(path.replace("\\", "/"))
    if normal.startswith(("/", "../")) or normal == "..":
        return None
    return "" if normal == "." else normal


def walk(
    files: SiteFiles, folder: str, *, skipped: frozenset[str] = frozenset(), limit: int = 2_000
) -> Iterator[str]:
    """Yield the files below a folder in the order of their names, hidden ones left out.

    ``skipped`` names folders that are not entered; no more than ``limit`` files are given.
    """
    waiting, given = [folder], 0
    while waiting:
        here = waiting.pop()
        folders = []
        for entry in files.entries(here):
            path = f"{here}/{entry.name}" if here else entry.name
            if entry.name.startswith(".") or entry.name in skipped:
                continue
            if entry.is_folder:
                if path.count("/") < _DEPTH_LIMIT:
                    folders.append(path)
            elif given < limit:
                given += 1
                yield path
        waiting += reversed(folders)


_LIST_LIMIT = 1_000
"""Texts of one list that are read."""
_DEPTH_LIMIT = 30
"""Folders within folders: a loop of symbolic links ends there."""
