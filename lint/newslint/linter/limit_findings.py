"""Report exceeded limits, and leave out the findings beyond a limit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newslint.core.finding import Finding, Impact, Severity
from newslint.core.messages import msg
from newslint.core.span import Span
from newslint.linter.own_findings import UNREADABLE

if TYPE_CHECKING:
    from newslint.linter.rule import Rule
    from newslint.post.post import Post

CODE, NAME = UNREADABLE
_START = Span(0, 0)


def not_whole(words: str, span: Span = _START, severity: Severity = Severity.ERROR) -> Finding:
    """Return the finding that says why a post was not read, or not checked whole."""
    return Finding(CODE, NAME, severity, words, span, None, Impact.POST)


def not_read(rules: Sequence[Rule], span: Span, words: str) -> Finding:
    """Return the same, as severe as its rule is."""
    ours = (rule.severity_in_force for rule in rules if rule.code == CODE)
    return not_whole(words, span, next(ours, Severity.ERROR))


def with_limit_violations(
    post: Post, rules: Sequence[Rule], findings: list[Finding]
) -> list[Finding]:
    """Return the findings of a post, and what was too much in it.

    Where the elements nest too deep, what is found in the body may be wrong, and is left out.
    """
    said = [not_read(rules, span, words) for span, words in post.limit_violations]
    if post.html.too_deep(post.limits.html_depth):
        findings = [one for one in findings if 0 < one.span.end <= post.body_start]
    return [*said, *findings]


def cut(findings: Sequence[Finding], limit: int) -> Sequence[Finding]:
    """The first findings, then one that says how many more there are; all of them for limit 0.

    It is as severe, and costs as much, as the worst that it represents, so that nothing passes
    because of it.
    """
    if not limit or len(findings) <= limit:
        return findings
    rest = findings[limit:]
    worst: Severity = min((one.severity for one in rest), key=lambda severity: severity.rank)
    cost = min((one.impact for one in rest), key=[*Impact].index)
    words = msg("and {count:,} more findings (limits.findings)", count=len(rest))
    return [*findings[:limit], Finding(CODE, NAME, worst, words, rest[0].span, None, cost)]
