"""What the theme of a Hexo site decides for all pages: its layouts and the referrer policy."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from newslint.generators.hexo.extensions import Extensions
from newslint.generators.hexo.options import HexoOptions
from newslint.generators.site import referrer
from newslint.generators.site.files import SiteFiles
from newslint.generators.site.parsing import parse

_LAYOUTS = ("layout", "_layout", "includes/layout")
"""Names of the layout that surrounds all pages, below ``layout`` of the theme."""


def referrer_policy(
    files: SiteFiles, options: HexoOptions, found: Extensions
) -> tuple[str, str] | None:
    """The policy of a ``<meta name="referrer">`` that all pages have, and the file that sets it."""
    for name, config in _configurations(files, options, found.theme):
        for text in _texts(config):
            if "referrer" in text and (policy := referrer.in_text(text)) is not None:
                return policy, name
    for script, code in found.referrer:
        if "injector" in code and (policy := referrer.in_text(code)) is not None:
            return policy, script
    if not found.theme:
        return None
    folder = f"{found.theme}/layout"
    there = _Layouts(files, folder)
    layouts = [path for name in _LAYOUTS if (path := there.find(name, f"{folder}/x"))]
    return referrer.of_layouts(layouts, files.text, there.find)


class _Layouts:
    """Finds the files of a theme that partials name."""

    def __init__(self, files: SiteFiles, folder: str) -> None:
        self.files, self.folder = files, folder
        self._entries: dict[str, dict[str, str]] = {}

    def find(self, name: str, path: str) -> str | None:
        """Return the file that an include in ``path`` names, relative to it or to the layouts."""
        for base in (posixpath.dirname(path), self.folder):
            wanted = posixpath.normpath(posixpath.join(base, name))
            folder, last = posixpath.split(wanted)
            there = self._there(folder) if folder.startswith(self.folder) else {}
            if last in there.values():
                return wanted
            if last in there:
                return f"{folder}/{there[last]}"
        return None

    def _there(self, folder: str) -> dict[str, str]:
        """Return the files of a folder by their names without suffix."""
        if folder not in self._entries:
            self._entries[folder] = {
                posixpath.splitext(entry.name)[0]: entry.name
                for entry in self.files.entries(folder)
                if not entry.is_folder
            }
        return self._entries[folder]


def _configurations(
    files: SiteFiles, options: HexoOptions, theme: str
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the configurations of the theme in force, the strongest first."""
    if isinstance(inner := options.data.get("theme_config"), Mapping):
        yield options.file, inner
    for name in (f"_config.{options.theme}.yml", *([f"{theme}/_config.yml"] if theme else ())):
        text = files.text(name)
        # Parsing a theme's configuration takes longer than all the rest.
        if text is not None and "referrer" in text and (data := parse(text, "yaml", "hexo")):
            yield name, data


def _texts(value: Any) -> Iterator[str]:
    """Yield all texts within a value of the configuration."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, Mapping):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
