"""Check posts, without input or output. The tree is traversed once for all rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from newslint.core import time_limit
from newslint.core.errors import NewslintError
from newslint.core.finding import Finding, Severity
from newslint.core.messages import msg
from newslint.core.span import Span
from newslint.generators.site_roles import Role
from newslint.linter import limit_findings
from newslint.linter import suppressions as suppress
from newslint.linter.own_findings import BROKEN_RULE, UNREADABLE
from newslint.linter.registry import is_built_in
from newslint.linter.rule import (
    ArchiveRule,
    ElementRule,
    FileRule,
    FrontMatterRule,
    OnlineRule,
    PostRule,
    Rule,
    SuppressionRule,
)
from newslint.linter.rule_failures import is_ours, rule_fault
from newslint.linter.ruleset import Condition, RuleSet

if TYPE_CHECKING:
    from lxml import etree

    from newslint.post.front_matter import FrontMatter
    from newslint.post.post import Post


class Outcome(NamedTuple):
    """The findings in one post: those to report, and those that the post suppresses.

    ``suppresses`` is true if the post has suppressions, used or not.
    """

    kept: list[Finding]
    suppressed: list[Finding]
    suppresses: bool = False


def lint(post: Post, rules: RuleSet) -> list[Finding]:
    """Return the findings in one post that it does not suppress, sorted by place and code."""
    return lint_all(post, rules).kept


def lint_all(
    post: Post,
    rules: RuleSet,
    archive: Iterable[Finding] | None = None,
    online: Iterable[Finding] = (),
) -> Outcome:
    """Return the findings in one post, the suppressed ones separately, sorted by place and code.

    ``archive`` are the findings of archive rules in this post; None means that they have not run,
    so that their suppressions are not reported as unused. ``online`` are the findings of online
    rules, if the other archive rules have not run.
    """
    (findings,) = _findings((post,), rules)
    findings += archive or ()
    findings += online
    return _outcome(post, rules, findings, archive is not None)


def lint_together(posts: Sequence[Post], rules: RuleSet) -> list[Outcome]:
    """Return the result of `lint_all` for each of some short posts, before archive rules have run.

    Each rule checks all posts before the next one does, so that its code stays in the processor's
    caches: that takes a third less time.
    """
    found = _findings(posts, rules)
    return [
        _outcome(post, rules, findings, archive=False)
        for post, findings in zip(posts, found, strict=True)
    ]


def _outcome(post: Post, rules: RuleSet, findings: list[Finding], archive: bool) -> Outcome:
    """Return the outcome of a post; ``archive`` is true if the archive rules have run."""
    findings.sort(key=order)
    if suppress.MARK not in post.text:
        return Outcome(_with_sound_fixes(post, rules, findings), [])
    names = {code: rule.name for code, rule in rules.known.items()}
    suppressions = suppress.parse(post, names)
    if not suppressions:
        return Outcome(_with_sound_fixes(post, rules, findings), [])
    kept, hidden, used = suppress.apply(findings, suppressions)
    if rules.suppressions:
        ran, expected = _rules_that_ran(rules, findings, archive)
        online = frozenset(c for c, rule in rules.known.items() if issubclass(rule, OnlineRule))
        usages = suppress.usage(post, suppressions, used, ran, expected, online)
        own: list[Finding] = []
        check_time = time_limit.clock()
        for rule in rules.suppressions:
            if check_time:
                check_time()
            try:
                own.extend(rule.check(usages, names, post))
            except Exception as error:
                own.append(broken(rule, error))
        own, own_hidden, _ = suppress.apply(own, suppressions)
        kept = sorted([*kept, *own], key=order)
        hidden = sorted([*hidden, *own_hidden], key=order)
    return Outcome(_with_sound_fixes(post, rules, kept), hidden, suppresses=True)


def _with_sound_fixes(post: Post, rules: RuleSet, findings: list[Finding]) -> list[Finding]:
    """Return the findings with the fixes that may be offered; see `newslint.linter.fix_guard`.

    A damaging fix of a plug-in's or custom rule is reported as a bug of the rule.
    """
    if not findings or all(one.fix is None for one in findings):
        return findings
    from newslint.linter.fix_guard import guarded, refusal_reason

    findings_with_fixes, refused = guarded(post, findings, rules.never_safe)
    # Only the first of each rule, since finding the reason takes time.
    broken_ones = {
        finding.code: finding
        for finding in reversed(refused)
        if not is_built_in(rules.known.get(finding.code))
    }
    bugs = [_broken_fix(one, refusal_reason(post, one)) for one in broken_ones.values()]
    return sorted([*findings_with_fixes, *bugs], key=order) if bugs else findings_with_fixes


def _broken_fix(finding: Finding, damage: str) -> Finding:
    code, name = BROKEN_RULE
    message = msg(
        "the fix of {code} ({name}) {damage}; the fix is discarded. Report this to the author"
        " of the rule",
        code=finding.code,
        name=finding.name,
        damage=damage,
    )
    return Finding(code, name, Severity.ERROR, message, finding.span)


def _rules_that_ran(
    rules: RuleSet, findings: Iterable[Finding], archive: bool
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the codes of the rules that ran on the post, and of those that run by default."""
    kinds = (ElementRule, FrontMatterRule, PostRule) + ((ArchiveRule,) if archive else ())
    ran = frozenset(
        rule.code
        for rule in rules.rules
        # Suppressions of online rules are kept, since a URL's answer may change.
        if isinstance(rule, kinds) and not isinstance(rule, OnlineRule)
    )
    others = (FileRule, SuppressionRule) + (() if rules.archive else (ArchiveRule,))
    expected = frozenset(
        code
        for code, rule in rules.known.items()
        if rule.default and (issubclass(rule, OnlineRule) or not issubclass(rule, others))
    )
    # The findings of a failed rule are unknown.
    some_broke = any(one.code in (BROKEN_RULE[0], UNREADABLE[0]) for one in findings)
    return (frozenset() if some_broke else ran), expected


def _findings(posts: Sequence[Post], rules: RuleSet) -> list[list[Finding]]:
    """Return the findings in each post, rule by rule."""
    every: list[tuple[Post, list[Finding]]] = [(post, []) for post in posts]
    each = [one for one in every if _is_built(one[0])]
    check_time = time_limit.clock()
    applicable: dict[Condition, list[tuple[Post, list[Finding]]]] = {}
    for rule, applies_to, check in rules.of_posts:
        if check_time:
            check_time()
        for post, findings in _applicable(each, applies_to, applicable):
            try:
                if found := check(post):
                    findings.extend(found)
            except Exception as error:
                findings.append(broken(rule, error))
    if rules.front_matter:
        _check_front_matter(each, rules, check_time)
    if rules.elements:
        _walk(each, rules, check_time)
    return [findings for _, findings in every]


def _is_built(post: Post) -> bool:
    """Return whether the generator reads the file: not where another one takes its place.

    A file that it refuses is looked at where newslint knows its language.
    """
    if post.site is None or not post.site_path:
        return True
    role = post.site.role(post.site_path)
    is_known = post.is_markdown or post.path.suffix.lower() in (".html", ".htm")
    return role.role is not Role.LOST or (role.is_fatal and is_known)


_Given = TypeVar("_Given", bound="tuple[Post, *tuple[Any, ...]]")


def _applicable(
    each: list[_Given], applies_to: Condition | None, applicable: dict[Condition, list[_Given]]
) -> list[_Given]:
    """Return the posts that a rule applies to; ``applicable`` caches them by condition."""
    if applies_to is None:
        return each
    if applies_to not in applicable:
        try:
            posts = [one for one in each if applies_to(one[0])]
        except Exception:
            posts = [one for one in each if _might_report(applies_to, one[0])]
        applicable[applies_to] = posts
    return applicable[applies_to]


def _might_report(condition: Condition, post: Post) -> bool:
    """Return the condition's value; True if it fails, so that the failing rules are reported."""
    try:
        return bool(condition(post))
    except Exception:
        return True


def _check_front_matter(
    each: list[tuple[Post, list[Finding]]], rules: RuleSet, check_time: Callable[[], None] | None
) -> None:
    headed = [
        (post, header, findings)
        for post, findings in each
        if (header := post.front_matter) is not None and header.error is None
    ]
    applicable: dict[Condition, list[tuple[Post, FrontMatter, list[Finding]]]] = {}
    for rule in rules.front_matter:
        if check_time:
            check_time()
        check = rule.check
        for post, header, findings in _applicable(headed, type(rule).applies_to, applicable):
            try:
                if found := check(header, post):
                    findings.extend(found)
            except Exception as error:
                findings.append(broken(rule, error))


def order(finding: Finding) -> tuple[Span, str, str]:
    """Return the sort key of findings in one file."""
    return finding.span, finding.code, finding.message


def _walk(
    each: list[tuple[Post, list[Finding]]], rules: RuleSet, check_time: Callable[[], None] | None
) -> None:
    """Traverse each tree once for all rules; each rule sees the elements in document order."""
    walked: list[tuple[Post, list[Finding], list[tuple[str, etree._Element]]]] = []
    for post, findings in each:
        tags = rules.tags_among(post.structure.names)
        # Without tags, iter() would return all elements.
        if tags and _might_report(rules.might_report, post):
            walked.append((post, findings, [(one.tag, one) for one in post.body.iter(*tags)]))
    for rule in rules.elements:
        if check_time:
            check_time()
        check, wanted = rule.check, frozenset(rule.tags)
        every = "*" in wanted
        for post, findings, elements in walked:
            for tag, element in elements:
                if tag in wanted or every:
                    try:
                        if found := check(element, post):
                            findings.extend(found)
                    except Exception as error:
                        findings.append(broken(rule, error))


def broken(rule: Rule, error: Exception) -> Finding:
    """Return the finding about a rule that failed.

    Raises a NewslintError again, since the configuration is then wrong, not the rule.
    """
    if isinstance(error, NewslintError):
        raise error
    words = rule_fault(error, rule)
    if is_ours(rule):
        return limit_findings.incomplete(words)
    return Finding(*BROKEN_RULE, Severity.ERROR, words, Span(0, 0))
