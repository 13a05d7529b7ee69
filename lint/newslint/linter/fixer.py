"""Apply fixes in rounds until nothing changes, without overlaps.

`newslint.linter.fix_guard` decides which fixes are offered and can be applied together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from newslint.core.finding import Finding, Safety, Severity
from newslint.core.messages import join_and, msg
from newslint.core.span import Span
from newslint.linter import registry
from newslint.linter.edits import apply
from newslint.linter.fix_guard import Requirement, harmless
from newslint.linter.own_findings import BROKEN_RULE

if TYPE_CHECKING:
    from newslint.post.post import Post

ROUNDS = 10
"""Maximum number of rounds that do not reduce the number of fixable findings."""

Parse = Callable[[str], "Post"]
"""Parses a text as the post."""
Lint = Callable[["Post"], "list[Finding]"]
"""Returns the findings in a post."""


class Fixed(NamedTuple):
    """A text after fixing, the findings that remain, and those that were fixed.

    ``text`` is the original one if nothing could be fixed, or if two rules undo each other's fixes.
    """

    text: str
    remaining: list[Finding]
    applied: Sequence[Finding] = ()


def fix(text: str, parse: Parse, lint: Lint, *, unsafe: bool = False) -> Fixed:
    """Apply the safe fixes to a text, or the unsafe ones too."""
    start, first = text, None
    done: list[Finding] = []
    history: dict[str, list[str]] = {}
    stalled, fewest = 0, None
    while stalled <= ROUNDS:
        post = parse(text)
        findings = lint(post)
        first = findings if first is None else first
        fixable = wanted(findings, unsafe=unsafe)
        if fewest is None or len(fixable) < fewest:
            fewest = len(fixable)
        else:
            stalled += 1
        changed, applied = _round(
            post, fixable, Requirement.FRONT_MATTER if unsafe else Requirement.SAFE
        )
        if not applied:
            return Fixed(text, findings, done)
        history[text] = [one.code for one in applied]
        if changed in history:
            return _unfixed(start, first, *_conflicting_fixes(history, changed))
        done += applied
        text = changed
    return _unfixed(start, first or [], *_did_not_converge(history))


def wanted(findings: Iterable[Finding], *, unsafe: bool) -> list[Finding]:
    """Return the findings to fix, in order: with a safe fix, or with an unsafe one too."""
    return [
        finding
        for finding in findings
        if finding.fix is not None and (unsafe or finding.fix.safety is Safety.SAFE)
    ]


def _round(
    post: Post, findings: list[Finding], requirement: Requirement
) -> tuple[str, list[Finding]]:
    """Apply one round of fixes; return the new text and the fixed findings."""
    fixes = {id(one.fix): one for one in findings if one.fix is not None}
    group = next(harmless(post, [one.fix for one in findings if one.fix], requirement), [])
    text, applied = apply(post.text, group)
    return text, [fixes[id(one)] for one in applied]


def _conflicting_fixes(history: dict[str, list[str]], back_at: str) -> tuple[set[str], str]:
    """Return the rules that undo each other's fixes, and a message about them."""
    texts = list(history)
    rules = {code for text in texts[texts.index(back_at) :] for code in history[text]}
    return rules, msg("the fixes of {rules} undo each other", rules=join_and(sorted(rules)))


def _did_not_converge(history: dict[str, list[str]]) -> tuple[set[str], str]:
    """Return the rules whose fixes do not end, and a message about them."""
    rules = set(list(history.values())[-1])
    words = msg(
        "the fixes of {rules} do not end after {rounds} rounds",
        rounds=ROUNDS,
        rules=join_and(sorted(rules)),
    )
    return rules, words


def _unfixed(text: str, findings: list[Finding], rules: set[str], words: str) -> Fixed:
    """Return the text unchanged, without the rules' fixes; reports rules that are not built in."""
    left = [one._replace(fix=None) if one.code in rules else one for one in findings]
    if not all(registry.is_built_in(registry.rules().get(code)) for code in rules):
        code, name = BROKEN_RULE
        message = msg(
            "{message}; the post was not changed. Report this to the author of the rule",
            message=words,
        )
        left.insert(0, Finding(code, name, Severity.ERROR, message, Span(0, 0)))
    return Fixed(text, left)
