"""What the scripts, plug-ins and theme of a Hexo site add: tags, pages, filters.

JavaScript is searched by patterns and never run. A name that is computed, and a plug-in that is
named but neither known nor installed, make ``gaps``: a tag that is not found may be theirs.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.hexo.options import DEFAULT_THEME
from newslint.generators.hexo.plugins import (
    ANY_FIELD,
    ANYWHERE,
    THEMES,
    Plugin,
    known_plugin,
    may_add,
)
from newslint.generators.hexo.registrations import plain, registrations
from newslint.generators.hexo.suffixes import MARKDOWN
from newslint.generators.site.files import RecordedFiles
from newslint.generators.site.javascript import Call, without_comments
from newslint.generators.site.parsing import parse
from newslint.generators.site.rewriting import rewritten
from newslint.generators.site.settings import Settings, walk

_REQUIRED = lazy.pattern(r"""require\(\s*(['"])(?P<path>[^'"\n]{1,200})\1\s*\)""")
_IMAGES = lazy.pattern(
    r"""register\(\s*['"](?:after_post_render|after_render:html|_after_html_render"""
    r"""|marked:renderer|marked:use)['"]"""
)
_PARSER = lazy.pattern(r"""register\(\s*['"]markdown-it:renderer['"]""")
_FIELDS = lazy.pattern(
    r"""register\(\s*['"](?:post_permalink|new_post_path)['"]"""
    r"""|\bpost\.(?:permalink|slug|abbrlink)\s*=[^=]|\bdata\.(?:slug|abbrlink|permalink)\s*=[^=]"""
)
_BEFORE_RENDER = lazy.pattern(r"""register\(\s*['"]before_post_render['"]""")
_RENDERER = lazy.pattern(
    r"""\brenderer\s*\.\s*register\s*\(\s*['"`](?P<of>\w+)['"`]\s*,\s*['"`](?P<to>\w+)['"`]"""
)
_MARKDOWN_NAME = lazy.pattern(r"hexo-render(?:er)?-.*(?:mark|md|pandoc|kramed|showdown)")
_PLUGIN = lazy.pattern(r"(?:@[^/]+/)?hexo-(?!theme-)")
_FILE_LIMIT = 400
"""Files of one theme or package that are looked through."""
_NEVER = frozenset(("node_modules", "test", "tests", "docs", "source", "layout", "languages"))


class Tag(NamedTuple):
    """A tag: the file or package that registers it, and whether it has an end tag."""

    source: str
    paired: bool | None


@dataclass
class Extensions:
    """What a site has beyond Hexo itself. ``gaps`` are reasons why a name may be missing here."""

    tags: dict[str, Tag] = field(default_factory=dict)
    unsure: dict[str, str] = field(default_factory=dict)
    """The tags of files that may be no JavaScript, and why nobody can tell."""
    gaps: list[str] = field(default_factory=list)
    rewritten: dict[str, str] = field(default_factory=dict)
    """The templates that scripts change before the engine reads them, each with its script: see
    `newslint.generators.site.rewriting`."""
    pages: list[str] = field(default_factory=list)
    images: str = ""
    """The package or file that rewrites the addresses of images."""
    parser: str = ""
    """Why nobody can tell how the site's markdown-it reads a text: a script changes it."""
    fields: set[str] = field(default_factory=set)
    """The names in permalinks that packages and scripts give values to, `ANY_FIELD` for all."""
    suffixes: dict[str, str] = field(default_factory=dict)
    markdown: list[str] = field(default_factory=list)
    """The Markdown renderers that are installed."""
    packages: list[str] = field(default_factory=list)
    has_old_marked: bool = False
    """Whether ``package.json`` wants hexo-renderer-marked 0, with marked 0.3."""
    prepends_root: bool = True
    """Whether hexo-renderer-marked puts the root before images by default: since version 5."""
    theme: str = ""
    """The folder of the theme, empty where it does not exist."""
    referrer: list[tuple[str, str]] = field(default_factory=list)
    """The scripts that hold a ``<meta name="referrer">``, each with its code."""

    def add(self, plugin: Plugin, source: str) -> None:
        """Take over what a package is known to add."""
        self.tags.update((name, Tag(source, False)) for name in plugin.tags)
        self.tags.update((name, Tag(source, True)) for name in plugin.blocks)
        self.pages += plugin.pages
        self.suffixes.update(plugin.suffixes)
        self.images = self.images or (source if plugin.images else "")
        self.fields.update(plugin.fields)
        if plugin.markdown:
            self.markdown.append(source)


def read_extensions(files: RecordedFiles, theme: str) -> Extensions:
    """What the site whose root ``files`` has adds to Hexo; ``theme`` is the configuration's."""
    found = Extensions()
    packages = _packages(files, "package.json", development=True)
    found.has_old_marked = _OLD.match(str(packages.get("hexo-renderer-marked"))) is not None
    found.prepends_root = not _BEFORE_5.match(str(packages.get("hexo-renderer-marked")))
    _read_theme(files, theme, found)
    if found.theme:
        packages |= _packages(files, f"{found.theme}/package.json", development=False)
    for package in filter(_PLUGIN.match, packages):
        _read_package(files, package, found)
    _scan(files, _modules(files, _scripts(files, "scripts")), found)
    return found


_BEFORE_5 = lazy.pattern(r"[\^~=v\s]*[0-4](?:\.|$)")
_OLD = lazy.pattern(r"[\^~=v\s]*0\.")
"""A version of ``package.json`` that allows no 1.0."""


def _packages(files: RecordedFiles, path: str, *, development: bool) -> dict[str, Any]:
    """Return the packages that a ``package.json`` depends on, in its order, and their versions."""
    text = files.text(path)
    data = Settings((parse(text, "json", "hexo") if text is not None else None) or {})
    wanted = dict(data.at("dependencies").data)
    return wanted | dict(data.at("devDependencies").data) if development else wanted


def _read_theme(files: RecordedFiles, theme: str, found: Extensions) -> None:
    # Without a theme Hexo runs the scripts of its default one, where that exists.
    own = f"themes/{theme or DEFAULT_THEME}"
    for folder in (own, f"node_modules/hexo-theme-{theme}") if theme else (own,):
        if files.entries(folder):
            found.theme = folder
            scripts = _scripts(files, f"{folder}/scripts")
            _scan(files, _modules(files, scripts), found)
            return
    if not theme:
        return
    known = THEMES.get(theme.removeprefix("hexo-theme-"))
    if known is not None:
        found.add(known, f"hexo-theme-{theme}")
    else:
        found.gaps.append(
            msg("the theme {theme!r} is not installed, so its tags are unknown", theme=theme)
        )


def _read_package(files: RecordedFiles, package: str, found: Extensions) -> None:
    found.packages.append(package)
    known = known_plugin(package)
    if known is not None:
        found.add(known, package)
        return
    folder = f"node_modules/{package}"
    if files.entries(folder):
        scripts = [
            path for path in walk(files, folder, skipped=_NEVER, limit=_FILE_LIMIT)
            if path.endswith((".js", ".cjs"))
        ]  # fmt: skip
        _scan(files, ((path, files.text(path) or "") for path in scripts), found, package)
        return
    adds = may_add(package)
    if adds.pages:
        found.pages += ANYWHERE
    if adds.addresses:
        found.fields.add(ANY_FIELD)
        found.images = found.images or package
    if _MARKDOWN_NAME.match(package):
        found.markdown.append(package)
    if adds.tags:
        found.gaps.append(
            msg("the plug-in {name} is not installed, so its tags are unknown", name=package)
        )


def _scripts(files: RecordedFiles, folder: str) -> list[str]:
    paths = walk(files, folder, skipped=frozenset(("node_modules",)), limit=_FILE_LIMIT)
    return [path for path in paths if path.endswith(_CODE + _MAYBE_CODE)]


_CODE = (".js", ".cjs")
_MAYBE_CODE = (".mjs", ".ts", ".mts", ".cts", ".es6", ".jsx", ".coffee", ".txt")
"""Suffixes of files that Hexo runs as it runs all of ``scripts``, if they are JavaScript."""


def _modules(files: RecordedFiles, scripts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Scripts and the files of the site that they require, each with its text."""
    waiting = dict.fromkeys(scripts)
    seen: set[str] = set()
    while waiting and len(seen) < _FILE_LIMIT:
        path = next(iter(waiting))
        del waiting[path]
        if path in seen:
            continue
        seen.add(path)
        text = files.text(path)
        if text is None:
            continue
        yield path, text
        for match in _REQUIRED.finditer(text):
            if match["path"].startswith("."):
                other = _module(files, posixpath.join(posixpath.dirname(path), match["path"]))
                if other is not None:
                    waiting[other] = None


def _module(files: RecordedFiles, path: str) -> str | None:
    """Return the file that a relative ``require`` finds."""
    path = posixpath.normpath(path)
    if path.startswith(("..", "/")):
        return None
    name, folder = posixpath.basename(path), posixpath.dirname(path)
    there = {entry.name: entry.is_folder for entry in files.entries(folder)}
    for candidate in (name, f"{name}.js", f"{name}.cjs"):
        if there.get(candidate) is False:
            return posixpath.join(folder, candidate) if candidate.endswith(("js",)) else None
    return posixpath.join(path, "index.js") if there.get(name) else None


def _scan(
    files: RecordedFiles, scripts: Iterable[tuple[str, str]], found: Extensions, package: str = ""
) -> None:
    """Take over what scripts register."""
    for path, text in scripts:
        source = package or path
        if "referrer" in text and "<meta" in text:
            found.referrer.append((source, without_comments(text)))
        for match in _REQUIRED.finditer(text) if "hexo-" in text and not package else ():
            known = known_plugin(match["path"].partition("/lib")[0])
            if known is not None:
                found.add(known, match["path"])
        if "register" not in text:
            continue
        code = plain(without_comments(text))
        _scan_tags(code, source, found)
        if "generator" in code and any(registrations(code, "generator")):
            found.pages += ANYWHERE
        if "renderer" in code:
            _scan_renderers(code, source, package, found)
        for name in rewritten(code, _BEFORE_RENDER):
            found.rewritten.setdefault(name, source)
        if _IMAGES.search(code):
            found.images = found.images or source
        if _PARSER.search(code):
            found.parser = msg("{source} changes the Markdown renderer", source=source)
        if _FIELDS.search(code):
            found.fields.add(ANY_FIELD)


def _scan_tags(code: str, source: str, found: Extensions) -> None:
    if "tag" not in code and "extend[" not in code:
        return
    registered = registrations(code, "tag")
    if registered.is_open or any(call.name is None for call in registered.calls):
        found.gaps.append(msg("{source} registers tags with computed names", source=source))
    for call in registered.calls:
        if call.name is not None and _USABLE.fullmatch(call.name):
            found.tags[call.name] = Tag(source, _is_paired(call))
            if source.endswith(_MAYBE_CODE):
                reason = msg("Hexo runs {source} only if it is JavaScript", source=source)
                found.unsure[call.name] = reason


_USABLE = lazy.pattern(r"[^\s()\[\]{}%*\-+~/#,:|.<>=!]+")
"""A name that Nunjucks reads as one word: no other tag can be called."""


def _scan_renderers(code: str, source: str, package: str, found: Extensions) -> None:
    """Take over the suffixes that a script renders. Those of Markdown make another renderer."""
    if any(call.name is None for call in registrations(code, "renderer").calls):
        found.pages += ANYWHERE
    for match in _RENDERER.finditer(code):
        suffix = f".{match['of']}"
        found.suffixes[suffix] = f".{match['to']}"
        if suffix in MARKDOWN and source not in found.markdown:
            # Scripts run after all packages.
            found.markdown = [*found.markdown, source] if package else [source]
            found.images = found.images or source


def _is_paired(call: Call) -> bool | None:
    """Return whether the third argument of ``tag.register`` asks for an end tag."""
    if call.arguments < 3:
        return False if call.arguments else None
    if call.last in ("true", "false"):
        return call.last == "true"
    if not call.last.startswith("{"):
        return None
    ends = _ENDS.search(call.last)
    if ends is None:
        return False
    return ends[1] == "true" if ends[1] in ("true", "false") else None


_ENDS = lazy.pattern(r"\bends['\"]?\s*:\s*([\w!]++)")
