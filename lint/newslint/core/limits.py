"""Limits on the size and complexity of a post."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """Resource limits for one post; exceeding one is reported as a finding."""

    file_size: int = 10_000_000
    """Bytes of a file; larger files are not read (IO001)."""
    tokens: int = 100_000
    """Tags, braces, front matter values and control characters of a file (IO001). Each takes up to
    4 kB of memory (measured); long posts by people have a few thousand."""
    findings: int = 1_000
    """Reported findings of one file; the rest is summarized as 'and N more'. 0 for no limit."""
    yaml_depth: int = 100
    """Nesting levels of front matter (FM003); the generators' own loaders read no more."""
    yaml_values: int = 10_000
    """Total number of values that aliases in front matter expand to (FM003)."""
    html_depth: int = 1_000
    """Nesting levels of elements (IO001); libxml2 2.14 builds no tree beyond 2,048."""
    seconds: float = 30.0
    """Seconds of CPU time for one file (IO001)."""
