"""The model of an Eleventy site, read from its files."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from newslint.core import lazy
from newslint.core.lazy import cached_property
from newslint.core.messages import msg
from newslint.generators import Target
from newslint.generators.eleventy import about, definitions, generated_data, options
from newslint.generators.eleventy.configuration import load
from newslint.generators.eleventy.data import DirectoryData
from newslint.generators.eleventy.generated_data import GeneratedData
from newslint.generators.eleventy.global_data import GlobalData
from newslint.generators.eleventy.layouts import Layouts
from newslint.generators.eleventy.plugins import LIQUID, NUNJUCKS
from newslint.generators.eleventy.roles import Roles
from newslint.generators.site import Answer, Definition, FileRole, Kind, Role, Site
from newslint.generators.site.dated import DatedFolders
from newslint.generators.site.files import RecordedFiles, SiteFiles
from newslint.generators.site.image_hosts import image_hosts

if TYPE_CHECKING:
    from newslint.generators.eleventy.links import Links
_ARGUMENTS = lazy.pattern(
    r"""(?:"(?:\\["\\]|[^\n"\\])*+"|'(?:\\['\\]|[^\n'\\])*+'|[a-zA-Z0-9._, \t-]++)*+"""
)


@dataclass(frozen=True)
class EleventySite(Site):
    """An Eleventy site: what its configuration says, and its files to look names up in."""

    files: SiteFiles = field(kw_only=True)
    options: options.Options = field(kw_only=True)
    definitions: definitions.Definitions = field(kw_only=True)
    configuration: frozenset[str] = field(kw_only=True)
    generated_data: GeneratedData = field(kw_only=True)
    drops_drafts: bool = field(kw_only=True, default=False)

    def role(self, path: str) -> FileRole:
        """See `Site.role`."""
        return self._roles.role(path)

    def enters(self, folder: str) -> bool:
        """See `Site.enters`."""
        return self._roles.enters(folder)

    @property
    def gaps(self) -> tuple[str, ...]:
        """See `Site`."""
        return (*self.options.gaps, *self.definitions.gaps)

    def lookup(self, kind: Kind, name: str) -> Definition:
        """See `Site.lookup`: what the engine that reads Markdown knows."""
        return self.lookup_in(kind, name, self.options.engines.get("md") or LIQUID)

    def lookup_in(self, kind: Kind, name: str, engine: str) -> Definition:
        """See `Site.lookup_in`."""
        if kind == "layout":
            return self._layouts.find(name)
        if kind == "include":
            return self._include(name, engine)
        if kind == "shortcode":
            kind = "tag"
        known = self.definitions.find(kind, name)
        for one in reversed(known):  # the site's own comes after Eleventy's
            if one.engine in ("", engine):
                return Definition(Answer.YES, one.source, paired=one.paired)
        if kind == "data" and (found := self._global_data.find(name)):
            return found
        if name in self.definitions.exported:
            return Definition(Answer.YES, next(iter(self.configuration), ""))
        if self.definitions.gaps:
            return Definition(Answer.UNKNOWN, reason=self.definitions.gaps[0])
        if known:
            reason = msg("only {engine} supports it", engine=known[0].engine)
            return Definition(Answer.NO, known[0].source, reason)
        return Definition(Answer.NO)

    def has_file(self, path: str) -> Answer:
        """See `Site.has_file`."""
        return Answer.YES if self.files.exists(path) else Answer.NO

    def has_post(self, name: str, post: str = "", language: str = "") -> Answer:
        """See `Site.has_post`: whether ``inputPathToUrl`` finds the template of this path."""
        path = unquote(name.partition("#")[0].partition("?")[0])
        source = self.options.input
        folders = [source, *([] if path.startswith("/") or not post else [posixpath.dirname(post)])]
        candidates = [posixpath.join(folder, path.lstrip("/")) for folder in folders]
        if source and posixpath.normpath(path.lstrip("/")).startswith(f"{source}/"):
            candidates.append(path.lstrip("/"))
        for one in map(posixpath.normpath, candidates):
            if self.files.exists(one) and self.role(one).role in (Role.POST, Role.PAGE):
                written = self._links.data(one).get("permalink") is not False
                return Answer.YES if written else Answer.UNKNOWN  # the address is "false"
        return Answer.UNKNOWN if self.definitions.makes_pages or self.options.gaps else Answer.NO

    def has_asset(self, name: str, post: str) -> Answer:
        """See `Site.has_asset`. Nothing but a copy makes a file beside a template an asset."""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(post), name))
        if not self.files.exists(path):
            return Answer.NO
        return Answer.YES if self._roles.is_copied(path) else Answer.UNKNOWN

    def serves(self, address: str, post: str, *, markdown_image: bool = False) -> Answer:
        """See `Site.serves`."""
        return self._links.address(address, post)

    @property
    def has_base_path(self) -> bool:
        """See `Site.has_base_path`."""
        return bool(self.options.prefix)

    def has_top_folder(self, name: str) -> bool:
        """See `Site.has_top_folder`."""
        if self.files.exists(posixpath.join(self.options.input, name)):
            return True
        written, _ = self._links.outputs
        places = (*written, *self.options.copied.values())
        return any(f"{one}/".startswith(f"{name}/") for one in places)

    def output(self, path: str, data: Mapping[str, Any]) -> str | None:
        """See `Site.output`."""
        from newslint.generators.eleventy import permalinks

        below, stem = self._place(path)
        if below is None or (self.drops_drafts and data.get("draft")):
            return None
        if self.computes_output(path) or self._sets_permalink(path, data):
            return None
        return permalinks.output(
            below, stem, data, renders=data.get("dynamicPermalink") is not False
        )

    def computes_output(self, path: str) -> bool:
        """See `Site.computes_output`: ``eleventyComputed`` of all pages, or of a folder."""
        if self._data.computes(path, "permalink"):
            return True
        return self._global_data.computes("permalink")

    def _sets_permalink(self, path: str, data: Mapping[str, Any]) -> bool:
        """Return whether other data than the template's own may set its ``permalink``."""
        own = data.get("permalink")
        if own is not None and own != self.defaults(path).get("permalink"):
            return False
        layout = data.get("layout")
        if isinstance(layout, str) and "permalink" in self.layout_names(layout):
            return True
        if "permalink" in data:
            return False
        return self._data.may_set(path, "permalink") or self._global_data.has("permalink")

    def defaults(self, path: str) -> Mapping[str, Any]:
        """See `Site.defaults`: directory data."""
        return self._data.values(path)

    def layout_names(self, layout: str) -> frozenset[str]:
        """See `Site.layout_names`: the front matter of layouts is data of the page."""
        return self._layouts.names(layout)

    def open_defaults(self, path: str) -> str:
        """See `Site.open_defaults`: data files of JavaScript that compute values."""
        return self._data.open_reason(path)

    def reads_arguments(self, text: str) -> bool:
        """See `Site.reads_arguments`."""
        return not self.options.simple_arguments or _ARGUMENTS.fullmatch(text) is not None

    def defaults_fingerprint(self, folder: str) -> bytes:
        """See `Site`: the data files of a folder and those above it, and whether it is dated."""
        return self._data.fingerprint(folder) + bytes([self._dated.are_dated(folder)])

    def dates_others(self, path: str) -> bool:
        """See `Site.dates_others`."""
        return self._dated.are_dated(posixpath.dirname(path))

    def _place(self, path: str) -> tuple[str | None, str]:
        """Return the folder of a template below the input folder, and its name without suffix."""
        folder, _, name = path.rpartition("/")
        source = self.options.input
        if source and folder != source and not folder.startswith(f"{source}/"):
            return None, name
        for suffix in self.options.template_suffixes:
            if name.endswith(f".{suffix}"):
                return folder[len(source) :].strip("/"), name[: -len(suffix) - 1]
        if name.lower().endswith(tuple(f".{one}" for one in self.options.template_suffixes)):
            return folder[len(source) :].strip("/"), name
        return None, name

    def _include(self, name: str, engine: str) -> Definition:
        for path in self._include_paths(name, engine):
            if self.files.exists(path):
                return Definition(Answer.YES, path)
        gaps = self.options.gaps or tuple(self.definitions.gaps)
        if gaps:
            return Definition(Answer.UNKNOWN, reason=gaps[0])
        if file := self.definitions.runs_before:
            reason = msg("{file} runs code before the build", file=file)
            return Definition(Answer.UNKNOWN, reason=reason)
        return Definition(Answer.NO)

    def _include_paths(self, name: str, engine: str) -> Iterator[str]:
        source = self.options.input
        folders = [self.options.includes or source, "" if engine == NUNJUCKS else source]
        suffixes = ("",) if engine == NUNJUCKS else ("", ".liquid")
        for folder in folders:
            for suffix in suffixes:
                path = posixpath.normpath(posixpath.join(folder, name + suffix))
                if not path.startswith("../") and "." in posixpath.basename(path):
                    yield path

    @cached_property
    def _layouts(self) -> Layouts:
        return Layouts(self.files, self.options)

    @cached_property
    def _global_data(self) -> GlobalData:
        return GlobalData(self.files, self.options, self.definitions, self.generated_data)

    @cached_property
    def _roles(self) -> Roles:
        return Roles(self.options, self.files, self.configuration)

    @cached_property
    def _data(self) -> DirectoryData:
        return DirectoryData(self.files, self.options)

    @cached_property
    def _dated(self) -> DatedFolders:
        return DatedFolders(self.files, lambda folder: folder == self.options.input)

    @cached_property
    def _links(self) -> Links:
        from newslint.generators.eleventy.links import Links

        return Links(
            self.files,
            self.options,
            self._roles,
            self.output,
            self.defaults,
            is_open=bool(self.options.gaps) or self.definitions.is_open,
            makes_pages=self.definitions.makes_pages,
            changes_images=self.definitions.changes_images,
            changes_links=self.definitions.changes_links,
        )


def read(target: Target, root: str, files: RecordedFiles) -> EleventySite:
    """Return the site whose configuration is in ``root``."""
    configuration = load(files)
    stated = options.read(files, configuration)
    known = definitions.read(files, configuration)
    if known.suffixes:
        stated = options.with_suffixes(stated, known.suffixes)
    renderer, raw_html = about.renderer(configuration)
    data = about.site_data(files, stated)
    engines = {f".{suffix}": engine for suffix, engine in stated.engines.items()}
    return EleventySite(
        target,
        root,
        evidence=tuple(about.evidence(configuration, stated, known)),
        base_url=about.base_url(data),
        image_hosts=image_hosts({"data": data}),
        referrer_policy=about.referrer_policy(files, stated),
        renderer=renderer,
        template_engines=engines,
        raw_html=raw_html,
        future=True,
        drafts=not about.drops_drafts(configuration),
        files=files.files,
        options=stated,
        definitions=known,
        configuration=frozenset((*configuration.code, "package.json")),
        drops_drafts=about.drops_drafts(configuration),
        generated_data=generated_data.read(files, stated.data),
        fingerprint=files.fingerprint,
    )
