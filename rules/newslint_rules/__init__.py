"""The rules that come with newslint: one rule a file, one folder a family.

A new file with a rule in it is found by itself; nothing else has to be touched.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from newslint import Rule


def rules() -> Iterator[type[Rule]]:
    """Every rule class that a module below this package defines."""
    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and value.__module__ == module.name:
                if issubclass(value, Rule) and "code" in vars(value):
                    yield value
