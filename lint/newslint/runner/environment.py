"""The environment that determines results: Python, newslint, plug-ins and their dependencies.

Two processes with the same environment give the same results for the same posts.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module, metadata
from pathlib import Path

from newslint.core.messages import msg

GROUPS = ("newslint.rules", "newslint.reporters")
"""The entry point groups of plug-ins."""

MISSING = "missing"

_NAME = re.compile(r"[A-Za-z0-9._-]+")


@cache
def versions() -> Mapping[str, str]:
    """Return the versions that results depend on, by name.

    The version of a package with rules ends in a digest of its code, since the number does not
    change during development.
    """
    from lxml import etree

    found = {
        "Python": "{}.{}".format(*sys.version_info),
        "libxml2": ".".join(map(str, etree.LIBXML_VERSION)),
    }
    plugins = {entry.dist.name: entry.module for entry in _entries() if entry.dist is not None}
    for package in sorted({"newslint", *plugins}):
        for name in (package, *_needed(package)):
            found.setdefault(name, _version(name))
    for package, module in plugins.items():
        found[package] = f"{found[package]} ({_code(module)})"
    return found


@cache
def digest() -> str:
    """Return a digest of all versions."""
    return hashlib.blake2b(repr(sorted(versions().items())).encode(), digest_size=16).hexdigest()


def differences(here: Mapping[str, str], there: Mapping[str, str]) -> list[str]:
    """Return the differences between two environments, each as a message."""
    return [
        msg(
            "{name} is {here} on this machine, and {there} there",
            name=name,
            here=here.get(name, MISSING),
            there=there.get(name, MISSING),
        )
        for name in sorted({*here, *there})
        if here.get(name) != there.get(name)
        and not (name in _OPTIONAL and MISSING in (here.get(name), there.get(name)))
    ]


def _entries() -> Iterator[metadata.EntryPoint]:
    for group in GROUPS:
        yield from metadata.entry_points(group=group)


def _needed(package: str) -> list[str]:
    """Return the required dependencies of a package, and their implementations."""
    needed = [line for line in metadata.requires(package) or () if "extra ==" not in line]
    names = {match[0].lower() for line in needed if (match := _NAME.match(line))}
    inside = {_INSIDE[name] for name in names if name in _INSIDE}
    return sorted({*names, *inside, *_OPTIONAL} - _SILENT)


_INSIDE = {"pydantic": "pydantic-core", "tinycss2": "webencodings"}
"""Packages that implement another one."""

_SILENT = {"click", "platformdirs", "rich"}
"""Dependencies of newslint that results do not depend on."""

_OPTIONAL = ("dask", "datasketch", "distributed")
"""Optional packages that results or executors depend on."""


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return MISSING


def _code(module: str) -> str:
    """Return a digest of the Python files of a package or module."""
    state = hashlib.blake2b(digest_size=4)
    for name in sorted({"newslint", module.partition(".")[0]}):
        file = Path(import_module(name).__file__ or "")
        files = sorted(file.parent.rglob("*.py")) if file.name == "__init__.py" else [file]
        for one in files:
            state.update(one.relative_to(file.parent).as_posix().encode() + b"\0")
            state.update(one.read_bytes().replace(b"\r\n", b"\n"))
    return state.hexdigest()
