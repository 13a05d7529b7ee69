"""Write suppressions into a post: each finding gets the narrowest one that hides it.

A suppression is tried, and kept only if the findings are then hidden, no other finding appears or
disappears, and page and front matter are unchanged. So no comment ends up in a code sample, an
attribute or a style, where it would be text.

All findings for which a way is possible are tried at once; if that fails, each half of them, and so
on. A way is tried at most `TRIES` times, since each time the complete post is linted: so the time
is proportional to the size of the post, however many findings there are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from newslint.core.errors import UsageError
from newslint.core.finding import Finding
from newslint.core.span import Span
from newslint.linter import own_findings
from newslint.linter.suppression_comments import Insertions, State, Way, Writer, codes_of
from newslint.post.post import Post

Lint = Callable[[str], tuple[Post, list[Finding]]]
"""Parses a text as the post and lints it, without archive rules."""

TRIES = 64
"""Maximum number of times that the post is linted for one way. Findings for which that is not
enough are tried with the next, wider one."""


@dataclass(frozen=True, slots=True)
class Silenced:
    """A post's text with suppressions, and the number of findings that they hide."""

    text: str
    count: int = 0


def check_reason(reason: str) -> str:
    """Return the reason in one line. Raises UsageError for one that cannot be in a comment."""
    words = " ".join(reason.split())
    if not words.isprintable() or any(mark in words for mark in ("--", ">", "{{", "{%", "{#")):
        raise UsageError("--reason must not contain --, >, {{, {% or {#")
    return words


def silence(
    text: str, wanted: Iterable[Finding], lint: Lint, names: Mapping[str, str], reason: str = ""
) -> Silenced:
    """Suppress findings of a text, except those about newslint itself.

    ``names`` are the names of all rules by code. A finding that ``lint`` does not return is one of
    an archive rule, and about the post as a whole.
    """
    writer = Writer(names, reason)
    state = State(*lint(text), names)
    suppressible = [one for one in wanted if not _is_own(one)]
    local = [
        one
        for one in suppressible
        if _place(one) in state.places and not _is_about_the_post(one, state.post)
    ]
    here = {id(one) for one in local}
    for_post = _Work(state, [one for one in suppressible if id(one) not in here], lint)
    for_post.for_the_file(writer)
    for insertions in for_post.kept:
        local = _moved(local, insertions)
    work = _Work(for_post.state, local, lint)
    for way in writer.ways():
        work.line_by_line(way)
    work.for_the_file(writer)
    return Silenced(work.state.post.text, for_post.count + work.count)


def _is_own(finding: Finding) -> bool:
    """Return whether a finding is about newslint itself; these are never suppressed."""
    is_unread = finding.code == own_findings.UNREADABLE[0]
    return is_unread or finding.code.startswith(own_findings.SUPPRESSION_FAMILY)


def _is_about_the_post(finding: Finding, post: Post) -> bool:
    """Return whether no comment is possible at a finding: at the very beginning, or at a fence."""
    at = finding.span.start
    bounds = post.bounds
    return at == 0 or (bounds is not None and bounds.opening.start <= at < bounds.opening.end)


def _is_right(old: State, new: State, group: Sequence[Finding]) -> bool:
    """Return whether the findings of the group are hidden, and everything else is unchanged."""
    before, after = old.marks, new.marks
    silent = Counter(mark for mark in old.marks_of(group) if mark in before)
    if after - before or any(after[mark] > before[mark] - silent[mark] for mark in silent):
        return False
    codes = {one.code for one in group}
    if any(code not in codes for code, _ in before - after):
        return False
    return old.header == new.header and _is_same_page(old, new)


def _is_same_page(old: State, new: State) -> bool:
    from newslint.generators.markdown.dom_equal import same

    return old.post.body_text == new.post.body_text or same(old.page, new.page)


class _Work:
    """The findings that are still to be suppressed, in a text that changes."""

    def __init__(self, state: State, wanted: Sequence[Finding], lint: Lint) -> None:
        self.state = state
        self.count = 0
        self.kept: list[Insertions] = []
        """The successful insertions, in order."""
        self._remaining = dict(enumerate(wanted))
        self._lint = lint

    def line_by_line(self, way: Way) -> None:
        """Suppress findings in one way, with a suppression for each line that has findings."""

        def placed(groups: Sequence[Sequence[Finding]]) -> Insertions:
            insertions = (one for group in groups if group for one in way(self.state, group) or ())
            return tuple(sorted(dict.fromkeys(insertions), key=lambda one: one[0]))

        def line(number: int) -> int:
            return self.state.post.source.lines.position(self._remaining[number].span.start).line

        groups = [[*numbers] for _, numbers in groupby(sorted(self._remaining, key=line), key=line)]
        self._halve([one for one in groups if way(self.state, self._current(one))], placed)

    def for_the_file(self, writer: Writer) -> None:
        """Suppress the remaining findings with a suppression for the complete post."""

        def placed(groups: Sequence[Sequence[Finding]]) -> Insertions:
            codes = codes_of(one for group in groups for one in group)
            return writer.file_level(self.state, codes) if codes else ()

        def code(number: int) -> str:
            return self._remaining[number].code

        by_code = groupby(sorted(self._remaining, key=code), key=code)
        self._halve([[*numbers] for _, numbers in by_code], placed)

    def _halve(
        self,
        groups: list[list[int]],
        placed: Callable[[Sequence[Sequence[Finding]]], Insertions],
    ) -> None:
        """Try groups together; if that fails, each half of them."""
        waiting = deque([groups] if groups else [])
        tries = TRIES
        while waiting and tries:
            groups = waiting.popleft()
            current = [self._current(group) for group in groups]
            insertions = placed(current)
            if not insertions:
                continue
            tries -= 1
            if not self._is_kept(insertions, [one for group in current for one in group]):
                middle = len(groups) // 2
                waiting += [half for half in (groups[:middle], groups[middle:]) if middle]

    def _current(self, numbers: Iterable[int]) -> list[Finding]:
        """Return the findings of a group that are still reported, at their current places."""
        return [self._remaining[number] for number in numbers if number in self._remaining]

    def _is_kept(self, insertions: Insertions, group: Sequence[Finding]) -> bool:
        new = State(*self._lint(_inserted(self.state.post.text, insertions)), self.state.names)
        if not _is_right(self.state, new, group):
            return False
        silent = {id(one) for one in group}
        moved = _moved(self._remaining.values(), insertions)
        remaining = {}
        for (number, one), moved_finding in zip(self._remaining.items(), moved, strict=True):
            # Findings of archive rules are not among those of the post.
            was_there = _place(one) in self.state.places
            if id(one) not in silent and not (
                was_there and _place(moved_finding) not in new.places
            ):
                remaining[number] = moved_finding
        self.count += len(self._remaining) - len(remaining)
        self._remaining, self.state = remaining, new
        self.kept.append(insertions)
        return True


def _place(finding: Finding) -> tuple[str, Span]:
    return finding.code, finding.span


def _inserted(text: str, insertions: Insertions) -> str:
    pieces: list[str] = []
    done = 0
    for at, content in insertions:
        pieces += (text[done:at], content)
        done = at
    return "".join((*pieces, text[done:]))


def _moved(findings: Iterable[Finding], insertions: Insertions) -> list[Finding]:
    """Return findings at their places after the insertions."""
    places = [at for at, _ in insertions]
    lengths = [0, *accumulate(len(content) for _, content in insertions)]
    moved = []
    for one in findings:
        start, end = one.span
        before = bisect_right(places, start)
        until = max(bisect_left(places, end), before)
        moved.append(one._replace(span=Span(start + lengths[before], end + lengths[until])))
    return moved
