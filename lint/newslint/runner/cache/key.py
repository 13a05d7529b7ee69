"""What represents all that judges a post: settings, newslint, plug-ins, packages."""

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
    """16 bytes that are others as soon as a post of a place may be judged otherwise.

    None where its judgement depends on the site's own code, whose changes cannot be told. Overrides
    are reported by what they say, since a post's path says whether they are about it.
    """
    layers = [(str(one.folder), one.path is not None, one.data) for one in place.layers]
    if not project.isolated and any(_runs_code(data) for *_, data in layers):
        return None
    asked = project.isolated, project.online, project.detail, project.all_files
    site = place.site and (place.site.target, place.site.root, place.site.fingerprint)
    said = str(place.root), site, asked, layers, _code()
    return hashlib.blake2b(repr(said).encode("utf-8", "replace"), digest_size=16).digest()


def _runs_code(data: Mapping[str, Any]) -> bool:
    tables = [data, *data.get("overrides", ())]
    return any("model" in table.get("schema", {}) for table in tables)


@cache
def _code() -> str:
    """Return what represents all the code that judges: newslint's, the rules', the packages'."""
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
    """The Python files of a package (or the one of a module), each with its size and time."""
    files = sorted(file.parent.rglob("*.py")) if file.name == "__init__.py" else [file]
    return [f"{one} {one.stat().st_size} {one.stat().st_mtime_ns}" for one in files]
