"""The configuration of a Hugo site or module: its files, merged as Hugo merges them.

Measured with Hugo 0.111.3 and 0.168.0: `hugo.*` before `config.*`, toml before yaml, yml and json;
then each file of `config/_default` and of `config/production`, whose name is the key that it sets.
Keys are compared without regard to case, and are in lower case here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from newslint.generators.site.files import RecordedFiles
from newslint.generators.site.parsing import FORMS, lower_keys, parse

_NAMES = ("hugo", "config")
_DIRECTORIES = ("config/_default", "config/production")
_DEPTH = 4
"""Folders below a configuration folder that are read."""


@dataclass
class Configuration:
    """The values of the configuration, and the files that they come from, in order.

    ``unread`` names the files that do not parse: what they say is not known.
    """

    values: dict[str, Any] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def take(self, path: str, text: str, keys: tuple[str, ...] = ()) -> None:
        """Lay a file's values over those there are, below some keys."""
        found = parse(text, FORMS[path.rpartition(".")[2]], "hugo")
        if found is None:
            self.unread.append(path)
            return
        self.files.append(path)
        values: Any = lower_keys(found)
        if len(keys) == 1 and values.keys() == {keys[0]}:
            values = values[keys[0]]
        for key in reversed(keys):
            values = {key: values}
        overlay(self.values, values)


def load(files: RecordedFiles, folder: str = "") -> Configuration:
    """The configuration of the site or module in a folder, for the production environment."""
    configuration = Configuration()
    for path in _main_files(folder):
        text = files.text(path) if files.exists(path) else None
        if text is not None:
            configuration.take(path, text)
            break
    for directory in _DIRECTORIES:
        for path, keys in _directory_files(files, join(folder, directory), _DEPTH):
            text = files.text(path)
            if text is not None:
                configuration.take(path, text, keys)
    return configuration


def join(folder: str, name: str) -> str:
    """Return a path below a folder; the root is empty."""
    return f"{folder}/{name}" if folder else name


def overlay(below: dict[str, Any], above: dict[str, Any]) -> None:
    """Set the values of ``above`` in ``below``; mappings in both are merged."""
    for key, value in above.items():
        old = below.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            overlay(old, value)
        else:
            below[key] = value


def underlay(above: dict[str, Any], below: dict[str, Any]) -> None:
    """Add the values of ``below`` that ``above`` does not have."""
    for key, value in below.items():
        old = above.setdefault(key, value)
        if isinstance(old, dict) and isinstance(value, dict) and old is not value:
            underlay(old, value)


def _main_files(folder: str) -> Iterator[str]:
    for name in _NAMES:
        for suffix in FORMS_IN_ORDER:
            yield join(folder, f"{name}.{suffix}")


FORMS_IN_ORDER = ("toml", "yaml", "yml", "json")


def _directory_files(
    files: RecordedFiles, folder: str, depth: int
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The configuration files of a folder and those below it, with the keys that each sets."""
    for entry in files.entries(folder):
        path = join(folder, entry.name)
        if entry.is_folder:
            if depth:
                yield from _directory_files(files, path, depth - 1)
            continue
        stem, _, suffix = entry.name.rpartition(".")
        if stem and suffix in FORMS:
            yield path, _keys(stem)


def _keys(stem: str) -> tuple[str, ...]:
    """`params` sets params, `menus.en` menus of a language, `hugo` and `config` all."""
    if stem in _NAMES:
        return ()
    name, dot, language = stem.lower().rpartition(".")
    if not dot:
        return ("menus" if language == "menu" else language,)
    below = {"menu": ("menus",), "menus": ("menus",), "params": ("params",)}
    return ("languages", language, *below.get(name, ()))
