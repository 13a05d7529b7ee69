"""Reads the options of a Hexo site: ``_config.yml`` over Hexo's own defaults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newslint.generators.hexo.options import HexoOptions
from newslint.generators.site.files import RecordedFiles
from newslint.generators.site.parsing import parse
from newslint.generators.site.settings import Settings, inside

CONFIG_FILES = ("_config.yml", "_config.yaml", "_config.json")


def read_options(files: RecordedFiles) -> HexoOptions:
    """The options of the site whose root ``files`` has."""
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
    """The path of an address: Hexo's ``root`` where the configuration names none."""
    _, _, rest = url.partition("://")
    return "/" + rest.partition("/")[2]
