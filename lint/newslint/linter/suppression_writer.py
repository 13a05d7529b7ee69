"""Writes suppressions into a post: each finding gets the smallest one that silences it.

Places are tried, and kept only where the findings are then silent, no other finding comes or goes,
and page and front matter are what they were. So no comment ends up inside a code sample, an
attribute or a style, where it would be text.

All findings that one way may silence are tried at once; where that does not do, each half of them,
and so on. A way is tried `TRIES` times at most, since each time the complete post is linted: so the
work grows in step with the post, however many findings there are.
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
"""Parses a text as the post that it represents, and lints it, without the archive rules."""

TRIES = 64
"""Times that the post is linted for one way. Where so many do not tell which findings it silences,
the next, wider one is tried for the others."""


@dataclass(frozen=True, slots=True)
class Silenced:
    """A post's text with the suppressions, and how many of the wanted findings they silence."""

    text: str
    count: int = 0


def check_reason(reason: str) -> str:
    """A reason in one line. Raises UsageError where it would end the comment or be a template."""
    words = " ".join(reason.split())
    if not words.isprintable() or any(mark in words for mark in ("--", ">", "{{", "{%", "{#")):
        raise UsageError("--reason must not contain --, >, {{, {% or {#")
    return words


def silence(
    text: str, wanted: Iterable[Finding], lint: Lint, names: Mapping[str, str], reason: str = ""
) -> Silenced:
    """Suppress the wanted findings of a text; those about newslint itself never are.

    ``names`` are those of all rules by code. A wanted finding that ``lint`` does not give is an
    archive rule's: about the post as a whole.
    """
    writer = Writer(names, reason)
    state = State(*lint(text), names)
    asked = [one for one in wanted if not _is_own(one)]
    local = [one for one in asked if _place(one) in state.places and not _is_whole(one, state.post)]
    here = {id(one) for one in local}
    whole = _Work(state, [one for one in asked if id(one) not in here], lint)
    whole.for_the_file(writer)
    for insertions in whole.kept:
        local = _moved(local, insertions)
    work = _Work(whole.state, local, lint)
    for way in writer.ways():
        work.line_by_line(way)
    work.for_the_file(writer)
    return Silenced(work.state.post.text, whole.count + work.count)


def _is_own(finding: Finding) -> bool:
    """Return whether a finding is about newslint's own work: that is never suppressed."""
    is_unread = finding.code == own_findings.UNREADABLE[0]
    return is_unread or finding.code.startswith(own_findings.SUPPRESSIONS)


def _is_whole(finding: Finding, post: Post) -> bool:
    """Return whether a finding is where no comment can be: at the very beginning, or at a fence."""
    at = finding.span.start
    bounds = post.bounds
    return at == 0 or (bounds is not None and bounds.opening.start <= at < bounds.opening.end)


def _is_right(old: State, new: State, group: Sequence[Finding]) -> bool:
    """Return whether the findings of the group are silent, and else all is as it was."""
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
    """Findings that are still to be silenced, in a text that changes."""

    def __init__(self, state: State, wanted: Sequence[Finding], lint: Lint) -> None:
        self.state = state
        self.count = 0
        self.kept: list[Insertions] = []
        """The insertions that did what they are to do, one after the other."""
        self._left = dict(enumerate(wanted))
        self._lint = lint

    def line_by_line(self, way: Way) -> None:
        """Silence in one way what can be, with a suppression for each line that has findings."""

        def placed(groups: Sequence[Sequence[Finding]]) -> Insertions:
            insertions = (one for group in groups if group for one in way(self.state, group) or ())
            return tuple(sorted(dict.fromkeys(insertions), key=lambda one: one[0]))

        def line(number: int) -> int:
            return self.state.post.source.lines.position(self._left[number].span.start).line

        groups = [[*numbers] for _, numbers in groupby(sorted(self._left, key=line), key=line)]
        self._halve([one for one in groups if way(self.state, self._told(one))], placed)

    def for_the_file(self, writer: Writer) -> None:
        """Silence what is left with a suppression for the complete post."""

        def placed(groups: Sequence[Sequence[Finding]]) -> Insertions:
            codes = codes_of(one for group in groups for one in group)
            return writer.file_level(self.state, codes) if codes else ()

        def code(number: int) -> str:
            return self._left[number].code

        by_code = groupby(sorted(self._left, key=code), key=code)
        self._halve([[*numbers] for _, numbers in by_code], placed)

    def _halve(
        self,
        groups: list[list[int]],
        placed: Callable[[Sequence[Sequence[Finding]]], Insertions],
    ) -> None:
        """Try groups together, then each half of those that cannot be."""
        waiting = deque([groups] if groups else [])
        tries = TRIES
        while waiting and tries:
            groups = waiting.popleft()
            told = [self._told(group) for group in groups]
            insertions = placed(told)
            if not insertions:
                continue
            tries -= 1
            if not self._is_kept(insertions, [one for group in told for one in group]):
                middle = len(groups) // 2
                waiting += [half for half in (groups[:middle], groups[middle:]) if middle]

    def _told(self, numbers: Iterable[int]) -> list[Finding]:
        """Return the findings of a group that are still reported, where they stand now."""
        return [self._left[number] for number in numbers if number in self._left]

    def _is_kept(self, insertions: Insertions, group: Sequence[Finding]) -> bool:
        new = State(*self._lint(_inserted(self.state.post.text, insertions)), self.state.names)
        if not _is_right(self.state, new, group):
            return False
        silent = {id(one) for one in group}
        moved = _moved(self._left.values(), insertions)
        left = {}
        for (number, one), there in zip(self._left.items(), moved, strict=True):
            # What an archive rule found is in no list of one post.
            was_there = _place(one) in self.state.places
            if id(one) not in silent and not (was_there and _place(there) not in new.places):
                left[number] = there
        self.count += len(self._left) - len(left)
        self._left, self.state = left, new
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
    """Findings where they stand after the insertions."""
    places = [at for at, _ in insertions]
    lengths = [0, *accumulate(len(content) for _, content in insertions)]
    moved = []
    for one in findings:
        start, end = one.span
        before = bisect_right(places, start)
        until = max(bisect_left(places, end), before)
        moved.append(one._replace(span=Span(start + lengths[before], end + lengths[until])))
    return moved
