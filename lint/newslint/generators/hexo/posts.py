"""The posts of a Hexo site by slug, title and address: looked up when a link names one."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from newslint.core.lazy import cached_property
from newslint.generators.hexo.permalinks import HexoPermalinks
from newslint.generators.hexo.roles import HexoRoles
from newslint.generators.hexo.slugs import UnknownNameError
from newslint.generators.site import Answer, Role
from newslint.generators.site.listing import Listing
from newslint.generators.site.parsing import front_matter

POST_LIMIT = 50_000
"""Posts whose front matter is read to answer one question."""


class HexoPosts:
    """The posts and drafts of a site. Nothing is read before it is asked for."""

    def __init__(self, listing: Listing, roles: HexoRoles, permalinks: HexoPermalinks) -> None:
        self.listing = listing
        self.roles = roles
        self.permalinks = permalinks
        self._data: dict[str, Mapping[str, Any]] = {}

    def data(self, path: str) -> Mapping[str, Any]:
        """Return the front matter of a file of the site."""
        if path not in self._data:
            text = self.listing.files.text(path)
            self._data[path] = front_matter(text, "hexo") if text else {}
        return self._data[path]

    def name(self, path: str) -> str:
        """Return the path of a post below its folder of posts or drafts."""
        inner = path[len(self.roles.prefix) :]
        return inner.partition("/")[2] if inner.startswith(("_posts/", "_drafts/")) else inner

    def paths(self) -> Iterator[str]:
        """Yield the posts and drafts."""
        for folder in ("_posts", "_drafts"):
            for path in self.listing.below(self.roles.prefix + folder):
                if self.roles.is_post(path):
                    yield path

    def with_slug(self, slug: str) -> Answer:
        """Return whether a post has a slug: its name, by ``new_post_name``."""
        if self.permalinks.name_rule == ":title":
            for folder in ("_posts", "_drafts"):
                stem = f"{self.roles.prefix}{folder}/{slug}"
                found = self.listing.with_suffix(stem, tuple(self.roles.outputs))
                if any(self.roles.is_post(path) for path in found):
                    return Answer.YES
            return Answer.UNKNOWN if self.listing.is_full else Answer.NO
        if slug in self._slugs:
            return Answer.YES
        return Answer.UNKNOWN if self.listing.is_full or "" in self._slugs else Answer.NO

    def with_title(self, title: str) -> Answer:
        """Return whether a post has a title."""
        if title in self._titles:
            return Answer.YES
        return Answer.UNKNOWN if self.is_cut or self.listing.is_full else Answer.NO

    def asset_output(self, inner: str) -> str | None:
        """Where a file of an asset folder is copied to; ``inner`` is its path in the source."""
        owner = self.roles.asset_owner(inner)
        if owner is None or self.roles.role(owner).role is not Role.POST:
            return None
        path = self.permalinks.post(self.name(owner), self.data(owner))
        if path is None:
            return None
        folder = path.removesuffix("index.html") if path.endswith("/index.html") else path
        folder = folder.removesuffix(".html").removesuffix(".htm")
        rest = (self.roles.prefix + inner)[len(posixpath.splitext(owner)[0]) :]
        return posixpath.normpath(f"{folder}/{rest}")

    @cached_property
    def is_cut(self) -> bool:
        """Whether there are more posts than are read."""
        return sum(1 for _ in self.paths()) > POST_LIMIT

    @cached_property
    def _slugs(self) -> frozenset[str]:
        """The slugs; an empty one where one of them is not modelled."""
        slugs = set()
        for path in self.paths():
            try:
                slugs.add(self.permalinks.slug(self.name(path)))
            except UnknownNameError:
                slugs.add("")
        return frozenset(slugs)

    @cached_property
    def _titles(self) -> frozenset[str]:
        titles = (self.data(path).get("title") for _, path in zip(range(POST_LIMIT), self.paths(),
                                                                  strict=False))  # fmt: skip
        return frozenset(str(title) for title in titles if title is not None)

    @cached_property
    def unplaced(self) -> tuple[str, ...]:
        """The posts of which it is not known where they are written."""
        placed = set(self.outputs.values())
        return tuple(
            path
            for path in self.paths()
            if path not in placed and self.roles.role(path).role is Role.POST
        )

    @cached_property
    def outputs(self) -> dict[str, str]:
        """The files that posts are written to, each with its post; an empty one for any."""
        from newslint.generators.switches import hides

        found: dict[str, str] = {}
        for number, path in enumerate(self.paths()):
            if number >= POST_LIMIT:
                found[""] = path
                break
            data = self.data(path)
            if self.roles.role(path).role is Role.POST and not hides(data, "hexo"):
                found[self.permalinks.post(self.name(path), data) or ""] = path
        return found
