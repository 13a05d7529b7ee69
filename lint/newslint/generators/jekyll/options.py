"""The options of a Jekyll site: ``_config.yml`` over the defaults of Jekyll 4.3."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from newslint.core import lazy
from newslint.generators.site.files import RecordedFiles
from newslint.generators.site.parsing import parse, texts
from newslint.generators.site.settings import Settings, inside

CONFIG_FILES = ("_config.yml", "_config.yaml", "_config.toml")
DEFAULT_EXCLUDES = (
    ".sass-cache", ".jekyll-cache", "gemfiles", "Gemfile", "Gemfile.lock", "node_modules",
    "vendor/bundle/", "vendor/cache/", "vendor/gems/", "vendor/ruby/",
)  # fmt: skip
STYLES = {
    "none": "/:categories/:title:output_ext",
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
}
"""The permalinks of posts that have a name."""
_STAND_INS = re.compile(r"https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0|(?:www\.)?example\.com)\b")
_LABEL = lazy.pattern(r"[^a-z0-9_\-.]", re.IGNORECASE)


@dataclass(frozen=True)
class Collection:
    """A collection: its folder, whether its documents are written, and its own permalink."""

    label: str
    folder: str
    output: bool = False
    permalink: str | None = None


@dataclass(frozen=True)
class JekyllOptions:
    """What ``_config.yml`` says, each value of the type that Jekyll wants.

    ``file`` is the configuration that was read, empty for none; ``is_read`` is false where it is
    there and cannot be parsed. Folders are relative to ``source``, which is relative to the root
    and None where it is outside of the site; only ``plugins_dirs`` are relative to the root.
    """

    file: str = ""
    is_read: bool = True
    source: str | None = ""
    destination: str = "_site"
    collections_dir: str = ""
    layouts_dir: str = "_layouts"
    includes_dir: str = "_includes"
    data_dir: str = "_data"
    plugins_dirs: tuple[str, ...] = ("_plugins",)
    include: tuple[str, ...] = (".htaccess",)
    exclude: tuple[str, ...] = DEFAULT_EXCLUDES
    markdown_suffixes: tuple[str, ...] = (".markdown", ".mkdown", ".mkdn", ".mkd", ".md")
    permalink: str = "date"
    collections: tuple[Collection, ...] = ()
    post_permalink: str = STYLES["date"]
    show_drafts: bool = False
    future: bool | None = None
    unpublished: bool = False
    timezone: str | None = None
    url: str = ""
    baseurl: str = ""
    markdown: str = "kramdown"
    theme: str = ""
    remote_theme: str = ""
    plugins: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    """All of the configuration, for `defaults` and plug-ins."""

    @property
    def base_url(self) -> str | None:
        """The address of the site, None for none or a placeholder."""
        if not self.url.startswith(("http://", "https://")) or _STAND_INS.match(self.url):
            return None
        return self.url.rstrip("/") + self.baseurl

    @property
    def strictness(self) -> frozenset[str]:
        """The errors that the site makes fatal; see `Site.strictness`."""
        liquid = Settings(self.data).at("liquid")
        found = {one for one in ("filters", "variables") if liquid.flag(f"strict_{one}")}
        if liquid.text("error_mode") == "strict":
            found.add("syntax")
        if self.data.get("strict_front_matter"):
            found.add("front_matter")
        return frozenset(found)

    @property
    def is_safe(self) -> bool:
        """Whether the plug-ins of the site's own folder are not loaded."""
        return self.data.get("safe") is True

    @property
    def prefix(self) -> str:
        """What the paths of all files of the source begin with."""
        return f"{self.source}/" if self.source else ""


def read_options(files: RecordedFiles) -> JekyllOptions:
    """Return the options of the site whose root ``files`` has."""
    for name in CONFIG_FILES:
        text = files.text(name)
        if text is None:
            continue
        data = parse(text, "toml" if name.endswith(".toml") else "yaml", "jekyll")
        if data is not None:
            return _options(name, data)
        return JekyllOptions(file=name, is_read=not text.strip())
    return JekyllOptions()


def _options(name: str, data: Mapping[str, Any]) -> JekyllOptions:
    said = Settings(data)
    default = JekyllOptions()
    permalink = said.text("permalink", default.permalink)
    container = (inside(said.text("collections_dir")) or "") if data.get("collections_dir") else ""
    collections = tuple(_collections(data.get("collections"), container))
    posts = next((one for one in collections if one.label == "posts"), None)
    future = data.get("future")
    suffixes = said.text("markdown_ext", "markdown,mkdown,mkdn,mkd,md").split(",")
    source = inside(said.text("source", "."))
    include = said.texts("include") if isinstance(data.get("include"), list) else default.include
    return JekyllOptions(
        file=name,
        source=source,
        destination=inside(said.text("destination", "_site")) or "",
        collections_dir=container,
        layouts_dir=inside(said.text("layouts_dir", "_layouts")) or default.layouts_dir,
        includes_dir=inside(said.text("includes_dir", "_includes")) or default.includes_dir,
        data_dir=inside(said.text("data_dir", "_data")) or default.data_dir,
        plugins_dirs=_plugins_dirs(texts(data.get("plugins_dir")), source),
        include=include,
        exclude=(*said.texts("exclude"), *DEFAULT_EXCLUDES),
        markdown_suffixes=tuple(f".{one.lower()}" for one in suffixes if one.strip()),
        permalink=permalink,
        collections=tuple(one for one in collections if one.label not in ("posts", "data")),
        post_permalink=(posts.permalink if posts else None) or STYLES.get(permalink, permalink),
        show_drafts=data.get("show_drafts") is True,
        future=None if future is None else bool(future),
        unpublished=bool(data.get("unpublished")),
        timezone=said.text("timezone") or None,
        url=said.text("url"),
        baseurl=f"/{said.text('baseurl').strip('/')}".rstrip("/"),
        markdown=said.text("markdown", default.markdown),
        theme=said.text("theme"),
        remote_theme=said.text("remote_theme"),
        plugins=(*said.texts("plugins"), *said.texts("gems")),
        data=data,
    )


def _plugins_dirs(given: Sequence[str], source: str | None) -> tuple[str, ...]:
    """The folders of plug-ins: those of the configuration are not relative to the source."""
    if list(given) in ([], ["_plugins"]):
        return (f"{source}/_plugins" if source else "_plugins",)
    return tuple(filter(None, map(inside, given)))


def _collections(value: Any, container: str) -> list[Collection]:
    """Return the collections of a mapping or a list of names."""
    if isinstance(value, list):
        value = dict.fromkeys(texts(value))
    if not isinstance(value, Mapping):
        return []
    found = []
    for key, settings in value.items():
        label = _LABEL.sub("", str(key))
        # Jekyll looks the settings up by the name that is left.
        known = isinstance(settings, Mapping) and label == key
        said = Settings(settings if known else {})
        folder = f"{container}/_{label}" if container else f"_{label}"
        output = bool(said.data.get("output"))
        found.append(Collection(label, folder, output, said.text("permalink") or None))
    return found
