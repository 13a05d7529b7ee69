"""The role of each file of a Hugo site, by its path and the names of its neighbours."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.hugo.configuration import join
from newslint.generators.hugo.content import Names, content_path, is_content, names, normal
from newslint.generators.hugo.copied_html import CopiedHtml
from newslint.generators.hugo.modules import Mount
from newslint.generators.hugo.mount_filters import MountFilter
from newslint.generators.hugo.patterns import regex
from newslint.generators.hugo.versions import Versions
from newslint.generators.site import FileRole, Role
from newslint.generators.site.files import SiteFiles
from newslint.generators.site_roles import PAGE_FOLDERS

_FIXED = {
    "layouts": FileRole(Role.TEMPLATE, msg("a folder of templates")),
    "archetypes": FileRole(Role.TEMPLATE, msg("a folder of templates for new posts")),
    "data": FileRole(Role.DATA, msg("a folder of data")),
    "i18n": FileRole(Role.DATA, msg("a folder of translations")),
    "static": FileRole(Role.ASSET, msg("a folder whose files are copied without changes")),
    "assets": FileRole(Role.ASSET, msg("a folder of resources")),
}
_OUTSIDE = FileRole(Role.IGNORED, msg("the file is in no folder that Hugo reads"))
_POST = FileRole(Role.POST)
_PAGE = FileRole(Role.PAGE, msg("a page, not a post"))
_DOCUMENT = FileRole(Role.ASSET, msg("Hugo copies a page without front matter"))
_PLAIN_NAME = lazy.pattern(r"(?!index\.|_index\.)[^.#][^.]*+\.md\Z")
_CONFIGURATION = FileRole(Role.DATA, msg("a configuration file of the site"))


@dataclass(frozen=True)
class Plan:
    """What decides of roles, as plain values.

    ``refused`` maps suffixes to the reason why Hugo refuses them; ``main`` names the sections of
    posts, empty where all are; ``versions`` are those that may build the site.
    """

    mounts: tuple[Mount, ...]
    languages: Mapping[str, bool]
    default: str
    ignored: tuple[str, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)
    main: frozenset[str] = frozenset()
    configuration: frozenset[str] = frozenset()
    versions: Versions = Versions()  # noqa: RUF009 - it is frozen


@dataclass(slots=True)
class _Folder:
    """One folder: the role of all its files, or what tells the roles of content."""

    fixed: FileRole | None = None
    mount: Mount | None = None
    below: str = ""
    """The folder's path below the content folder."""
    bundle: str | None = None
    """The file that makes a bundle of this folder or of one above it."""
    is_root_bundle: bool = False
    names: Names | None = None
    usual: FileRole | None = None
    """The role of a file of Markdown with a plain name; None where each is looked at."""


class Roles:
    """Tells roles; a folder of content is listed once, when a file in it is asked for."""

    def __init__(self, plan: Plan, files: SiteFiles) -> None:
        self.plan, self.files = plan, files
        self._folders: dict[str, _Folder] = {}
        others = [mount for mount in plan.mounts if mount.component != "content"]
        contents = [mount for mount in plan.mounts if mount.component == "content"]
        self._sources = {mount.source: mount for mount in reversed([*contents, *others])}
        self._ignored = [match for one in plan.ignored if (match := regex(one)) is not None]
        self._filters = {
            mount.source: MountFilter(mount.patterns) for mount in plan.mounts if mount.patterns
        }
        self._flat: bool | None = None
        self._html = CopiedHtml(files, plan.versions)

    def role(self, path: str) -> FileRole:
        """Return the role of a file."""
        folder, _, name = path.rpartition("/")
        place = self._folders.get(folder) or self._folder(folder)
        if place.usual is not None and _PLAIN_NAME.match(name):
            return place.usual
        if place.fixed is not None:
            if path in self._sources:
                return self._mounted_file(path)
            return _CONFIGURATION if path in self.plan.configuration else place.fixed
        return self._content(place, path, name)

    def enters(self, folder: str) -> bool:
        """Return whether a folder may hold content at any depth."""
        inside = f"{folder}/" if folder else ""
        for mount in self.plan.mounts:
            if mount.component != "content":
                continue
            if mount.source.startswith(inside) or mount.source == folder:
                return True
            if f"{folder}/".startswith(f"{mount.source}/") or not mount.source:
                place = self._folders.get(folder) or self._folder(folder)
                if place.fixed is None or place.fixed.role.is_linted:
                    return True
        return False

    def mount_of(self, path: str) -> tuple[Mount, str] | None:
        """Return the mount that a file comes from, and its path below the component.

        A folder may be part of several components: Hugo builds what is content, and copies it too.
        """
        found = None
        source = path
        while True:
            mount = self._sources.get(source)
            if mount is not None and (found is None or mount.component == "content"):
                below = path[len(source) :].lstrip("/")
                found = mount, join(mount.target, below) if below else mount.target
                if mount.component == "content":
                    break
            if not source:
                break
            source = posixpath.dirname(source)
        return found

    def _folder(self, folder: str) -> _Folder:
        place = self._folders[folder] = self._made(folder)
        return place

    def _made(self, folder: str) -> _Folder:
        found = self.mount_of(join(folder, "x"))
        if found is None:
            return _Folder(_OUTSIDE)
        mount, below = found[0], posixpath.dirname(found[1])
        if mount.component != "content":
            return _Folder(_FIXED[mount.component])
        hidden = self._hidden_folder(folder, mount)
        if hidden is not None:
            return _Folder(hidden)
        listed = self._names(folder, mount)
        bundle, is_root = listed.bundle and join(folder, listed.bundle), False
        if below:
            above = self._above(folder, mount)
            if above is not None and above.bundle is not None:
                bundle, is_root = above.bundle, above.is_root_bundle
                listed = Names(None, {})
        elif bundle is not None:
            is_root = True
        place = _Folder(None, mount, below, bundle, is_root, listed)
        is_plain = bundle is None and not listed.twins and "md" not in self.plan.refused
        if is_plain and below and not self._ignored and not self._filters:
            place.usual = self._page_role(below.partition("/")[0])
        return place

    def _above(self, folder: str, mount: Mount) -> _Folder | None:
        """Return the folder above, where it is of the same mount."""
        if folder == mount.source:
            return None
        above = posixpath.dirname(folder)
        return self._folders.get(above) or self._folder(above)

    def _names(self, folder: str, mount: Mount) -> Names:
        entries = self.files.entries(folder)
        language = mount.language or self.plan.default
        listed = [e.name for e in entries if not e.is_folder]
        listed = [name for name in listed if not self._html.is_copied(join(folder, name))]
        is_old = self.plan.versions.since(123) is False
        found = names(listed, self.plan.languages, language, is_old=is_old)
        folders = {normal(entry.name): entry.name for entry in entries if entry.is_folder}
        if not folders:
            return found
        twins = dict(found.twins)
        for name in listed:
            parts = content_path(name, self.plan.languages, language)
            other = folders.get(normal(parts.base)) if parts else None
            if parts is None or other is None or name in twins:
                continue
            for inner in self.files.entries(join(folder, other)):
                its = content_path(inner.name, self.plan.languages, language)
                if not its or its.base not in ("index", "_index"):
                    continue
                is_page = not self._html.is_copied(f"{join(folder, other)}/{inner.name}")
                if its.language == parts.language and is_page:
                    twins[name] = f"{other}/{inner.name}"
        return Names(found.bundle, twins)

    def _hidden_folder(self, folder: str, mount: Mount) -> FileRole | None:
        """Return the role of all in a folder that Hugo does not enter."""
        below = folder[len(mount.source) :].lstrip("/")
        for part in below.split("/") if below else ():
            if part.startswith("."):
                return FileRole(Role.IGNORED, msg("the name of the folder begins with a dot"))
            if part.startswith("#") or part.endswith("~"):
                reason = msg("Hugo ignores folders whose names begin with # or end in ~")
                return FileRole(Role.LOST, reason)
        at = mount.source
        for part in below.split("/") if below else ():
            at = join(at, part)
            if self._is_ignored(at):
                return FileRole(Role.IGNORED, msg("ignoreFiles excludes it"))
        return None

    def _is_ignored(self, path: str) -> bool:
        return any(match(f"/{path}") for match in self._ignored)

    def _mounted_file(self, path: str) -> FileRole:
        """Return the role of a file that is mounted by itself."""
        mount = self._sources[path]
        if mount.component != "content":
            return _FIXED[mount.component]
        name = posixpath.basename(mount.target) or posixpath.basename(path)
        place = _Folder(None, mount, posixpath.dirname(mount.target), names=Names(None, {}))
        return self._content(place, path, name)

    def _content(self, place: _Folder, path: str, name: str) -> FileRole:
        if name[:1] in (".", "#") or name.endswith("~"):
            return _hidden_file(name)
        if self._ignored and self._is_ignored(path):
            return FileRole(Role.IGNORED, msg("ignoreFiles excludes it"))
        mount = place.mount
        assert mount is not None and place.names is not None  # a folder of content has both
        if self._filters and not self._passes(mount, path):
            return FileRole(Role.IGNORED, msg("the mount excludes it"))
        parts = content_path(
            join(place.below, name), self.plan.languages, mount.language or self.plan.default
        )
        if parts is None:
            template = name == "_content.gotmpl"
            return FileRole(Role.TEMPLATE if template else Role.ASSET)
        if self._html.is_document(path):
            return _DOCUMENT
        if not self.plan.languages.get(parts.language, True):
            reason = msg("the language {language} is not built", language=parts.language)
            return FileRole(Role.IGNORED, reason)
        if parts.suffix in self.plan.refused:
            return FileRole(Role.LOST, self.plan.refused[parts.suffix], is_fatal=True)
        if name in place.names.twins:
            return FileRole(Role.LOST, place.names.instead(name))
        if place.bundle is not None and not (parts.is_leaf and place.names.bundle):
            return self._resource(place)
        if parts.kind != "page":
            return FileRole(Role.PAGE, msg("the list page of its folder"))
        return self._page_role(parts.section)

    def _page_role(self, section: str) -> FileRole:
        return _POST if self._is_post(section) else _PAGE

    def _resource(self, place: _Folder) -> FileRole:
        if place.is_root_bundle:
            reason = msg(
                "{bundle} turns the content folder into a bundle; rename it to _index",
                bundle=place.bundle,
            )
            return FileRole(Role.LOST, reason)
        reason = msg("a resource of the bundle {bundle}, not a page", bundle=place.bundle)
        return FileRole(Role.ASSET, reason)

    def _passes(self, mount: Mount, path: str) -> bool:
        found = self._filters.get(mount.source)
        return found is None or found.passes(path[len(mount.source) :].lstrip("/"))

    def _is_post(self, section: str) -> bool:
        if self.plan.main:
            return section.lower() in self.plan.main
        if section:
            return section.lower() not in PAGE_FOLDERS
        if self._flat is None:
            self._flat = self._has_no_sections()
        return self._flat

    def _has_no_sections(self) -> bool:
        """Whether all posts are in the content folder itself: no folder there is a section."""
        for mount in self.plan.mounts:
            if mount.component != "content":
                continue
            if mount.target:
                return False
            for entry in self.files.entries(mount.source):
                if entry.is_folder and entry.name[:1] not in (".", "#"):
                    folder = join(mount.source, entry.name)
                    if (self._folders.get(folder) or self._folder(folder)).bundle is None:
                        return False
        return True


def _hidden_file(name: str) -> FileRole:
    if name.startswith(".") or not is_content(name):
        return FileRole(Role.IGNORED, msg("Hugo ignores such names"))
    return FileRole(Role.LOST, msg("Hugo ignores files whose names begin with # or end in ~"))
