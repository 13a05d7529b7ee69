"""The options of a Hexo site: ``_config.yml`` over Hexo's own defaults (``default_config.js``)."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from newslint.core import lazy

if TYPE_CHECKING:
    from newslint.generators.site.files import RecordedFiles

CONFIG_FILES = ("_config.yml", "_config.yaml", "_config.json")
DEFAULT_THEME = "landscape"
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
    theme: str = DEFAULT_THEME
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


_GENERATE = lazy.pattern(r"\bhexo[ \t]+(?:generate|g)\b(?P<rest>[^&|;\n]*+)")
_NAMED = lazy.pattern(r"[ \t]--config[ \t=]++['\"]?(?P<names>[\w./,-]++)")


def read_options(files: RecordedFiles) -> HexoOptions:
    """Return the options of the site whose root ``files`` has."""
    named = [name for name in _named_files(files) if files.text(name) is not None]
    if named:
        found = [_read(files, name) for name in named]
        if None in found:
            return HexoOptions(file=named[found.index(None)], is_read=False)
        merged: dict[str, Any] = {}
        for data in found:
            merged = _merge(merged, data or {})
        return _options(named[0], merged)
    for name in CONFIG_FILES:
        text = files.text(name)
        if text is None:
            continue
        data = _read(files, name)
        if data is not None:
            return _options(name, data)
        return HexoOptions(file=name, is_read=not text.strip())
    return HexoOptions()


def _named_files(files: RecordedFiles) -> list[str]:
    """Return the configuration that the scripts of ``package.json`` build with, if they name one.

    Hexo merges several. Of several scripts, ``build`` counts, else the first that builds.
    """
    from newslint.generators.site.parsing import parse, section

    text = files.text("package.json")
    if text is None or "--config" not in text:
        return []
    scripts = section(parse(text, "json", "hexo") or {}, "scripts")
    for script in sorted(map(str, scripts), key=lambda name: name != "build"):
        built = _GENERATE.search(str(scripts[script]))
        if built is not None:
            named = _NAMED.search(built["rest"])
            names = named["names"].split(",") if named else ()
            paths = [posixpath.normpath(name) for name in names if name]
            return [path for path in paths if not path.startswith(("/", ".."))]
    return []


def _read(files: RecordedFiles, name: str) -> dict[str, Any] | None:
    from newslint.generators.site.parsing import parse

    return parse(files.text(name) or "", "json" if name.endswith(".json") else "yaml", "hexo")


def _merge(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Return two configurations as one: the second wins, mappings are merged, lists are joined."""
    merged = dict(first)
    for key, value in second.items():
        old = merged.get(key)
        if isinstance(old, Mapping) and isinstance(value, Mapping):
            value = _merge(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            value = [*old, *(one for one in value if one not in old)]
        merged[key] = value
    return merged


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
        theme=_theme(data.get("theme", default.theme)),
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


def _theme(value: object) -> str:
    """Return the name of the theme; empty for none."""
    return str(value) if value and isinstance(value, (str, int, float)) else ""


_LISTS = ("archive_dir", "tag_dir", "category_dir")


def _path_of(url: str) -> str:
    """Return the path of an address: Hexo's ``root`` where the configuration names none."""
    _, _, rest = url.partition("://")
    return "/" + rest.partition("/")[2]
