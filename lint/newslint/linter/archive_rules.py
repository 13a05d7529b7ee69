"""Run the archive rules: facts of each post, and findings about all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from newslint.core import time_limit
from newslint.core.errors import NewslintError
from newslint.core.finding import Finding
from newslint.linter import limit_findings
from newslint.linter.rule_failures import rule_fault

if TYPE_CHECKING:
    from newslint.linter.archive import Archive
    from newslint.linter.rule import ArchiveRule
    from newslint.linter.ruleset import RuleSet
    from newslint.post.post import Post


class Facts(NamedTuple):
    """What archive rules need to know of one post, by code; rules with nothing are left out.

    ``failures`` are the findings for rules that broke on the post.
    """

    by_code: dict[str, Any]
    failures: list[Finding]


def facts(post: Post, rules: RuleSet, *, alone: bool = False) -> Facts:
    """Return what each archive rule needs to know of one post.

    A post that is ``alone`` is compared with no other.
    """
    return facts_together((post,), rules, alone=alone)[0]


def facts_together(posts: Sequence[Post], rules: RuleSet, *, alone: bool = False) -> list[Facts]:
    """The `facts` of each post, rule by rule (see `newslint.linter.engine.lint_together`)."""
    each = [Facts({}, []) for _ in posts]
    look_at_clock = time_limit.clock()
    for rule in rules.archive:
        if alone and rule.compares:
            continue
        look_at_clock()
        code, look = rule.code, rule.facts
        for post, known in zip(posts, each, strict=True):
            try:
                if (fact := look(post)) is not None:
                    known.by_code[code] = fact
            except Exception as error:
                known.failures.append(failure(rule, error))
    return each


def failure(rule: ArchiveRule, error: Exception) -> Finding:
    """Return what is reported where an archive rule breaks: the archive is then not checked whole.

    Raises a NewslintError again: the configuration is wrong then, not the rule.
    """
    if isinstance(error, NewslintError):
        raise error
    return limit_findings.not_whole(rule_fault(error, rule))


def check(
    rules: Iterable[ArchiveRule], posts: Iterable[tuple[str, Mapping[str, Any]]], archive: Archive
) -> dict[str, list[Finding]]:
    """Return the findings of archive rules by path, from the facts of all posts, by path and code.

    A rule that breaks is reported at the post that it was given last, and the others go on.
    """
    findings: dict[str, list[Finding]] = {}
    known = list(posts)
    for rule in rules:
        given = _Given(known, rule.code)
        try:
            for path, finding in rule.check_archive(iter(given), archive):
                findings.setdefault(path, []).append(finding)
        except Exception as error:
            findings.setdefault(given.path, []).append(failure(rule, error))
    return findings


class _Given:
    """The facts of all posts for one rule, which remember at which post the rule is."""

    def __init__(self, posts: Sequence[tuple[str, Mapping[str, Any]]], code: str) -> None:
        self._posts = posts
        self._code = code
        self.path = posts[0][0] if posts else ""

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        code = self._code
        for path, by_code in self._posts:
            if code in by_code:
                self.path = path
                yield path, by_code[code]
