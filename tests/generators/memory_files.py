"""A site's files in memory: what a site model is read from, without a disk."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from typing import Any

from newslint.core.source import Source
from newslint.generators import Target
from newslint.generators.site import Site
from newslint.generators.site.files import Entry
from newslint.generators.sites import read_site
from newslint.post.post import Post


class MemoryFiles(dict):
    """Texts by path; counts what is asked of it."""

    def __init__(self, files):
        super().__init__(files)
        self.listed: list[str] = []

    def text(self, path):
        return self.get(posixpath.normpath(path))

    def entries(self, folder):
        self.listed.append(folder)
        inside = f"{posixpath.normpath(folder)}/" if folder else ""
        names = {}
        for path in self:
            if path.startswith(inside):
                name, slash, _ = path[len(inside) :].partition("/")
                names[name] = names.get(name, False) or bool(slash)
        return tuple(sorted(Entry(*one) for one in names.items()))

    def exists(self, path):
        path = posixpath.normpath(path)
        return path in self or any(one.startswith(f"{path}/") for one in self)


def site_of(target: str, files: dict[str, str]) -> Site:
    """The model of a site that has these files."""
    return read_site(Target(target), "/site", MemoryFiles(files))


def post_in(site: Site, path: str, text: str, schema: Callable[[], Any] | None = None) -> Post:
    """A post of a site, given its path and text."""
    return Post(Source.from_text(text), path, site.target, schema, site=site, site_path=path)
