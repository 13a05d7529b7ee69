"""Front matter that a page gets from ``cascade``: of list pages above it, and the configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from newslint.generators.hugo.content import ContentPath
from newslint.generators.hugo.patterns import glob
from newslint.generators.site.parsing import mappings, section

_NOT_VALUES = frozenset({"_target", "target", "_merge", "cascade", "lang", "kind", "path"})


@dataclass(frozen=True, slots=True)
class Cascade:
    """Values, and the pages that get them: globs of kind, path, language and environment."""

    values: Mapping[str, Any]
    target: Mapping[str, str]

    def fits(self, page: ContentPath) -> bool:
        """Return whether a page gets the values."""
        found = {
            "kind": page.kind,
            "path": page.logical,
            "lang": page.language,
            "environment": "production",
        }
        return all(glob(self.target[key])(found[key]) for key in self.target)


def cascades(stated: Any) -> tuple[Cascade, ...]:
    """Return the cascades that a value under the key ``cascade`` states, its keys in lower case.

    One whose target is not known is left out.
    """
    found = []
    for one in mappings(stated):
        target = section(one, "target") or section(one, "_target")
        globs = {key: value.lower() for key, value in target.items() if isinstance(value, str)}
        known = len(globs) == len(target) and set(globs) <= {"kind", "path", "lang", "environment"}
        values = {key: value for key, value in one.items() if key not in _NOT_VALUES | {"params"}}
        values |= section(one, "params")
        if values and known:
            found.append(Cascade(values, globs))
    return tuple(found)


def merged(page: ContentPath, levels: list[tuple[Cascade, ...]]) -> Mapping[str, Any]:
    """The values that a page gets: of nearer levels, which come first, before those of others."""
    values: dict[str, Any] = {}
    for level in levels:
        for one in level:
            if one.fits(page):
                for key, value in one.values.items():
                    values.setdefault(key, value)
    return values
