"""Whether the files of a folder are dated: posts of a blog are, pages of a manual are not."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator

from newslint.core import lazy
from newslint.generators.site.files import SiteFiles

_SAMPLE = 8
"""Files of a folder that are looked at."""
_ENOUGH = 3
"""Minimum number of files to judge a folder by; with fewer, its parent is read too."""
_HEAD = 4_000
"""Characters of a file in which its front matter is looked for."""
_SUFFIXES = (".md", ".markdown")
_DATED_NAME = lazy.pattern(r"\d{4}-\d\d-\d\d")
_OTHERS = frozenset({"readme", "_index", "license", "changelog"})
_DATE = lazy.pattern(
    r"^[\"']?(?:date|publishdate|pubdate|published|lastmod|modified)[\"']?[ \t]*+[:=][ \t]*+\S",
    re.MULTILINE | re.IGNORECASE,
)
_END = lazy.pattern(r"^(?:---|\+\+\+|\})[ \t]*$", re.MULTILINE)


class DatedFolders:
    """Decides whether most files of a folder have a date; ``is_root`` ends the search upwards."""

    def __init__(self, files: SiteFiles, is_root: Callable[[str], bool]) -> None:
        self._files = files
        self._is_root = is_root
        self._known: dict[str, bool] = {}
        self._samples: dict[str, tuple[int, int]] = {}

    def are_dated(self, folder: str) -> bool:
        """Return whether at least half of the files of a folder are; true for a file by itself."""
        if folder not in self._known:
            at = folder
            dated, number = self._sample(at)
            while number < _ENOUGH and at and not self._is_root(at):
                at = posixpath.dirname(at)
                more = self._sample(at)
                dated, number = more if more[1] > number else (dated, number)
            self._known[folder] = number < 2 or 2 * dated >= number
        return self._known[folder]

    def _sample(self, folder: str) -> tuple[int, int]:
        """Return how many of some files of a folder are dated, and their number."""
        if folder not in self._samples:
            paths = list(self._paths(folder))
            chosen = paths[:: -(-len(paths) // _SAMPLE) or 1]
            self._samples[folder] = sum(map(self._is_dated, chosen)), len(chosen)
        return self._samples[folder]

    def _paths(self, folder: str) -> Iterator[str]:
        entries = self._files.entries(folder)
        own = [one.name for one in entries if not one.is_folder and _is_page(one.name)]
        yield from (posixpath.join(folder, name) for name in own)
        for name in (one.name for one in entries if one.is_folder):
            path = posixpath.join(folder, name)
            if self._files.exists(bundle := f"{path}/index.md"):
                yield bundle
            elif not own:
                inner = self._files.entries(path)
                first = [one.name for one in inner if not one.is_folder and _is_page(one.name)][:1]
                yield from (posixpath.join(path, name) for name in first)

    def _is_dated(self, path: str) -> bool:
        if any(_DATED_NAME.match(part) for part in path.split("/")[-2:]):
            return True
        head = (self._files.text(path) or "")[:_HEAD]
        end = _END.search(head, 4)
        return _DATE.search(head, 0, end.start() if end else _HEAD) is not None


def _is_page(name: str) -> bool:
    return name.endswith(_SUFFIXES) and name.partition(".")[0].lower() not in _OTHERS
