"""Suppressions: comments in a post that hide findings.

``<!-- newslint-disable IMG001 -->`` … ``<!-- newslint-enable -->`` for a range, ``disable-file``
for the post, ``disable-next-line`` and ``disable-line`` for a line; in YAML front matter the same
words after ``#``. Rules are named by code, name or prefix, separated by commas or spaces; none
named is all. What follows `` -- `` is the reason, for people.
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
"""Suppressions of one post that count: each is held against each finding."""

VERBS = ("disable", "disable-file", "disable-line", "disable-next-line", "enable")

_WORD = lazy.pattern(r"[^\s,]+")
_REASON = lazy.pattern(r"(?:^|\s)--(?:\s|$)")


class Selector(NamedTuple):
    """A selector as written in a suppression; ``codes`` is empty where no rule fits it."""

    text: str
    span: Span
    codes: frozenset[str]

    @property
    def exact(self) -> bool:
        """Whether it names one rule, by code or by name, not a family."""
        return len(self.codes) == 1


class Suppression(NamedTuple):
    """One comment. It hides findings that start within ``scope``.

    ``words`` are the rules it names; none represents all. ``until`` contains what a later
    ``newslint-enable`` switched on again, and from which offset.
    """

    comment: Span
    verb: str
    words: tuple[Selector, ...]
    scope: Span
    until: tuple[tuple[frozenset[str], int], ...] = ()
    ends: bool = False
    """For ``enable``: whether it switches on anything that was off."""

    def matching_selector(self, finding: Finding) -> str | None:
        """The word that hides a finding, nothing (``""``) where all rules are meant; None: none."""
        at, code = finding.span.start, finding.code
        if code == own_findings.UNREADABLE[0]:
            return None
        if not self.scope.start <= at < self.scope.end:
            return None
        if any(code in codes and at >= offset for codes, offset in self.until):
            return None
        if not self.words:
            return None if code.startswith(own_findings.SUPPRESSIONS) else ""
        return next((word.text for word in self.words if code in word.codes), None)


class SuppressionUsage(NamedTuple):
    """What became of a suppression: ``unused`` are the words that hid nothing.

    ``unused`` is true where the complete comment does nothing: it can go.
    """

    suppression: Suppression
    unused_selectors: tuple[Selector, ...]
    unused: bool


def parse(post: Post, names: Mapping[str, str]) -> tuple[Suppression, ...]:
    """Return the suppressions of a post in the order of the text; ``names`` are the rules by code.

    None counts inside a code sample, an attribute, a style, script or textarea, or a string of the
    front matter. A comment that begins with ``newslint-`` and is none of the verbs is given too,
    with an empty scope.
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
    """Return the offsets that a suppression is about; the end of the file is one of them."""
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
    """Return the codes of the rules that a code, a name, a prefix or ``ALL`` represents."""
    if word == "ALL":
        return frozenset(code for code in names if not code.startswith(own_findings.SUPPRESSIONS))
    return frozenset(code for code, name in names.items() if word == name or code.startswith(word))


def _ended(found: Sequence[Suppression]) -> list[Suppression]:
    """Return the suppressions with the ranges ended where an ``enable`` says so."""
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
    """Return a range as an ``enable`` leaves it: the same object where it does not concern it."""
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
    """Return the findings that stay, those that are suppressed, and which suppressions did it.

    The findings stay in their order. A use is the number of the suppression and the text of its
    word, empty where it has none.
    """
    kept: list[Finding] = []
    hidden: list[Finding] = []
    used: set[tuple[int, str]] = set()
    # Most suppressions are about one line: of each finding those alone are asked that may hide it.
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
    """What became of each suppression. ``ran`` are the codes of the rules that looked at the post.

    A word is unused only where the rule that it names ran; a family, or all, only where every rule
    ran that is ``expected`` to (those that are on by default, say). The ``online`` ones, which need
    the network, have nothing to say where there is no address.
    """
    verdicts = []
    for number, one in enumerate(suppressions):
        if one.verb not in VERBS:
            verdicts.append(SuppressionUsage(one, (), False))
        elif one.verb == "enable":
            known = all(word.codes for word in one.words)
            verdicts.append(SuppressionUsage(one, (), known and not one.ends))
        else:
            has_address = "://" in post.text[one.scope.start : one.scope.end]
            able = ran if has_address else ran | (expected & online)
            verdicts.append(_verdict(number, one, used, able, expected))
    return verdicts


def _verdict(
    number: int,
    one: Suppression,
    used: set[tuple[int, str]],
    able: frozenset[str],
    expected: frozenset[str],
) -> SuppressionUsage:
    if not one.words:
        idle = (number, "") not in used and expected <= able
        return SuppressionUsage(one, (), idle)
    unused = tuple(
        word
        for word in one.words
        if (number, word.text) not in used
        and word.codes & able
        and (word.codes if word.exact else word.codes & expected) <= able
    )
    return SuppressionUsage(one, unused, len(unused) == len(one.words))
