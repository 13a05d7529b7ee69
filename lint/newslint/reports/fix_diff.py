"""A fix as a small diff for a terminal: removed and added lines, cut around the change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from newslint.core.escaping import plain
from newslint.core.report import Preview, Row

ROWS = 10
"""Maximum number of lines of a diff."""

TAB = "    "
CUT = "…"
_STYLES = {"-": "red", "+": "green", " ": ""}
_LEAST_BEFORE = 8
"""Minimum number of cells before a change that are kept."""


def fix_lines(change: Preview, gutter: int, width: int) -> Iterator[Text]:
    """Yield the lines of a diff with numbers ``gutter`` cells wide, in ``width`` cells."""
    rows = [row._replace(parts=tuple(map(_shown, row.parts))) for row in change.change[:ROWS]]
    for hunk in _hunks(rows):
        left_out = _left_out(hunk, width)
        for row in hunk:
            begins = "".join(row.parts).startswith(left_out)
            yield _line(row, len(left_out) if begins else 0, gutter, width)
    if change.more or len(change.change) > ROWS:
        yield Text(" " * (gutter + 2) + CUT, style="dim")


def _shown(part: str) -> str:
    return plain(part, keep_tabs=True).replace("\t", TAB)


def _hunks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield the rows of each changed place: removed rows, then added ones."""
    hunk: list[Row] = []
    for row in rows:
        if hunk and row.sign == "-" and hunk[-1].sign == "+":
            yield hunk
            hunk = []
        hunk.append(row)
    if hunk:
        yield hunk


def _left_out(hunk: Sequence[Row], width: int) -> str:
    """Return the text to omit at the beginning of the first line of both sides.

    Both are cut at the same place, so that the change is visible.
    """
    removed = next(("".join(row.parts) for row in hunk if row.sign == "-"), "")
    added = next(("".join(row.parts) for row in hunk if row.sign == "+"), removed)
    same = _common_start(removed, added)
    longest = max(cell_len(removed), cell_len(added))
    if longest <= width:
        return ""
    changed = longest - cell_len(same)
    kept = max(width - changed, width // 4, _LEAST_BEFORE)
    skip = 0
    while cell_len(same[skip:]) > kept:
        skip += 1
    return same[:skip]


def _common_start(one: str, other: str) -> str:
    for at, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return one[:at]
    return min(one, other, key=len)


def _line(row: Row, skip: int, gutter: int, width: int) -> Text:
    number = str(row.line) if row.line else ""
    style = _STYLES[row.sign]
    line = Text(f" {number:>{gutter}} ", style="dim")
    line.append(f"{row.sign} ", style=f"not dim {style}")
    cut = CUT if skip else ""
    room = width - len(cut)
    line.append(cut)
    if cell_len("".join(row.parts)[skip + len(cut) :]) > room:
        room -= 1  # for the ellipsis at the end
    skip += len(cut)
    for at, part in enumerate(row.parts):
        piece, skip = part[skip:], max(skip - len(part), 0)
        shown = _head(piece, room)
        line.append(shown, style=f"not dim {style}{' bold underline' if at % 2 else ''}")
        room -= cell_len(shown)
        if len(shown) < len(piece):
            line.append(CUT)
            break
    return line


def _head(text: str, cells: int) -> str:
    """Return the beginning of a text that fits into a number of cells."""
    kept = text[: max(cells, 0)]
    while cell_len(kept) > cells:
        kept = kept[:-1]
    return kept
