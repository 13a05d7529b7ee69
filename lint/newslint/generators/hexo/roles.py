"""The role of a file in Hexo: its processors of posts, data and assets (5.4.2 to 8.1.2).

A post is a file of ``_posts`` that has a renderer. With ``post_asset_folder`` Hexo 6 to 8 take only
files with the suffix of ``new_post_name`` for posts, and all others for assets.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping

from newslint.core.messages import msg
from newslint.generators.hexo.options import HexoOptions
from newslint.generators.hexo.suffixes import DATA, MARKDOWN, PLAIN
from newslint.generators.site import FileRole, Role
from newslint.generators.site.globs import micromatch

_LIKE_POSTS = frozenset({*MARKDOWN, ".htm", ".html", ".mdown", ".mkdown", ".mdx", ".rmd"})
"""Suffixes of files that a writer means for posts."""

_POST = FileRole(Role.POST)
_DRAFT = FileRole(Role.DRAFT, msg("Hexo ignores _drafts unless render_drafts is set"))
_PAGE = FileRole(Role.PAGE)
_ASSET = FileRole(Role.ASSET)
_NONE = FileRole(Role.IGNORED)
_HIDDEN = frozenset("_.")
_TEMPORARY_ENDS = frozenset("~%")
_OUTSIDE = FileRole(Role.IGNORED, msg("Hexo builds only files in its source folder"))
_DATA_FILE = FileRole(Role.DATA, msg("a data file of the site"))
_CONFIGURATION = FileRole(Role.DATA, msg("configuration or code of the site"))
_TEMPLATE = FileRole(Role.TEMPLATE, msg("a template of the site or its theme"))
_TEMPORARY = FileRole(Role.IGNORED, msg("Hexo ignores temporary files, whose names end in ~ or %"))


class HexoRoles:
    """The roles of a site's files. ``exists`` returns whether the site has a file."""

    def __init__(
        self,
        options: HexoOptions,
        suffixes: Mapping[str, str],
        version: int | None,
        root: str,
        exists: Callable[[str], bool],
    ) -> None:
        self.exists = exists
        self.options = options
        self.outputs = {**PLAIN, **DATA, **MARKDOWN, **suffixes}
        source = options.source
        self.prefix = "" if source == "" else f"{source}/"
        self.has_source = source is not None
        self.only_suffix = (
            options.post_suffix if options.post_asset_folder and version != 5 else None
        )
        self._skip_render = micromatch(options.skip_render)
        self._include = micromatch(options.include)
        self._exclude = micromatch(options.exclude)
        self._ignore = micromatch(options.ignore)
        # ``ignore`` is matched against whole paths; a URL represents one.
        _, separator, place = root.rpartition("://")
        self._root = f"/{place}".rstrip("/") if separator else root.rstrip("/")
        posts = tuple(self.outputs) if self.only_suffix is None else (self.only_suffix,)
        self._post_suffixes = frozenset(one[1:] for one in posts if one in self.outputs)
        self._usual: dict[str, FileRole] = {}

    def role(self, path: str) -> FileRole:
        """Return what Hexo takes a file for, by its path relative to the root."""
        folder, _, name = path.rpartition("/")
        found = self._usual.get(folder)
        if found is None:
            found = self._usual[folder] = self._usual_in(folder)
        if found is not _NONE and name[:1] not in _HIDDEN and name[-1:] not in _TEMPORARY_ENDS:
            stem, dot, suffix = name.rpartition(".")
            if stem and dot and suffix in self._post_suffixes:
                if not self._ignore or not self._ignore.match(f"{self._root}/{path}"):
                    return found
        return self._role(path)

    def _usual_in(self, folder: str) -> FileRole:
        """The role that all well-named posts of a folder have; `_NONE` where each is looked at."""
        inner = f"{folder}/"[len(self.prefix) :]
        if not self.has_source or not f"{folder}/".startswith(self.prefix) or _hidden(inner[1:-1]):
            return _NONE
        first, _, _ = inner.partition("/")
        if self._skip_render.within(inner[:-1]) or (self._ignore and self._is_ignored(folder)):
            return _NONE
        if first == "_drafts" and not self.options.render_drafts:
            return _DRAFT
        return _POST if first in ("_posts", "_drafts") else _NONE

    def _role(self, path: str) -> FileRole:
        if not self.has_source or not path.startswith(self.prefix):
            return self._outside(path)
        inner = path[len(self.prefix) :]
        if self._ignore and self._is_ignored(path):
            return FileRole(Role.IGNORED, msg("a pattern of ignore matches"))
        if inner.endswith(("~", "%")):
            return _TEMPORARY
        folder, _, rest = inner.partition("/")
        if rest and folder in ("_posts", "_drafts"):
            return self._post(inner, rest, folder)
        if rest and folder == "_data":
            return _DATA_FILE
        return self._page(inner)

    def enters(self, folder: str) -> bool:
        """Return whether files that are linted may are in a folder or below it."""
        if not folder or not self.has_source:
            return self.has_source
        if not f"{folder}/".startswith(self.prefix):
            return self.prefix.startswith(f"{folder}/")
        inner = f"{folder}/"[len(self.prefix) :].rstrip("/")
        if not inner:
            return True
        if self._ignore and self._is_ignored(folder):
            return False
        if not self.prefix and self._outside(f"{folder}/x").reason != _OUTSIDE.reason:
            return False
        first, _, rest = inner.partition("/")
        if first in ("_posts", "_drafts"):
            return "/." not in f"/{rest}"
        return bool(self._include) or not _hidden(inner)

    def is_post(self, path: str) -> bool:
        """Return whether a file is a post or a draft."""
        return self.role(path).role in (Role.POST, Role.DRAFT)

    def is_raw(self, inner: str) -> bool:
        """Return whether ``skip_render`` keeps a file of the source folder as it is."""
        return bool(self._skip_render) and self._skip_render.match(inner)

    def output_suffix(self, path: str) -> str:
        """Return the suffix of what becomes of a file."""
        suffix = posixpath.splitext(path)[1]
        return self.outputs.get(suffix, suffix)

    def _is_ignored(self, path: str) -> bool:
        """Hexo matches the patterns of ``ignore`` against absolute paths, folder by folder."""
        whole = f"{self._root}/{path}"
        if self._ignore.match(whole):
            return True
        at = len(whole)
        while (at := whole.rfind("/", len(self._root) + len(self.prefix), at)) > 0:
            if self._ignore.match(whole[:at]):
                return True
        return False

    def _outside(self, path: str) -> FileRole:
        first, _, rest = path.partition("/")
        if first == "scaffolds" and rest:
            return _TEMPLATE
        if first == "themes" and rest:
            return _of_theme(rest)
        if first == "scripts" or (
            not rest and (first.startswith("_config.") or first == "package.json")
        ):
            return _CONFIGURATION
        return _OUTSIDE

    def _post(self, inner: str, rest: str, folder: str) -> FileRole:
        suffix = posixpath.splitext(inner)[1]
        meant = suffix.lower() in _LIKE_POSTS or rest.rpartition("/")[2].lower() in _LIKE_POSTS
        hidden = _hidden(rest)
        if hidden:
            is_lost = meant and not _is_private(rest)
            return FileRole(Role.LOST if is_lost else Role.IGNORED, hidden)
        output = self.outputs.get(suffix)
        if output is None:
            return self._unrendered(meant, suffix)
        if self.is_raw(inner):
            return FileRole(Role.IGNORED, msg("a pattern of skip_render matches"))
        if self.only_suffix is not None and suffix != self.only_suffix:
            return self._beside(meant, inner)
        if folder == "_drafts" and not self.options.render_drafts:
            return _DRAFT
        return _POST

    def _unrendered(self, meant: bool, suffix: str) -> FileRole:
        if meant:
            return FileRole(
                Role.LOST, msg("Hexo has no renderer for {suffix!r} files", suffix=suffix)
            )
        if self.options.post_asset_folder:
            return _ASSET
        return FileRole(
            Role.IGNORED, msg("Hexo does not copy files in _posts unless post_asset_folder is set")
        )

    def _beside(self, meant: bool, inner: str) -> FileRole:
        if not meant or self.asset_owner(inner) is not None:
            return _ASSET
        reason = msg(
            "with post_asset_folder, Hexo reads only {suffix} files as posts (new_post_name)",
            suffix=self.only_suffix,
        )
        return FileRole(Role.LOST, reason)

    def asset_owner(self, inner: str) -> str | None:
        """Return the post in whose asset folder a file of the source folder lies."""
        folder = posixpath.dirname(inner)
        suffixes = MARKDOWN if self.only_suffix is None else (self.only_suffix,)
        while "/" in folder:
            for suffix in suffixes:
                if self.exists(f"{self.prefix}{folder}{suffix}"):
                    return f"{self.prefix}{folder}{suffix}"
            folder = posixpath.dirname(folder)
        return None

    def _page(self, inner: str) -> FileRole:
        if self._exclude and self._exclude.match(inner):
            return FileRole(Role.IGNORED, msg("a pattern of exclude matches"))
        hidden = _hidden(inner)
        if hidden and not self._include.match(inner):
            return FileRole(Role.IGNORED, hidden)
        suffix = posixpath.splitext(inner)[1]
        if self.outputs.get(suffix) != ".html":
            return _ASSET
        if self.is_raw(inner):
            return FileRole(Role.ASSET, msg("a pattern of skip_render matches"))
        return _PAGE


def _hidden(path: str) -> str:
    """Why Hexo leaves a path out that has a part which begins with ``_`` or ``.``; else empty."""
    if path[:1] not in _HIDDEN and "/_" not in path and "/." not in path:
        return ""
    parts = path.split("/")
    for part in parts[:-1]:
        if part[:1] in ("_", "."):
            return msg(
                "the name of the folder {folder!r} begins with {sign!r}, so Hexo ignores it",
                folder=part,
                sign=part[0],
            )
    return msg("the name begins with {sign!r}, so Hexo ignores the file", sign=parts[-1][:1])


def _is_private(path: str) -> bool:
    """Whether a path is of an editor or the system: below a folder with a dot, ``._a``, ``.#a``."""
    return "/." in f"/{posixpath.dirname(path)}" or path.rpartition("/")[2].startswith(("._", ".#"))


def _of_theme(rest: str) -> FileRole:
    """Return a file below ``themes``: NAME/FOLDER/…"""
    _, _, inner = rest.partition("/")
    folder, _, below = inner.partition("/")
    if below and folder == "layout":
        return _TEMPLATE
    if below and folder == "source":
        return _ASSET
    if below and folder in ("scripts", "languages"):
        return _CONFIGURATION
    if inner.startswith("_config."):
        return _CONFIGURATION
    return _OUTSIDE
