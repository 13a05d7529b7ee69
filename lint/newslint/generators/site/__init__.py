"""The site around the posts: what its generator builds, defines and configures.

Each generator reads its site from the site's own files and never runs them. What cannot be told
from the files has the answer `Answer.UNKNOWN` with a reason, on which a warning may rest, but
neither an error nor a safe fix.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from newslint.core.lazy import cached_property
from newslint.generators import Target
from newslint.generators.site_roles import Answer, Definition, FileRole, Role

if TYPE_CHECKING:
    from newslint.generators.site.files import SiteFiles
    from newslint.generators.site.redirects import Redirects

__all__ = [
    "Answer",
    "Definition",
    "Evidence",
    "FileRole",
    "Kind",
    "Renderer",
    "Role",
    "Site",
    "merged",
]

_NOTHING: Mapping[str, Any] = MappingProxyType({})
Kind = Literal["tag", "filter", "include", "shortcode", "layout", "data", "parameter", "output"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that was read, for ``newslint config``: the file, and what it decided."""

    file: str
    what: str


@dataclass(frozen=True, slots=True)
class Renderer:
    """The Markdown renderer in force.

    ``modelled`` is false where newslint has no dialect of it, for the ``reason``. ``dialect`` is
    the name that `newslint.generators.markdown` has for it; empty where that is the target's.
    """

    name: str
    modelled: bool = True
    options: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    dialect: str = ""
    renders_html: bool = False
    """Whether it renders the text of a block of HTML as Markdown too, as marked 0.3 does."""
    signs: tuple[str, ...] = ()
    """Signs of texts that a plug-in reads in a way newslint does not know, such as ``$``."""


@dataclass(frozen=True)
class Site:
    """What newslint knows of one site: plain values, so that it travels to other processes.

    A generator derives its own class from it. All paths are relative to ``root``, with forward
    slashes. The methods of this class are those of a site of which nothing is known.
    """

    target: Target
    root: str
    """The absolute path (or URL) of the folder of the generator's configuration."""
    fingerprint: bytes = b""
    """16 bytes that change when anything changes that the site was read from."""
    evidence: tuple[Evidence, ...] = ()
    base_url: str | None = None
    """The address that the site's own configuration names; None for none or a placeholder."""
    image_hosts: frozenset[str] = frozenset()
    """Hosts that the site's configuration names for its own images and files, such as a CDN."""
    referrer_policy: str | None = None
    """The policy of a ``<meta name="referrer">`` that all pages have."""
    renderer: Renderer = Renderer("default")
    template_engines: Mapping[str, str | None] = field(default_factory=dict)
    """The engine that reads posts before Markdown, by suffix (``.md``): None for none."""
    raw_html: bool = True
    """Whether Markdown keeps raw HTML (Hugo's ``unsafe``)."""
    future: bool | None = None
    """Whether posts of the future are published; None for the generator's default."""
    timezone: str | None = None
    drafts: bool = False
    """Whether the build publishes drafts."""

    markdown_suffixes: frozenset[str] = frozenset()
    """Suffixes that the site's Markdown renderer reads, beside the usual ones."""
    strictness: frozenset[str] = frozenset()
    """The errors that the site makes fatal: in templates (syntax, filters, variables), and in the
    front matter (front_matter)."""
    files: SiteFiles | None = None
    """The files that the site was read from, for what is looked up later."""

    def __getstate__(self) -> dict[str, Any]:
        """What travels to other processes: the fields, without what was looked up since."""
        return {one.name: self.__dict__[one.name] for one in fields(self)}

    def role(self, path: str) -> FileRole:
        """What the generator takes a file for, by its path alone; cheap, called for each file."""
        return FileRole(Role.POST)

    @property
    def gaps(self) -> tuple[str, ...]:
        """What cannot be told of the site from its files, and why, for ``newslint config``."""
        return ()

    def rewriter(self, template: str) -> str:
        """Why a template of a post may not reach the engine as it is written; else empty.

        ``template`` is what begins with its opening delimiter.
        """
        return ""

    def enters(self, folder: str) -> bool:
        """Return whether a folder may hold linted files at any depth; `role` has the last word."""
        return True

    def lookup(self, kind: Kind, name: str) -> Definition:
        """Return whether templates of the site may use a name."""
        return Definition(Answer.UNKNOWN, reason="the folder is no site that newslint knows")

    def lookup_in(self, kind: Kind, name: str, engine: str) -> Definition:
        """As `lookup`, in a post that this engine of `template_engines` reads."""
        return self.lookup(kind, name)

    def has_file(self, path: str) -> Answer:
        """Return whether the site has a file, such as one of ``source/`` or ``static/``."""
        return Answer.UNKNOWN

    def has_post(self, name: str, post: str = "", language: str = "") -> Answer:
        """Whether a post goes by this name in the generator's own links (`post_link`, `ref`).

        ``post`` is the one that names it, where names may be relative to it; ``language`` that of
        the post that is named, empty where it is the same.
        """
        return Answer.UNKNOWN

    def has_linked(self, name: str) -> Answer:
        """Whether the generator's tag for links to files (Jekyll's ``link``) finds a file."""
        return Answer.UNKNOWN

    def has_asset(self, name: str, post: str) -> Answer:
        """Whether a post has a file of that name beside it: in its asset folder or bundle."""
        return Answer.UNKNOWN

    def serves(self, address: str, post: str, *, markdown_image: bool = False) -> Answer:
        """Whether an address without host finds a file or page of the site, seen from a post.

        ``markdown_image`` says that it is written as ``![](…)``: some renderers change those.
        """
        return Answer.UNKNOWN

    def is_redirected(self, address: str) -> bool:
        """Return whether the host may redirect an address, by a file such as ``_redirects``."""
        return address.startswith("/") and self.redirects.may_lead(address)

    @cached_property
    def redirects(self) -> Redirects:
        """The redirects that the host of the site makes."""
        from newslint.generators.site.redirects import Redirects, read

        return Redirects(frozenset(), ()) if self.files is None else read(self.files)

    def is_surely_own(self, address: str) -> bool:
        """Whether an address that the site lacks cannot lead to another site of the same host.

        A user's page and those of his projects share a host: ``/project/`` may be anything, where
        the site has nothing in a folder of that name and no base path.
        """
        path = address.partition("#")[0].partition("?")[0]
        if not path.startswith("/") or self.has_base_path:
            return True
        first, slash, _ = path.lstrip("/").partition("/")
        return self.has_top_folder(first) if slash else "." in first

    @property
    def has_base_path(self) -> bool:
        """Whether the site is in a folder of its host."""
        return False

    def has_top_folder(self, name: str) -> bool:
        """Return whether the site writes or copies something into a folder of its output's root."""
        return False

    def output(self, path: str, data: Mapping[str, Any]) -> str | None:
        """The file of the output folder that a post is written to; None where it is not known.

        ``data`` is the front matter with `defaults` merged in.
        """
        return None

    def computes_output(self, path: str) -> bool:
        """Return whether code decides where a file is written, and whether it is."""
        return False

    def defaults(self, path: str) -> Mapping[str, Any]:
        """Front matter values that the site gives to a file: defaults, cascade, directory data."""
        return _NOTHING

    def defaults_fingerprint(self, folder: str) -> bytes:
        """What represents the files beside posts of a folder that `defaults` and `output` read.

        They are no part of `fingerprint`: each folder has its own.
        """
        return b""

    def layout_names(self, layout: str) -> frozenset[str]:
        """Return the names that a layout and those around it give to a page, where they do."""
        return frozenset()

    def shows_body(self, path: str) -> bool:
        """Return whether the template of a page may show its body."""
        return True

    def shows_source(self, shortcode: str) -> bool:
        """Return whether a paired shortcode shows what is in it as it is written, not as HTML."""
        return False

    def reads_arguments(self, text: str) -> bool:
        """Return whether the shortcodes of the site read this after their names in Liquid."""
        return True

    def dates(self, path: str) -> bool:
        """Whether the site's settings date a file without a ``date``, by its name or its history.

        What a generator does by default is left out.
        """
        return False

    def dates_others(self, path: str) -> bool:
        """Return whether the files beside a path have dates; true where that is not known."""
        return True

    def may_wait(self, path: str) -> bool:
        """Return whether a date in the future keeps a file from being built."""
        return self.role(path).role is Role.POST

    def is_translation(self, path: str) -> bool:
        """Return whether a page is in another language than the site's first one."""
        return False

    def open_defaults(self, path: str) -> str:
        """Why a file may get other values than `defaults` tells; empty where it gets none."""
        return ""


def merged(site: Site, path: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the front matter of a file with the site's defaults below it."""
    defaults = site.defaults(path)
    return {**defaults, **data} if defaults else data


def evidence_of(entries: Sequence[tuple[str, str]]) -> tuple[Evidence, ...]:
    """Evidence from pairs of file and what it decided."""
    return tuple(Evidence(file, what) for file, what in entries)
