"""Runs the archive rules: the facts of each post, and what they say together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newslint.core.finding import Finding
    from newslint.linter.archive import Archive
    from newslint.linter.engine import RuleSet
    from newslint.linter.rule import ArchiveRule
    from newslint.post.post import Post


def facts(post: Post, rules: RuleSet) -> dict[str, Any]:
    """What each archive rule needs to know of one post, by code; rules with nothing left out."""
    return facts_together((post,), rules)[0]


def facts_together(posts: Sequence[Post], rules: RuleSet) -> list[dict[str, Any]]:
    """The `facts` of each post, rule by rule (see `newslint.linter.engine.lint_together`)."""
    each: list[dict[str, Any]] = [{} for _ in posts]
    for rule in rules.archive:
        code, look = rule.code, rule.facts
        for post, known in zip(posts, each, strict=True):
            if (fact := look(post)) is not None:
                known[code] = fact
    return each


def check(
    rules: Iterable[ArchiveRule], posts: Iterable[tuple[str, Mapping[str, Any]]], archive: Archive
) -> dict[str, list[Finding]]:
    """The findings of archive rules by path, from the facts of all posts, by path and code."""
    findings: dict[str, list[Finding]] = {}
    known = list(posts)
    for rule in rules:
        facts = ((path, by_code[rule.code]) for path, by_code in known if rule.code in by_code)
        for path, finding in rule.check_archive(facts, archive):
            findings.setdefault(path, []).append(finding)
    return findings
