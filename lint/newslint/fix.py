"""Fixes: applied in order, never touching each other, in rounds until nothing changes.

A post that parsed must parse afterwards, and front matter may change only where the fix is: a fix
that does otherwise is dropped and reported as a bug of its rule.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newslint.engine import BROKEN_RULE
from newslint.finding import Edit, Finding, Fix, Safety, Severity
from newslint.span import Span

if TYPE_CHECKING:
    from newslint.post import Post

ROUNDS = 10
"""Rounds of fixing after which a post must be still."""

Lint = Callable[[str], "tuple[Post, list[Finding]]"]
"""Parses a text as the post that it stands for, and lints it."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """What became of a text: the text, the findings that remain, and the codes of what was fixed.

    ``text`` is the one that was given where nothing could be fixed, or where two rules undo each
    other.
    """

    text: str
    remaining: list[Finding]
    codes: list[str] = field(default_factory=list)


def fix(text: str, lint: Lint, *, unsafe: bool = False) -> Fixed:
    """Fix a text: the safe fixes, or the unsafe ones too."""
    start, first = text, None
    codes: list[str] = []
    history: dict[str, list[str]] = {}
    bugs: dict[str, Finding] = {}
    for _ in range(ROUNDS + 1):
        post, findings = lint(text)
        first = findings if first is None else first
        fixable = [one for one in wanted(findings, unsafe=unsafe) if one.code not in bugs]
        changed, applied = _round(post, fixable, bugs, lint)
        if not applied:
            return Fixed(text, [*bugs.values(), *findings], codes)
        history[text] = [one.code for one in applied]
        if changed in history:
            return Fixed(start, [_quarrel(history, changed), *first])
        codes += history[text]
        text = changed
    return Fixed(start, [_restless(history), *(first or [])])


def wanted(findings: Iterable[Finding], *, unsafe: bool) -> list[Finding]:
    """The findings to fix, in their order: those with a safe fix, or with an unsafe one too."""
    return [
        finding
        for finding in findings
        if finding.fix is not None and (unsafe or finding.fix.safety is Safety.SAFE)
    ]


def apply(text: str, fixes: Iterable[Fix]) -> tuple[str, list[Fix]]:
    """Apply fixes to a text, the first come first; one that touches an applied one is left out.

    Returns the new text and the fixes that were applied. Two edits touch where their spans
    overlap, or where one inserts at an end of the other's.
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
    pieces: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        pieces += (text[position : edit.span.start], edit.content)
        position = edit.span.end
    return "".join((*pieces, text[position:])), applied


def _touch_any(spans: list[Span], taken: list[Span]) -> bool:
    """Whether a span touches one that is taken; ``taken`` is sorted and free of overlaps."""
    for span in spans:
        at = bisect_left(taken, span)
        if any(_touch(span, other) for other in taken[max(at - 1, 0) : at + 1]):
            return True
    return False


def _touch(one: Span, other: Span) -> bool:
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def _round(
    post: Post, findings: list[Finding], bugs: dict[str, Finding], lint: Lint
) -> tuple[str, list[Finding]]:
    """One round: the new text and the findings that were fixed; broken fixes go to ``bugs``."""
    fixes = {id(one.fix): one for one in findings if one.fix is not None}
    while True:
        sound = [one for one in findings if one.code not in bugs]
        text, applied = apply(post.text, (one.fix for one in sound if one.fix is not None))
        done = [fixes[id(one)] for one in applied]
        if not done or (damage := _damage(post, done, lint(text)[0])) is None:
            return text, done
        if not _blame(post, done, bugs, lint):
            # Each is sound by itself: only the first of them in this round.
            findings = done[:1]
            if len(done) == 1:
                bugs[done[0].code] = _bug(done[0], damage)


def _blame(post: Post, done: list[Finding], bugs: dict[str, Finding], lint: Lint) -> bool:
    """Find the fixes that do damage by themselves, and note them as bugs of their rules."""
    found = False
    for one in done:
        assert one.fix is not None
        text, _ = apply(post.text, [one.fix])
        damage = _damage(post, [one], lint(text)[0])
        if damage is not None:
            bugs[one.code] = _bug(one, damage)
            found = True
    return found


def _damage(before: Post, fixed: list[Finding], after: Post) -> str | None:
    """What fixes did to the front matter beyond what they are about, in words, or None."""
    old, new = before.front_matter, after.front_matter
    if old is None or old.error is not None:
        return None
    if new is None or new.error is not None:
        return "leaves front matter that does not parse"
    if old.text == new.text:
        return None
    about = _keys_touched(before, fixed)
    for key in {**old.data, **new.data}:
        same = key in old.data and key in new.data and old.data[key] == new.data[key]
        if not same and key not in about:
            return f"changes {key}, which it is not about"
    return None


def _keys_touched(post: Post, fixed: list[Finding]) -> set[str]:
    """The top-level keys at whose key or value some edit is."""
    header = post.front_matter
    assert header is not None
    spans = [edit.span for one in fixed if one.fix for edit in one.fix.edits]
    return {
        str(entry.path[0])
        for entry in header.walk()
        if any(_touch(span, Span(entry.key.start, entry.value.end)) for span in spans)
    }


def _bug(finding: Finding, damage: str) -> Finding:
    code, name = BROKEN_RULE
    message = f"the fix of {finding.code} ({finding.name}) {damage}: it was left out; report this"
    return Finding(code, name, Severity.ERROR, message, finding.span)


def _quarrel(history: dict[str, list[str]], back_at: str) -> Finding:
    texts = list(history)
    rules = {code for text in texts[texts.index(back_at) :] for code in history[text]}
    return _unrest(f"the fixes of {' and '.join(sorted(rules))} undo each other")


def _restless(history: dict[str, list[str]]) -> Finding:
    rules = sorted(set(list(history.values())[-1]))
    return _unrest(f"after {ROUNDS} rounds the fixes of {' and '.join(rules)} still go on")


def _unrest(message: str) -> Finding:
    code, name = BROKEN_RULE
    words = f"{message}: the post was left as it was; report this"
    return Finding(code, name, Severity.ERROR, words, Span(0, 0))
