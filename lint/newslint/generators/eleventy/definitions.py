"""The tags, filters and data that an Eleventy site defines for its templates.

The code of the configuration, of local modules and of installed plug-ins is searched for calls
such as ``addFilter("name"``; what a plug-in adds that does not exist comes from `PLUGINS`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.eleventy import built_in
from newslint.generators.eleventy.configuration import Configuration, bindings, imports
from newslint.generators.eleventy.local_modules import LOCAL, handed_on, is_local_function
from newslint.generators.eleventy.loops import Loop, loops
from newslint.generators.eleventy.plugins import LIQUID, NUNJUCKS, OWN, PLUGINS, Plugin
from newslint.generators.site.files import RecordedFiles
from newslint.generators.site.javascript import Call, calls, without_comments
from newslint.generators.site.literals import objects
from newslint.generators.site.settings import walk

_FUNCTIONS: tuple[tuple[str, str, str, bool | None], ...] = (
    ("add(?:Async)?Filter", "filter", "", None),
    ("addNunjucks(?:Async)?Filter", "filter", NUNJUCKS, None),
    ("addLiquidFilter", "filter", LIQUID, None),
    ("add(?:Async)?Shortcode", "tag", "", False),
    ("addNunjucks(?:Async)?Shortcode", "tag", NUNJUCKS, False),
    ("addLiquidShortcode", "tag", LIQUID, False),
    ("addPaired(?:Async)?Shortcode", "tag", "", True),
    ("addPairedNunjucks(?:Async)?Shortcode", "tag", NUNJUCKS, True),
    ("addPairedLiquidShortcode", "tag", LIQUID, True),
    ("addLiquidTag", "tag", LIQUID, None),
    ("addNunjucksTag", "tag", NUNJUCKS, None),
    ("addBundle", "tag", "", True),
    ("addGlobalData", "data", "", None),
    ("addNunjucksGlobal", "data", NUNJUCKS, None),
)
"""The functions that define a name: its kind, its engine (empty for all), whether it is paired."""

_APPLIED = lazy.pattern(
    r"""\brequire\(\s*(['"])(?P<path>[^'"\n]{1,200})\1\s*\)\(\s*(?:\w*[cC]onfig|eleventy)\s*[,)]"""
)
"""A plug-in that is called with the configuration."""
_ADD_PLUGIN = lazy.pattern(r"\.addPlugin\(\s*(?P<name>[A-Za-z_$][\w$.]*+)?")
_EXPORT = lazy.pattern(
    r"\bexport\s+(?:async\s+)?(?:function\b\s*\*?|const|let|var|class)\s*([A-Za-z_$][\w$]*+)"
    r"|\bexports\.([A-Za-z_$][\w$]*+)\s*=[^=]"
)
_EXPORTED = lazy.pattern(r"(?:\bmodule\.exports\s*=|\bexport\s+default|\bexport)\s*(?=\{)")
_COMPUTED_MODULE = lazy.pattern(
    r"""\b(?:require|import)\(\s*(?:(?!['"])[^)\s]|(['"])[^'"\n]{0,200}\1\s*[^,)\s])"""
)
_BEFORE = lazy.pattern(r"""\.on\(\s*+['"`](?:eleventy\.before|beforeBuild)['"`]""")
"""Code that runs before the build, and may write templates."""
_VIRTUAL = lazy.pattern(r"\.add(?:Template|Bundle)\(")
_IMAGE_CODE = lazy.pattern(r"\.rules\.image\b|\.addTransform\(|\bmarkdown-it-[\w-]*image")
_LINK_CODE = lazy.pattern(r"\.rules\.link_open\b|\.addTransform\(|\bmarkdown-it-[\w-]*link")
"""What in a configuration changes the addresses of a page."""
_OPTIONS = lazy.pattern(r"\s*+,\s*+(?=\{)")
_LIBRARY = lazy.pattern(r"""\.setLibrary\(\s*['"](liquid|njk)['"]""")
_PACKAGE_FILES = 40
_SKIPPED = frozenset(
    ("node_modules", "test", "tests", "demo", "docs", "example", "examples", "sample")
)


class Name(NamedTuple):
    """A name that templates may use: where it comes from, its engine, whether it has an end."""

    source: str
    engine: str
    paired: bool | None


@dataclass
class Definitions:
    """The names by kind, and why a name may be missing here (``gaps``).

    ``exported`` are the names of calls whose name is computed: the keys of an object that a loop
    defines, and all that local modules export where that is not known.
    """

    names: dict[str, dict[str, list[Name]]] = field(default_factory=dict)
    gaps: list[str] = field(default_factory=list)
    exported: frozenset[str] = frozenset()
    packages: dict[str, str] = field(default_factory=dict)
    """The plug-ins, and what is known of each: installed, known or missing."""
    is_open: bool = False
    """Whether code is not known that may copy files and write pages."""
    makes_pages: bool = False
    """Whether the configuration or a plug-in writes pages that no file represents."""
    runs_before: str = ""
    """The file of the configuration that runs code before each build."""
    changes_images: bool = False
    changes_links: bool = False
    suffixes: tuple[str, ...] = ()

    def add(self, kind: str, name: str, entry: Name) -> None:
        """Note a name."""
        self.names.setdefault(kind, {}).setdefault(name, []).append(entry)

    def add_unknown(self, reason: str) -> None:
        """Note code that is not known, and why."""
        self.gaps.append(reason)
        self.is_open = True

    def find(self, kind: str, name: str) -> list[Name]:
        """The definitions of a name; of the end of a tag, those of the tag that may have one."""
        names = self.names.get(kind, {})
        if kind == "tag" and name.startswith("end") and name not in names:
            opened = names.get(name[3:], [])
            return [one._replace(paired=False) for one in opened if one.paired is not False]
        return names.get(name, [])


def read(files: RecordedFiles, configuration: Configuration) -> Definitions:
    """Return the definitions that the configuration and its plug-ins make."""
    found = Definitions()
    for kind, name, engine, paired in built_in.names():
        found.add(kind, name, Name("Eleventy", engine, paired))
    computed = False
    exported: set[str] = set()
    iterated: set[str] = set()
    for path, code in configuration.code.items():
        if _take_calls(found, code, path):
            each = list(loops(code))
            iterated.update(*(_take_loop(found, one, path) for one in each))
            computed = computed or not each or not all(one.is_complete for one in each)
        if _BEFORE.search(code):
            found.runs_before = path
        if path != configuration.main:
            exported.update(next(filter(None, one.groups())) for one in _EXPORT.finditer(code))
            for one in objects(code, _EXPORTED, configuration.literals):
                exported.update(one)
        found.makes_pages = found.makes_pages or _VIRTUAL.search(code) is not None
        found.changes_images = found.changes_images or _IMAGE_CODE.search(code) is not None
        found.changes_links = found.changes_links or _LINK_CODE.search(code) is not None
        if _COMPUTED_MODULE.search(code):
            found.add_unknown(msg("{file} computes the modules to load", file=path))
        for match in _LIBRARY.finditer(code):
            name = match[1]
            found.gaps.append(msg("{file} creates its own {name}", file=path, name=name))
        _take_plugins(files, found, configuration, code)
    if computed:
        found.gaps.append(msg("{file} computes names", file=configuration.main))
    found.exported = frozenset(exported | iterated if computed else iterated)
    for name in configuration.missing:
        found.add_unknown(msg("{name}, used by the configuration, does not exist", name=name))
    return found


def _take_calls(found: Definitions, code: str, source: str) -> bool:
    """Note what a text defines; whether a name is computed."""
    computed = False
    for function, kind, engine, paired in _FUNCTIONS:
        if "add" not in code:
            break
        for call in calls(code, rf"\.{function}"):
            if call.name is None:
                computed = computed or _is_definition(call)
            else:
                found.add(kind, call.name.partition(".")[0], Name(source, engine, paired))
    return computed


def _take_loop(found: Definitions, loop: Loop, source: str) -> frozenset[str]:
    """Note what a loop defines; return the names of which the kind is not known."""
    for function, kind, engine, paired in _FUNCTIONS:
        if re.fullmatch(function, loop.function):
            for name in loop.keys:
                found.add(kind, name, Name(source, engine, paired))
            return frozenset()
    return loop.keys


def _is_definition(call: Call) -> bool:
    """Return whether a call with a computed name has a name and a value."""
    return call.arguments >= 2


def _take_plugins(
    files: RecordedFiles, found: Definitions, configuration: Configuration, code: str
) -> None:
    """Note what the plug-ins add that a text adds with ``addPlugin``."""
    bound = dict(bindings(code))
    for match in _ADD_PLUGIN.finditer(code):
        name = (match["name"] or "").partition(".")[0]
        original, package = bound.get(name, ("", ""))
        if name in ("require", "await", "import"):
            package = next(imports(code[match.end("name") - 7 : match.end() + 300]), "")
        elif name in ("", "function", "async"):
            continue  # a plug-in that is written in place
        if package.startswith(".") and (member := (match["name"] or "").partition(".")[2]):
            # A module of the site hands on what it imports.
            original, package = handed_on(configuration, member) or (original, package)
        if package == "@11ty/eleventy":
            member = (match["name"] or "").partition(".")[2] or original
            _take(found, OWN.get(original) or OWN.get(member) or OWN.get(name) or Plugin(), package)
            _take_options(found, configuration, code, match.end(), package)
        elif package and not package.startswith(LOCAL):
            _take_package(files, found, _package_name(package))
            _take_options(found, configuration, code, match.end(), _package_name(package))
        elif not package and name and not is_local_function(code, name):
            found.add_unknown(msg("the plug-in {name} is unknown", name=name))
    for match in _APPLIED.finditer(code):
        if not match["path"].startswith(LOCAL):
            _take_package(files, found, _package_name(match["path"]))


def _take_options(
    found: Definitions, configuration: Configuration, code: str, at: int, package: str
) -> None:
    """Note the names that the options of a plug-in choose, such as ``shortcode: "icon"``."""
    options = _OPTIONS.match(code, at)
    stated = configuration.literals.value(code, options.end())[0] if options else None
    for key, value in stated.items() if isinstance(stated, dict) else ():
        if isinstance(value, str) and re.search(r"shortcode|tagname", key, re.IGNORECASE):
            found.add("tag", value, Name(package, "", None))
        elif isinstance(value, str) and "filter" in key.lower():
            found.add("filter", value, Name(package, "", None))
        elif key == "bundles" and isinstance(value, list):
            for bundle in value:
                found.add("tag", str(bundle), Name(package, "", True))


def _package_name(path: str) -> str:
    parts = path.split("/")
    return "/".join(parts[:2] if path.startswith("@") else parts[:1])


def _take_package(files: RecordedFiles, found: Definitions, package: str) -> None:
    if package in found.packages:
        return
    known = PLUGINS.get(package)
    if known is not None:
        _take(found, known, package)
    if package == "@11ty/eleventy-plugin-rss":
        _take(found, OWN["HtmlBasePlugin"], package)  # which it adds
    folder = f"node_modules/{package}"
    installed = files.exists(f"{folder}/package.json")
    if installed:
        computed = False
        for path in walk(files, folder, skipped=_SKIPPED, limit=_PACKAGE_FILES):
            if path.endswith((".js", ".cjs", ".mjs")) and not path.endswith(".min.js"):
                code = without_comments((files.text(path) or "")[:100_000])
                computed = _take_calls(found, code, package) or computed
        if computed and known is None:
            found.gaps.append(msg("the plug-in {name} computes names", name=package))
    elif known is None:
        found.add_unknown(msg("the plug-in {name} is not installed", name=package))
    found.packages[package] = "installed" if installed else "known" if known else "missing"


def _take(found: Definitions, plugin: Plugin, source: str) -> None:
    for kind, names, paired in (
        ("tag", plugin.tags, False),
        ("tag", plugin.blocks, True),
        ("filter", plugin.filters, None),
    ):
        for name in names:
            found.add(kind, name, Name(source, plugin.engine, paired))
    found.makes_pages = found.makes_pages or plugin.pages
    found.changes_images = found.changes_images or plugin.images
    found.changes_links = found.changes_links or plugin.links
    found.suffixes += plugin.suffixes
