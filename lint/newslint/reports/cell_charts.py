"""Small charts in cells of a terminal: bars, columns and shares."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

_SPARKS = "▁▂▃▄▅▆▇█"
_EIGHTHS = " ▏▎▍▌▋▊▉"
_BAR = 12


def shares(numbers: Sequence[int], width: int) -> list[int]:
    """Return cells in proportion to some numbers, at least one each, ``width`` in total."""
    total = sum(numbers)
    cells = [max(1, number * width // total) for number in numbers]
    cells[cells.index(max(cells))] += width - sum(cells)
    return cells


def spark(value: float, most: float) -> str:
    """Return a column in one cell; a space for a negative value, a dot for zero."""
    if value <= 0:
        return " " if value < 0 else "·"
    return _SPARKS[min(int(value / most * len(_SPARKS)), len(_SPARKS) - 1)]


def bar(value: int, most: int) -> Text:
    """Return a bar of at most `_BAR` cells, exact to an eighth; not empty for a positive value."""
    eighths = max(value * _BAR * 8 // most, 1) if value else 0
    return Text(("█" * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip(), style="cyan")
