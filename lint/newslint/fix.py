"""Applying fixes: ordered, never touching each other, in rounds until nothing changes."""

from __future__ import annotations

from collections.abc import Iterable

from newslint.finding import Edit, Finding, Fix, Safety


def apply(text: str, fixes: Iterable[Fix]) -> tuple[str, list[Fix]]:
    """Apply fixes to a text, the first come first; one that touches an applied one is left out.

    Returns the new text and the fixes that were applied. Two edits touch where their spans
    overlap or meet in an insertion at one place.
    """
    edits: list[Edit] = []
    applied: list[Fix] = []
    for fix in fixes:
        if not any(_touch(edit, other) for edit in fix.edits for other in edits):
            edits += fix.edits
            applied.append(fix)
    edits.sort(key=lambda edit: edit.span, reverse=True)
    for edit in edits:
        text = text[: edit.span.start] + edit.content + text[edit.span.end :]
    return text, applied


def _touch(one: Edit, other: Edit) -> bool:
    if one.span.start == one.span.end and other.span.start == other.span.end:
        return one.span.start == other.span.start
    return one.span.start < other.span.end and other.span.start < one.span.end


def wanted(findings: Iterable[Finding], *, unsafe: bool) -> list[Fix]:
    """The fixes to apply, in the order of the findings: the safe ones, or the unsafe ones too."""
    return [
        finding.fix
        for finding in findings
        if finding.fix is not None and (unsafe or finding.fix.safety is Safety.SAFE)
    ]
