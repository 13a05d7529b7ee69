"""Redirects that the host of a site makes by a file in the site's folder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from newslint.core import lazy
from newslint.generators.site.files import SiteFiles

_NAMES = (
    "_redirects", "netlify.toml", "vercel.json", ".htaccess", "firebase.json",
    "staticwebapp.config.json",
)  # fmt: skip
_FOLDERS = ("", "static/", "source/", "src/", "public/")
_PATH = lazy.pattern(r"(?<![\w:/.])/[^\s\"'#?,<>]*+")
"""A path that begins a word: the source or the goal of a redirect."""
_VARIABLE = lazy.pattern(r"[*:(\[{$]")


class Redirects(NamedTuple):
    """The paths that redirects name, and the beginnings of those with a placeholder."""

    paths: frozenset[str]
    beginnings: tuple[str, ...]

    def may_lead(self, path: str) -> bool:
        """Return whether a redirect may lead on from a path."""
        clean = path.partition("#")[0].partition("?")[0].rstrip("/")
        return clean in self.paths or f"{clean}/".startswith(self.beginnings)


def read(files: SiteFiles) -> Redirects:
    """Return the redirects of a site. One that takes every path is there for pages not found."""
    paths, beginnings = set(), set()
    for path in _paths(files):
        variable = _VARIABLE.search(path)
        if variable is None:
            paths.add(path.rstrip("/"))
        elif variable.start() > 1:
            beginnings.add(path[: variable.start()])
    return Redirects(frozenset(paths), tuple(sorted(beginnings)))


def _paths(files: SiteFiles) -> Iterator[str]:
    for folder in _FOLDERS:
        for name in _NAMES:
            text = files.text(folder + name)
            if text:
                yield from _PATH.findall(text)
