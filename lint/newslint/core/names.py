"""Spelling of names in the configuration."""

from __future__ import annotations


def kebab(name: str) -> str:
    """Return the configuration's spelling of a key: ``max-bytes`` for ``max_bytes``."""
    return name.replace("_", "-")
