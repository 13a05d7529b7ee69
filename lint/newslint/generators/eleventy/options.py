"""What the configuration of an Eleventy site says about its files, as plain values."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.eleventy.configuration import Configuration, is_known, text_of
from newslint.generators.eleventy.overrides import ENGINES
from newslint.generators.site.files import RecordedFiles
from newslint.generators.site.javascript import calls
from newslint.generators.site.literals import COMPUTED
from newslint.generators.site_roles import UNKNOWN_ENGINE

FORMATS = ("liquid", "md", "njk", "html", "11ty.js")

_DIRECTORIES = {
    "input": "setInputDirectory", "includes": "setIncludesDirectory",
    "layouts": "setLayoutsDirectory", "data": "setDataDirectory", "output": "setOutputDirectory",
}  # fmt: skip
_DEFAULTS = {"input": ".", "includes": "_includes", "data": "_data", "output": "_site"}
_EXTENSIONS = {"11ty.js": ("11ty.js", "11ty.cjs", "11ty.mjs")}
_COPY = lazy.pattern(r"\.addPassthroughCopy\(\s*")
_FORMAT_CALL = lazy.pattern(r"\.(set|add)TemplateFormats\(\s*")
_DELIMITERS = lazy.pattern(r"\.setNunjucksEnvironmentOptions\(\s*+\{[^;]*?\btags\s*+:")
_THROWS = lazy.pattern(
    r"\.setNunjucksEnvironmentOptions\(\s*+\{[^;]*?\bthrowOnUndefined\s*+:\s*+true\b"
)
_SUFFIX_CALL = lazy.pattern(r"\.setDataFileSuffixes\(\s*")
_ALIAS = lazy.pattern(
    r"""\.addLayoutAlias\(\s*(['"])(?P<alias>[^'"\n]+)\1\s*,\s*(['"])(?P<file>[^'"\n]+)\3"""
)


@dataclass(frozen=True)
class Options:
    """The folders, relative to the root, formats, engines, ignored and copied files of a site.

    ``layouts`` is empty where layouts lie among the includes. ``engines`` has the engine that reads
    Markdown and HTML before anything else, None for none. ``gaps`` are reasons why roles may
    be others.
    """

    input: str = ""
    includes: str = "_includes"
    layouts: str = ""
    data: str = "_data"
    output: str = "_site"
    formats: tuple[str, ...] = FORMATS
    custom: tuple[str, ...] = ()
    """The suffixes that ``addExtension`` makes templates."""
    engines: Mapping[str, str | None] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    copied: Mapping[str, str] = field(default_factory=dict)
    """Files, folders or patterns that are copied, and the path that each is copied to."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    suffixes: tuple[str, ...] = (".11tydata", "")
    base_name: str = ""
    deep_merge: bool = True
    data_formats: tuple[str, ...] = ()
    prefix: str = ""
    simple_arguments: bool = True
    """Whether shortcodes of Liquid take texts, numbers and names, and nothing else."""
    throws: bool = False
    """Whether Nunjucks may print nothing that has no value."""
    computed_copies: bool = False
    computed_aliases: bool = False
    gaps: tuple[str, ...] = ()

    @property
    def template_suffixes(self) -> tuple[str, ...]:
        """The suffixes of templates, the longer first."""
        known = [one for one in self.formats if one in FORMATS or one in self.custom]
        found = [suffix for one in known for suffix in _EXTENSIONS.get(one, (one,))]
        return tuple(sorted(found, key=len, reverse=True))

    @property
    def copied_suffixes(self) -> tuple[str, ...]:
        """The formats that are no templates: their files are copied."""
        return tuple(one for one in self.formats if one not in FORMATS and one not in self.custom)


def read(files: RecordedFiles, configuration: Configuration) -> Options:
    """Return the options that a configuration states."""
    gaps: list[str] = []
    folders = _folders(configuration, gaps)
    source = folders["input"]
    custom = tuple(filter(None, (one.name for one in _calls(configuration, "addExtension"))))
    copied, computed = _copies(configuration, source)
    aliases = {match["alias"]: match["file"] for match in _ALIAS.finditer(configuration.text)}
    computed_aliases = len(aliases) < len(list(_calls(configuration, "addLayoutAlias")))
    names = [one.name for one in _calls(configuration, "setDataFileBaseName")]
    base_name = text_of(configuration.value("dataFileDirBaseNameOverride")) or ""
    return Options(
        source,
        _below(source, folders["includes"]),
        _below(source, folders["layouts"]),
        _below(source, folders["data"]),
        output=folders["output"],
        formats=_formats(configuration, gaps),
        custom=custom,
        engines=_engines(configuration, gaps),
        ignored=tuple(_ignored(files, configuration, source)),
        copied=copied,
        aliases=aliases,
        suffixes=_suffixes(configuration),
        base_name=next((name for name in names if name), base_name),
        deep_merge="setDataDeepMerge(false)" not in configuration.text.replace(" ", ""),
        data_formats=tuple(_data_formats(configuration)),
        prefix=_prefix(configuration),
        simple_arguments=not _reads_all_arguments(files, configuration),
        throws=any(_THROWS.search(code) for code in configuration.code.values()),
        computed_copies=computed,
        computed_aliases=computed_aliases,
        gaps=tuple(gaps),
    )


_NEWER = lazy.pattern(r'"@11ty/eleventy"\s*:\s*"[^"\d]*(?:[4-9]|[1-9]\d)')
"""In package.json: Eleventy 4, whose shortcodes read their arguments as Liquid does."""


def _reads_all_arguments(files: RecordedFiles, configuration: Configuration) -> bool:
    """Return whether a shortcode in Liquid takes more than words, numbers and texts."""
    if "setLiquidParameterParsing" in configuration.text:
        return True
    return _NEWER.search(files.text("package.json") or "") is not None


def with_suffixes(options: Options, suffixes: tuple[str, ...]) -> Options:
    """Return the options with suffixes that a plug-in makes templates."""
    return replace(
        options,
        formats=tuple(dict.fromkeys((*options.formats, *suffixes))),
        custom=(*options.custom, *suffixes),
    )


def _calls(configuration: Configuration, function: str) -> Any:
    return calls(configuration.text, rf"\.{function}")


def _folders(configuration: Configuration, gaps: list[str]) -> dict[str, str]:
    stated = configuration.value("dir")
    if stated is COMPUTED:
        gaps.append(msg("{file} computes the folders", file=configuration.main))
    values: dict[str, Any] = dict(stated) if isinstance(stated, dict) else {}
    found = {"layouts": "", **_DEFAULTS}
    for key, method in _DIRECTORIES.items():
        for call in _calls(configuration, method):
            values[key] = COMPUTED if call.name is None else call.name
        value = configuration.flags.get(key, values.get(key))
        if value is COMPUTED:
            gaps.append(msg("{file} computes the folders", file=configuration.main))
        elif isinstance(value, str):
            found[key] = value
    found["input"] = clean(found["input"])
    found["output"] = clean(found["output"])
    return found


def clean(path: str) -> str:
    """Return a path relative to the root; the root is empty."""
    found = posixpath.normpath(path.replace("\\", "/").lstrip("/") or ".")
    return "" if found == "." else found


def _below(folder: str, path: str) -> str:
    """Return a folder relative to the input folder; empty where it is that, or none is stated."""
    return clean(posixpath.join(folder, path)) if path and clean(path) else ""


def _formats(configuration: Configuration, gaps: list[str]) -> tuple[str, ...]:
    found: list[str] | None = _names(configuration.value("templateFormats"))
    added: list[str] = []
    if configuration.value("templateFormats") is not None and found is None:
        gaps.append(msg("{file} computes the formats", file=configuration.main))
    for code in configuration.code.values():
        for match in _FORMAT_CALL.finditer(code):
            names = _names(configuration.literals.value(code, match.end())[0])
            if names is None:
                gaps.append(msg("{file} computes the formats", file=configuration.main))
            elif match[1] == "set":
                found = names
            else:
                added += names
    if "formats" in configuration.flags:
        return tuple(configuration.flags["formats"].split(","))
    return tuple(dict.fromkeys([*(FORMATS if found is None else found), *added]))


def _names(value: Any) -> list[str] | None:
    """Return a list of names, or names in a text with commas; None for anything else."""
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list) or not is_known(value):
        return None
    return [one.strip() for one in value if isinstance(one, str) and one.strip()]


def _engines(configuration: Configuration, gaps: list[str]) -> dict[str, str | None]:
    found: dict[str, str | None] = {"njk": "nunjucks", "liquid": "liquid"}
    for suffix, key in (("md", "markdownTemplateEngine"), ("html", "htmlTemplateEngine")):
        value = configuration.value(key)
        if value is COMPUTED:
            gaps.append(msg("{file} computes {key}", key=key, file=configuration.main))
            found[suffix] = UNKNOWN_ENGINE
        elif value is False or value in ("", "html", "md"):
            found[suffix] = None
        else:
            found[suffix] = ENGINES.get(value, value) if isinstance(value, str) else "liquid"
    if any(_DELIMITERS.search(code) for code in configuration.code.values()):
        gaps.append(msg("{file} changes the delimiters of Nunjucks", file=configuration.main))
        return {key: UNKNOWN_ENGINE if one == "nunjucks" else one for key, one in found.items()}
    return found


def _copies(configuration: Configuration, source: str) -> tuple[dict[str, str], bool]:
    found: dict[str, str] = {}
    computed = False
    for code in configuration.code.values():
        for match in _COPY.finditer(code):
            value, _ = configuration.literals.value(code, match.end())
            if isinstance(value, str):
                path = clean(value)
                found[path] = _output_of(path, source)
            elif isinstance(value, dict):
                pairs = {k: v for k, v in value.items() if isinstance(v, str) and k != "..."}
                found.update({clean(path): clean(target) for path, target in pairs.items()})
                computed = computed or len(pairs) < len(value)
            else:
                computed = True
    return found, computed


def _output_of(path: str, source: str) -> str:
    """Return where a file is copied to: its path below the input folder, or below the root."""
    if source and path.startswith(f"{source}/"):
        return path[len(source) + 1 :]
    return "" if path == source else path


def _ignored(files: RecordedFiles, configuration: Configuration, source: str) -> Iterator[str]:
    """Yield the patterns of files that are no templates, relative to the root."""
    kept = {one.name for one in calls(configuration.text, r"\.ignores\.delete")}
    if "**/node_modules/**" not in kept:
        yield "**/node_modules/**"
    for call in calls(configuration.text, r"\.ignores\.add"):
        if call.name:
            yield call.name if call.name.startswith("**/") else clean(call.name)
    uses_git = "setUseGitIgnore(false)" not in configuration.text.replace(" ", "")
    names = [".gitignore"] if uses_git else []
    names += [".eleventyignore", posixpath.join(source, ".eleventyignore")]
    for name in dict.fromkeys(names):
        text = files.text(name) if files.exists(name) else None
        for line in (text or "").splitlines()[:2_000]:
            line = line.strip()
            if line and line[0] not in "#!":
                path = clean(posixpath.join(posixpath.dirname(name), line.lstrip("/")))
                yield f"{path}/**" if line.endswith("/") or files.entries(path) else path


def _suffixes(configuration: Configuration) -> tuple[str, ...]:
    value = configuration.value("dataFileSuffixes")
    for code in configuration.code.values():
        for match in _SUFFIX_CALL.finditer(code):
            value, _ = configuration.literals.value(code, match.end())
    if isinstance(value, list):
        return tuple(one for one in value if isinstance(one, str))
    old = configuration.value("jsDataFileSuffix")
    return (old, "") if isinstance(old, str) else (".11tydata", "")


def _data_formats(configuration: Configuration) -> Iterator[str]:
    for call in _calls(configuration, "addDataExtension"):
        for name in (call.name or "").split(","):
            if name.strip():
                yield name.strip().lstrip(".")


def _prefix(configuration: Configuration) -> str:
    stated = configuration.flags.get("pathprefix", configuration.value("pathPrefix"))
    return stated.strip("/") if isinstance(stated, str) else ""
