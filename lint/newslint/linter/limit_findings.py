"""Report exceeded limits, and cut the list of findings at a limit."""

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


def incomplete(words: str, span: Span = _START, severity: Severity = Severity.ERROR) -> Finding:
    """Return the finding that a post was not read, or not completely checked."""
    return Finding(CODE, NAME, severity, words, span, None, Impact.POST)


def not_checked(rules: Sequence[Rule], span: Span, words: str) -> Finding:
    """Return the same finding with the severity of its rule."""
    ours = (rule.severity_in_force for rule in rules if rule.code == CODE)
    return incomplete(words, span, next(ours, Severity.ERROR))


def with_limit_violations(
    post: Post, rules: Sequence[Rule], findings: list[Finding]
) -> list[Finding]:
    """Return the findings in a post, including its exceeded limits.

    If elements are nested too deep, findings in the body may be wrong, and are omitted.
    """
    violations = [not_checked(rules, span, words) for span, words in post.limit_violations]
    if post.html.too_deep(post.limits.html_depth):
        findings = [one for one in findings if 0 < one.span.end <= post.body_start]
    return [*violations, *findings]


def cut(findings: Sequence[Finding], limit: int) -> Sequence[Finding]:
    """Return the first findings, and one with the number of the others; all of them for limit 0.

    Its severity and impact are the worst of the omitted ones, so that the exit code is the same.
    """
    if not limit or len(findings) <= limit:
        return findings
    rest = findings[limit:]
    worst: Severity = min((one.severity for one in rest), key=lambda severity: severity.rank)
    cost = min((one.impact for one in rest), key=[*Impact].index)
    words = msg("and {count:,} more findings (limits.findings)", count=len(rest))
    return [*findings[:limit], Finding(CODE, NAME, worst, words, rest[0].span, None, cost)]
