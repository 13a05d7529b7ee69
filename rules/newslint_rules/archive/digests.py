"""Short digests that stand for texts in the facts of archive rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

try:
    from _sha1 import sha1  # type: ignore[import-not-found, unused-ignore]
except ImportError:  # Python without it; hashlib loads all of OpenSSL
    from hashlib import sha1

T = TypeVar("T")


def digest(text: str | bytes) -> int:
    """64 bits that stand for a text: in a million texts two collide once in ten million archives.

    SHA-1 because processors have instructions for it; nothing here needs to be secret.
    """
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return int.from_bytes(sha1(data, usedforsecurity=False).digest()[:8])


def repeated(keyed: Iterable[tuple[int, T]]) -> Iterator[tuple[T, T]]:
    """Each thing whose key an earlier one has, with the first of that key."""
    first: dict[int, T] = {}
    for key, thing in keyed:
        if (earlier := first.setdefault(key, thing)) is not thing:
            yield thing, earlier
