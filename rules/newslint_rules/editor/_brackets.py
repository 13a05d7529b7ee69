"""Brackets of a line: which one is open at a place, and where it is closed."""

from __future__ import annotations

OPENING, CLOSING = "（([【〔［〖「", "）)]】〕］〗」"
"""A bracket of one width is often closed by that of the other: they are not told apart."""


def opened_at(before: str) -> int | None:
    """Return the last bracket that is open at the end of a text."""
    depth = 0
    for at in range(len(before) - 1, -1, -1):
        if before[at] in CLOSING:
            depth += 1
        elif before[at] in OPENING:
            if depth == 0:
                return at
            depth -= 1
    return None


def closed_at(line: str, opening: int) -> int | None:
    """Return where a bracket is closed; a bracket of the other width closes it too."""
    depth = 0
    for at in range(opening, len(line)):
        if line[at] in OPENING:
            depth += 1
        elif line[at] in CLOSING:
            depth -= 1
            if depth == 0:
                return at
    return None
