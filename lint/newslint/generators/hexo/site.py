"""The model of a Hexo site, read from its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from newslint.core.lazy import cached_property
from newslint.core.messages import msg
from newslint.generators import Target
from newslint.generators.hexo.extensions import Extensions, read_extensions
from newslint.generators.hexo.links import HexoLinks
from newslint.generators.hexo.options import HexoOptions, read_options
from newslint.generators.hexo.permalinks import HexoPermalinks, page, renamed
from newslint.generators.hexo.posts import HexoPosts
from newslint.generators.hexo.renderers import engines_of, keeps_html, renderer_of
from newslint.generators.hexo.roles import HexoRoles
from newslint.generators.hexo.suffixes import MARKDOWN
from newslint.generators.hexo.tags import TAGS
from newslint.generators.hexo.theme import referrer_policy
from newslint.generators.site import (
    Answer,
    Definition,
    Evidence,
    FileRole,
    Kind,
    Role,
    Site,
)
from newslint.generators.site.files import RecordedFiles, SiteFiles
from newslint.generators.site.image_hosts import image_hosts
from newslint.generators.site.listing import Listing
from newslint.generators.site.rewriting import is_rewritten

_NEWEST = 8
_NUNJUCKS = {
    **dict.fromkeys(("if", "ifAsync", "for", "asyncEach", "asyncAll", "macro", "call"), True),
    **dict.fromkeys(("block", "filter", "switch", "raw", "verbatim"), True),
    **dict.fromkeys(("include", "extends", "import", "from"), False),
    "set": None,
}
"""The tags of Nunjucks 3, and whether each has an end tag."""


@dataclass(frozen=True)
class HexoSite(Site):
    """What newslint knows of one Hexo site."""

    files: SiteFiles = field(kw_only=True, repr=False)
    options: HexoOptions = field(kw_only=True)
    extensions: Extensions = field(kw_only=True)

    @cached_property
    def _listing(self) -> Listing:
        return Listing(self.files)

    @cached_property
    def _roles(self) -> HexoRoles:
        return HexoRoles(
            self.options,
            self.extensions.suffixes,
            self.target.major,
            self.root,
            self._listing.is_file,
        )

    @cached_property
    def _permalinks(self) -> HexoPermalinks:
        return _permalinks(self.options, self.target.major, self.extensions)

    @cached_property
    def _posts(self) -> HexoPosts:
        return HexoPosts(self._listing, self._roles, self._permalinks)

    @cached_property
    def _links(self) -> HexoLinks:
        return HexoLinks(self.options, self.extensions, self._posts, self.output)

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
        """See `Site`. Posts have nothing to include; a layout that does not exist does no harm."""
        if kind == "tag":
            return self._tag(name)
        if kind == "filter":
            from newslint.generators.nunjucks.filters import FILTERS

            return Definition(Answer.YES if name in FILTERS else Answer.NO, source="nunjucks")
        if kind == "layout":
            return self._layout(name)
        if kind == "data":
            stem = f"{self._roles.prefix}_data/{name}"
            suffixes = (".yml", ".yaml", ".json")
            found = next(self._listing.with_suffix(stem, suffixes), None)
            return Definition(Answer.YES, source=found) if found else Definition(Answer.NO)
        return Definition(Answer.NO)

    def has_post(self, name: str, post: str = "", language: str = "") -> Answer:
        """See `Site`. Hexo 7 and 8 also find a post by its title."""
        if not self.options.is_read:
            return Answer.UNKNOWN
        version = self.target.major or _NEWEST
        slug, mark, rest = name.partition("#")
        wanted = slug if version >= 7 and mark and "#" not in rest else name
        found = self._posts.with_slug(wanted)
        if found is Answer.NO and version >= 7:
            found = self._posts.with_title(wanted)
        return found

    def has_file(self, path: str) -> Answer:
        """See `Site`."""
        if self._listing.is_file(path):
            return Answer.YES
        return Answer.UNKNOWN if self._listing.is_full else Answer.NO

    def has_asset(self, name: str, post: str) -> Answer:
        """See `Site`."""
        return self._links.asset(name, post) if self.options.is_read else Answer.UNKNOWN

    def serves(self, address: str, post: str, *, markdown_image: bool = False) -> Answer:
        """See `Site`."""
        if not self.options.is_read or self.options.source is None:
            return Answer.UNKNOWN
        return self._links.serves(address, post, markdown_image=markdown_image)

    @property
    def has_base_path(self) -> bool:
        """See `Site`."""
        return self.options.root != "/"

    def has_top_folder(self, name: str) -> bool:
        """See `Site`."""
        theme = f"{self.extensions.theme}/source/" if self.extensions.theme else self._roles.prefix
        if any(self._listing.is_folder(base + name) for base in (self._roles.prefix, theme)):
            return True
        return any(one.startswith(f"{name}/") for one in self._posts.outputs)

    def output(self, path: str, data: Mapping[str, Any]) -> str | None:
        """See `Site`. None for a draft, and for a post that its front matter hides."""
        from newslint.generators.switches import hides

        role = self.role(path).role
        inner = path[len(self._roles.prefix) :]
        if not self.options.is_read:
            return None
        if role is Role.POST:
            hidden = hides(data, "hexo")
            return None if hidden else self._permalinks.post(self._posts.name(path), data)
        if role is Role.PAGE:
            return page(inner, self._roles.output_suffix(path), data)
        if role is Role.ASSET and path.startswith(self._roles.prefix):
            beside = inner.startswith(("_posts/", "_drafts/"))
            return self._posts.asset_output(inner) if beside else self._copied(inner)
        if role is Role.ASSET and path.startswith(f"{self.extensions.theme}/source/"):
            return self._copied(path[len(self.extensions.theme) + len("/source/") :])
        return None

    def may_wait(self, path: str) -> bool:
        """See `Site`: pages wait too."""
        return self.role(path).role in (Role.POST, Role.PAGE)

    def dates(self, path: str) -> bool:
        """See `Site`: whether ``new_post_name`` finds a day in the name."""
        return self._permalinks.has_day(self._posts.name(path))

    def _copied(self, inner: str) -> str:
        """Where a file goes that is no page: to its own place, with another suffix if rendered."""
        if self._roles.is_raw(inner):
            return inner
        return renamed(inner, self._roles.output_suffix(inner))

    def _tag(self, name: str) -> Definition:
        own = self.extensions.tags.get(name)
        if own is not None and name in self.extensions.unsure:
            reason = self.extensions.unsure[name]
            return Definition(Answer.UNKNOWN, reason=reason, paired=own.paired)
        if own is not None:
            return Definition(Answer.YES, source=own.source, paired=own.paired)
        if name in _NUNJUCKS:
            return Definition(Answer.YES, source="nunjucks", paired=_NUNJUCKS[name])
        tag = TAGS.get(name)
        version = self.target.major or _NEWEST
        if tag is not None and tag.since <= version <= tag.until:
            return Definition(Answer.YES, source="hexo", paired=tag.block)
        if not self.options.is_read:
            return Definition(Answer.UNKNOWN, reason=msg("the configuration cannot be read"))
        if tag is not None and self.target.major is None:
            reason = msg("only some versions of Hexo support it")
            return Definition(Answer.UNKNOWN, reason=reason, paired=tag.block)
        if self.extensions.gaps:
            return Definition(Answer.UNKNOWN, reason=self.extensions.gaps[0])
        return Definition(Answer.NO)

    def _layout(self, name: str) -> Definition:
        if name in ("false", "off"):
            return Definition(Answer.YES, source="hexo")
        theme = self.extensions.theme
        if not theme:
            return Definition(Answer.UNKNOWN, reason=msg("the theme is not installed"))
        folder, _, last = f"{theme}/layout/{name}".rpartition("/")
        for entry, is_folder in self._listing.folder(folder).items():
            if not is_folder and (entry == last or entry.rpartition(".")[0] == last):
                return Definition(Answer.YES, source=f"{folder}/{entry}")
        return Definition(Answer.NO)


def _permalinks(
    options: HexoOptions, version: int | None, extensions: Extensions
) -> HexoPermalinks:
    return HexoPermalinks(
        options,
        version,
        abbrlink="hexo-abbrlink" in extensions.packages,
        unknown=frozenset(extensions.fields),
    )


def _rewriter(script: str) -> str:
    return msg("{file} changes posts before Hexo reads them", file=script)


def read(target: Target, root: str, files: RecordedFiles) -> Site:
    """Return the site whose configuration is in ``root``."""
    options = read_options(files)
    extensions = read_extensions(files, options.theme)
    extensions.pages += options.pages
    policy = referrer_policy(files, options, extensions)
    for folder in (f"{options.source}/_data", f"{extensions.theme}/layout"):
        files.entries(folder)  # looked up later: a change of names is one of the site
    renderer = renderer_of(options, extensions)
    return HexoSite(
        target,
        root,
        files.fingerprint,
        evidence=_evidence(options, extensions, policy),
        base_url=options.base_url,
        image_hosts=image_hosts(options.data),
        referrer_policy=policy[0] if policy else None,
        renderer=renderer,
        template_engines=engines_of(renderer),
        raw_html=keeps_html(renderer),
        future=options.future,
        timezone=options.timezone,
        drafts=options.render_drafts,
        markdown_suffixes=frozenset(MARKDOWN),
        files=files.files,
        options=options,
        extensions=extensions,
    )


def _evidence(
    options: HexoOptions, extensions: Extensions, policy: tuple[str, str] | None
) -> tuple[Evidence, ...]:
    found = []
    if options.file:
        what = msg("the options of the site") if options.is_read else msg("it cannot be read")
        found.append(Evidence(options.file, what))
    if extensions.packages:
        names = ", ".join(extensions.packages)
        found.append(Evidence("package.json", msg("plug-ins: {names}", names=names)))
    if extensions.theme:
        found.append(Evidence(extensions.theme, msg("the theme")))
    sources: dict[str, list[str]] = {}
    for name, tag in extensions.tags.items():
        sources.setdefault(tag.source, []).append(name)
    for source, names_of in sources.items():
        found.append(Evidence(source, msg("tags: {names}", names=", ".join(names_of))))
    if policy is not None:
        found.append(Evidence(policy[1], msg("referrer policy: {policy}", policy=policy[0])))
    return tuple(found)
