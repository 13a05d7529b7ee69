"""Previews: the source lines of a finding with the marked text, and its fix as a diff.

Created while the source is available, for formats that request them. Each part is limited, so that
neither a line of 20 MB nor a fix with 10,000 edits makes it large.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newslint.core.report import Preview, Row

if TYPE_CHECKING:
    from newslint.core.finding import Edit, Fix
    from newslint.core.source import Source
    from newslint.core.span import Span

AROUND = 100
"""Maximum code points of a line before and after marked or changed text."""
NEIGHBOUR = 80
"""Maximum code points of the lines above and below."""
MARKED = 300
"""Maximum code points of marked, removed or added text."""
LINES = 8
"""Maximum number of lines of that text."""
HUNKS = 4
"""Maximum number of changed places of a fix."""

CUT = "…"


def preview(source: Source, span: Span, fix: Fix | None) -> Preview:
    """Return the preview of a finding at ``span``: its source lines, and its fix as a diff."""
    return fix_preview(source, fix)._replace(source=tuple(_marked(source, span)))


def fix_preview(source: Source, fix: Fix | None) -> Preview:
    """Return the changes of a fix as a diff; empty without a fix."""
    if fix is None:
        return Preview()
    hunks = list(_hunks(source.text, sorted(fix.edits, key=lambda edit: edit.span)))
    rows = (row for hunk in hunks[:HUNKS] for row in _changed(source, hunk))
    return Preview((), tuple(rows), max(len(hunks) - HUNKS, 0))


def _marked(source: Source, span: Span) -> Iterator[Row]:
    """Yield the lines of a span, and one line above and below."""
    lines = source.lines
    first = lines.position(span.start).line
    above = _head(lines.line(first - 1)) if first > 1 else ""
    if above.strip():
        yield Row(" ", first - 1, (above,))
    text = source.text[span.start : span.end]
    # A span that ends with a line end does not include the line below.
    kept = _clipped(text.rstrip("\r\n"))
    last = lines.position(span.start + len(text.rstrip("\r\n"))).line
    before, after = _before(source, span.start), _after(source, last, span.end)
    middle = _split(kept)
    for number, part in enumerate(middle):
        ends = number == len(middle) - 1
        yield Row(
            " ", first + number, (before if number == 0 else "", part, *((after,) if ends else ()))
        )
    below = _head(lines.line(last + 1)) if last < len(lines) else ""
    if below.strip() and len(middle) == last - first + 1:
        yield Row(" ", last + 1, (below,))


def _before(source: Source, offset: int) -> str:
    """Return the text before an offset in its line."""
    start = source.lines.span(source.lines.position(offset).line).start
    kept = max(start, offset - AROUND)
    return CUT * (kept > start) + source.text[kept : max(kept, offset)]


def _after(source: Source, line: int, offset: int) -> str:
    """Return the text after an offset in its line."""
    end = source.lines.span(line).end
    kept = min(end, offset + AROUND)
    return source.text[offset:kept] + CUT * (kept < end)


def _head(text: str) -> str:
    return text[:NEIGHBOUR] + CUT * (len(text) > NEIGHBOUR)


def _clipped(text: str) -> str:
    """Return the beginning of a text, limited in length and lines."""
    kept = text[:MARKED]
    lines = _split(kept)
    if len(lines) > LINES:
        kept = "\n".join(lines[:LINES])
    return kept + CUT * (len(kept) < len(text.replace("\r\n", "\n")))


def _split(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _hunks(text: str, edits: Sequence[Edit]) -> Iterator[list[Edit]]:
    """Yield the edits in groups, those in one line together."""
    hunk: list[Edit] = []
    for edit in edits:
        gap = text[hunk[-1].span.end : edit.span.start] if hunk else ""
        if hunk and (len(gap) > 2 * AROUND or "\n" in gap or "\r" in gap):
            yield hunk
            hunk = []
        hunk.append(edit)
    if hunk:
        yield hunk


def _changed(source: Source, hunk: Sequence[Edit]) -> list[Row]:
    """Return the lines of a group of edits before and after; unchanged lines around them once."""
    start, end = hunk[0].span.start, hunk[-1].span.end
    old, new = [_before(source, start)], [_before(source, start)]
    position = start
    for edit in hunk[:LINES]:
        between = source.text[position : edit.span.start]
        old[-1] += between
        new[-1] += between
        old += (_clipped(source.text[edit.span.start : edit.span.end]), "")
        new += (_clipped(edit.content), "")
        position = edit.span.end
    rest = source.lines.position(position)
    if len(hunk) <= LINES:
        after = _after(source, rest.line, end)
    else:
        after = CUT
    old[-1] += after
    new[-1] += after
    first = source.lines.position(start).line
    before, behind = _lines(old), _lines(new)
    tail = 0
    while before[tail:] and behind[tail:] and _same(before[-1 - tail], behind[-1 - tail]):
        tail += 1
    removed, added = before[: len(before) - tail], behind[: len(behind) - tail]
    return [
        *(Row("-", first + number, parts) for number, parts in enumerate(removed)),
        *(Row("+", 0, parts) for parts in added),
    ]


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return len(one) == 1 and one == other


def _lines(parts: Sequence[str]) -> list[tuple[str, ...]]:
    """Split alternating parts (plain, marked, plain …) into lines of such parts."""
    lines: list[list[str]] = [[""]]
    for number, part in enumerate(parts):
        marked = number % 2
        for at, piece in enumerate(_split(part)):
            if at:
                lines.append(["", ""] if marked else [""])
            elif number:
                lines[-1].append("")
            lines[-1][-1] += piece
    return [_trimmed(line) for line in lines]


def _trimmed(line: list[str]) -> tuple[str, ...]:
    """Return a line without empty parts at its end; a single part if nothing is marked."""
    if not any(line[1::2]):
        return ("".join(line),)
    while len(line) > 1 and not line[-1]:
        line.pop()
    return tuple(line)
