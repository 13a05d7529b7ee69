"""Limits on the size and complexity of a post."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """What one post may cost; each limit that is reached is a finding as a message."""

    file_size: int = 10_000_000
    """Bytes of a file; a larger one is not read (IO001)."""
    tokens: int = 100_000
    """Tags, braces, front matter values and control characters of a file (IO001). Each takes up to
    4 kB of memory (measured); long posts that people write have some thousand."""
    findings: int = 1_000
    """Findings of one file that are reported, then 'and N more'; 0 for all of them."""
    yaml_depth: int = 100
    """Levels that front matter may nest (FM003); the generators' own loaders read no more."""
    yaml_values: int = 10_000
    """Values that the aliases of front matter may represent, in total (FM003)."""
    html_depth: int = 1_000
    """Levels that elements may nest (IO001); libxml2 2.14 builds no tree beyond 2,048."""
    seconds: float = 30.0
    """Seconds of a processor that one file may take (IO001)."""
