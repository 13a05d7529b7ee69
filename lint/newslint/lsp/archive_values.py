"""The values of front matter keys in the archive: sections, authors, sites."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

from newslint.core.errors import NewslintError
from newslint.core.report import FileReport
from newslint.files.discovery import discover
from newslint.files.local import shown_path
from newslint.files.posts import PostFile
from newslint.files.store import store_of
from newslint.lsp.workspace import Workspace
from newslint.post.post import Post
from newslint.runner.guarding import guarded, read_source
from newslint.runner.lint import make_post

MOST_POSTS = 50_000
"""Maximum number of posts of a folder that are read."""

_LONGEST = 80
"""Maximum characters of a value that is suggested."""

_SLICE = 0.005
"""Seconds of reading the archive at a time, so that typing is not delayed."""

_MANY = 10
"""Number of values from which a key whose values are all different is not suggested: a title."""


class ArchiveValues:
    """The values of each key in the posts that were read, with the number of posts."""

    def __init__(self) -> None:
        self._posts: dict[Path, tuple[tuple[str, str], ...]] = {}
        self._counts: dict[str, Counter[str]] = {}

    def add(self, file: Path, data: Mapping[str, Any]) -> None:
        """Replace the values of a post."""
        for key, value in self._posts.pop(file, ()):
            self._counts[key][value] -= 1
        values = tuple(dict.fromkeys((key, text) for key in data for text in _texts(data[key])))
        self._posts[file] = values
        for key, value in values:
            self._counts.setdefault(key, Counter())[value] += 1

    def names(self) -> list[str]:
        """Return the keys that occur."""
        return [key for key, counts in self._counts.items() if +counts]

    def values(self, key: str, *, but: Path | None = None) -> list[str]:
        """Return the values of a key, the most frequent first, without those of one post (``but``).

        Empty for a key whose values are all different, such as titles.
        """
        counts = +self._counts.get(key, Counter())
        counts -= Counter(text for own, text in self._posts.get(but or Path(), ()) if own == key)
        if len(counts) > _MANY and counts.most_common(1)[0][1] == 1:
            return []
        return [value for value, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]

    async def read(self, workspace: Workspace, folder: Path) -> None:
        """Read every post below a folder, in slices of time."""
        try:
            files = discover([folder], workspace.project(folder / "post.md"))[:MOST_POSTS]
        except NewslintError:
            return
        began = perf_counter()
        for found in files:
            if found.file not in self._posts:
                self._read(workspace, found.file)
            if perf_counter() - began > _SLICE:
                await asyncio.sleep(0)
                began = perf_counter()

    def _read(self, workspace: Workspace, file: Path) -> None:
        try:
            project = workspace.project(file)
            settings = project.settings(file)
        except NewslintError:
            return
        found = PostFile(str(file), shown_path(str(file), project.folder))
        source = read_source(found, store_of(project), settings)
        if isinstance(source, FileReport):
            return
        post = make_post(source, found, settings)

        def learn() -> None:
            self.add(file, data_of(post))

        guarded(learn, source, found, settings, lambda report: None)


def data_of(post: Post) -> Mapping[str, Any]:
    """Return the values of the front matter; empty if it cannot be parsed."""
    header = post.front_matter
    return header.data if header is not None and header.error is None else {}


def _texts(value: object) -> Iterable[str]:
    """Yield the texts of a value that are useful in other posts; of a URL only its site."""
    if isinstance(value, list):
        for item in value[:100]:
            yield from _texts(item)
    elif isinstance(value, str) and 0 < len(value) <= _LONGEST * 4 and value.isprintable():
        if value.lower().startswith(("http://", "https://")):
            try:
                parts = urlsplit(value)
            except ValueError:
                return
            if parts.netloc:
                yield f"{parts.scheme}://{parts.netloc}/"
        elif len(value) <= _LONGEST:
            yield value
