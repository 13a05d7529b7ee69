"""Which files of a mounted folder Hugo takes: ``files``, ``includeFiles`` and ``excludeFiles``."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from newslint.generators.hugo.patterns import Match, glob

EXCLUDES = "! "
"""What begins a pattern that leaves files out."""


class MountFilter:
    """Decides which paths, relative to the folder, are mounted: by the first pattern that matches.

    A folder must pass too, or Hugo does not enter it: it passes where it leads to what a pattern
    includes.
    """

    def __init__(self, patterns: tuple[str, ...]) -> None:
        self._rules: list[tuple[Match, bool, bool]] = list(_rules(patterns))
        self._includes = any(not one.startswith(EXCLUDES) for one in patterns)
        self._folders: dict[str, bool] = {"": True}

    def passes(self, path: str) -> bool:
        """Return whether Hugo takes a file."""
        return self._enters(posixpath.dirname(path)) and self._fits(path, is_folder=False)

    def _enters(self, folder: str) -> bool:
        if folder not in self._folders:
            above = self._enters(posixpath.dirname(folder))
            self._folders[folder] = above and self._fits(folder, is_folder=True)
        return self._folders[folder]

    def _fits(self, path: str, *, is_folder: bool) -> bool:
        wanted = f"/{path.lower()}"
        for match, takes, only_folders in self._rules:
            if (is_folder or not only_folders) and match(wanted):
                return takes
        return not self._includes


def _rules(patterns: tuple[str, ...]) -> Iterator[tuple[Match, bool, bool]]:
    """Yield what each pattern fits, whether it includes that, and whether it is about folders."""
    for one in patterns:
        pattern = "/" + one.removeprefix(EXCLUDES).lower().lstrip("/")
        if one.startswith(EXCLUDES):
            yield glob(pattern), False, False
            continue
        yield glob(pattern), True, False
        folder = posixpath.dirname(pattern)
        while folder != "/":
            yield glob(folder), True, True
            folder = posixpath.dirname(folder)
