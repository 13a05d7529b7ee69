"""Names in the spelling of the configuration."""

from __future__ import annotations


def kebab(name: str) -> str:
    """Return a key as the configuration spells it: ``max-bytes`` of ``max_bytes``."""
    return name.replace("_", "-")
