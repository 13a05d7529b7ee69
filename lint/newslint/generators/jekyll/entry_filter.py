"""The patterns of ``include`` and ``exclude`` as Jekyll's ``EntryFilter`` reads them."""

from __future__ import annotations

from collections.abc import Iterable

from newslint.generators.site.globs import fnmatch


class EntryFilter:
    """Patterns of ``include`` and ``exclude``: a pattern also matches what begins with it."""

    def __init__(self, patterns: Iterable[str]) -> None:
        joined = [f"/{one.lstrip('/')}" for one in patterns if one]
        self._starts = tuple(joined)
        self._folders = frozenset(one.rstrip("/") for one in joined if one.endswith("/"))
        self._globs = [fnmatch(one) for one in joined if any(sign in one for sign in "*?[\\")]

    def match(self, entry: str, *, is_folder: bool) -> bool:
        """Return whether a pattern matches a path below the source, without a slash before it."""
        path = f"/{entry}"
        if self._starts and path.startswith(self._starts):
            return True
        if is_folder and path in self._folders:
            return True
        return any(pattern.match(path) is not None for pattern in self._globs)
