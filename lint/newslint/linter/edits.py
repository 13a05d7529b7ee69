"""Apply the edits of fixes to a text, and map offsets to the new text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from itertools import accumulate

from newslint.core.finding import Edit, Fix
from newslint.core.span import Span


def apply(text: str, fixes: Iterable[Fix]) -> tuple[str, list[Fix]]:
    """Apply fixes to a text in order; skip fixes that touch an applied one.

    Returns the new text and the applied fixes. Two edits touch if their spans overlap, or if one
    inserts at an end of the other one's span.
    """
    edits: list[Edit] = []
    applied: list[Fix] = []
    taken: list[Span] = []
    for one in fixes:
        spans = [edit.span for edit in one.edits]
        if not _touch_any(spans, taken):
            edits += one.edits
            applied.append(one)
            for span in spans:
                insort(taken, span)
    return replaced(text, sorted(edits, key=lambda edit: edit.span)), applied


def replaced(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits applied; they are sorted and do not overlap."""
    pieces: list[str] = []
    position = 0
    for edit in edits:
        pieces += (text[position : edit.span.start], edit.content)
        position = edit.span.end
    return "".join((*pieces, text[position:]))


def touch(one: Span, other: Span) -> bool:
    """Return whether two spans overlap, or one is empty and inside or at an end of the other."""
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def _touch_any(spans: Iterable[Span], taken: Sequence[Span]) -> bool:
    """Return whether a span touches one of ``taken``, which is sorted and without overlaps."""
    for span in spans:
        at = bisect_left(taken, span)
        if any(touch(span, other) for other in taken[max(at - 1, 0) : at + 1]):
            return True
    return False


class Moved:
    """Maps offsets of a text to the text after edits, which are sorted and do not overlap."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.edits = edits
        self._starts = [edit.span.start for edit in edits]
        self._ends = [edit.span.end for edit in edits]
        grown = (len(edit.content) - (edit.span.end - edit.span.start) for edit in edits)
        self._by = [0, *accumulate(grown)]
        self.inserted = [
            Span(edit.span.start + by, edit.span.start + by + len(edit.content))
            for edit, by in zip(edits, self._by, strict=False)
        ]
        """The span of each edit's content in the new text."""

    def start(self, offset: int) -> int:
        """Return the new offset of something that begins at an offset outside of the edits."""
        return offset + self._by[bisect_right(self._ends, offset)]

    def end(self, offset: int) -> int:
        """Return the new offset of something that ends there, before insertions at that place."""
        return offset + self._by[bisect_left(self._starts, offset)]

    def within(self, span: Span) -> Sequence[Edit]:
        """Return the edits that change the inside of a span, not only its ends."""
        first = bisect_right(self._ends, span.start)
        last = bisect_left(self._starts, span.end)
        return self.edits[first:last]

    def removes(self, span: Span) -> bool:
        """Return whether one edit removes the complete span."""
        return any(
            edit.span.start <= span.start and span.end <= edit.span.end
            for edit in self.within(span)
        )

    def inserts(self, span: Span) -> bool:
        """Return whether a span of the new text is inside the content of an edit."""
        at = bisect_right(self.inserted, span.start, key=lambda one: one.start) - 1
        return at >= 0 and span.end <= self.inserted[at].end
