"""The role of each file of an Eleventy site, by its path alone."""

from __future__ import annotations

import posixpath
import re

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.eleventy.options import Options
from newslint.generators.site import FileRole, Role
from newslint.generators.site.files import SiteFiles
from newslint.generators.site.globs import micromatch
from newslint.generators.site_roles import PAGE_FOLDERS

_POST = FileRole(Role.POST)
_PAGE = FileRole(Role.PAGE, msg("a page, not a post"))
_OUTSIDE = FileRole(Role.IGNORED, msg("the file is not in the input folder"))
_IGNORED = FileRole(Role.IGNORED, msg("the configuration or an ignore file excludes it"))
_OUTPUT = FileRole(Role.IGNORED, msg("the file is in the output folder"))
_TEMPLATE = FileRole(Role.TEMPLATE, msg("a layout or include"))
_DATA = FileRole(Role.DATA, msg("a data file"))
_CONFIGURATION = FileRole(Role.DATA, msg("a configuration file of the site"))
_COPIED = FileRole(Role.ASSET, msg("the file is copied without changes"))
_UNREAD = FileRole(Role.IGNORED, msg("Eleventy does not read such files"))
_LOOKS_LIKE_A_POST = lazy.pattern(r"\.(?:md|markdown|html|htm)\Z", re.IGNORECASE)
_IS_TEXT = lazy.pattern(r"\A(?!index\.|readme\.).*\.(?:md|html)\Z", re.IGNORECASE)
_POST_FOLDERS = frozenset({"posts", "post", "_posts", "blog", "articles", "news"})
_DATA_FILE = lazy.pattern(r"\.(?:11tydata\.[cm]?js|json)\Z")


class Ignored:
    """The patterns of files that are left out; most are plain, and need no glob.

    A pattern that names a folder leaves out all in it.
    """

    def __init__(self, patterns: tuple[str, ...]) -> None:
        self.paths: set[str] = set()
        self.names: set[str] = set()
        others = []
        for pattern in patterns:
            plain = pattern.removesuffix("/**")
            anywhere = plain.removeprefix("**/")
            if not _has_sign(plain):
                self.paths.add(plain)
            elif pattern.startswith("**/") and not _has_sign(anywhere) and "/" not in anywhere:
                self.names.add(anywhere)
            else:
                others += [pattern, f"{pattern}/**"]
        self._globs = micromatch(others)

    def folder(self, folder: str) -> bool:
        """Return whether all in a folder is left out."""
        parts = folder.split("/")
        if not self.names.isdisjoint(parts):
            return True
        return any("/".join(parts[:count]) in self.paths for count in range(1, len(parts) + 1))

    def file(self, path: str, name: str) -> bool:
        """Return whether a file of a folder that is not left out is."""
        if path in self.paths or name in self.names:
            return True
        return bool(self._globs) and self._globs.match(path)


def _has_sign(pattern: str) -> bool:
    return any(sign in pattern for sign in "*?{[(!")


class Roles:
    """Tells roles; what a folder says of its files is worked out once."""

    def __init__(self, options: Options, files: SiteFiles, configuration: frozenset[str]) -> None:
        self.options, self.files, self.configuration = options, files, configuration
        self._ignored = Ignored(options.ignored)
        self._copied = [
            (path, micromatch([path]) if _has_sign(path) else None) for path in options.copied
        ]
        self._templates = tuple(f".{one}" for one in options.template_suffixes)
        self._copied_suffixes = tuple(f".{one}" for one in options.copied_suffixes)
        self._folders: dict[str, FileRole | None] = {}
        self._articles: dict[str, bool] = {}
        self._flat: bool | None = None

    def role(self, path: str) -> FileRole:
        """Return the role of a file."""
        folder, _, name = path.rpartition("/")
        try:
            fixed = self._folders[folder]
        except KeyError:
            fixed = self._folders[folder] = self._folder(folder)
        if path in self.configuration:
            return _CONFIGURATION
        if fixed is not None:
            return _COPIED if fixed is _OUTSIDE and self.is_copied(path) else fixed
        if self._ignored.file(path, name):
            return _COPIED if self.is_copied(path) else _IGNORED
        if name.lower().endswith(self._templates):
            return self._template(folder, name)
        if name.endswith(self._copied_suffixes) or self.is_copied(path):
            return _COPIED
        if _DATA_FILE.search(name):
            return _DATA
        return self._unread(folder, name)

    def enters(self, folder: str) -> bool:
        """Return whether a folder may hold templates at any depth."""
        source = self.options.input
        if folder == "" or source.startswith(f"{folder}/"):
            return True
        if folder not in self._folders:
            self._folders[folder] = self._folder(folder)
        return self._folders[folder] is None

    def is_copied(self, path: str) -> bool:
        """Return whether ``addPassthroughCopy`` names a file or a folder that it is in."""
        return any(
            pattern.match(path) if pattern else path == copied or path.startswith(f"{copied}/")
            for copied, pattern in self._copied
            if copied or pattern
        )

    def _folder(self, folder: str) -> FileRole | None:
        """Return the role of all files in a folder; None where each has its own."""
        options = self.options
        inside = f"{folder}/"
        for place, role in (
            (options.includes, _TEMPLATE),
            (options.layouts, _TEMPLATE),
            (options.data, _DATA),
        ):
            if place and place != options.input and inside.startswith(f"{place}/"):
                return role
        output = options.output
        holds_input = f"{options.input}/".startswith(f"{output}/") or options.input == output
        if output and not holds_input and inside.startswith(f"{output}/"):
            return _OUTPUT
        if options.input and not inside.startswith(f"{options.input}/"):
            return _OUTSIDE
        return _IGNORED if folder and self._ignored.folder(folder) else None

    def _template(self, folder: str, name: str) -> FileRole:
        if name.endswith((".11ty.js", ".11ty.cjs", ".11ty.mjs")):
            return FileRole(Role.TEMPLATE, msg("a page generated by JavaScript"))
        depth = self._depth(folder)
        if depth and not PAGE_FOLDERS.isdisjoint(folder.lower().split("/")[-depth:]):
            return _PAGE
        if name.endswith((".njk", ".liquid")) and not self._is_article(folder, name):
            return _PAGE
        is_index = name.partition(".")[0] == "index"
        if depth == 0 and not (name.endswith(".md") and not is_index and self._is_flat()):
            return _PAGE
        return _PAGE if is_index and depth == 1 else _POST

    def _is_article(self, folder: str, name: str) -> bool:
        """Whether a template that is no HTML by its name is a post: no feed, no list.

        It is where posts are: beside Markdown or HTML, or in a folder with a name for it.
        """
        if "." in name.rpartition(".")[0]:
            return False  # feed.xml.njk
        if folder.rpartition("/")[2].lower() in _POST_FOLDERS:
            return True
        if folder not in self._articles:
            names = (one.name for one in self.files.entries(folder) if not one.is_folder)
            self._articles[folder] = any(_IS_TEXT.search(one) for one in names)
        return self._articles[folder]

    def _depth(self, folder: str) -> int:
        below = folder[len(self.options.input) :].strip("/")
        return below.count("/") + 1 if below else 0

    def _is_flat(self) -> bool:
        """Whether no folder of the input folder contains templates: then posts are in it itself."""
        if self._flat is None:
            source = self.options.input
            self._flat = True
            for entry in self.files.entries(source):
                folder = posixpath.join(source, entry.name) if source else entry.name
                if entry.is_folder and entry.name[:1] != "." and self.enters(folder):
                    names = (one.name for one in self.files.entries(folder) if not one.is_folder)
                    if any(one.endswith(self._templates) for one in names):
                        self._flat = False
                        break
        return self._flat

    def _unread(self, folder: str, name: str) -> FileRole:
        is_open = self.options.gaps or self.options.computed_copies
        if is_open or not self._depth(folder) or not _LOOKS_LIKE_A_POST.search(name):
            return _UNREAD
        formats = ", ".join(self.options.formats)
        reason = msg("Eleventy builds only these formats: {formats}", formats=formats)
        return FileRole(Role.LOST, reason)
