"""Apply fixes in order, without overlaps, in rounds until nothing changes.

Which fixes are offered, and which can be made together, is `newslint.linter.fix_guard`'s to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from newslint.core.finding import Finding, Safety, Severity
from newslint.core.messages import join_and, msg
from newslint.core.span import Span
from newslint.linter import registry
from newslint.linter.edits import apply
from newslint.linter.fix_guard import Held, sound
from newslint.linter.own_findings import BROKEN_RULE

if TYPE_CHECKING:
    from newslint.post.post import Post

ROUNDS = 10
"""Rounds of fixing that may leave as many fixable findings as there were, or more."""

Parse = Callable[[str], "Post"]
"""Parses a text as the post that it represents."""
Lint = Callable[["Post"], "list[Finding]"]
"""The findings of a post."""


class Fixed(NamedTuple):
    """What became of a text: the text, the findings that remain, and those that were fixed.

    ``text`` is the one that was given where nothing could be fixed, or where two rules undo each
    other.
    """

    text: str
    remaining: list[Finding]
    applied: Sequence[Finding] = ()


def fix(text: str, parse: Parse, lint: Lint, *, unsafe: bool = False) -> Fixed:
    """Fix a text: the safe fixes, or the unsafe ones too."""
    start, first = text, None
    done: list[Finding] = []
    history: dict[str, list[str]] = {}
    idle, fewest = 0, None
    while idle <= ROUNDS:
        post = parse(text)
        findings = lint(post)
        first = findings if first is None else first
        fixable = wanted(findings, unsafe=unsafe)
        if fewest is None or len(fixable) < fewest:
            fewest = len(fixable)
        else:
            idle += 1
        changed, applied = _round(post, fixable, Held.FRONT_MATTER if unsafe else Held.SAFE)
        if not applied:
            return Fixed(text, findings, done)
        history[text] = [one.code for one in applied]
        if changed in history:
            return _unfixed(start, first, *_conflicting_fixes(history, changed))
        done += applied
        text = changed
    return _unfixed(start, first or [], *_did_not_converge(history))


def wanted(findings: Iterable[Finding], *, unsafe: bool) -> list[Finding]:
    """The findings to fix, in their order: those with a safe fix, or with an unsafe one too."""
    return [
        finding
        for finding in findings
        if finding.fix is not None and (unsafe or finding.fix.safety is Safety.SAFE)
    ]


def _round(post: Post, findings: list[Finding], held: Held) -> tuple[str, list[Finding]]:
    """One round: the new text and the findings that were fixed."""
    fixes = {id(one.fix): one for one in findings if one.fix is not None}
    group = next(sound(post, [one.fix for one in findings if one.fix], held), [])
    text, applied = apply(post.text, group)
    return text, [fixes[id(one)] for one in applied]


def _conflicting_fixes(history: dict[str, list[str]], back_at: str) -> tuple[set[str], str]:
    """Return the rules that undo each other, and the words for it."""
    texts = list(history)
    rules = {code for text in texts[texts.index(back_at) :] for code in history[text]}
    return rules, msg("the fixes of {rules} undo each other", rules=join_and(sorted(rules)))


def _did_not_converge(history: dict[str, list[str]]) -> tuple[set[str], str]:
    """Return the rules that never come to rest, and the words for it."""
    rules = set(list(history.values())[-1])
    words = msg(
        "the fixes of {rules} do not end after {rounds} rounds",
        rounds=ROUNDS,
        rules=join_and(sorted(rules)),
    )
    return rules, words


def _unfixed(text: str, findings: list[Finding], rules: set[str], words: str) -> Fixed:
    """The text as it was. The rules offer no fix for it; others than newslint's own are named."""
    left = [one._replace(fix=None) if one.code in rules else one for one in findings]
    if not all(registry.is_built_in(registry.rules().get(code)) for code in rules):
        code, name = BROKEN_RULE
        message = msg(
            "{message}; the post was not changed. Report this to the author of the rule",
            message=words,
        )
        left.insert(0, Finding(code, name, Severity.ERROR, message, Span(0, 0)))
    return Fixed(text, left)
