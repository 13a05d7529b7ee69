"""The key of the settings: a digest of everything that results depend on except the posts."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newslint.core import entry_points
from newslint.linter import registry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newslint.config.project import FolderSettings, Project


def settings_key(place: FolderSettings, project: Project) -> bytes | None:
    """Return a 16-byte digest that changes if the results of a folder's posts may change.

    None if results depend on the site's own code, whose changes cannot be detected. Overrides are
    included completely, since the paths of posts decide which ones apply.
    """
    layers = [(str(one.folder), one.path is not None, one.data) for one in place.layers]
    if not project.isolated and any(_runs_code(data) for *_, data in layers):
        return None
    options = project.isolated, project.online, project.detail, project.all_files
    site = place.site and (place.site.target, place.site.root, place.site.fingerprint)
    identity = str(place.root), site, options, layers, _code()
    return hashlib.blake2b(repr(identity).encode("utf-8", "replace"), digest_size=16).digest()


def _runs_code(data: Mapping[str, Any]) -> bool:
    tables = [data, *data.get("overrides", ())]
    return any("model" in table.get("schema", {}) for table in tables)


@cache
def _code() -> str:
    """Return a digest of all code that results depend on: newslint, rules, dependencies."""
    from lxml import etree

    parts = [sys.version, str(etree.LIBXML_VERSION), *entry_points.installed()]
    offered = entry_points.entry_points(registry.GROUP)
    packages = {"newslint", *(entry.value.partition(":")[0].partition(".")[0] for entry in offered)}
    for package in sorted(packages):
        spec = find_spec(package)
        if spec is not None and spec.origin is not None:
            parts += _sources(Path(spec.origin))
    return hashlib.blake2b("\n".join(parts).encode("utf-8", "replace")).hexdigest()


def _sources(file: Path) -> list[str]:
    """Return the Python files of a package or module, each with its size and time."""
    files = sorted(file.parent.rglob("*.py")) if file.name == "__init__.py" else [file]
    return [f"{one} {one.stat().st_size} {one.stat().st_mtime_ns}" for one in files]
