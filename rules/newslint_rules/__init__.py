"""The rules that come with newslint: one rule a file, one folder a family.

A new file with a rule in it is found by itself; nothing else has to be touched. One whose name
begins with ``_`` contains no rule, and is not loaded before a rule asks for it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import import_module

from newslint import Rule


def rules() -> Iterator[type[Rule]]:
    """Yield every rule class that a module below this package defines."""
    for name in _modules(__path__[0], __name__):
        for value in vars(import_module(name)).values():
            if isinstance(value, type) and value.__module__ == name:
                if issubclass(value, Rule) and "code" in vars(value):
                    yield value


def _modules(folder: str, package: str) -> Iterator[str]:
    """The modules below a folder: as ``pkgutil.walk_packages``, whose import takes too long."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            module = f"{package}.{entry.name.removesuffix('.py')}"
            if entry.is_dir():
                if entry.name.isidentifier() and entry.name != "__pycache__":
                    yield from _modules(entry.path, module)
            elif entry.name.endswith(".py") and not entry.name.startswith("_"):
                yield module
