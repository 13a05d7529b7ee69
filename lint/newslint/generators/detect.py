"""Which generator a folder belongs to, told by the site's own files."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

from newslint.core import lazy
from newslint.core.lazy import Inherited
from newslint.files.reader import UnreadableError, read_small
from newslint.generators import VERSIONS, Target

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
_HUGO_OLD_FILES = ("config.toml", "config.yaml", "config.json", "config/_default")
_HUGO_KEY = lazy.pattern(
    r"^[ \t]*+[\"']?(?:baseURL|languageCode|contentDir)[\"']?[ \t]*+[=:]", re.MULTILINE | re.I
)
_ELEVENTY_FILES = (
    ".eleventy.js", "eleventy.config.js", "eleventy.config.cjs", "eleventy.config.mjs",
    "eleventy.config.ts",
)  # fmt: skip
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
    found = _here(folder)
    return found, found is not None or os.path.exists(folder / ".git")


site = Inherited(_own_site, lambda own, above: above)
"""The site that a folder lies in, or None; looks in the folder and in those above it."""


def _here(folder: Path) -> Site | None:
    for name in _HUGO_FILES:
        if os.path.isfile(folder / name):
            return Site(Target("hugo"), folder, name)
    package = _package(folder)
    for name in _ELEVENTY_FILES:
        if os.path.isfile(folder / name):
            known = package if package and package.name == "eleventy" else Target("eleventy")
            return Site(known, folder, name)
    for name in ("_config.yml", "_config.yaml"):
        if os.path.isfile(folder / name):
            kind = _yaml_site(folder, _text(folder / name))
            return Site(package if package and package.name == kind.name else kind, folder, name)
    for name in _HUGO_OLD_FILES:
        path = folder / name
        if os.path.isdir(path) or (os.path.isfile(path) and _HUGO_KEY.search(_text(path))):
            return Site(Target("hugo"), folder, name)
    return None if package is None else Site(package, folder, "package.json")


def _yaml_site(folder: Path, text: str) -> Target:
    """Hexo or Jekyll, by the keys of the _config.yml that both of them have."""
    keys = set(_TOP_KEY.findall(text))
    hexo, jekyll = len(keys & _HEXO_KEYS), len(keys & _JEKYLL_KEYS)
    if hexo != jekyll:
        return Target("hexo" if hexo > jekyll else "jekyll")
    is_jekyll = os.path.isfile(folder / "Gemfile") or os.path.isdir(folder / "_posts")
    return Target("jekyll" if is_jekyll else "hexo")


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
                version = int(major[1]) if major else None
                return Target(name, version if version in VERSIONS[name] else None)
    except (ValueError, AttributeError, TypeError, RecursionError):
        pass
    return None


def _text(path: Path) -> str:
    """The text of a site's file; nothing where it cannot be read."""
    try:
        return read_small(path).decode("utf-8", "replace")
    except UnreadableError:
        return ""
