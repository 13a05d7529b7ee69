"""Which generator a folder belongs to, told by the site's own files."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

from newslint.core import lazy
from newslint.core.lazy import Inherited
from newslint.core.reader import UnreadableError, read_small
from newslint.generators import Target
from newslint.generators.target import is_supported

_HEXO_KEYS = frozenset(
    [
        "source_dir",
        "public_dir",
        "new_post_name",
        "post_asset_folder",
        "default_layout",
        "filename_case",
        "render_drafts",
        "external_link",
        "archive_dir",
        "category_dir",
        "code_dir",
        "i18n_dir",
        "skip_render",
        "titlecase",
        "tag_dir",
        "category_map",
        "tag_map",
        "index_generator",
        "prismjs",
        "deploy",
    ]
)
"""Keys of Hexo's default _config.yml (hexo-starter 8) that Jekyll does not have."""

_JEKYLL_KEYS = frozenset(
    [
        "baseurl",
        "collections",
        "defaults",
        "exclude",
        "include",
        "gems",
        "plugins",
        "kramdown",
        "lsi",
        "limit_posts",
        "show_drafts",
        "incremental",
        "liquid",
        "markdown",
        "layouts_dir",
        "data_dir",
        "includes_dir",
        "safe",
        "permalink_date",
        "remote_theme",
        "header_pages",
    ]
)
"""Keys of Jekyll 4's documented configuration that Hexo does not have."""

_HUGO_FILES = ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json")
_HUGO_OLD_FILES = ("config.toml", "config.yaml", "config.yml", "config.json", "config/_default")
_HUGO_KEY = lazy.pattern(
    r"^[ \t]*+[\"']?(?:baseURL|languageCode|contentDir)[\"']?[ \t]*+[=:]", re.MULTILINE | re.I
)
_HUGO_FOLDERS = ("content", "layouts", "themes", "archetypes", "static")
"""One of them lies beside a config.json that is Hugo's: other programs know ``baseUrl`` too."""
_NESTED = frozenset({"themes", "_vendor", "node_modules"})
"""Folders of a site whose own folders look like sites: themes, modules and packages."""
_ELEVENTY_FILES = (
    ".eleventy.js", "eleventy.config.js", "eleventy.config.cjs", "eleventy.config.mjs",
    "eleventy.config.ts",
)  # fmt: skip
_UNDERSCORE_FILES = ("_config.yml", "_config.yaml", "_config.toml", "_config.json")
_JEKYLL_BESIDE = ("Gemfile", "_posts", "_layouts", "_includes", "_drafts")
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
    """The target of the site that a folder lies in, or None; looks in it and in those above it."""
    found = site(folder)
    return None if found is None else found.target


def _own_site(folder: Path) -> tuple[Site | None, bool]:
    """The site whose root a folder is, and whether those above it do not count."""
    found = _around(folder) or _here(folder)
    return found, found is not None or os.path.exists(folder / ".git")


site = Inherited(_own_site, lambda own, above: above)
"""The site that a folder lies in, or None; looks in the folder and in those above it."""


def is_hugo_setting(file: Path) -> bool:
    """Whether a file is where Hugo looks for settings: ``config/ENVIRONMENT/*.yaml``."""
    return file.parent.parent.name == "config" and file.suffix in _SETTINGS


_SETTINGS = frozenset({".toml", ".yaml", ".yml", ".json"})


def _around(folder: Path) -> Site | None:
    """The site whose theme, module or package a folder is part of, or None."""
    if _NESTED.isdisjoint(folder.parts):
        return None
    for parent in reversed(folder.parents):
        if parent.name in _NESTED and (found := _here(parent.parent)) is not None:
            return found
    return _here(folder.parent) if folder.name in _NESTED else None


def _here(folder: Path) -> Site | None:
    for name in _HUGO_FILES:
        if os.path.isfile(folder / name):
            return Site(Target("hugo"), folder, name)
    package = _package(folder)
    for name in _ELEVENTY_FILES:
        if os.path.isfile(folder / name):
            known = package if package and package.name == "eleventy" else Target("eleventy")
            return Site(known, folder, name)
    hugo = _old_hugo(folder)
    if hugo is not None and _has_hugo_posts(folder):
        return hugo
    for name in _UNDERSCORE_FILES:
        if os.path.isfile(folder / name):
            if package is not None and package.name == "hexo":
                return Site(package, folder, name)
            kind = _hexo_or_jekyll(folder, name, _text(folder / name))
            if kind is None:
                continue
            if package and package.name == kind.name:
                kind = package
            return Site(kind, folder, name)
    if hugo is None and package is not None:
        return Site(package, folder, "package.json")
    return hugo


def _old_hugo(folder: Path) -> Site | None:
    """A Hugo site by a configuration of a name that other programs have too."""
    for name in _HUGO_OLD_FILES:
        path = folder / name
        if os.path.isdir(path) or (os.path.isfile(path) and _is_hugo(path)):
            return Site(Target("hugo"), folder, name)
    return None


def _has_hugo_posts(folder: Path) -> bool:
    """Whether a folder has posts where Hugo looks for them, and none where Jekyll or Hexo does."""
    others = any((folder / one).is_dir() for one in ("_posts", "source/_posts"))
    return (folder / "content").is_dir() and not others


def _is_hugo(path: Path) -> bool:
    """Whether a ``config.*`` is Hugo's, by its keys and, for JSON, the folders beside it."""
    if path.suffix == ".json" and not any(
        os.path.isdir(path.parent / one) for one in _HUGO_FOLDERS
    ):
        return False
    return _HUGO_KEY.search(_text(path)) is not None


def _hexo_or_jekyll(folder: Path, name: str, text: str) -> Target | None:
    """Hexo or Jekyll, by the keys of the ``_config.*`` that both of them have; None for neither.

    Books and themes have such a file too: one that has no key of a site and no folder of one beside
    it is theirs.
    """
    if name.endswith((".toml", ".json")):
        return Target("jekyll" if name.endswith(".toml") else "hexo")
    keys = set(_TOP_KEY.findall(text))
    hexo, jekyll = len(keys & _HEXO_KEYS), len(keys & _JEKYLL_KEYS)
    jekyll += _JEKYLL_THEME.search(text) is not None
    if _is_hexo_theme(folder):
        return None
    if hexo != jekyll:
        return Target("hexo" if hexo > jekyll else "jekyll")
    if any(os.path.exists(folder / one) for one in _JEKYLL_BESIDE):
        return Target("jekyll")
    if any(os.path.isdir(folder / one) for one in _HEXO_FOLDERS) or (hexo or keys & _COMMON_KEYS):
        return None if os.path.isfile(folder / "_toc.yml") else Target("hexo")
    return None


def _is_hexo_theme(folder: Path) -> bool:
    """Whether a folder is that of a Hexo theme, whose ``_config.yml`` sets up no site."""
    return (
        os.path.isdir(folder / "layout")
        and os.path.isdir(folder / "source")
        and not os.path.isdir(folder / "source" / "_posts")
    )


def _package(folder: Path) -> Target | None:
    """The generator that package.json depends on, with its version where it was measured."""
    path = folder / "package.json"
    if not os.path.isfile(path):
        return None
    import json

    try:
        data = json.loads(_text(path))
        wanted = {**data.get("devDependencies", {}), **data.get("dependencies", {})}
        for package, name in _PACKAGES.items():
            if package in wanted:
                major = _MAJOR.match(str(wanted[package]))
                version = (int(major[1]),) if major else None
                return Target(name, version if version and is_supported(name, version) else None)
    except (ValueError, AttributeError, TypeError, RecursionError):
        pass
    return None


def _text(path: Path) -> str:
    """The text of a site's file; nothing where it cannot be read."""
    try:
        return read_small(path).decode("utf-8", "replace")
    except UnreadableError:
        return ""
