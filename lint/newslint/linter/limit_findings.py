"""What is said where a limit is reached, and how the findings beyond one are left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newslint.core.finding import Finding, Severity
from newslint.core.messages import msg
from newslint.core.span import Span

if TYPE_CHECKING:
    from newslint.linter.rule import Rule
    from newslint.post.post import Post

CODE, NAME = UNREADABLE = ("IO001", "unreadable-file")
"""Code and name of the finding for what could not be read, or not whole."""


def not_read(rules: Sequence[Rule], span: Span, words: str) -> Finding:
    """The finding that says so, as severe as its rule is."""
    ours = (rule.severity_in_force for rule in rules if rule.code == CODE)
    return Finding(CODE, NAME, next(ours, Severity.ERROR), words, span)


def with_limit_violations(
    post: Post, rules: Sequence[Rule], findings: list[Finding]
) -> list[Finding]:
    """The findings of a post, and what was too much in it.

    Where the elements nest too deep, what is found in the body may be wrong, and is left out.
    """
    said = [not_read(rules, span, words) for span, words in post.limit_violations]
    if post.html.too_deep(post.limits.html_depth):
        findings = [one for one in findings if 0 < one.span.end <= post.body_start]
    return [*said, *findings]


def cut(findings: Sequence[Finding], limit: int) -> Sequence[Finding]:
    """The first findings, then one that says how many more there are; all of them for limit 0.

    It is as severe as the worst that it stands for, so that nothing passes because of it.
    """
    if not limit or len(findings) <= limit:
        return findings
    rest = findings[limit:]
    worst: Severity = min((one.severity for one in rest), key=lambda severity: severity.rank)
    words = msg("and {count:,} more findings (limits.findings)", count=len(rest))
    return [*findings[:limit], Finding(CODE, NAME, worst, words, rest[0].span)]
