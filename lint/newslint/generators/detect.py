"""Detect the generator of a folder from the files of the site."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import NamedTuple, Protocol, TypeVar

from newslint.core import lazy
from newslint.core.lazy import Inherited
from newslint.core.reader import UnreadableError, read_small
from newslint.generators import Target
from newslint.generators.target import is_supported

Folder = TypeVar("Folder", bound=PurePath)
Found = TypeVar("Found")

_HEXO_KEYS = frozenset(
    {
        "source_dir", "public_dir", "new_post_name", "post_asset_folder", "default_layout",
        "filename_case", "render_drafts", "external_link", "archive_dir", "category_dir",
        "code_dir", "i18n_dir", "skip_render", "titlecase", "tag_dir", "category_map", "tag_map",
        "index_generator", "prismjs", "deploy",
    }
)  # fmt: skip
"""Keys of Hexo's default _config.yml (hexo-starter 8) that Jekyll does not have."""

_JEKYLL_KEYS = frozenset(
    {
        "baseurl", "collections", "defaults", "exclude", "include", "gems", "plugins", "kramdown",
        "lsi", "limit_posts", "show_drafts", "incremental", "liquid", "markdown", "layouts_dir",
        "data_dir", "includes_dir", "safe", "permalink_date", "remote_theme", "header_pages",
        "source", "destination", "plugins_dir", "collections_dir", "markdown_ext", "keep_files",
        "excerpt_separator", "whitelist", "show_excerpts", "paginate", "paginate_path", "sass",
        "unpublished", "strict_front_matter", "highlighter", "github_username",
    }
)  # fmt: skip
"""Keys of Jekyll 4's documented configuration that Hexo does not have."""

_HUGO_FILES = ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json")
_HUGO_OLD_FILES = ("config.toml", "config.yaml", "config.yml", "config.json", "config/_default")
_HUGO_KEY = lazy.pattern(
    r"^[ \t]*+[\"']?(?:baseURL|languageCode|contentDir)[\"']?[ \t]*+[=:]", re.MULTILINE | re.I
)
_HUGO_FOLDERS = ("content", "layouts", "themes", "archetypes", "static")
"""One of them is next to a config.json that is Hugo's: other programs know ``baseUrl`` too."""
_NESTED = frozenset({"themes", "_vendor", "node_modules"})
"""Folders of a site whose own folders look like sites: themes, modules and packages."""
_ELEVENTY_FILES = (
    ".eleventy.js", "eleventy.config.js", "eleventy.config.cjs", "eleventy.config.mjs",
    "eleventy.config.ts",
)  # fmt: skip
_UNDERSCORE_FILES = ("_config.yml", "_config.yaml", "_config.toml", "_config.json")
_JEKYLL_BESIDE = ("Gemfile", "_posts", "_layouts", "_includes", "_drafts")
_JEKYLL_ALONE = ("Gemfile", "_layouts", "_includes")
"""What tells a Jekyll site without a configuration from another program's folder of posts."""
_HEXO_FOLDERS = ("source/_posts", "scaffolds", "themes")
_COMMON_KEYS = frozenset(("title", "url", "permalink", "author", "description", "theme"))
"""Keys that a site of either has, and hardly another program."""
_JEKYLL_THEME = lazy.pattern(r"^theme\s*:\s*[\"']?(?:jekyll-theme-|minima\b|just-the-docs)", re.M)
SITE_FILES = (
    *_HUGO_FILES, *(name for name in _HUGO_OLD_FILES if "/" not in name), *_ELEVENTY_FILES,
    *_UNDERSCORE_FILES, "package.json", "Gemfile",
)  # fmt: skip
"""The names of the files that tell of a site: what `site` and the generators' options look at.
Hugo has more of them in a folder: see `is_hugo_setting`."""
_TOP_KEY = lazy.pattern(r"^([A-Za-z_]\w*)\s*:", re.MULTILINE)
_MAJOR = lazy.pattern(r"^[\^~>=v\s]*(\d+)(?:\.|$)")
_PACKAGES = {"hexo": "hexo", "@11ty/eleventy": "eleventy"}


class Site(NamedTuple):
    """A site: its target, its folder, and the file there that told the target."""

    target: Target
    folder: Path
    file: str


def detect(folder: Path) -> Target | None:
    """The target of the site that a folder is in, or None; looks in it and in those above it."""
    found = site(folder)
    return None if found is None else found.target


class SiteLook(Protocol):
    """One folder, as far as it has to be looked at to tell a site. Names may lead into folders."""

    def is_file(self, name: str) -> bool:
        """Return whether there is a file of that name."""

    def is_folder(self, name: str) -> bool:
        """Return whether there is a folder of that name."""

    def text(self, name: str) -> str:
        """Return the text of a file; nothing where it cannot be read."""


class _Disk:
    """A folder of this machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def is_file(self, name: str) -> bool:
        return os.path.isfile(self._folder / name)

    def is_folder(self, name: str) -> bool:
        return os.path.isdir(self._folder / name)

    def text(self, name: str) -> str:
        try:
            return read_small(self._folder / name).decode("utf-8", "replace")
        except UnreadableError:
            return ""


def _here(folder: Path) -> Site | None:
    found = told_by(_Disk(folder))
    return None if found is None else Site(found[0], folder, found[1])


def _own_site(folder: Path) -> tuple[Site | None, bool]:
    """Return the site whose root a folder is, and whether those above it do not count."""
    found = around(folder, _here) or _here(folder)
    if found is not None:
        return found, True
    told = told_by_posts(_Disk(folder), folder.name)
    bare = None if told is None else Site(told[0], folder, told[1])
    return bare, os.path.exists(folder / ".git")


site = Inherited(_own_site, lambda own, above: above or own)
"""The site that a folder is in, or None; looks in the folder and in those above it.

A site without a configuration counts where nothing above it is a site.
"""


def is_hugo_setting(file: Path) -> bool:
    """Return whether a file is where Hugo looks for settings: ``config/ENVIRONMENT/*.yaml``."""
    return file.parent.parent.name == "config" and file.suffix in _SETTINGS


_SETTINGS = frozenset({".toml", ".yaml", ".yml", ".json"})


def around(folder: Folder, here: Callable[[Folder], Found | None]) -> Found | None:
    """Return the site whose theme, module or package a folder is part of, or None.

    ``here`` tells the site whose root a folder is.
    """
    if _NESTED.isdisjoint(folder.parts):
        return None
    for parent in reversed(folder.parents):
        if parent.name in _NESTED and (found := here(parent.parent)) is not None:
            return found
    return here(folder.parent) if folder.name in _NESTED else None


def told_by(look: SiteLook) -> tuple[Target, str] | None:
    """The target of the site whose root a folder is, and the file that told it; None for none."""
    for name in _HUGO_FILES:
        if look.is_file(name):
            return Target("hugo"), name
    package = _package(look)
    for name in _ELEVENTY_FILES:
        if look.is_file(name):
            known = package if package and package.name == "eleventy" else Target("eleventy")
            return known, name
    hugo = _old_hugo(look)
    if hugo is not None and _has_hugo_posts(look):
        return hugo
    for name in _UNDERSCORE_FILES:
        if look.is_file(name):
            if package is not None and package.name == "hexo":
                return package, name
            kind = _hexo_or_jekyll(look, name)
            if kind is None:
                continue
            return (package if package and package.name == kind.name else kind), name
    if hugo is None and package is not None:
        return package, "package.json"
    return hugo


def told_by_posts(look: SiteLook, name: str) -> tuple[Target, str] | None:
    """The target of a site without a configuration, by its folder of posts, and that folder.

    Hexo and Jekyll build such a site by their defaults; None for a folder with both. ``name`` is
    that of the folder: Hexo's ``source`` holds the posts of the site above it. A package of
    JavaScript may have such a folder for a purpose of its own.
    """
    has_hexo, has_jekyll = look.is_folder("source/_posts"), look.is_folder("_posts")
    if has_hexo:
        return None if has_jekyll else (Target("hexo"), "source/_posts")
    if name == "source" or not has_jekyll:
        return None
    is_jekyll = any(look.is_file(one) or look.is_folder(one) for one in _JEKYLL_ALONE)
    if look.is_file("package.json") and not is_jekyll:
        return None
    return Target("jekyll"), "_posts"


def _old_hugo(look: SiteLook) -> tuple[Target, str] | None:
    """Return a Hugo site by a configuration of a name that other programs have too."""
    for name in _HUGO_OLD_FILES:
        if look.is_folder(name) or (look.is_file(name) and _is_hugo(look, name)):
            return Target("hugo"), name
    return None


def _has_hugo_posts(look: SiteLook) -> bool:
    """Whether a folder has posts where Hugo looks for them, and none where Jekyll or Hexo does."""
    others = any(look.is_folder(one) for one in ("_posts", "source/_posts"))
    return look.is_folder("content") and not others


def _is_hugo(look: SiteLook, name: str) -> bool:
    """Return whether a ``config.*`` is Hugo's, by its keys and, for JSON, the folders beside it."""
    if name.endswith(".json") and not any(look.is_folder(one) for one in _HUGO_FOLDERS):
        return False
    return _HUGO_KEY.search(look.text(name)) is not None


def _hexo_or_jekyll(look: SiteLook, name: str) -> Target | None:
    """Hexo or Jekyll, by the keys of the ``_config.*`` that both of them have; None for neither.

    Books and themes have such a file too: one that has no key of a site and no folder of one beside
    it is theirs.
    """
    if name.endswith((".toml", ".json")):
        return Target("jekyll" if name.endswith(".toml") else "hexo")
    text = look.text(name)
    keys = set(_TOP_KEY.findall(text))
    hexo, jekyll = len(keys & _HEXO_KEYS), len(keys & _JEKYLL_KEYS)
    jekyll += _JEKYLL_THEME.search(text) is not None
    if _is_hexo_theme(look):
        return None
    if hexo != jekyll:
        return Target("hexo" if hexo > jekyll else "jekyll")
    if any(look.is_file(one) or look.is_folder(one) for one in _JEKYLL_BESIDE):
        return Target("jekyll")
    if any(map(look.is_folder, _HEXO_FOLDERS)) or (hexo or keys & _COMMON_KEYS):
        return None if look.is_file("_toc.yml") else Target("hexo")
    return None


def _is_hexo_theme(look: SiteLook) -> bool:
    """Return whether a folder is that of a Hexo theme, whose ``_config.yml`` sets up no site."""
    has_theme = look.is_folder("layout") and look.is_folder("source")
    return has_theme and not look.is_folder("source/_posts")


def _package(look: SiteLook) -> Target | None:
    """Return the generator that package.json depends on, with its version where it was measured."""
    if not look.is_file("package.json"):
        return None
    import json

    try:
        data = json.loads(look.text("package.json"))
        wanted = {**data.get("devDependencies", {}), **data.get("dependencies", {})}
        for package, name in _PACKAGES.items():
            if package in wanted:
                major = _MAJOR.match(str(wanted[package]))
                version = (int(major[1]),) if major else None
                return Target(name, version if version and is_supported(name, version) else None)
    except (ValueError, AttributeError, TypeError, RecursionError):
        pass
    return None
