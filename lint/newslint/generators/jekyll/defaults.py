"""Front matter that ``defaults`` of the configuration give to files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from newslint.generators.jekyll.options import JekyllOptions
from newslint.generators.site.globs import Globs, micromatch
from newslint.generators.site.parsing import mappings

_SET_LIMIT = 500
"""Sets of defaults that are read."""
_OLD_TYPES = {"page": "pages", "post": "posts", "draft": "drafts"}


class _Set(NamedTuple):
    path: str
    kind: str | None
    """The type of the scope; None where it has none."""
    values: Mapping[str, Any]
    glob: Globs | None


class JekyllDefaults:
    """The defaults of one site."""

    def __init__(self, options: JekyllOptions) -> None:
        value = options.data.get("defaults")
        container = f"{options.collections_dir}/" if options.collections_dir else "/"
        sets = list(mappings(value))[:_SET_LIMIT] if isinstance(value, list) else []
        self._sets = tuple(
            _set(one, container) for one in sets if isinstance(one.get("values"), Mapping)
        )
        self._known: dict[tuple[int, ...], Mapping[str, Any]] = {}

    def of(self, path: str, kind: str) -> Mapping[str, Any]:
        """The values for a file: its path as Jekyll knows it, its type (pages, posts, a label)."""
        if not self._sets:
            return _NOTHING
        matched = tuple(
            number for number, one in enumerate(self._sets) if _applies(one, path, kind)
        )
        if matched not in self._known:
            self._known[matched] = self._merged(matched)
        return self._known[matched]

    def _merged(self, matched: tuple[int, ...]) -> Mapping[str, Any]:
        found: Mapping[str, Any] = {}
        strongest: _Set | None = None
        for one in (self._sets[number] for number in matched):
            if strongest is None or _precedes(strongest, one):
                found, strongest = _deep(found, one.values), one
            else:
                found = _deep(one.values, found)
        return found


_NOTHING: Mapping[str, Any] = {}


def _set(said: Mapping[str, Any], container: str) -> _Set:
    scope = said.get("scope")
    scope = scope if isinstance(scope, Mapping) else {}
    path = scope.get("path")
    path = path if isinstance(path, str) else ""
    kind = str(scope["type"]) if "type" in scope else None
    short = path.removeprefix("/").removeprefix(container)
    glob = micromatch([short]) if "*" in short else None
    return _Set(short, _OLD_TYPES.get(kind or "", kind), said["values"], glob)


def _applies(one: _Set, path: str, kind: str) -> bool:
    if one.kind is not None and one.kind != kind:
        return False
    if one.glob is not None:
        return one.glob.match(path) or any(map(one.glob.match, _folders(path)))
    return path.startswith(one.path)


def _folders(path: str) -> Iterator[str]:
    """Yield the folders above a path: a pattern that finds one of them applies to all below it."""
    while path := path.rpartition("/")[0]:
        yield path


def _precedes(old: _Set, new: _Set) -> bool:
    if len(new.path) != len(old.path):
        return len(new.path) > len(old.path)
    return new.kind is not None or old.kind is None


def _deep(weak: Mapping[str, Any], strong: Mapping[str, Any]) -> Mapping[str, Any]:
    """Two mappings merged as ``deep_merge_hashes`` does: nothing does not replace something."""
    found = dict(weak)
    for key, value in strong.items():
        before = found.get(key)
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            found[key] = _deep(before, value)
        elif value is not None or key not in found:
            found[key] = value
    return found
