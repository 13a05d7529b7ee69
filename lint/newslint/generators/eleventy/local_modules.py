"""What the modules of an Eleventy site pass to its configuration."""

from __future__ import annotations

import re

from newslint.generators.eleventy.configuration import Configuration, bindings

LOCAL = (".", "/", "node:", "#")
"""How the names of modules begin that are no packages."""


def handed_on(configuration: Configuration, member: str) -> tuple[str, str] | None:
    """Return what a local module imports under a name from a package: original name, package."""
    for code in configuration.code.values():
        original, package = dict(bindings(code)).get(member, ("", "."))
        if not package.startswith(LOCAL):
            return original, package
    return None


def is_local_function(code: str, name: str) -> bool:
    """Return whether code defines a function or a value of a name."""
    escaped = re.escape(name)
    return (
        re.search(rf"\bfunction\s+{escaped}\b|\b(?:const|let|var)\s+{escaped}\s*=", code)
        is not None
    )
