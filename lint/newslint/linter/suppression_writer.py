"""Writes suppressions into a post: each finding gets the smallest one that silences it.

A place is tried, and kept only where the finding is then silent, no other finding comes or goes,
and page and front matter are what they were. So no comment ends up inside a code sample, an
attribute or a style, where it would be text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from newslint.core.errors import UsageError
from newslint.core.finding import Finding
from newslint.core.fingerprint import digest
from newslint.core.span import Span
from newslint.html.tokenizer import TokenKind
from newslint.linter import suppressions
from newslint.post.post import Post

Lint = Callable[[str], tuple[Post, list[Finding]]]
"""Parses a text as the post that it stands for, and lints it, without the archive rules."""

Insertions = tuple[tuple[int, str], ...]
"""Offsets and what is written there, in the order of the text."""

_ENCLOSING = frozenset({"style", "script", "textarea", "title", "pre", "code", "samp", "kbd"})
"""Elements inside of which a comment is text, or counts for nothing."""


@dataclass(frozen=True, slots=True)
class Silenced:
    """A post's text with the suppressions, and how many of the wanted findings they silence."""

    text: str
    count: int = 0


def check_reason(reason: str) -> str:
    """A reason in one line. Raises UsageError where it would end the comment or be a template."""
    words = " ".join(reason.split())
    if not words.isprintable() or any(mark in words for mark in ("--", ">", "{{", "{%", "{#")):
        raise UsageError("--reason may hold none of --, >, {{, {% and {#")
    return words


def silence(
    text: str, wanted: Iterable[Finding], lint: Lint, names: Mapping[str, str], reason: str = ""
) -> Silenced:
    """Suppress the wanted findings of a text; those about newslint itself never are.

    ``names`` are those of all rules by code. A wanted finding that ``lint`` does not give is an
    archive rule's: about the post as a whole.
    """
    post, findings = lint(text)
    writer = _Writer(names, reason)
    here = {(one.code, one.span) for one in findings}
    asked = [one for one in wanted if not one.code.startswith((suppressions.OWN_FAMILY, "IO"))]
    local = [one for one in asked if (one.code, one.span) in here and not _is_whole(one, post)]
    whole = [one for one in asked if one not in local]
    count = 0
    queue = [whole] if whole else []
    while queue or local:
        group = queue.pop() if queue else _first_line(local, post)
        local = [one for one in local if one not in group]
        ways = [writer.file_level(post, _codes(group))]
        if group is not whole:
            ways = [*writer.ways(post, group), *ways]
        for way in ways:
            new = lint(_inserted(post.text, way))
            if _is_right((post, findings), new, group):
                local = [_moved(one, way) for one in local]
                local = [one for one in local if (one.code, one.span) in _places(new[1])]
                count += len(group)
                post, findings = new
                break
    return Silenced(post.text, count)


def _is_whole(finding: Finding, post: Post) -> bool:
    """Whether a finding stands where no comment can be: at the very beginning, or at a fence."""
    at = finding.span.start
    bounds = post.bounds
    return at == 0 or (bounds is not None and bounds.opening.start <= at < bounds.opening.end)


def _first_line(findings: Sequence[Finding], post: Post) -> list[Finding]:
    """The findings that begin on the line of the first."""
    lines = post.source.lines
    first = lines.position(findings[0].span.start).line
    return [one for one in findings if lines.position(one.span.start).line == first]


def _codes(findings: Iterable[Finding]) -> list[str]:
    return sorted({one.code for one in findings})


def _places(findings: Iterable[Finding]) -> set[tuple[str, Span]]:
    return {(one.code, one.span) for one in findings}


def _inserted(text: str, insertions: Insertions) -> str:
    for at, content in reversed(insertions):
        text = text[:at] + content + text[at:]
    return text


def _moved(finding: Finding, insertions: Insertions) -> Finding:
    """A finding where it stands after the insertions."""
    start, end = finding.span
    by = sum(len(content) for at, content in insertions if at <= start)
    inside = sum(len(content) for at, content in insertions if start < at < end)
    return finding._replace(span=Span(start + by, end + by + inside))


def _is_right(
    old: tuple[Post, list[Finding]], new: tuple[Post, list[Finding]], group: Sequence[Finding]
) -> bool:
    """Whether the findings of the group are silent, and else all is as it was."""
    before, after = _marks(old), _marks(new)
    silent = Counter(mark for mark in _of(group, old) if mark in before)
    if after - before or any(after[mark] > before[mark] - silent[mark] for mark in silent):
        return False
    if any(code not in _codes(group) for code, _ in before - after):
        return False
    return _header(old[0]) == _header(new[0]) and _is_same_page(old[0], new[0])


def _marks(linted: tuple[Post, list[Finding]]) -> Counter[tuple[str, str]]:
    return Counter(_of(linted[1], linted))


def _of(findings: Iterable[Finding], linted: tuple[Post, list[Finding]]) -> list[tuple[str, str]]:
    """Rule and words of findings, which an insertion does not change."""
    return [(one.code, digest(one, linted[0].text)) for one in findings]


def _header(post: Post) -> object:
    header = post.front_matter
    return None if header is None else (header.data, header.error is None)


def _is_same_page(old: Post, new: Post) -> bool:
    from newslint.generators.markdown.dom_equal import same

    return old.body_text == new.body_text or same(_page(old), _page(new))


def _page(post: Post) -> str:
    if not post.is_markdown:
        return post.body_text
    from newslint.generators.markdown import render

    return render(post.body_text, post.target.name, post.target.version)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes comments, the narrowest first."""

    names: Mapping[str, str]
    reason: str

    def ways(self, post: Post, group: Sequence[Finding]) -> Iterator[Insertions]:
        """The ways to silence findings that begin on one line."""
        at, codes = group[0].span.start, _codes(group)
        line = post.source.lines.span(post.source.lines.position(at).line)
        if at < post.body_start:
            yield from self._joined(post, ("disable-line",), line.start, codes)
            if post.bounds is not None and post.bounds.form == "yaml":
                yield ((line.end, f" # {self._words('disable-line', codes)}"),)
            return
        yield from self._joined(post, ("disable-line", "disable-next-line"), line.start, codes)
        text = post.text[line.start : line.end]
        indent = text[: len(text) - len(text.lstrip(" \t"))]
        above = self._comment("disable-next-line", codes) + post.source.line_end
        yield ((line.start, indent + above),)
        yield ((line.end, self._comment("disable-line", codes)),)
        yield ((at, self._comment("disable-line", codes)),)
        for span in _enclosing(post, at):
            ends = f"<!-- newslint-enable {', '.join(codes)} -->"
            yield ((span.start, self._comment("disable", codes)), (span.end, ends))

    def file_level(self, post: Post, codes: Sequence[str]) -> Insertions:
        """A suppression for the whole post, at the beginning of the body."""
        for joined in self._joined(post, ("disable-file",), 0, codes):
            return joined
        line_end = post.source.line_end
        at = post.body_start or int(post.source.has_bom)
        before = "" if at <= 1 or post.text[at - 1] in "\r\n" else line_end
        return ((at, before + self._comment("disable-file", codes) + line_end),)

    def _joined(
        self, post: Post, verbs: Sequence[str], at: int, codes: Sequence[str]
    ) -> Iterator[Insertions]:
        """Further rules in a suppression that is there and speaks of the place."""
        for one in suppressions.parse(post, self.names):
            if one.verb in verbs and one.words and one.scope.start <= at < one.scope.end:
                known = frozenset[str]().union(*(word.codes for word in one.words))
                missing = [code for code in codes if code not in known]
                yield ((one.words[-1].span.end, "".join(f", {code}" for code in missing)),)
                return

    def _comment(self, verb: str, codes: Sequence[str]) -> str:
        return f"<!-- {self._words(verb, codes)} -->"

    def _words(self, verb: str, codes: Sequence[str]) -> str:
        reason = f" -- {self.reason}" if self.reason else ""
        return f"newslint-{verb} {', '.join(codes)}{reason}"


def _enclosing(post: Post, at: int) -> Iterator[Span]:
    """The element of raw text or code, the outermost one, or the tag in which a place is."""
    start = post.body_start
    opened: dict[str, list[int]] = {}
    found: list[Span] = []
    for token in post.html.tokens:
        span = token.span.shift(start)
        if token.kind is TokenKind.START and span.start <= at < span.end:
            found.append(span)
        if token.name not in _ENCLOSING:
            continue
        if token.kind is TokenKind.START:
            opened.setdefault(token.name, []).append(span.start)
        elif token.kind is TokenKind.END and opened.get(token.name):
            first = opened[token.name].pop()
            if first <= at < span.end:
                found.append(Span(first, span.end))
    yield from sorted(found, key=lambda span: span.start)
