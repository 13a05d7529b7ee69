"""Properties of a Hugo site besides its posts: URL, renderer, evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from newslint.core.messages import msg
from newslint.generators.hugo import modules, settings, templates, versions
from newslint.generators.hugo.configuration import Configuration, join
from newslint.generators.site import Evidence, Renderer
from newslint.generators.site.files import RecordedFiles
from newslint.generators.site.parsing import section, texts

_STAND_INS = frozenset({"localhost", "127.0.0.1", "0.0.0.0"})  # noqa: S104 - names of no server
_STAND_IN_WORDS = ("replace-this", "yoursite", "example.com")
_GOLDMARK_SINCE = 60
"""The minor version from which goldmark renders Markdown that names no renderer."""
_TAXONOMIES = frozenset({"tags", "categories"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else decides: the path of the base address, taxonomies, and what is not known.

    ``missing`` says that a module does not exist or the configuration not read; ``hooks`` that a
    template changes links or images as it likes.
    """

    base: str = ""
    taxonomies: frozenset[str] = frozenset()
    several_hosts: bool = False
    missing: bool = False
    hooks: bool = False
    drafts: bool = False
    future: bool = False
    expired: bool = False
    """Whether the build includes drafts, and pages whose time has not come or is over."""


def missing(configuration: Configuration, found: modules.Modules) -> str:
    """Return why templates may exist that were not read; empty where all were."""
    if configuration.unread:
        return msg("{file} cannot be read", file=configuration.unread[0])
    if found.missing:
        return msg(
            "the theme or module {name} is not in the folder of the site", name=found.missing[0]
        )
    return ""


def main_sections(
    files: RecordedFiles, values: Mapping[str, Any], found: modules.Modules
) -> frozenset[str]:
    """Return the sections of posts that the configuration names, where one of them is there."""
    named = texts(values.get("mainsections")) or texts(
        section(values, "params").get("mainsections")
    )
    if not named:
        return frozenset()
    there = {
        mount.target.partition("/")[0] for mount in found.mounts if mount.component == "content"
    }
    for mount in found.mounts:
        if mount.component == "content" and not mount.target:
            there |= {name for name in named if files.exists(join(mount.source, name))}
    wanted = frozenset(name.lower() for name in named)
    return wanted if there & set(named) else frozenset()


def base_url(values: Mapping[str, Any], language: str) -> str | None:
    """Return the site's own address: that of the default language, or of all."""
    own = section(values, "languages", language).get("baseurl")
    stated = own if isinstance(own, str) else values.get("baseurl")
    if not isinstance(stated, str) or not stated.isprintable():
        return None
    try:
        parts = urlsplit(stated.strip())
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or host in _STAND_INS:
        return None
    return None if any(word in host for word in _STAND_IN_WORDS) else stated.strip()


def surroundings(
    values: Mapping[str, Any],
    base: str | None,
    stated: settings.Settings,
    shown: templates.Templates,
    missing: bool,
) -> Surroundings:
    """Return what decides which addresses find something."""
    taxonomies = section(values, "taxonomies").values() if "taxonomies" in values else _TAXONOMIES
    hooks = any("_markup/render-" in path for path in shown.files)
    embedded = section(values, "markup", "goldmark", "renderhooks")
    path = values.get("baseurl")
    try:
        prefix = urlsplit(path).path.strip("/") if isinstance(path, str) else ""
    except ValueError:
        prefix = ""
    return Surroundings(
        "" if settings.is_yes(values.get("canonifyurls")) else prefix,
        frozenset(one.lower() for one in taxonomies if isinstance(one, str)),
        any(one.always for one in stated.addresses.values()),
        missing,
        hooks or bool(embedded) or len(stated.languages) > 1,
        settings.is_yes(values.get("builddrafts")),
        settings.is_yes(values.get("buildfuture")),
        settings.is_yes(values.get("buildexpired")),
    )


def renderer(values: Mapping[str, Any], pinned: versions.Versions) -> Renderer:
    """Return the renderer of Markdown, with the settings of goldmark as its options."""
    handler = section(values, "markup").get("defaultmarkdownhandler")
    usual = "blackfriday" if pinned.since(_GOLDMARK_SINCE) is False else "goldmark"
    name = handler.lower() if isinstance(handler, str) and handler else usual
    if name != "goldmark":
        return Renderer(
            name, False, reason=msg("newslint does not know how {name} is parsed", name=name)
        )
    return Renderer(name, options=dict(section(values, "markup", "goldmark")))


def evidence(
    configuration: Configuration,
    found: modules.Modules,
    shown: templates.Templates,
    pinned: versions.Versions,
) -> list[Evidence]:
    """Return what was read, and what it decided."""
    evidence = [Evidence(file, msg("configuration")) for file in configuration.files]
    evidence += [Evidence(file, msg("cannot be read")) for file in configuration.unread]
    evidence += [Evidence(folder, msg("theme or module")) for folder in found.folders]
    evidence += [Evidence(name, msg("theme or module, missing")) for name in found.missing]
    evidence += [
        Evidence(mount.source, msg("content"))
        for mount in found.mounts
        if mount.component == "content" and not mount.module
    ]
    if shown.shortcodes:
        sources = sorted({one.source.rpartition("/")[0] for one in shown.shortcodes.values()})
        count = len(shown.shortcodes)
        evidence.append(Evidence(sources[0], msg("{number} shortcodes", number=count)))
    if pinned.source:
        evidence.append(Evidence(pinned.source, msg("Hugo 0.{minor}", minor=pinned.oldest)))
    return evidence
