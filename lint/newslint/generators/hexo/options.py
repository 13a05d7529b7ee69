"""The options of a Hexo site: ``_config.yml`` over Hexo's own defaults (``default_config.js``)."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from newslint.generators.site.files import RecordedFiles

CONFIG_FILES = ("_config.yml", "_config.yaml", "_config.json")
_STAND_INS = frozenset(
    ("http://example.com", "https://example.com", "http://yoursite.com", "https://yoursite.com")
)
"""Addresses of Hexo's own starter, which no site has."""


_NOTHING: Mapping[str, Any] = {}  # can be pickled


class HexoOptions(NamedTuple):
    """What ``_config.yml`` says, each value of the type that Hexo wants.

    ``file`` is the configuration that was read, empty for none; ``is_read`` is false where it is
    there and cannot be parsed: Hexo then builds nothing. ``source`` and ``public`` are folders
    relative to the root, ``source`` None where it is outside of the site.
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
        """The address of the site, None for none or a placeholder."""
        url = self.url.rstrip("/")
        return url if url.startswith(("http://", "https://")) and url not in _STAND_INS else None

    @property
    def post_suffix(self) -> str:
        """The only suffix of a post beside ``post_asset_folder`` (Hexo 6 to 8)."""
        return posixpath.splitext(self.new_post_name)[1]


def read_options(files: RecordedFiles) -> HexoOptions:
    """Return the options of the site whose root ``files`` has."""
    from newslint.generators.site.parsing import parse

    for name in CONFIG_FILES:
        text = files.text(name)
        if text is None:
            continue
        data = parse(text, "json" if name.endswith(".json") else "yaml", "hexo")
        if data is not None:
            return _options(name, data)
        return HexoOptions(file=name, is_read=not text.strip())
    return HexoOptions()


def _options(name: str, data: Mapping[str, Any]) -> HexoOptions:
    from newslint.generators.site.settings import Settings, inside

    said = Settings(data)
    default = HexoOptions()
    case = data.get("filename_case")
    future = data.get("future")
    root = said.text("root") or _path_of(said.text("url"))
    return HexoOptions(
        file=name,
        source=inside(said.text("source_dir", "source")),
        public=inside(said.text("public_dir", default.public)) or default.public,
        theme=str(data["theme"]) if isinstance(data.get("theme"), (str, int)) else default.theme,
        url=said.text("url"),
        root=root.rstrip("/") + "/",
        permalink=said.text("permalink", default.permalink),
        permalink_defaults=dict(said.at("permalink_defaults").data),
        new_post_name=said.text("new_post_name", default.new_post_name),
        post_asset_folder=bool(data.get("post_asset_folder")),
        relative_link=bool(data.get("relative_link")),
        skip_render=said.texts("skip_render"),
        include=said.texts("include"),
        exclude=said.texts("exclude"),
        ignore=said.texts("ignore"),
        render_drafts=bool(data.get("render_drafts")),
        future=None if future is None else bool(future),
        timezone=said.text("timezone") or None,
        default_category=said.text("default_category", default.default_category),
        category_map=dict(said.at("category_map").data),
        filename_case=case if case in (1, 2) else 0,
        folders=tuple(
            said.text(key, usual).strip("/")
            for key, usual in zip(_LISTS, default.folders, strict=True)
        ),
        data=data,
    )


_LISTS = ("archive_dir", "tag_dir", "category_dir")


def _path_of(url: str) -> str:
    """Return the path of an address: Hexo's ``root`` where the configuration names none."""
    _, _, rest = url.partition("://")
    return "/" + rest.partition("/")[2]
