"""The hosts that a site's configuration names for its own images and files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newslint.core import lazy

_KEY = lazy.pattern(
    r"cdn|(?:img|image|photo|picture|asset|static|media|file|upload)s?[_-]?"
    r"(?:url|host|domain|base|root|prefix|server)",
    re.IGNORECASE,
)
_HOST = lazy.pattern(
    r"(?:(?:https?:)?//)?((?:[a-z0-9](?:[a-z0-9-]{0,62})\.){1,8}[a-z]{2,24})(?::\d{1,5})?(?:/|\Z)"
)
_VALUES = 5_000
_DEPTH = 12


def image_hosts(values: Mapping[str, Any]) -> frozenset[str]:
    """Return the hosts under keys such as ``cdn``, ``img_host`` or ``assetsURL``, at any depth."""
    left = [_VALUES]
    return frozenset(_hosts(values, False, _DEPTH, left))


def _hosts(value: Any, named: bool, depth: int, left: list[int]) -> Iterator[str]:
    left[0] -= 1
    if depth < 0 or left[0] < 0:
        return
    if isinstance(value, Mapping):
        for key, one in value.items():
            is_named = isinstance(key, str) and _KEY.search(key) is not None
            yield from _hosts(one, named or is_named, depth - 1, left)
    elif isinstance(value, list):
        for one in value:
            yield from _hosts(one, named, depth - 1, left)
    elif named and isinstance(value, str) and (match := _HOST.match(value.strip().lower())):
        yield match[1]
