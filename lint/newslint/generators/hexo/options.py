"""The options of a Hexo site, with Hexo's own defaults (``default_config.js``)."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any, NamedTuple

_STAND_INS = frozenset(
    ("http://example.com", "https://example.com", "http://yoursite.com", "https://yoursite.com")
)
"""Addresses of Hexo's own starter, which no site has."""


_NOTHING: Mapping[str, Any] = {}


class HexoOptions(NamedTuple):
    """What ``_config.yml`` says, each value of the type that Hexo wants.

    ``file`` is the configuration that was read, empty for none; ``is_read`` is false where it is
    there and cannot be parsed: Hexo then builds nothing. ``source`` and ``public`` are folders
    relative to the root, ``source`` None where it lies outside of the site.
    """

    file: str = ""
    is_read: bool = True
    source: str | None = "source"
    public: str = "public"
    theme: str = "landscape"
    url: str = ""
    root: str = "/"
    permalink: str = ":year/:month/:day/:title/"
    permalink_defaults: Mapping[str, Any] = _NOTHING
    new_post_name: str = ":title.md"
    post_asset_folder: bool = False
    relative_link: bool = False
    skip_render: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    render_drafts: bool = False
    future: bool | None = None
    timezone: str | None = None
    default_category: str = "uncategorized"
    category_map: Mapping[str, Any] = _NOTHING
    filename_case: int = 0
    folders: tuple[str, ...] = ("archives", "tags", "categories")
    """The folders of generated lists: ``archive_dir``, ``tag_dir``, ``category_dir``."""
    data: Mapping[str, Any] = _NOTHING
    """All of the configuration, for the settings of plug-ins and themes."""

    @property
    def pages(self) -> tuple[str, ...]:
        """The addresses that the settings of plug-ins name as ``path``: feeds, search, maps."""
        from newslint.generators.site.parsing import texts

        found = []
        for value in self.data.values():
            if isinstance(value, Mapping):
                found += [path.lstrip("/") for path in texts(value.get("path"))]
        return tuple(filter(None, found))

    @property
    def base_url(self) -> str | None:
        """The address of the site, None for none or a stand-in."""
        url = self.url.rstrip("/")
        return url if url.startswith(("http://", "https://")) and url not in _STAND_INS else None

    @property
    def post_suffix(self) -> str:
        """The only suffix of a post beside ``post_asset_folder`` (Hexo 6 to 8)."""
        return posixpath.splitext(self.new_post_name)[1]
