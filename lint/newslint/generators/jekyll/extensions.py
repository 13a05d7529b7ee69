"""What the plug-ins of a Jekyll site add: tags, filters and pages.

Ruby is searched by patterns and never run. A name that is computed, and a gem that is neither known
nor in the site's folder, make ``gaps``: a tag that is not found may be theirs.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.jekyll import gemfile
from newslint.generators.jekyll.options import JekyllOptions
from newslint.generators.jekyll.plugins import ANYWHERE, PLUGINS, THEMES
from newslint.generators.site.files import RecordedFiles
from newslint.generators.site.rewriting import rewritten
from newslint.generators.site.settings import inside, walk

_COMMENT = lazy.pattern(
    r"^=begin\b.*?(?:^=end\b[^\n]*+|\Z)|(?:^|(?<=[\s;]))#(?!\{)[^\n]*+", re.S | re.M
)
_REGISTERED = lazy.pattern(
    r"""\bregister_tag\s*\(?\s*(?:(['"])(?P<text>[^'"#\n]{1,100})\1|:(?P<symbol>\w+)|(?P<other>\S))"""
    r"""(?:\.freeze)?(?:\s*,\s*(?P<class>[\w:]+))?"""
)
_ASSIGNED = lazy.pattern(
    r"""\bTemplate\.tags\[\s*(?:(['"])(?P<text>[^'"#\n]{1,100})\1|:(?P<symbol>\w+)|(?P<other>\S))\s*\]"""
    r"""\s*=\s*(?P<class>[\w:]+)"""
)
_REQUIRED = lazy.pattern(r"""\brequire_relative\s*\(?\s*(['"])(?P<path>[^'"#\n]{1,200})\1""")
_HOOK = lazy.pattern(r":(?:pre_render|post_init|post_read)\b|<\s*(?:::)?(?:Jekyll::)?Generator\b")
_CLASS = lazy.pattern(r"\bclass\s+(?P<name>[\w:]+)\s*<\s*(?P<parent>[\w: ]+)")
_USABLE = lazy.pattern(r"\w+", re.ASCII)
"""A name that Liquid reads as one word: no other tag can be called."""
_METHOD = lazy.pattern(r"\bdef\s+(?:self\.)?(\w+[?!]?)")
_GENERATOR = lazy.pattern(r"<\s*(?:::)?(?:Jekyll::)?Generator\b")
_WANTED = lazy.pattern(r"""add_(?:runtime_)?dependency\(?\s*(?:%q<|['"])([\w.-]+)""")
_FILE_LIMIT = 300
"""Files of one gem, or of ``_plugins``, that are looked through."""


class Tag(NamedTuple):
    """A tag: the file or gem that registers it, and whether it has an end tag."""

    source: str
    paired: bool | None


@dataclass
class Extensions:
    """What a site has beyond Jekyll itself. ``gaps`` are reasons why a name may be missing here."""

    tags: dict[str, Tag] = field(default_factory=dict)
    filters: dict[str, str] = field(default_factory=dict)
    gaps: list[str] = field(default_factory=list)
    rewritten: dict[str, str] = field(default_factory=dict)
    """The templates that scripts change before the engine reads them, each with its script: see
    `newslint.generators.site.rewriting`."""
    pages: list[str] = field(default_factory=list)
    gems: dict[str, None] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    """Tags of plug-ins that a safe build, such as that of GitHub Pages, does not load."""
    paths: Mapping[str, str] = field(default_factory=dict)
    """The folders of gems that the Gemfile names."""
    theme: str = ""
    """The folder of the theme, empty where it is not in the site's folder."""

    @property
    def optional_front_matter(self) -> bool:
        """Whether Markdown files without front matter become pages."""
        return "jekyll-optional-front-matter" in self.gems


def read_extensions(files: RecordedFiles, options: JekyllOptions) -> Extensions:
    """Return what the site whose root ``files`` has adds to Jekyll."""
    bundled = gemfile.read(files.text("Gemfile") or "")
    found = Extensions(paths=bundled.paths)
    if bundled.is_open:
        found.gaps.append(msg("{file} computes the plug-ins", file="Gemfile"))
    gems = [*options.plugins, *bundled.gems]
    is_pages = "github-pages" in gems
    theme = options.theme or ("jekyll-theme-primer" if is_pages else "")
    if theme:
        gems += _theme(files, theme, found, reports=bool(options.theme))
    if options.remote_theme:
        gems += _remote_theme(options.remote_theme, found)
    for gem in gems:
        _read_gem(files, gem.replace("/", "-"), found)
    for folder in options.plugins_dirs:
        scripts = [path for path in walk(files, folder, limit=_FILE_LIMIT) if path.endswith(".rb")]
        known = frozenset(found.tags)
        _scan(_with_required(files, scripts), found)
        if is_pages or options.is_safe:
            found.unsure.update(found.tags.keys() - known)
    return found


def _theme(files: RecordedFiles, theme: str, found: Extensions, *, reports: bool) -> Iterator[str]:
    """Yield the gems that a theme loads, and note where it is."""
    yield from THEMES.get(theme, ())
    found.theme = _installed(files, theme, found)
    if found.theme:
        yield from _dependencies(files, theme, found.theme)
    elif theme not in THEMES and reports:
        found.gaps.append(msg("the theme {theme!r} is not in the folder of the site", theme=theme))


def _remote_theme(theme: str, found: Extensions) -> Sequence[str]:
    """Return the gems that a theme of jekyll-remote-theme loads: those of its gemspec."""
    name = theme.partition("@")[0].rpartition("/")[2]
    for one in (name, f"{name}-jekyll", f"jekyll-theme-{name}"):
        if one in THEMES:
            return THEMES[one]
    found.gaps.append(msg("the theme {theme!r} is not in the folder of the site", theme=theme))
    return ()


def _dependencies(files: RecordedFiles, gem: str, folder: str) -> Iterator[str]:
    """Yield the gems that the specification of a gem wants, beside Jekyll."""
    base, _, version = folder.partition("/gems/")
    for path in (f"{folder}/{gem}.gemspec", f"{base}/specifications/{version}.gemspec"):
        text = files.text(path)
        if text is not None:
            yield from (one for one in _WANTED.findall(text) if one != "jekyll")
            return


def _read_gem(files: RecordedFiles, gem: str, found: Extensions) -> None:
    if gem in found.gems:
        return
    found.gems[gem] = None
    known = PLUGINS.get(gem)
    if known is not None:
        found.tags.update((name, Tag(gem, False)) for name in known.tags)
        found.tags.update((name, Tag(gem, True)) for name in known.blocks)
        found.filters.update(dict.fromkeys(known.filters, gem))
        found.pages += known.pages
        for other in known.needs:
            _read_gem(files, other, found)
        return
    folder = _installed(files, gem, found)
    if folder:
        paths = walk(files, f"{folder}/lib", limit=_FILE_LIMIT)
        _scan(_texts(files, (path for path in paths if path.endswith(".rb"))), found, gem)
    elif gem not in THEMES and not gem.startswith("jekyll-theme-"):
        found.pages += ANYWHERE
        found.gaps.append(msg("the plug-in {name} is not installed, so its tags are unknown",
                              name=gem))  # fmt: skip


def _installed(files: RecordedFiles, gem: str, found: Extensions) -> str:
    """Return the folder of a gem within the site: of the Gemfile, or installed by Bundler."""
    if (own := found.paths.get(gem)) and files.entries(own):
        return own
    base = "vendor/bundle/ruby"
    for version in files.entries(base):
        for entry in files.entries(f"{base}/{version.name}/gems"):
            if entry.is_folder and re.fullmatch(rf"{re.escape(gem)}-\d[\w.]*", entry.name):
                return f"{base}/{version.name}/gems/{entry.name}"
    return ""


def _texts(files: RecordedFiles, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    for path in paths:
        text = files.text(path)
        if text is not None:
            yield path, text


def _with_required(files: RecordedFiles, scripts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Scripts and the files of the site that they require, each with its text."""
    waiting = list(scripts)
    seen: set[str] = set()
    while waiting and len(seen) < _FILE_LIMIT:
        path = waiting.pop(0)
        text = None if path in seen else files.text(path)
        seen.add(path)
        if text is None:
            continue
        yield path, text
        for match in _REQUIRED.finditer(text):
            other = inside(posixpath.join(posixpath.dirname(path), match["path"]))
            if other:
                waiting.append(other if other.endswith(".rb") else f"{other}.rb")


def _scan(scripts: Iterable[tuple[str, str]], found: Extensions, gem: str = "") -> None:
    """Take over what Ruby files register."""
    codes = [(gem or path, _COMMENT.sub("", text)) for path, text in scripts]
    parents = {
        match["name"].rpartition(":")[2]: match["parent"].strip().rpartition(":")[2]
        for _, code in codes
        for match in _CLASS.finditer(code)
    }
    for source, code in codes:
        if "register_tag" in code or ".tags[" in code:
            _scan_tags(code, source, parents, found)
        if "register_filter" in code:
            found.filters.update(dict.fromkeys(_METHOD.findall(code), source))
        if _GENERATOR.search(code):
            found.pages += ANYWHERE
        for name in rewritten(code, _HOOK):
            found.rewritten.setdefault(name, source)


def _scan_tags(code: str, source: str, parents: dict[str, str], found: Extensions) -> None:
    classes = [(one.start(), one["name"].rpartition(":")[2]) for one in _CLASS.finditer(code)]
    for match in (*_REGISTERED.finditer(code), *_ASSIGNED.finditer(code)):
        name = match["text"] or match["symbol"]
        if name is None:
            found.gaps.append(msg("{source} registers tags with computed names", source=source))
            continue
        if not _USABLE.fullmatch(name):
            continue
        kind = (match["class"] or "").rpartition(":")[2]
        if kind == "self":
            at = bisect(classes, (match.start(), ""))
            kind = classes[at - 1][1] if at else ""
        found.tags[name] = Tag(source, _is_paired(kind, parents))


def _is_paired(kind: str, parents: dict[str, str]) -> bool | None:
    """Return whether a class of tags has an end tag: it descends from Liquid's blocks."""
    for _ in range(10):
        parent = parents.get(kind)
        if parent is None:
            return None
        if parent.endswith(("Block", "Raw", "Comment")):
            return True
        if parent in ("Tag", "IncludeTag", "Include"):
            return False
        kind = parent
    return None
