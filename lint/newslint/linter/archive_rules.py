"""Run the archive rules: collect facts of each post, and check all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from newslint.core import time_limit
from newslint.core.errors import NewslintError
from newslint.core.finding import Finding
from newslint.linter import limit_findings
from newslint.linter.rule_failures import rule_fault

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from newslint.generators.site import Site
    from newslint.linter.archive import Archive
    from newslint.linter.http_request import Answer, Request
    from newslint.linter.rule import ArchiveRule
    from newslint.linter.ruleset import RuleSet
    from newslint.post.post import Post


class Facts(NamedTuple):
    """The facts of one post for archive rules, by code; rules without facts are not in it.

    ``failures`` are the findings about rules that failed on the post.
    """

    by_code: dict[str, Any]
    failures: list[Finding]


def facts(post: Post, rules: RuleSet, *, alone: bool = False) -> Facts:
    """Return the facts of one post for each archive rule.

    A post that is ``alone`` is compared with no other.
    """
    return facts_together((post,), rules, alone=alone)[0]


def facts_together(posts: Sequence[Post], rules: RuleSet, *, alone: bool = False) -> list[Facts]:
    """Return the `facts` of each post; see `newslint.linter.engine.lint_together`."""
    each = [Facts({}, []) for _ in posts]
    check_time = time_limit.clock()
    for rule in rules.archive:
        if alone and rule.compares:
            continue
        if check_time:
            check_time()
        code, look = rule.code, rule.facts
        for post, known in zip(posts, each, strict=True):
            try:
                if (fact := look(post)) is not None:
                    known.by_code[code] = fact
            except Exception as error:
                known.failures.append(failure(rule, error))
    return each


def of_site(post: Post, rules: RuleSet, known: Facts, site_url: str | None) -> list[Finding]:
    """Return what archive rules find in one post of a site without any other post.

    ``known`` are the facts of the post. Empty outside of a site.
    """
    if post.site is None:
        return []
    online = {rule.code for rule in rules.online}
    asked = [one for one in rules.archive if not one.compares and one.code not in online]
    found = check(asked, [(post.name, known.by_code)], _OnePost(post, site_url))
    return [finding for findings in found.values() for finding in findings]


class _OnePost:
    """The archive of one post of a site: its other files are those of the site."""

    def __init__(self, post: Post, site_url: str | None) -> None:
        self.target = post.target
        self.site_url = site_url
        self.depends_on_site = True
        self._site = None if post.site is None else (post.site, post.site_path)

    def exists(self, path: PurePosixPath) -> bool:
        return True

    def answer(self, request: Request) -> Answer | None:
        return None

    def site_of(self, path: str) -> tuple[Site, str] | None:
        return self._site


def failure(rule: ArchiveRule, error: Exception) -> Finding:
    """Return the finding about an archive rule that failed, so that the archive was not checked.

    Raises a NewslintError again, since the configuration is then wrong, not the rule.
    """
    if isinstance(error, NewslintError):
        raise error
    return limit_findings.incomplete(rule_fault(error, rule))


def check(
    rules: Iterable[ArchiveRule], posts: Iterable[tuple[str, Mapping[str, Any]]], archive: Archive
) -> dict[str, list[Finding]]:
    """Return the findings of archive rules by path, from the facts of all posts, by path and code.

    A rule that fails is reported at the last post that it was given, and the others continue.
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
    """The facts of all posts for one rule; records which post was given last."""

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
