"""Check posts, without input or output. A tree is walked once for all rules."""

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
    """The findings of one post: those that count, and those that it suppresses itself.

    ``suppresses`` is true where the post has suppressions, used or not.
    """

    kept: list[Finding]
    suppressed: list[Finding]
    suppresses: bool = False


def lint(post: Post, rules: RuleSet) -> list[Finding]:
    """Every finding of the rules in one post that it does not suppress, by place, then code."""
    return lint_all(post, rules).kept


def lint_all(
    post: Post,
    rules: RuleSet,
    archive: Iterable[Finding] | None = None,
    online: Iterable[Finding] = (),
) -> Outcome:
    """Every finding of the rules in one post, the suppressed ones apart, by place, then code.

    ``archive`` is what the archive rules found in this post; None says that they have not run, so
    that a suppression of theirs cannot be called unused yet. ``online`` is what the online rules
    found, where the other archive rules have not run.
    """
    (findings,) = _findings((post,), rules)
    findings += archive or ()
    findings += online
    return _outcome(post, rules, findings, archive is not None)


def lint_together(posts: Sequence[Post], rules: RuleSet) -> list[Outcome]:
    """As `lint_all` for each of some short posts, before the archive rules have run.

    Each rule looks at all the posts before the next one does: its code is then still in the
    processor's caches, which takes a third less time than post by post.
    """
    found = _findings(posts, rules)
    return [
        _outcome(post, rules, findings, archive=False)
        for post, findings in zip(posts, found, strict=True)
    ]


def _outcome(post: Post, rules: RuleSet, findings: list[Finding], archive: bool) -> Outcome:
    """Return what a post suppresses, apart; ``archive`` says whether the archive rules have run."""
    findings.sort(key=order)
    if suppress.MARK not in post.text:
        return Outcome(_with_sound_fixes(post, rules, findings), [])
    names = {code: rule.name for code, rule in rules.known.items()}
    suppressions = suppress.parse(post, names)
    if not suppressions:
        return Outcome(_with_sound_fixes(post, rules, findings), [])
    kept, hidden, used = suppress.apply(findings, suppressions)
    if rules.suppressions:
        ran, expected = _who_looked(rules, findings, archive)
        online = frozenset(c for c, rule in rules.known.items() if issubclass(rule, OnlineRule))
        usages = suppress.usage(post, suppressions, used, ran, expected, online)
        own: list[Finding] = []
        look_at_clock = time_limit.clock()
        for rule in rules.suppressions:
            look_at_clock()
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

    A fix that does damage is a bug to be reported of where the rule is someone else's.
    """
    if not any(one.fix is not None for one in findings):
        return findings
    from newslint.linter.fix_guard import damage_of, settled

    settled_findings, refused = settled(post, findings, rules.never_safe)
    # Of each rule the first: to find the words takes time.
    broken_ones = {
        finding.code: finding
        for finding in reversed(refused)
        if not is_built_in(rules.known.get(finding.code))
    }
    bugs = [_broken_fix(one, damage_of(post, one)) for one in broken_ones.values()]
    return sorted([*settled_findings, *bugs], key=order) if bugs else settled_findings


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


def _who_looked(
    rules: RuleSet, findings: Iterable[Finding], archive: bool
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the codes of the rules that looked at the post, and of those that do by default."""
    kinds = (ElementRule, FrontMatterRule, PostRule) + ((ArchiveRule,) if archive else ())
    ran = frozenset(
        rule.code
        for rule in rules.rules
        # What an address answers today, it need not answer tomorrow: their suppressions stay.
        if isinstance(rule, kinds) and not isinstance(rule, OnlineRule)
    )
    others = (FileRule, SuppressionRule) + (() if rules.archive else (ArchiveRule,))
    expected = frozenset(
        code
        for code, rule in rules.known.items()
        if rule.default and (issubclass(rule, OnlineRule) or not issubclass(rule, others))
    )
    # What a broken rule would have found is not known.
    some_broke = any(one.code in (BROKEN_RULE[0], UNREADABLE[0]) for one in findings)
    return (frozenset() if some_broke else ran), expected


def _findings(posts: Sequence[Post], rules: RuleSet) -> list[list[Finding]]:
    """Return the findings of each post, rule by rule."""
    every: list[tuple[Post, list[Finding]]] = [(post, []) for post in posts]
    each = [one for one in every if _is_built(one[0])]
    look_at_clock = time_limit.clock()
    triggered: dict[Condition, list[tuple[Post, list[Finding]]]] = {}
    for rule, applies_to, check in rules.of_posts:
        look_at_clock()
        for post, findings in _looked_at(each, applies_to, triggered):
            try:
                if found := check(post):
                    findings.extend(found)
            except Exception as error:
                findings.append(broken(rule, error))
    if rules.front_matter:
        _look_at_front_matter(each, rules, look_at_clock)
    if rules.elements:
        _walk(each, rules, look_at_clock)
    return [findings for _, findings in every]


def _is_built(post: Post) -> bool:
    """Return whether the generator reads the file: not where another one takes its place."""
    if post.site is None or not post.site_path:
        return True
    role = post.site.role(post.site_path)
    return role.role is not Role.LOST or role.is_fatal


_Given = TypeVar("_Given", bound="tuple[Post, *tuple[Any, ...]]")


def _looked_at(
    each: list[_Given], applies_to: Condition | None, triggered: dict[Condition, list[_Given]]
) -> list[_Given]:
    """Return the posts that a rule looks at; what each applies_to said is kept in ``triggered``."""
    if applies_to is None:
        return each
    if applies_to not in triggered:
        triggered[applies_to] = [one for one in each if _might_report(applies_to, one[0])]
    return triggered[applies_to]


def _might_report(asked: Condition, post: Post) -> bool:
    """What is answered; where that breaks it is left to the rules, which say what is broken."""
    try:
        return bool(asked(post))
    except Exception:
        return True


def _look_at_front_matter(
    each: list[tuple[Post, list[Finding]]], rules: RuleSet, look_at_clock: Callable[[], None]
) -> None:
    headed = [
        (post, header, findings)
        for post, findings in each
        if (header := post.front_matter) is not None and header.error is None
    ]
    triggered: dict[Condition, list[tuple[Post, FrontMatter, list[Finding]]]] = {}
    for rule in rules.front_matter:
        look_at_clock()
        check = rule.check
        for post, header, findings in _looked_at(headed, type(rule).applies_to, triggered):
            try:
                if found := check(header, post):
                    findings.extend(found)
            except Exception as error:
                findings.append(broken(rule, error))


def order(finding: Finding) -> tuple[Span, str, str]:
    """Return the sorting key of findings within one file."""
    return finding.span, finding.code, finding.message


def _walk(
    each: list[tuple[Post, list[Finding]]], rules: RuleSet, look_at_clock: Callable[[], None]
) -> None:
    """One walk of each tree for all rules; then rule by rule, each in the order of the post."""
    walked: list[tuple[Post, list[Finding], list[tuple[str, etree._Element]]]] = []
    for post, findings in each:
        tags = rules.tags_among(post.structure.names)
        # Without tags, iter() would give every element.
        if tags and _might_report(rules.might_report, post):
            walked.append((post, findings, [(one.tag, one) for one in post.body.iter(*tags)]))
    for rule in rules.elements:
        look_at_clock()
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
    """Return a rule that raises is reported by name, and the others go on.

    Raises a NewslintError again: the configuration is wrong then, not the rule.
    """
    if isinstance(error, NewslintError):
        raise error
    words = rule_fault(error, rule)
    if is_ours(rule):
        return limit_findings.not_whole(words)
    return Finding(*BROKEN_RULE, Severity.ERROR, words, Span(0, 0))
