"""Suppressions: comments in a post that hide findings.

``<!-- newslint-disable IMG001 -->`` … ``<!-- newslint-enable -->`` for a range, ``disable-file``
for the post, ``disable-next-line`` and ``disable-line`` for a line; in YAML front matter the same
words after ``#``. Rules are given by code, name or prefix, separated by commas or spaces; without
any, all rules are meant. The text after `` -- `` is the reason, for readers.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from newslint.core import lazy
from newslint.core.did_you_mean import nearest
from newslint.core.span import Span
from newslint.linter import own_findings
from newslint.linter.suppression_places import MARK, in_body, in_front_matter

if TYPE_CHECKING:
    from newslint.core.finding import Finding
    from newslint.post.post import Post

__all__ = ["MARK", "VERBS", "Suppression", "SuppressionUsage", "nearest"]


LIMIT = 1_000
"""Maximum number of suppressions of one post, since each is compared with each finding."""

VERBS = ("disable", "disable-file", "disable-line", "disable-next-line", "enable")

_WORD = lazy.pattern(r"[^\s,]+")
_REASON = lazy.pattern(r"(?:^|\s)--(?:\s|$)")


class Selector(NamedTuple):
    """A selector as written in a suppression; ``codes`` is empty if it matches no rule."""

    text: str
    span: Span
    codes: frozenset[str]

    @property
    def exact(self) -> bool:
        """Whether it names one rule, by code or by name, not a family."""
        return len(self.codes) == 1


class Suppression(NamedTuple):
    """A suppression comment. It hides findings that start within ``scope``.

    ``words`` are its selectors; none means all rules. ``until`` contains the codes that a later
    ``newslint-enable`` switches on again, with its offset.
    """

    comment: Span
    verb: str
    words: tuple[Selector, ...]
    scope: Span
    until: tuple[tuple[frozenset[str], int], ...] = ()
    ends: bool = False
    """For ``enable``: whether it switches on anything that was off."""

    def matching_selector(self, finding: Finding) -> str | None:
        """Return the selector that hides a finding, ``""`` for all rules, None if none does."""
        at, code = finding.span.start, finding.code
        if code == own_findings.UNREADABLE[0]:
            return None
        if not self.scope.start <= at < self.scope.end:
            return None
        if any(code in codes and at >= offset for codes, offset in self.until):
            return None
        if not self.words:
            return None if code.startswith(own_findings.SUPPRESSION_FAMILY) else ""
        return next((word.text for word in self.words if code in word.codes), None)


class SuppressionUsage(NamedTuple):
    """The effect of a suppression: ``unused_selectors`` hid nothing.

    ``unused`` is true if the complete comment has no effect and can be removed.
    """

    suppression: Suppression
    unused_selectors: tuple[Selector, ...]
    unused: bool


def parse(post: Post, names: Mapping[str, str]) -> tuple[Suppression, ...]:
    """Return the suppressions of a post in order; ``names`` are the names of rules by code.

    Comments inside a code sample, an attribute, a style, script or textarea, or a string of the
    front matter are ignored. A comment that begins with ``newslint-`` with an unknown verb is
    included, with an empty scope.
    """
    if MARK not in post.text:
        return ()
    found = [
        _suppression(post, comment, match, names)
        for comment, match in islice(chain(in_front_matter(post), in_body(post)), LIMIT)
    ]
    return tuple(_ended(found))


def _suppression(
    post: Post, comment: Span, match: re.Match[str], names: Mapping[str, str]
) -> Suppression:
    verb = match["verb"]
    start, end = match.span("rest")
    if reason := _REASON.search(post.text[start:end]):
        end = start + reason.start()
    words = tuple(
        Selector(word[0], Span(*word.span()), select(word[0], names))
        for word in _WORD.finditer(post.text, start, end)
    )
    return Suppression(comment, verb, words, _scope(post, comment, verb))


def _scope(post: Post, comment: Span, verb: str) -> Span:
    """Return the range that a suppression applies to; the end of the file is included."""
    length = len(post.text) + 1
    if verb == "disable":
        return Span(comment.end, length)
    if verb == "disable-file":
        return Span(0, length)
    if verb not in ("disable-line", "disable-next-line"):
        return Span(comment.start, comment.start)
    lines = post.source.lines
    first, last = (lines.position(offset).line for offset in comment)
    if verb == "disable-next-line":
        first = last = last + 1
        if first > len(lines):
            return Span(length, length)
    return Span(lines.span(first).start, lines.span(last).end + 1)


def select(word: str, names: Mapping[str, str]) -> frozenset[str]:
    """Return the codes of the rules that match a code, name, prefix or ``ALL``."""
    if word == "ALL":
        return frozenset(
            code for code in names if not code.startswith(own_findings.SUPPRESSION_FAMILY)
        )
    return frozenset(code for code, name in names.items() if word == name or code.startswith(word))


def _ended(found: Sequence[Suppression]) -> list[Suppression]:
    """Return the suppressions with ranges ended by ``enable`` comments."""
    result = list(found)
    for number, one in enumerate(result):
        if one.verb != "enable":
            continue
        for before, other in enumerate(result[:number]):
            if other.verb != "disable" or other.scope.end <= one.comment.start:
                continue
            ended = _end(other, one)
            if ended is not other:
                result[before] = ended
                result[number] = result[number]._replace(ends=True)
    return result


def _end(range_: Suppression, enable: Suppression) -> Suppression:
    """Return a range as ended by an ``enable``; the same object if it does not apply."""
    at = enable.comment.start
    again = frozenset[str]().union(*(word.codes for word in enable.words))
    named = frozenset[str]().union(*(word.codes for word in range_.words))
    if not enable.words or (range_.words and named <= again):
        return range_._replace(scope=Span(range_.scope.start, at))
    if not again or (range_.words and not named & again):
        return range_
    return range_._replace(until=(*range_.until, (again, at)))


def apply(
    findings: Iterable[Finding], suppressions: Sequence[Suppression]
) -> tuple[list[Finding], list[Finding], set[tuple[int, str]]]:
    """Return the reported findings, the suppressed ones, and the suppressions that were used.

    The findings keep their order. A use is the number of the suppression and the text of its
    selector, empty if it has none.
    """
    kept: list[Finding] = []
    hidden: list[Finding] = []
    used: set[tuple[int, str]] = set()
    # Most suppressions apply to one line: check only those whose scope contains the finding.
    coming = deque(sorted(enumerate(suppressions), key=lambda one: one[1].scope.start))
    here: list[tuple[int, Suppression]] = []
    for finding in sorted(findings, key=lambda one: one.span.start):
        at = finding.span.start
        while coming and coming[0][1].scope.start <= at:
            here.append(coming.popleft())
        here = [one for one in here if at < one[1].scope.end]
        by = [
            (number, word)
            for number, one in here
            if (word := one.matching_selector(finding)) is not None
        ]
        used.update(by)
        (hidden if by else kept).append(finding)
    return kept, hidden, used


def usage(
    post: Post,
    suppressions: Sequence[Suppression],
    used: set[tuple[int, str]],
    ran: frozenset[str],
    expected: frozenset[str],
    online: frozenset[str],
) -> list[SuppressionUsage]:
    """Return the usage of each suppression; ``ran`` are the codes of rules that ran on the post.

    A selector is unused only if the rule that it names ran; a family, or all rules, only if every
    ``expected`` rule ran, such as those that are on by default. The ``online`` rules have no
    findings where there is no URL.
    """
    usages = []
    for number, one in enumerate(suppressions):
        if one.verb not in VERBS:
            usages.append(SuppressionUsage(one, (), False))
        elif one.verb == "enable":
            known = all(word.codes for word in one.words)
            usages.append(SuppressionUsage(one, (), known and not one.ends))
        else:
            has_address = "://" in post.text[one.scope.start : one.scope.end]
            able = ran if has_address else ran | (expected & online)
            usages.append(_usage_of(number, one, used, able, expected))
    return usages


def _usage_of(
    number: int,
    one: Suppression,
    used: set[tuple[int, str]],
    able: frozenset[str],
    expected: frozenset[str],
) -> SuppressionUsage:
    if not one.words:
        is_unused = (number, "") not in used and expected <= able
        return SuppressionUsage(one, (), is_unused)
    unused = tuple(
        word
        for word in one.words
        if (number, word.text) not in used
        and word.codes & able
        and (word.codes if word.exact else word.codes & expected) <= able
    )
    return SuppressionUsage(one, unused, len(unused) == len(one.words))
