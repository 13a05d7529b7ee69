"""Short digests that represent texts in the facts of archive rules."""

from __future__ import annotations

from xxhash import xxh3_64_intdigest


def digest(text: str | bytes) -> int:
    """64 bits that represent a text: in a million texts two collide once in ten million archives.

    XXH3, which takes a fortieth of the time of BLAKE2b (measured on 5 KB). Somebody could write two
    texts that have one digest: all that comes of it is a duplicate that is none.
    """
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return xxh3_64_intdigest(data)
