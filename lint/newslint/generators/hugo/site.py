"""The model of a Hugo site, read from its files."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from newslint.core import lazy
from newslint.core.lazy import cached_property
from newslint.generators import Target
from newslint.generators.hugo import (
    about,
    cascade,
    modules,
    referrer,
    refusals,
    settings,
    templates,
    versions,
)
from newslint.generators.hugo.configuration import Configuration, join, load
from newslint.generators.hugo.content import MEDIA_TYPES, ContentPath, content_path
from newslint.generators.hugo.list_pages import ListPages, below, folders
from newslint.generators.hugo.roles import Plan, Roles
from newslint.generators.site import Answer, Definition, FileRole, Kind, Site
from newslint.generators.site.dated import DatedFolders
from newslint.generators.site.files import RecordedFiles, SiteFiles
from newslint.generators.site.image_hosts import image_hosts
from newslint.generators.site.parsing import lower_keys, section, texts

if TYPE_CHECKING:
    from newslint.generators.hugo.links import Links
    from newslint.generators.hugo.pages import Pages

_DATED = lazy.pattern(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class HugoSite(Site):
    """A Hugo site: what its configuration and folders say, and its files to look names up in."""

    files: SiteFiles = field(kw_only=True)
    plan: Plan = field(kw_only=True)
    settings: settings.Settings = field(kw_only=True)
    templates: templates.Templates = field(kw_only=True)
    around: about.Surroundings = field(kw_only=True)
    cascades: tuple[cascade.Cascade, ...] = field(kw_only=True)
    versions: versions.Versions = field(kw_only=True)

    def role(self, path: str) -> FileRole:
        """See `Site.role`."""
        return self._roles.role(path)

    def enters(self, folder: str) -> bool:
        """See `Site.enters`."""
        return self._roles.enters(folder)

    @property
    def gaps(self) -> tuple[str, ...]:
        """See `Site`."""
        return (self.templates.missing,) if self.templates.missing else ()

    def lookup(self, kind: Kind, name: str) -> Definition:
        """See `Site.lookup`. Posts of Hugo have shortcodes, and no tags or filters."""
        if kind == "shortcode":
            return self.templates.shortcode(name)
        if kind == "layout":
            return self.templates.layout(name)
        if kind == "include":
            return self.templates.partial(name)
        if kind == "data":
            return self._data_file(name)
        if name.lower() in self.settings.names.get(kind, ()):
            return Definition(Answer.YES)
        return Definition(Answer.NO)

    def has_file(self, path: str) -> Answer:
        """See `Site.has_file`."""
        return Answer.YES if self.files.exists(path) else Answer.NO

    def has_post(self, name: str, post: str = "", language: str = "") -> Answer:
        """See `Site.has_post`."""
        return self._links.page(name, post, language)

    def has_asset(self, name: str, post: str) -> Answer:
        """See `Site.has_asset`."""
        return self._links.asset(name, post)

    def serves(self, address: str, post: str, *, markdown_image: bool = False) -> Answer:
        """See `Site.serves`."""
        output = None
        if not address.startswith("/"):
            output = self._pages.output(post)
        return self._links.address(address, post, output)

    def is_translation(self, path: str) -> bool:
        """See `Site.is_translation`."""
        page = self._page(path)
        return page is not None and page.language != self.plan.default

    @property
    def has_base_path(self) -> bool:
        """See `Site.has_base_path`."""
        return bool(self.around.base)

    def has_top_folder(self, name: str) -> bool:
        """See `Site.has_top_folder`."""
        for mount in self.plan.mounts:
            inside = below(name, mount.target) if mount.component in ("static", "content") else None
            if inside is not None and self.files.exists(join(mount.source, inside)):
                return True
        return any(one.startswith(f"{name}/") for one in self._pages.outputs or ())

    def output(self, path: str, data: Mapping[str, Any]) -> str | None:
        """See `Site.output`."""
        from newslint.generators.hugo import permalinks

        page = self._page(path)
        if page is None or permalinks.is_hidden(data, self.target.version):
            return None
        listed = (self._lists.data(at, page.language) for at in folders(page))
        if any("slug" in lower_keys(one) for one in listed):
            return None  # since Hugo 0.166 it moves the pages of the section
        addresses = self.settings.addresses.get(page.language)
        if addresses is None or (addresses.moves_terms and self._is_of_terms(page)):
            return None
        return permalinks.output(
            page, data, addresses, lambda folder: self._is_section(folder, page)
        )

    def _is_of_terms(self, page: ContentPath) -> bool:
        """Return whether a list page may be that of a taxonomy, such as tags, or of a term."""
        return page.kind == "section" and page.section.lower() in self.around.taxonomies

    def shows_body(self, path: str) -> bool:
        """See `Site.shows_body`."""
        from newslint.generators.hugo import bodies

        page = self._page(path)
        return page is None or bodies.shows_body(page.section, self.templates, self.files)

    def defaults(self, path: str) -> Mapping[str, Any]:
        """See `Site.defaults`: what ``cascade`` gives, keys in lower case."""
        page = self._page(path)
        if page is None:
            return {}
        levels = []
        for folder in folders(page):
            stated = self._lists.data(folder, page.language).get("cascade")
            if stated is not None:
                levels.append(cascade.cascades(lower_keys(stated)))
        return cascade.merged(page, [*levels, self.cascades])

    def defaults_fingerprint(self, folder: str) -> bytes:
        """See `Site`: the list pages above a folder, in all languages, and whether it is dated."""
        page = self._page(join(folder, "index.md"))
        if page is None:
            return b""
        found: list[object] = [self._dated.are_dated(folder)]
        for at in folders(page):
            for language in self.plan.languages or (page.language,):
                path = self._lists.file(at, language)
                found.append((path, self.files.text(path) if path else None))
        return hashlib.blake2b(repr(found).encode("utf-8", "replace"), digest_size=16).digest()

    def shows_source(self, shortcode: str) -> bool:
        """See `Site.shows_source`."""
        return self.templates.shows_source(shortcode)

    def dates(self, path: str) -> bool:
        """See `Site`: what ``frontmatter.date`` names beside keys of the front matter."""
        page = self._page(path)
        addresses = self.settings.addresses.get(page.language) if page else None
        if addresses is None:
            return False
        if not {":git", ":filemodtime"}.isdisjoint(addresses.date_keys):
            return True
        name = posixpath.basename(path)
        return ":filename" in addresses.date_keys and _DATED.match(name) is not None

    def dates_others(self, path: str) -> bool:
        """See `Site.dates_others`."""
        return self._dated.are_dated(posixpath.dirname(path))

    def _page(self, path: str) -> ContentPath | None:
        found = self._roles.mount_of(path)
        if found is None or found[0].component != "content":
            return None
        language = found[0].language or self.plan.default
        return content_path(found[1], self.plan.languages, language)

    def _is_section(self, folder: str, page: ContentPath) -> bool:
        return self._lists.file(folder, page.language) is not None

    def _is_content_folder(self, folder: str) -> bool:
        return any(one.source == folder for one in self.plan.mounts if one.component == "content")

    def _data_file(self, name: str) -> Definition:
        for mount in self.plan.mounts:
            if mount.component == "data":
                for suffix in ("yaml", "yml", "toml", "json", "csv", "xml"):
                    path = join(mount.source, f"{name}.{suffix}")
                    if self.files.exists(path):
                        return Definition(Answer.YES, path)
        missing = self.templates.missing
        return Definition(Answer.UNKNOWN if missing else Answer.NO, reason=missing)

    @cached_property
    def _roles(self) -> Roles:
        return Roles(self.plan, self.files)

    @cached_property
    def _pages(self) -> Pages:
        from newslint.generators.hugo.pages import Pages

        return Pages(self.files, self._roles, self.plan, self.output, self.defaults)

    @cached_property
    def _links(self) -> Links:
        from newslint.generators.hugo.links import Links

        return Links(self.files, self._roles, self.plan, self._pages, self.around)

    @cached_property
    def _lists(self) -> ListPages:
        return ListPages(self.plan, self.files)

    @cached_property
    def _dated(self) -> DatedFolders:
        return DatedFolders(self.files, self._is_content_folder)


def read(target: Target, root: str, files: RecordedFiles) -> HugoSite:
    """Return the site whose configuration is in ``root``."""
    configuration = load(files)
    found = modules.collect(files, configuration)
    values = configuration.values
    pinned = versions.with_layouts(versions.read(target, files, values), files, found.mounts)
    missing = about.missing(configuration, found)
    inline = settings.is_yes(section(values, "security").get("enableinlineshortcodes"))
    shown = templates.collect(files, found.mounts, pinned, missing, inline)
    stated = settings.read(values)
    base = about.base_url(values, stated.default)
    renderer = about.renderer(values, pinned)
    return HugoSite(
        pinned.target if target.version is None else target,
        root,
        evidence=tuple(about.evidence(configuration, found, shown, pinned)),
        base_url=base,
        image_hosts=image_hosts(values),
        referrer_policy=referrer.policy(files, shown),
        renderer=renderer,
        template_engines={f".{suffix}": "shortcodes" for suffix in MEDIA_TYPES},
        raw_html=renderer.name == "blackfriday"
        or settings.is_yes(section(values, "markup", "goldmark", "renderer").get("unsafe")),
        future=settings.is_yes(values.get("buildfuture")),
        timezone=zone if isinstance(zone := values.get("timezone"), str) else None,
        drafts=settings.is_yes(values.get("builddrafts")),
        files=files.files,
        plan=_plan(files, configuration, found, stated, pinned),
        settings=stated,
        templates=shown,
        around=about.surroundings(values, base, stated, shown, bool(missing)),
        cascades=cascade.cascades(values.get("cascade")),
        versions=pinned,
        fingerprint=files.fingerprint,
    )


def _plan(
    files: RecordedFiles,
    configuration: Configuration,
    found: modules.Modules,
    stated: settings.Settings,
    pinned: versions.Versions,
) -> Plan:
    """Return what decides the roles of the site's files."""
    values = configuration.values
    return Plan(
        tuple(found.mounts),
        stated.languages,
        stated.default,
        texts(values.get("ignorefiles")),
        refusals.refused(values, pinned),
        about.main_sections(files, values, found),
        frozenset(configuration.files + configuration.unread),
        pinned,
    )
