"""The role of a file in Jekyll: its readers and its entry filter (4.3)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import NamedTuple

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.jekyll.entry_filter import EntryFilter
from newslint.generators.jekyll.headers import Headers
from newslint.generators.jekyll.options import Collection, JekyllOptions
from newslint.generators.site import FileRole, Role

HTML = frozenset((".html", ".htm", ".xhtml"))
_LIKE_POSTS = HTML | frozenset(
    (".md", ".markdown", ".mkd", ".mdown", ".mdwn", ".mdtext", ".mdtxt", ".mdx", ".rmd")
)
"""Suffixes, beside those of Markdown, of files that a writer means for posts."""
_BINARY = frozenset(
    (  # noqa: SIM905
        ".png .jpg .jpeg .gif .webp .avif .svg .ico .bmp .pdf .zip .gz .mp3 .mp4 .webm .ogg .woff"
        " .woff2 .ttf .eot .xls .xlsx .doc .docx .ppt .pptx"
    ).split()
)
_SPECIAL = frozenset("._#~")
POST_NAME = lazy.pattern(r"(?P<date>\d{2,4}-\d{1,2}-\d{1,2})-(?P<slug>[^/]*)(?P<suffix>\.[^./]+)\Z")

_POST = FileRole(Role.POST)
_DRAFT = FileRole(Role.DRAFT, msg("Jekyll ignores _drafts unless show_drafts is set"))
_PAGE = FileRole(Role.PAGE)
_ASSET = FileRole(Role.ASSET)
_COPIED = FileRole(Role.ASSET, msg("without front matter, Jekyll copies the file without changes"))
_TEMPLATE = FileRole(Role.TEMPLATE, msg("a layout or include of the site"))
_DATA = FileRole(Role.DATA, msg("configuration, data or code of the site"))
_OUTSIDE = FileRole(Role.IGNORED, msg("Jekyll builds only files in its source folder"))
_EXCLUDED = FileRole(Role.IGNORED, msg("a pattern of exclude matches"))
_OUTPUT = FileRole(Role.IGNORED, msg("the output folder of Jekyll"))
_NO_POST = FileRole(Role.IGNORED, msg("in _posts, Jekyll reads only posts"))
_ASTRAY = FileRole(
    Role.LOST, msg("with collections_dir, Jekyll reads posts only below that folder")
)
_UNDATED = FileRole(Role.LOST, msg("the name has no date, so Jekyll ignores the post"))


class Place(NamedTuple):
    """How Jekyll reads a folder: ``kind`` is pages, posts, drafts, collection, astray or nothing.

    ``base`` is the folder of posts or of the collection; ``role`` that of all files of a folder
    that is not read.
    """

    kind: str
    base: str = ""
    role: FileRole = _OUTSIDE
    collection: Collection | None = None


class JekyllRoles:
    """The roles of a site's files. ``text`` gives the text of a file of the site, if there."""

    def __init__(
        self,
        options: JekyllOptions,
        text: Callable[[str], str | None],
        *,
        optional_front_matter: bool = False,
    ) -> None:
        self.options = options
        self.prefix = options.prefix
        self.optional_front_matter = optional_front_matter
        self.headers = Headers(text)
        self._include = EntryFilter(options.include)
        self._exclude = EntryFilter(one for one in options.exclude if one not in options.include)
        self._included = frozenset(one.strip("/") for one in options.include)
        self._collections = {one.folder: one for one in options.collections}
        self._fixed = self._fixed_places()
        self._places: dict[str, Place] = {}
        self.markdown = frozenset(options.markdown_suffixes)

    def role(self, path: str) -> FileRole:
        """Return what Jekyll takes a file for, by its path relative to the root."""
        if self.options.source is None or not path.startswith(self.prefix):
            return _DATA if "/" not in path and path.startswith("_config.") else _OUTSIDE
        inner = path[len(self.prefix) :]
        folder, _, name = inner.rpartition("/")
        place = self._places.get(folder) or self._place(folder)
        if place.kind == "posts":
            return self._post(inner, name, place)
        if place.kind == "pages":
            return self._page(inner, name)
        if place.kind == "drafts":
            return self._draft(inner, name, place)
        if place.kind == "collection" and place.collection is not None:
            return self._document(inner, name, place.collection)
        if place.kind == "astray" and self._is_meant(name):
            return _ASTRAY
        return self._listed(inner, name) or place.role

    def enters(self, folder: str) -> bool:
        """Return whether files that are linted may are in a folder or below it."""
        if self.options.source is None:
            return False
        if not f"{folder}/".startswith(self.prefix) and folder:
            return self.prefix.startswith(f"{folder}/")
        inner = f"{folder}/"[len(self.prefix) :].strip("/")
        if self._place(inner).kind != "nothing":
            return True
        ways = (*self._collections, *self._included)
        return any(one.startswith(f"{inner}/") for one in ways)

    def place(self, path: str) -> Place:
        """Return how Jekyll reads the folder of a file of the site."""
        return self._place(posixpath.dirname(path[len(self.prefix) :]))

    def suffix(self, path: str) -> str:
        """Return the suffix of what becomes of a file that is rendered."""
        suffix = posixpath.splitext(path)[1]
        return ".html" if suffix.lower() in self.markdown else suffix

    def is_text(self, path: str) -> bool:
        """Return whether a file is no image, archive or the like."""
        return posixpath.splitext(path)[1].lower() not in _BINARY

    def _fixed_places(self) -> dict[str, Place]:
        options = self.options
        found = {
            options.layouts_dir: Place("nothing", role=_TEMPLATE),
            options.includes_dir: Place("nothing", role=_TEMPLATE),
            options.data_dir: Place("nothing", role=_DATA),
            "_sass": Place("nothing", role=_DATA),
            **{
                one[len(self.prefix) :]: Place("nothing", role=_DATA)
                for one in options.plugins_dirs
                if one.startswith(self.prefix)
            },
        }
        if options.destination.startswith(self.prefix):
            found[options.destination[len(self.prefix) :]] = Place("nothing", role=_OUTPUT)
        for folder, one in self._collections.items():
            found[folder] = Place("collection", folder, collection=one)
        return found

    def _place(self, folder: str) -> Place:
        found = self._places.get(folder)
        if found is None:
            found = self._places[folder] = self._new_place(folder)
        return found

    def _new_place(self, folder: str) -> Place:
        if folder == "":
            return Place("pages")
        if folder.count("/") > _DEPTH_LIMIT:
            return Place("nothing")
        if folder in self._fixed:
            return self._fixed[folder]
        parent, _, name = folder.rpartition("/")
        above = self._place(parent)
        if above.kind != "pages":
            return above
        if name in ("_posts", "_drafts"):
            return Place(name[1:] if self._has_posts(parent) else "astray", folder)
        reason = self._filtered(name, folder, is_folder=True)
        return Place("pages") if reason is None else Place("nothing", role=reason)

    def _has_posts(self, folder: str) -> bool:
        """Return whether posts are read from ``_posts`` in a folder."""
        container = self.options.collections_dir
        return not container or folder.startswith(container)

    def _filtered(self, name: str, path: str, *, is_folder: bool) -> FileRole | None:
        """Return the role of an entry that the filter leaves out; None for one that it keeps.

        ``name`` is the entry as the reader sees it, ``path`` its path below the source.
        """
        if name.endswith("."):
            return _NO_POST
        base = name.rpartition("/")[2]
        included = self._include.match(name, is_folder=is_folder) or (
            base != name and self._include.match(base, is_folder=is_folder)
        )
        if included:
            return None
        if self._exclude.match(path, is_folder=is_folder):
            return _EXCLUDED
        if name[:1] in _SPECIAL or base[:1] in _SPECIAL:
            sign = base[0] if base[:1] in _SPECIAL else name[0]
            return FileRole(Role.IGNORED, msg(
                "the name begins with {sign!r}, so Jekyll ignores it", sign=sign
            ))  # fmt: skip
        if name.endswith("~"):
            return FileRole(Role.IGNORED, msg("Jekyll ignores backup files, whose names end in ~"))
        return None

    def _listed(self, inner: str, name: str) -> FileRole | None:
        """Return a file that ``include`` names by its path is read wherever it lies."""
        return self._page_role(inner, name) if inner in self._included else None

    def _is_meant(self, name: str) -> bool:
        suffix = posixpath.splitext(name)[1].lower()
        return suffix in self.markdown or suffix in _LIKE_POSTS

    def _post(self, inner: str, name: str, place: Place) -> FileRole:
        entry = inner[len(place.base) + 1 :]
        if entry[0] in _SPECIAL or name[0] in _SPECIAL or name[-1] in ".~" or "/." in entry:
            reason = self._filtered(entry, inner, is_folder=False)
            if reason is not None and reason is not _EXCLUDED and self._is_meant(name):
                private = "/." in f"/{posixpath.dirname(entry)}" or name.startswith(("._", ".#"))
                return reason if private else FileRole(Role.LOST, reason.reason)
            if reason is not None:
                return reason
        elif self._exclude.match(inner, is_folder=False) and not self._include.match(
            name, is_folder=False
        ):
            return _EXCLUDED
        match = POST_NAME.match(name)
        if match is None:
            is_lost = self._is_meant(name) and not _is_readme(name)
            return self._listed(inner, name) or (_UNDATED if is_lost else _NO_POST)
        return self._of_suffix(match["suffix"], _POST)

    def _draft(self, inner: str, name: str, place: Place) -> FileRole:
        reason = self._filtered(inner[len(place.base) + 1 :], inner, is_folder=False)
        if reason is not None or "." not in name[1:]:
            return reason or _NO_POST
        role = _POST if self.options.show_drafts else _DRAFT
        return self._of_suffix(posixpath.splitext(name)[1], role)

    def _of_suffix(self, suffix: str, role: FileRole) -> FileRole:
        """Return a post of a suffix that nothing converts is published as it is."""
        low = suffix.lower()
        if low in self.markdown or low in HTML:
            return role
        if low in _BINARY:
            return _NO_POST
        reason = msg("Jekyll does not convert {suffix!r} files (markdown_ext)", suffix=suffix)
        return FileRole(role.role, reason, is_unconverted=True)

    def _document(self, inner: str, name: str, collection: Collection) -> FileRole:
        entry = inner[len(collection.folder) + 1 :]
        reason = self._filtered(entry, f"_{collection.label}/{entry}", is_folder=False)
        if reason is not None:
            return reason
        label = collection.label
        if not self._is_page(self.prefix + inner):
            if not collection.output:
                what = msg("the collection {label} is not written", label=label)
                return FileRole(Role.IGNORED, what)
            return _COPIED if self._is_meant(name) else _ASSET
        if collection.output:
            is_article = POST_NAME.match(name) or self.headers.has_date(self.prefix + inner)
            role = Role.POST if is_article else Role.PAGE
            return FileRole(role, msg("a document of the collection {label}", label=label))
        what = msg("rendered for the collection {label}, which is not written", label=label)
        return FileRole(Role.PAGE, what)

    def _page(self, inner: str, name: str) -> FileRole:
        reason = self._filtered(name, inner, is_folder=False)
        if reason is not None:
            is_own = "/" not in inner and name.startswith(("_config.", "Gemfile"))
            return self._listed(inner, name) or (_DATA if is_own else reason)
        return self._page_role(inner, name)

    def _page_role(self, inner: str, name: str) -> FileRole:
        if not self._is_meant(name):
            return _ASSET
        return _PAGE if self._is_page(self.prefix + inner) else _COPIED

    def _is_page(self, path: str) -> bool:
        """Return whether a file is rendered: it has front matter, or a plug-in asks for none."""
        name = posixpath.basename(path)
        stem, suffix = posixpath.splitext(name)
        if self.optional_front_matter and suffix.lower() in self.markdown:
            if stem.upper() not in _NEVER_PAGES or self._include.match(name, is_folder=False):
                return True
        return self._is_meant(name) and self.headers.exists(path)


_NEVER_PAGES = frozenset(
    (  # noqa: SIM905
        "README LICENSE LICENCE COPYING CODE_OF_CONDUCT CONTRIBUTING ISSUE_TEMPLATE"
        " PULL_REQUEST_TEMPLATE"
    ).split()
)
"""Names of which jekyll-optional-front-matter makes no page."""
_DEPTH_LIMIT = 100


def _is_readme(name: str) -> bool:
    return re.split(r"[._-]", name, maxsplit=1)[0].lower() in ("readme", "license", "template")
