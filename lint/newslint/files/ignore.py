"""Which files of a folder are posts: ``include``, ``exclude`` and .gitignore files."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newslint.config.defaults import DEFAULT_INCLUDE, TEMPLATE_SUFFIXES
from newslint.core.lazy import Inherited
from newslint.core.patterns import is_pattern, patterns
from newslint.core.reader import UnreadableError, read_small
from newslint.files.site_files import inside
from newslint.generators.site_roles import Role

if TYPE_CHECKING:
    from newslint.config.project import Project


USUAL_FOLDERS = frozenset(
    [
        ".git",
        ".github",
        ".hg",
        ".svn",
        ".bzr",
        ".tox",
        ".nox",
        ".venv",
        "venv",
        "node_modules",
        "bower_components",
        "__pycache__",
        ".mypy_cache",
        ".ruff_cache",
        ".pytest_cache",
        "_site",
        ".jekyll-cache",
        ".sass-cache",
        ".deploy_git",
    ]
)
"""Folders without posts: version control, environments, caches, output of generators."""

IgnoreFiles = tuple[tuple[Path, tuple[str, ...]], ...]
"""Folders with the lines of their .gitignore files, the nearest first."""


class Folder:
    """The patterns that apply to the entries of one folder, compiled once for all of them."""

    def __init__(self, path: str, project: Project, ignore: IgnoreFiles | None = None) -> None:
        folder = Path(path)
        self._path = os.path.join(path, "")
        self._project = project
        layers = project.layers(folder)
        given = [layer for layer in layers if layer.model.include is not None]
        self._include = (given[-1].folder, tuple(given[-1].model.include or ())) if given else None
        self._exclude = [
            (layer.folder, tuple(layer.model.exclude))
            for layer in layers
            if layer.model.exclude and folder.is_relative_to(layer.folder)
        ]
        self._ignore = _ignore_files(folder) if ignore is None else ignore

    def posts(self, names: list[str]) -> list[str]:
        """Return the names of the folder's files that are posts."""
        if self._include is None:
            names = [one for one in names if _has_default_suffix(one) or self._is_own(one)]
        if self._include is None and not self._exclude and not self._ignore:
            return names
        telling = _Telling.of(self._lines())
        verdicts: dict[object, bool] = {}
        posts: list[str] = []
        for name in names:
            key = telling.key(name)
            if (verdict := verdicts.get(key)) is None:
                verdict = verdicts[key] = self._includes(name) and not self.excludes(name)
            if verdict:
                posts.append(name)
        return posts

    def _is_own(self, name: str) -> bool:
        """Whether a file is a post of its site by a suffix of templates or of the site's own.

        So is one at which the site's build stops.
        """
        if "." not in name or name.endswith(_NEVER_POSTS):
            return False
        site = self._project.site_of(self._path[: -len(os.sep)])
        if site is None:
            return False
        if site.target.name != "eleventy":
            suffix = os.path.splitext(name)[1].lower()
            if name[0] != "." and suffix in site.markdown_suffixes:
                return True
            is_read = suffix in site.template_engines
            return is_read and site.role(inside(site, self._path + name, self._project)).is_fatal
        if not name.endswith(TEMPLATE_SUFFIXES):
            return False
        return site.role(inside(site, self._path + name, self._project)).role is Role.POST

    def _includes(self, name: str) -> bool:
        if self._include is None:
            return True
        folder, lines = self._include
        return patterns(lines).match_file(_relative(self._path + name, folder))

    def excludes(self, name: str, *, is_folder: bool = False) -> bool:
        """Return whether ``exclude`` or the nearest matching .gitignore excludes an entry."""
        tail = "/" if is_folder else ""
        for folder, lines in self._exclude:
            if patterns(lines).match_file(_relative(self._path + name, folder) + tail):
                return True
        for folder, lines in self._ignore:
            path = _relative(self._path + name, folder) + tail
            verdict = patterns(lines).check_file(path).include
            if verdict is not None:
                return verdict
        return False

    def _lines(self) -> tuple[str, ...]:
        """The patterns of ``exclude`` and ``include`` that apply."""
        applying = [*self._exclude, *self._ignore, *([self._include] if self._include else [])]
        return tuple(line for _, lines in applying for line in lines)


class _Telling(NamedTuple):
    """The parts of names that patterns can distinguish, from the last parts of the patterns.

    All patterns treat two names with the same key alike, since the parts before the last one are
    the folder's. So a folder with a hundred thousand posts needs only a few pattern matches.
    """

    names: frozenset[str] = frozenset()
    globs: tuple[Callable[[str], object], ...] = ()
    is_known: bool = True

    @classmethod
    @cache
    def of(cls, lines: tuple[str, ...]) -> _Telling:
        """Return the distinguishing parts for patterns in .gitignore syntax."""
        names: set[str] = set()
        globs: list[Callable[[str], object]] = []
        if any("\\" in line for line in lines):
            return cls(is_known=False)
        for line in lines:
            last = line.lstrip("!").strip().rpartition("/")[2]
            if not last.strip("*"):
                continue  # for folders only (``x/``), for every name (``*``), or empty
            if not is_pattern(last):
                return cls(is_known=False)
            if _WILD.isdisjoint(last):
                names.add(last)
            else:
                globs += (pattern.match_file for pattern in patterns((last,)).patterns)
        return cls(frozenset(names), tuple(globs))

    def key(self, name: str) -> object:
        """Return a value that is equal for names that the patterns treat alike."""
        if name in self.names or not self.is_known:
            return name
        return tuple(glob(name) is not None for glob in self.globs)


_NEVER_POSTS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".css", ".js", ".json")
"""Suffixes of most other files: a quick test."""
_WILD = frozenset("*?[")
_DEFAULT_SUFFIXES = frozenset(pattern.rpartition("*")[2] for pattern in DEFAULT_INCLUDE)
_DEFAULT_ENDINGS = tuple(_DEFAULT_SUFFIXES)


def _has_default_suffix(name: str) -> bool:
    if name.endswith(_DEFAULT_ENDINGS) and name[0] != ".":
        return True
    # A scraper without a title may name a file by the suffix alone.
    return (os.path.splitext(name)[1] or name).lower() in _DEFAULT_SUFFIXES


def _relative(path: str, folder: Path) -> str:
    return os.path.relpath(path, folder).replace(os.sep, "/")


def forget() -> None:
    """Discard the cached .gitignore files, so that they are read again."""
    _ignore_files.cache_clear()


def ignore_lines(content: bytes) -> tuple[str, ...]:
    """Return the lines of a .gitignore file; only LF and CRLF end a line, as in git."""
    text = content.decode("utf-8", "replace")
    return tuple(line.removesuffix("\r") for line in text.split("\n"))


def _own_ignore_file(folder: Path) -> tuple[IgnoreFiles, bool]:
    """Return the lines of a folder's .gitignore, and whether the folder is a repository's root.

    A file that cannot be read, is not regular or is too large is ignored, as in git.
    """
    own: IgnoreFiles = ()
    with suppress(UnreadableError):
        own = ((folder, ignore_lines(read_small(folder / ".gitignore"))),)
    return own, os.path.exists(folder / ".git")


_ignore_files = Inherited(_own_ignore_file, lambda own, above: (*own, *above))
"""Returns the .gitignore files for a folder, the nearest first, up to the repository's root."""
