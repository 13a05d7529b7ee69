"""Select a sample of a large archive's posts: spread over all folders, deterministic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")

LIMIT = 2_000
"""Posts that are read: a share that one in twenty has is then known to one in a hundred (twice the
standard deviation of such a sample), in a few seconds."""


def sample(files: Sequence[Item], limit: int = LIMIT) -> list[Item]:
    """Return at most ``limit`` files at equal distances, so that each folder has its share."""
    if len(files) <= limit:
        return list(files)
    return [files[number * len(files) // limit] for number in range(limit)]
