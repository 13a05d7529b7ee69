"""The modules of a Hugo site, themes among them, and the folders that it mounts from each.

The site's own folder comes first, then each import and what that imports, depth first, as Hugo
lays them over one another.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from newslint.generators.hugo.configuration import Configuration, join, load, underlay
from newslint.generators.hugo.mount_filters import EXCLUDES
from newslint.generators.site.files import RecordedFiles
from newslint.generators.site.parsing import mappings, section, texts

COMPONENTS = ("content", "static", "layouts", "archetypes", "assets", "data", "i18n")

_FOLDER_KEYS = {
    "content": "contentdir", "static": "staticdir", "layouts": "layoutdir",
    "archetypes": "archetypedir", "assets": "assetdir", "data": "datadir", "i18n": "i18ndir",
}  # fmt: skip
_MODULE_LIMIT = 50


@dataclass(frozen=True, slots=True)
class Mount:
    """A folder or file, relative to the site's root, that lies at a path below a component.

    ``language`` is of all files in it that do not name one; ``module`` is empty for the site's own.
    ``patterns`` tell which files count, see `MountFilter`.
    """

    source: str
    component: str
    target: str = ""
    language: str = ""
    module: str = ""
    patterns: tuple[str, ...] = ()


@dataclass
class Modules:
    """All mounts, the site's own first; the modules that are not here; the folders that are."""

    mounts: list[Mount] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)


def collect(files: RecordedFiles, configuration: Configuration) -> Modules:
    """Return the mounts of a site and its modules; lays the modules' values below the site's."""
    values = configuration.values
    found = Modules()
    own = list(_stated(section(values, "module").get("mounts"), "", ""))
    found.mounts += own + list(_usual(values, {mount.component for mount in own}))
    collector = _Collector(files, configuration, found, _vendored(files), _replaced(values))
    collector.follow(values)
    return found


@dataclass
class _Collector:
    files: RecordedFiles
    configuration: Configuration
    found: Modules
    vendored: Mapping[str, str]
    replaced: Mapping[str, str]
    seen: set[str] = field(default_factory=set)

    def follow(self, values: Mapping[str, Any]) -> None:
        """Add the modules that a configuration imports."""
        for wanted in _imports(values):
            path = self.replaced.get(wanted["path"], wanted["path"])
            if (
                path in self.seen
                or len(self.seen) >= _MODULE_LIMIT
                or wanted.get("disable") is True
            ):
                continue
            self.seen.add(path)
            folder = self._folder(path)
            if folder is None:
                self.found.missing.append(path)
            else:
                self._add(path, folder, wanted)

    def _folder(self, path: str) -> str | None:
        """Return the module's folder, which contains something; None where it is not here."""
        places = [self.vendored[path]] if path in self.vendored else []
        themes = self.configuration.values.get("themesdir")
        places.append(clean(join(themes if isinstance(themes, str) else "themes", path)))
        return next((place for place in places if self.files.entries(place)), None)

    def _add(self, path: str, folder: str, wanted: Mapping[str, Any]) -> None:
        self.found.folders.append(folder)
        own = Configuration() if wanted.get("ignoreconfig") is True else load(self.files, folder)
        self.configuration.files += own.files
        self.configuration.unread += own.unread
        if wanted.get("nomounts") is not True:
            stated = wanted.get("mounts") or section(own.values, "module").get("mounts")
            mounts = list(_stated(stated, folder, path))
            if not mounts:
                names = {one.name for one in self.files.entries(folder) if one.is_folder}
                mounts = [
                    Mount(join(folder, name), name, module=path)
                    for name in COMPONENTS
                    if name in names
                ]
            self.found.mounts += mounts
        _merge_module(self.configuration.values, own.values)
        if wanted.get("ignoreimports") is not True:
            self.follow(own.values)


def _merge_module(values: dict[str, Any], module: dict[str, Any]) -> None:
    """Lay a module's values below the site's: parameters, and what the site wants merged.

    Languages of a module count where the site names none (Hugo 0.152 and later).
    """
    if values.get("_merge") == "deep":
        underlay(values, module)
        return
    wanted = {"params", *(() if "languages" in values else ("languages",))}
    for key, value in module.items():
        own = values.get(key)
        strategy = own.get("_merge") if isinstance(own, dict) else None
        if isinstance(value, dict) and (key in wanted or strategy in ("deep", "shallow")):
            underlay(values, {key: value})


def _imports(values: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for wanted in mappings(section(values, "module").get("imports")):
        if isinstance(wanted.get("path"), str):
            yield wanted
    for name in texts(values.get("theme")):
        yield {"path": name}


def _stated(mounts: Any, folder: str, module: str) -> Iterator[Mount]:
    """Yield the mounts that a configuration names."""
    for one in mappings(mounts):
        source, target = one.get("source"), one.get("target")
        if not isinstance(source, str) or not isinstance(target, str):
            continue
        component, _, below = clean(target).partition("/")
        if component not in COMPONENTS:
            continue
        excluded = [EXCLUDES + p.removeprefix(EXCLUDES) for p in texts(one.get("excludefiles"))]
        yield Mount(
            clean(join(folder, source)),
            component,
            below,
            _language(one),
            module,
            (*texts(one.get("files")), *texts(one.get("includefiles")), *excluded),
        )


def _language(mount: Mapping[str, Any]) -> str:
    language = mount.get("lang")
    named = texts(section(mount, "sites", "matrix").get("languages"))
    return (language if isinstance(language, str) else named[0] if len(named) == 1 else "").lower()


def _usual(values: Mapping[str, Any], stated: set[str]) -> Iterator[Mount]:
    """Yield the mounts of components for which the site names none."""
    for component in COMPONENTS:
        if component in stated:
            continue
        key = _FOLDER_KEYS[component]
        folders = texts(values.get(key)) or (component,)
        if component == "static":
            folders += tuple(x for n in range(11) for x in texts(values.get(f"staticdir{n}")))
        own = dict(_of_languages(values, key)) if component in ("content", "static") else {}
        common = [clean(folder) for folder in folders]
        if component == "content" and own and None not in own.values():
            common = []  # each language has its own folder
        for folder in common:
            yield Mount(folder, component)
        for language, named in own.items():
            for folder in named or ():
                if clean(folder) not in common:
                    yield Mount(clean(folder), component, language=language)


def _of_languages(
    values: Mapping[str, Any], key: str
) -> Iterator[tuple[str, tuple[str, ...] | None]]:
    """Yield the folders that each language names for itself; None for one that takes the site's."""
    for language, own in section(values, "languages").items():
        if isinstance(own, Mapping) and own.get("disabled") is not True:
            yield language, texts(own.get(key)) or None


def _vendored(files: RecordedFiles) -> dict[str, str]:
    """Return the folder of each module that `hugo mod vendor` has copied into the site."""
    found = {}
    for line in (files.text("_vendor/modules.txt") or "").splitlines()[:1_000]:
        parts = line.strip("# \t").split()
        if len(parts) == 2:
            found[parts[0]] = clean(f"_vendor/{parts[0]}")
    return found


def _replaced(values: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    for line in texts(section(values, "module").get("replacements")):
        for one in line.split(","):
            old, arrow, new = one.partition("->")
            if arrow:
                found[old.strip()] = new.strip()
    return found


def clean(path: str) -> str:
    """Return a path without `.` and doubled slashes; the root is empty."""
    found = posixpath.normpath(path.replace("\\", "/"))
    return "" if found == "." else found
