"""Fixes: applied in order, never touching each other, in rounds until nothing changes.

A post that parsed must parse afterwards, and front matter may change only where the fix is, and
not at all for a fix of the body: a fix that does otherwise is dropped and reported as a bug of
its rule.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from newslint.core.finding import Edit, Finding, Fix, Safety, Severity
from newslint.core.messages import both, say
from newslint.core.span import Span
from newslint.linter.engine import BROKEN_RULE

if TYPE_CHECKING:
    from newslint.post.post import Post

ROUNDS = 10
"""Rounds of fixing after which a post must be still."""

Parse = Callable[[str], "Post"]
"""Parses a text as the post that it stands for."""
Lint = Callable[["Post"], "list[Finding]"]
"""The findings of a post."""


class Fixed(NamedTuple):
    """What became of a text: the text, the findings that remain, and the codes of what was fixed.

    ``text`` is the one that was given where nothing could be fixed, or where two rules undo each
    other.
    """

    text: str
    remaining: list[Finding]
    codes: Sequence[str] = ()


def fix(text: str, parse: Parse, lint: Lint, *, unsafe: bool = False) -> Fixed:
    """Fix a text: the safe fixes, or the unsafe ones too."""
    start, first = text, None
    codes: list[str] = []
    history: dict[str, list[str]] = {}
    bugs: dict[str, Finding] = {}
    for _ in range(ROUNDS + 1):
        post = parse(text)
        findings = lint(post)
        first = findings if first is None else first
        fixable = [one for one in wanted(findings, unsafe=unsafe) if one.code not in bugs]
        changed, applied = _round(post, fixable, bugs, parse)
        if not applied:
            return Fixed(text, [*bugs.values(), *findings], codes)
        history[text] = [one.code for one in applied]
        if changed in history:
            return Fixed(start, [_quarrel(history, changed), *bugs.values(), *first])
        codes += history[text]
        text = changed
    return Fixed(start, [_restless(history), *bugs.values(), *(first or [])])


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
    post: Post, findings: list[Finding], bugs: dict[str, Finding], parse: Parse
) -> tuple[str, list[Finding]]:
    """One round: the new text and the findings that were fixed; broken fixes go to ``bugs``."""
    for one in findings:
        if _is_muddled(one, len(post.text)):
            bugs.setdefault(
                one.code, _bug(one, say("has edits that overlap or lie outside the post"))
            )
    fixes = {id(one.fix): one for one in findings if one.fix is not None}
    while True:
        sound = [one for one in findings if one.code not in bugs]
        text, applied = apply(post.text, (one.fix for one in sound if one.fix is not None))
        done = [fixes[id(one)] for one in applied]
        if not done or (damage := _damage(post, done, parse(text))) is None:
            return text, done
        if not _blame(post, done, bugs, parse):
            # Each is sound by itself: only the first of them in this round.
            findings = done[:1]
            if len(done) == 1:
                bugs[done[0].code] = _bug(done[0], damage)


def _is_muddled(finding: Finding, length: int) -> bool:
    spans = sorted(edit.span for edit in finding.fix.edits) if finding.fix else []
    inside = all(0 <= span.start <= span.end <= length for span in spans)
    return not inside or any(left.end > right.start for left, right in pairwise(spans))


def _blame(post: Post, done: list[Finding], bugs: dict[str, Finding], parse: Parse) -> bool:
    """Find the fixes that do damage by themselves, and note them as bugs of their rules."""
    found = False
    for one in done:
        assert one.fix is not None
        if one.code in bugs:
            continue
        text, _ = apply(post.text, [one.fix])
        damage = _damage(post, [one], parse(text))
        if damage is not None:
            bugs[one.code] = _bug(one, damage)
            found = True
    return found


def _damage(before: Post, fixed: list[Finding], after: Post) -> str | None:
    """What fixes did beyond what they are about, in words, or None."""
    old, new = before.front_matter, after.front_matter
    if old is None:
        is_broken = new is not None and new.error is not None
        is_worse = is_broken or (_is_unclosed(after) and not _is_unclosed(before))
        return say("makes front matter that does not parse of the body") if is_worse else None
    if old.error is not None:
        return None
    if new is None or new.error is not None:
        return say("leaves front matter that does not parse")
    spans = [edit.span for one in fixed if one.fix for edit in one.fix.edits]
    if max(span.end for span in spans) < before.body_start:
        # Where the front matter alone was mended, the body begins where it began.
        if before.body_text != after.body_text:
            return say("changes the body, which it is not about")
    if old.text == new.text:
        return None
    about = _keys_touched(before, spans)
    for key in {**old.data, **new.data}:
        same = key in old.data and key in new.data and _is_same(old.data[key], new.data[key])
        if not same and key not in about:
            return say("changes {key}, which it is not about", key=key)
    return None


def _is_unclosed(post: Post) -> bool:
    """Whether the target looks for the end of front matter in vain."""
    bounds, unread = post.place.bounds, post.place.unread
    is_open = bounds is not None and bounds.closing is None
    return is_open or (unread is not None and unread.kind == "unclosed")


def _is_same(one: object, other: object) -> bool:
    """Whether two values of front matter are the same; ``1`` is not ``true``, and NaN is NaN."""
    waiting = [(one, other)]
    while waiting:
        left, right = waiting.pop()
        if type(left) is not type(right):
            return False
        if isinstance(left, Mapping) and isinstance(right, Mapping):
            if list(left) != list(right):
                return False
            waiting += zip(left.values(), right.values(), strict=True)
        elif isinstance(left, list) and isinstance(right, list):
            if len(left) != len(right):
                return False
            waiting += zip(left, right, strict=True)
        elif left != right and not (left != left and right != right):
            return False
    return True


def _keys_touched(post: Post, spans: list[Span]) -> set[str]:
    """The top-level keys at whose key or value some edit is."""
    header = post.front_matter
    assert header is not None
    return {
        str(entry.path[0])
        for entry in header.walk()
        if any(_touch(span, Span(entry.key.start, entry.value.end)) for span in spans)
    }


def _bug(finding: Finding, damage: str) -> Finding:
    code, name = BROKEN_RULE
    message = say(
        "the fix of {code} ({name}) {damage}: it was left out; report this",
        code=finding.code,
        name=finding.name,
        damage=damage,
    )
    return Finding(code, name, Severity.ERROR, message, finding.span)


def _quarrel(history: dict[str, list[str]], back_at: str) -> Finding:
    texts = list(history)
    rules = {code for text in texts[texts.index(back_at) :] for code in history[text]}
    return _unrest(say("the fixes of {rules} undo each other", rules=both(sorted(rules))))


def _restless(history: dict[str, list[str]]) -> Finding:
    rules = sorted(set(list(history.values())[-1]))
    return _unrest(
        say(
            "after {rounds} rounds the fixes of {rules} still go on",
            rounds=ROUNDS,
            rules=both(rules),
        )
    )


def _unrest(message: str) -> Finding:
    code, name = BROKEN_RULE
    words = say("{message}: the post was left as it was; report this", message=message)
    return Finding(code, name, Severity.ERROR, words, Span(0, 0))
