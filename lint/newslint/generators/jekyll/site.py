"""The model of a Jekyll site, read from its files."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from newslint.core.lazy import cached_property
from newslint.core.messages import msg
from newslint.generators import Target
from newslint.generators.jekyll.about import evidence
from newslint.generators.jekyll.defaults import JekyllDefaults
from newslint.generators.jekyll.definitions import JekyllDefinitions
from newslint.generators.jekyll.extensions import Extensions, read_extensions
from newslint.generators.jekyll.files import JekyllFiles
from newslint.generators.jekyll.options import JekyllOptions, read_options
from newslint.generators.jekyll.permalinks import JekyllPermalinks
from newslint.generators.jekyll.roles import HTML, JekyllRoles
from newslint.generators.site import (
    Answer,
    Definition,
    FileRole,
    Kind,
    Renderer,
    Role,
    Site,
    referrer,
)
from newslint.generators.site.files import RecordedFiles, SiteFiles
from newslint.generators.site.image_hosts import image_hosts
from newslint.generators.site.listing import Listing
from newslint.generators.site.parsing import front_matter, texts
from newslint.generators.site.rewriting import is_rewritten
from newslint.generators.site.settings import walk
from newslint.generators.target import DEBIAN

_RENDERED = {".scss": ".css", ".sass": ".css", ".coffee": ".js"}
"""Suffixes of other files with front matter, and what becomes of them."""


@dataclass(frozen=True)
class JekyllSite(Site):
    """What newslint knows of one Jekyll site."""

    files: SiteFiles = field(kw_only=True, repr=False)
    options: JekyllOptions = field(kw_only=True)
    extensions: Extensions = field(kw_only=True)

    @cached_property
    def _listing(self) -> Listing:
        return Listing(self.files)

    @cached_property
    def _roles(self) -> JekyllRoles:
        optional = self.extensions.optional_front_matter
        return JekyllRoles(self.options, self.files.text, optional_front_matter=optional)

    @cached_property
    def _permalinks(self) -> JekyllPermalinks:
        return JekyllPermalinks(self.options)

    @cached_property
    def _defaults(self) -> JekyllDefaults:
        return JekyllDefaults(self.options)

    @cached_property
    def _definitions(self) -> JekyllDefinitions:
        is_5 = self.target.version == DEBIAN
        return JekyllDefinitions(self.options, self.extensions, self._listing, is_5=is_5)

    @cached_property
    def _files(self) -> JekyllFiles:
        return JekyllFiles(
            self._listing, self.options, self.extensions, self._roles,
            self._merged_output, self._moment,
        )  # fmt: skip

    def role(self, path: str) -> FileRole:
        """See `Site`."""
        return self._roles.role(path)

    def enters(self, folder: str) -> bool:
        """See `Site`."""
        return self._roles.enters(folder)

    @property
    def gaps(self) -> tuple[str, ...]:
        """See `Site`."""
        scripts = dict.fromkeys(self.extensions.rewritten.values())
        return (*self.extensions.gaps, *map(_rewriter, scripts))

    def rewriter(self, template: str) -> str:
        """See `Site`."""
        names = self.extensions.rewritten
        return _rewriter(next(iter(names.values()))) if is_rewritten(template, names) else ""

    def lookup(self, kind: Kind, name: str) -> Definition:
        """See `Site`. A filter that Liquid does not know hands its input on."""
        return self._definitions.lookup(kind, name)

    def has_post(self, name: str, post: str = "", language: str = "") -> Answer:
        """See `Site`: what ``post_url`` finds."""
        return self._files.post(name) if self.options.is_read else Answer.UNKNOWN

    def has_file(self, path: str) -> Answer:
        """See `Site`."""
        if self._listing.is_file(path):
            return Answer.YES
        return Answer.UNKNOWN if self._listing.is_full else Answer.NO

    def has_linked(self, name: str) -> Answer:
        """See `Site`: what ``link`` finds."""
        return self._files.linked(name) if self.options.is_read else Answer.UNKNOWN

    def has_asset(self, name: str, post: str) -> Answer:
        """See `Site`. Jekyll publishes nothing beside a post."""
        return Answer.UNKNOWN if "jekyll-postfiles" in self.extensions.gems else Answer.NO

    def serves(self, address: str, post: str, *, markdown_image: bool = False) -> Answer:
        """See `Site`."""
        if not self.options.is_read or self.options.source is None:
            return Answer.UNKNOWN
        return self._files.serves(address, post)

    @property
    def has_base_path(self) -> bool:
        """See `Site`."""
        return bool(self.options.baseurl)

    def has_top_folder(self, name: str) -> bool:
        """See `Site`."""
        if self._listing.is_folder(self.options.prefix + name):
            return True
        return any(one.startswith(f"{name}/") for one in self._files.outputs)

    def output(self, path: str, data: Mapping[str, Any]) -> str | None:
        """See `Site`. None for a draft, and for a post that its front matter hides."""
        role = self.role(path).role
        inner = path[len(self.options.prefix) :]
        place = self._roles.place(path)
        if not self.options.is_read or role not in (Role.POST, Role.PAGE, Role.ASSET):
            return None
        if role is Role.ASSET:
            return self._copied(path, inner)
        if self._is_hidden(data) or (place.collection and not place.collection.output):
            return None
        suffix = self._roles.suffix(path)
        if place.kind in ("posts", "drafts"):
            return self._permalinks.post(self._relative(path), self._united(path, data), suffix)
        if place.collection is not None:
            relative = self._relative(path)
            return self._permalinks.document(relative, data, place.collection, suffix)
        return self._permalinks.page(inner, data, suffix)

    def defaults(self, path: str) -> Mapping[str, Any]:
        """See `Site`."""
        role = self.role(path).role
        if role not in (Role.POST, Role.DRAFT, Role.PAGE):
            return {}
        place = self._roles.place(path)
        if place.kind in ("posts", "drafts"):
            return self._defaults.of(self._relative(path), "posts")
        if place.collection is not None:
            return self._defaults.of(self._relative(path), place.collection.label)
        return self._defaults.of(path[len(self.options.prefix) :], "pages")

    def may_wait(self, path: str) -> bool:
        """See `Site`: documents of collections wait, pages do not."""
        return super().may_wait(path) or self._roles.place(path).collection is not None

    def _relative(self, path: str) -> str:
        """Return a path as Jekyll knows a document: below the folder of collections."""
        inner = path[len(self.options.prefix) :]
        container = self.options.collections_dir
        return inner.removeprefix(f"{container}/") if container else inner

    def _is_hidden(self, data: Mapping[str, Any]) -> bool:
        from newslint.generators.switches import hides

        return hides(data, "jekyll") and not self.options.unpublished

    def _united(self, path: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """Front matter with the categories of ``defaults`` before its own, which do not replace."""
        given = self.defaults(path).get("categories")
        own = data.get("categories")
        if given is None or own is None or given == own:
            return data
        before = given.split() if isinstance(given, str) else list(texts(given))
        after = own.split() if isinstance(own, str) else own if isinstance(own, list) else []
        return {**data, "categories": [*before, *(one for one in after if one not in before)]}

    def _merged_output(self, path: str, data: Mapping[str, Any]) -> str | None:
        defaults = self.defaults(path)
        return self.output(path, {**defaults, **data} if defaults else data)

    def _moment(self, path: str, data: Mapping[str, Any]) -> datetime:
        return self._permalinks.moment(path, {**self.defaults(path), **data})

    def _copied(self, path: str, inner: str) -> str | None:
        """Return where a file goes that is neither a post nor a page for readers."""
        place = self._roles.place(path)
        if place.collection is not None:
            return self._permalinks.copied(self._relative(path), place.collection)
        suffix = posixpath.splitext(path)[1]
        if suffix in HTML or suffix.lower() in self._roles.markdown:
            return inner
        if self._roles.is_text(path) and self._roles.headers.exists(path):
            data = self._files.data(path)
            return self._permalinks.page(inner, data, _RENDERED.get(suffix, suffix))
        return inner


def _rewriter(script: str) -> str:
    return msg("{file} changes posts before Jekyll reads them", file=script)


def read(target: Target, root: str, files: RecordedFiles) -> Site:
    """Return the site whose configuration is in ``root``."""
    options = read_options(files)
    extensions = read_extensions(files, options)
    policy = _referrer_policy(files, options)
    _note_templates(files, options)
    future = options.future
    if future is None and "github-pages" in extensions.gems:
        future = True
    return JekyllSite(
        target,
        root,
        files.fingerprint,
        evidence=evidence(options, extensions, policy),
        base_url=options.base_url,
        image_hosts=image_hosts(options.data),
        referrer_policy=policy[0] if policy else None,
        renderer=_renderer(options),
        template_engines=dict.fromkeys((*options.markdown_suffixes, *sorted(HTML)), "liquid"),
        future=future,
        timezone=options.timezone,
        drafts=options.show_drafts,
        markdown_suffixes=frozenset(options.markdown_suffixes),
        strictness=options.strictness,
        files=files.files,
        options=options,
        extensions=extensions,
    )


def _note_templates(files: RecordedFiles, options: JekyllOptions) -> None:
    """Take the names of templates and data into the fingerprint: they are looked up later."""
    for folder in (options.includes_dir, options.layouts_dir, options.data_dir):
        for _ in walk(files, options.prefix + folder):
            pass


def _renderer(options: JekyllOptions) -> Renderer:
    name = options.markdown.lower()
    settings = options.data.get("kramdown")
    if name == "kramdown":
        stated = dict(settings) if isinstance(settings, Mapping) else {}
        if stated.get("parse_block_html") is True or stated.get("parse_span_html") is False:
            reason = msg("newslint does not support kramdown's option {name}", name="parse_*_html")
            return Renderer(name, modelled=False, options=stated, reason=reason)
        return Renderer(name, options=stated)
    reason = msg("newslint does not support {name}", name=options.markdown)
    return Renderer(options.markdown, modelled=False, reason=reason)


def _referrer_policy(files: RecordedFiles, options: JekyllOptions) -> tuple[str, str] | None:
    """The policy that all layouts set which have no layout themselves, and the file of it."""
    folder = options.prefix + options.layouts_dir
    found: set[tuple[str, str] | None] = set()
    for entry in files.entries(folder)[:50]:
        path = f"{folder}/{entry.name}"
        text = None if entry.is_folder else files.text(path)
        if text is None or front_matter(text, "jekyll").get("layout"):
            continue

        def resolve(name: str, _: str) -> str:
            return f"{options.prefix}{options.includes_dir}/{name}"

        found.add(referrer.of_layouts([path], files.text, resolve))
    policies = {one[0] if one else None for one in found}
    return next(iter(found)) if len(policies) == 1 else None
