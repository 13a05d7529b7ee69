"""Properties of an Eleventy site besides its templates: renderer, URL, evidence."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.eleventy.configuration import Configuration
from newslint.generators.eleventy.definitions import Definitions
from newslint.generators.eleventy.options import Options
from newslint.generators.site import Evidence, Renderer, referrer
from newslint.generators.site.files import RecordedFiles
from newslint.generators.site.javascript import calls, without_comments
from newslint.generators.site.literals import Literals, objects
from newslint.generators.site.parsing import parse
from newslint.generators.site.settings import walk

_LIBRARY = lazy.pattern(r"""\.setLibrary\(\s*['"]md['"]\s*,\s*""")
_MAKER = r"""(?:\b(?:[mM]arkdown[-_]?[iI]t|[mM]d)\w*|require\(['"]markdown-it['"]\))\s*\(\s*"""
_MARKDOWN_IT = lazy.pattern(_MAKER + r"(?=[{\w])")
_BARE = lazy.pattern(_MAKER + r"\)")
_USE = lazy.pattern(r"\.use\(\s*([\w$.]+)")
_DROPPED = lazy.pattern(r"\bdraft\b[\s\S]{0,300}\breturn\s+false\b")
_DRAFTS = lazy.pattern(r"""\.addPreprocessor\(\s*['"]drafts?['"]""")
_EXPORT = lazy.pattern(r"(?:\bmodule\.exports\s*=|\bexport\s+default)\s*(?=[{A-Za-z_$])")
_SITE_DATA = ("metadata", "site", "meta", "config", "siteMeta", "global")
_ADDRESS_KEYS = ("url", "baseUrl", "baseURL", "siteUrl", "siteURL", "domain", "origin")
_STAND_INS = ("example.com", "localhost", "127.0.0.1", "yoursite", "your-site")
_LAYOUT_LIMIT = 200


def renderer(configuration: Configuration) -> tuple[Renderer, bool]:
    """Return the renderer of Markdown, and whether it keeps HTML.

    Eleventy's own markdown-it does; one of the site's, without ``html: true``, does not.
    """
    text = configuration.text
    plugins = tuple(dict.fromkeys(_USE.findall(text)))[:50]
    options: dict[str, Any] = {"html": True, "plugins": plugins}
    if _LIBRARY.search(text) is None:
        return Renderer("markdown-it", options=options), True
    made = next(objects(text, _MARKDOWN_IT, configuration.literals), None)
    made = {} if made is None and _BARE.search(text) else made
    if made is None:
        reason = msg("{file} creates its own Markdown renderer", file=configuration.main)
        return Renderer("markdown-it", False, options, reason), True
    options |= {key: value for key, value in made.items() if isinstance(value, (bool, str))}
    html = made.get("html", False)
    options["html"] = html is not False
    return Renderer("markdown-it", options=options), html is not False


def drops_drafts(configuration: Configuration) -> bool:
    """Return whether a preprocessor for drafts leaves out templates with ``draft: true``."""
    if _DRAFTS.search(configuration.text) is not None:
        return True
    made = calls(configuration.text, r"\.addPreprocessor")
    return any(_DROPPED.search(one.last) is not None for one in made)


def site_data(files: RecordedFiles, options: Options) -> list[dict[str, Any]]:
    """Return the values of the files of global data that describe the site by custom."""
    found = []
    for name in _SITE_DATA:
        for suffix in ("json", "js", "cjs", "mjs"):
            path = posixpath.join(options.data or options.input, f"{name}.{suffix}")
            if files.exists(path):
                found.append(_values(files.text(path) or "", suffix))
    return found


def base_url(data: list[dict[str, Any]]) -> str | None:
    """The site's address: by custom a text in a file of global data, such as _data/site.json."""
    stated = (values.get(key) for values in data for key in _ADDRESS_KEYS)
    return next(filter(None, map(_address, stated)), None)


def _values(text: str, suffix: str) -> dict[str, Any]:
    if suffix == "json":
        return parse(text, "json", "eleventy") or {}
    code = without_comments(text[:64_000])
    return next(objects(code, _EXPORT, Literals(code)), {})


def _address(value: Any) -> str | None:
    if not isinstance(value, str) or not value.isprintable():
        return None
    try:
        parts = urlsplit(value.strip())
        host = parts.hostname or ""
    except ValueError:
        return None
    is_own = parts.scheme in ("http", "https") and not any(one in host for one in _STAND_INS)
    return value.strip() if is_own and "." in host else None


def referrer_policy(files: RecordedFiles, options: Options) -> str | None:
    """Return the policy that each layout of a complete document states."""
    found: set[str | None] = set()
    folders = dict.fromkeys(one for one in (options.layouts, options.includes) if one)
    texts: dict[str, str] = {}
    for folder in folders:
        for path in walk(files, folder, limit=_LAYOUT_LIMIT):
            if path.endswith((".njk", ".liquid", ".html", ".htm")):
                texts[path] = files.text(path) or ""

    def resolve(name: str, path: str) -> str | None:
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
        places = [posixpath.join(folder, name) for folder in folders]
        return next((one for one in (*places, f"{places[0]}.liquid", beside) if one in texts), None)

    for path, text in texts.items():
        if "<html" in text.lower() or "<head" in text.lower():
            policy = referrer.of_layouts([path], texts.get, resolve)
            found.add(policy[0] if policy else None)
    return found.pop() if len(found) == 1 else None


def evidence(
    configuration: Configuration, options: Options, known: Definitions
) -> Iterator[Evidence]:
    """Yield what was read, and what it decided."""
    for path in configuration.code:
        yield Evidence(path, msg("configuration"))
    yield Evidence(options.input or ".", msg("content"))
    for package, state in known.packages.items():
        what = {
            "installed": msg("plug-in"),
            "known": msg("plug-in, not installed"),
            "missing": msg("plug-in, unknown and not installed"),
        }[state]
        yield Evidence(package, what)
    for reason in (*options.gaps, *known.gaps):
        yield Evidence(configuration.main, reason)
