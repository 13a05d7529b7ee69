"""Suppression comments: their syntax, and where each kind is allowed."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from newslint.core.finding import Finding
from newslint.core.fingerprint import digest
from newslint.core.span import Span
from newslint.html.tokenizer import TokenKind
from newslint.linter import suppressions as suppress
from newslint.post.post import Post

Insertions = tuple[tuple[int, str], ...]
"""Offsets with the text to insert there, in order."""

_ENCLOSING = frozenset({"style", "script", "textarea", "title", "pre", "code", "samp", "kbd"})
"""Elements in which a comment is text, or has no effect."""

_DEPTH = 8
"""Maximum number of nested elements around which a suppression is tried."""


def codes_of(findings: Iterable[Finding]) -> list[str]:
    """Return the codes of some findings, sorted, each once."""
    return sorted({one.code for one in findings})


class State:
    """A text during the work: the post, its findings, and cached properties of them."""

    def __init__(self, post: Post, findings: list[Finding], names: Mapping[str, str]) -> None:
        self.post = post
        self.findings = findings
        self.names = names

    @cached_property
    def places(self) -> set[tuple[str, Span]]:
        """The code and span of each finding."""
        return {(one.code, one.span) for one in self.findings}

    @cached_property
    def marks(self) -> Counter[tuple[str, str]]:
        """The rule and message of each finding, which insertions do not change."""
        return Counter(self.marks_of(self.findings))

    def marks_of(self, findings: Iterable[Finding]) -> list[tuple[str, str]]:
        """Return the marks of some findings."""
        return [(one.code, digest(one, self.post.text)) for one in findings]

    @cached_property
    def header(self) -> object:
        """The values of the front matter."""
        header = self.post.front_matter
        return None if header is None else (header.data, header.error is None)

    @cached_property
    def page(self) -> str:
        """The page that is built from the body."""
        post = self.post
        if not post.is_markdown:
            return post.body_text
        from newslint.generators.markdown import render

        return render(post.body_text, *post.markdown_target)

    @cached_property
    def suppressions(self) -> Sequence[suppress.Suppression]:
        """The existing suppressions."""
        return suppress.parse(self.post, self.names)

    @cached_property
    def _tags(self) -> list[Span]:
        start = self.post.body_start
        tokens = self.post.html.tokens
        return [one.span.shift(start) for one in tokens if one.kind is TokenKind.START]

    @cached_property
    def _samples(self) -> list[Span]:
        """Elements with raw text or code, from start tag to end tag, outer ones first."""
        start = self.post.body_start
        opened: dict[str, list[int]] = {}
        found: list[Span] = []
        for token in self.post.html.tokens:
            if token.name not in _ENCLOSING:
                continue
            if token.kind is TokenKind.START:
                opened.setdefault(token.name, []).append(token.span.start)
            elif token.kind is TokenKind.END and opened.get(token.name):
                found.append(Span(opened[token.name].pop(), token.span.end).shift(start))
        return sorted(found)

    def enclosing(self, at: int, depth: int) -> Span | None:
        """Return the element or tag that encloses an offset; 0 is the outermost one."""
        number = bisect_right(self._tags, at, key=lambda span: span.start) - 1
        found = [one for one in self._samples if one.start <= at < one.end]
        if number >= 0 and at < self._tags[number].end:
            found = sorted([*found, self._tags[number]], key=lambda span: span.start)
        return found[depth] if depth < len(found) else None


Way = Callable[[State, Sequence[Finding]], "Insertions | None"]
"""Returns how to suppress findings that begin on one line; None if it does not apply to them."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes suppression comments, those with the narrowest scope first."""

    names: Mapping[str, str]
    reason: str

    def ways(self) -> Iterator[Way]:
        """Yield the ways to suppress findings that begin on one line."""
        yield self._joined_on_line
        yield self._at_end_of_yaml
        yield self._above
        yield self._at_end
        yield self._right_there
        for depth in range(_DEPTH):
            yield self._around(depth)

    def _joined_on_line(self, state: State, group: Sequence[Finding]) -> Insertions | None:
        post, at = state.post, group[0].span.start
        in_body = at >= post.body_start
        verbs = ("disable-line", "disable-next-line") if in_body else ("disable-line",)
        return self._joined(state, verbs, _line(post, at).start, codes_of(group))

    def _at_end_of_yaml(self, state: State, group: Sequence[Finding]) -> Insertions | None:
        post, at = state.post, group[0].span.start
        if at >= post.body_start or post.bounds is None or post.bounds.form != "yaml":
            return None
        return ((_line(post, at).end, f" # {self._words('disable-line', codes_of(group))}"),)

    def _above(self, state: State, group: Sequence[Finding]) -> Insertions | None:
        post, at = state.post, group[0].span.start
        if at < post.body_start:
            return None
        line = _line(post, at)
        text = post.text[line.start : line.end]
        indent = text[: len(text) - len(text.lstrip(" \t"))]
        comment = self._comment("disable-next-line", codes_of(group))
        return ((line.start, indent + comment + post.source.line_end),)

    def _at_end(self, state: State, group: Sequence[Finding]) -> Insertions | None:
        post, at = state.post, group[0].span.start
        if at < post.body_start:
            return None
        return ((_line(post, at).end, self._comment("disable-line", codes_of(group))),)

    def _right_there(self, state: State, group: Sequence[Finding]) -> Insertions | None:
        at = group[0].span.start
        if at < state.post.body_start:
            return None
        return ((at, self._comment("disable-line", codes_of(group))),)

    def _around(self, depth: int) -> Way:
        def way(state: State, group: Sequence[Finding]) -> Insertions | None:
            at, codes = group[0].span.start, codes_of(group)
            if at < state.post.body_start or (span := state.enclosing(at, depth)) is None:
                return None
            ends = f"<!-- newslint-enable {', '.join(codes)} -->"
            return ((span.start, self._comment("disable", codes)), (span.end, ends))

        return way

    def file_level(self, state: State, codes: Sequence[str]) -> Insertions:
        """Return a suppression for the complete post, at the beginning of the body."""
        post = state.post
        if joined := self._joined(state, ("disable-file",), 0, codes):
            return joined
        line_end = post.source.line_end
        at = post.body_start or int(post.source.has_bom)
        before = "" if at <= 1 or post.text[at - 1] in "\r\n" else line_end
        return ((at, before + self._comment("disable-file", codes) + line_end),)

    def _joined(
        self, state: State, verbs: Sequence[str], at: int, codes: Sequence[str]
    ) -> Insertions | None:
        """Return an insertion of rules into an existing suppression that applies to the place."""
        for one in state.suppressions:
            if one.verb in verbs and one.words and one.scope.start <= at < one.scope.end:
                known = frozenset[str]().union(*(word.codes for word in one.words))
                missing = [code for code in codes if code not in known]
                return ((one.words[-1].span.end, "".join(f", {code}" for code in missing)),)
        return None

    def _comment(self, verb: str, codes: Sequence[str]) -> str:
        return f"<!-- {self._words(verb, codes)} -->"

    def _words(self, verb: str, codes: Sequence[str]) -> str:
        reason = f" -- {self.reason}" if self.reason else ""
        return f"newslint-{verb} {', '.join(codes)}{reason}"


def _line(post: Post, at: int) -> Span:
    lines = post.source.lines
    return lines.span(lines.position(at).line)
