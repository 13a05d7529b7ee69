"""FM004."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, FrontMatterRule, Good, Severity, Span

if TYPE_CHECKING:
    from newslint import Header, Post


class DuplicateKey(FrontMatterRule):
    """A key must be given once.

    Hexo leaves the post out and Eleventy stops the build of the whole site; Jekyll and Hugo take
    the last value and forget the first without a word.

    Keep the one that is right.
    """

    code, name, severity = "FM004", "duplicate-key", Severity.ERROR
    bad = [
        Bad(
            "---\nauthor: once\n⟦author⟧: twice\n---\n",
            message="author is given twice; the first time on line 2",
        ),
        Bad("---\nseo:\n  title: a\n  ⟦title⟧: b\n---\n"),
        Bad("---\nseo: {title: a, ⟦title⟧: b}\n---\n", target="hugo"),
        Bad('{"title": "a", ⟦"title"⟧: "b"}\n', target="hugo"),
    ]
    good = [
        Good("---\ntitle: a\nseo:\n  title: b\n---\n"),
        Good("---\na: &a {x: 1}\nb: {<<: *a, x: 2}\n---\n"),
    ]

    def check(self, front_matter: Header, post: Post) -> Iterable[Finding]:
        if front_matter.problems:
            base = front_matter.bounds.content.start
            for problem in front_matter.problems:
                if problem.kind == "duplicate-key":
                    span = Span(base + problem.offset, base + problem.end)
                    yield self._finding(front_matter, post, span)
        elif front_matter.bounds.form == "json":
            seen = set()
            for entry in front_matter.walk():
                if entry.path in seen:
                    yield self._finding(front_matter, post, entry.key)
                seen.add(entry.path)

    def _finding(self, front_matter: Header, post: Post, span: Span) -> Finding:
        written = post.text[span.start : span.end]
        first = next(
            (
                entry.key.start
                for entry in front_matter.walk()
                if entry.key.start < span.start
                and post.text[entry.key.start : entry.key.end] == written
                and _is_sibling(front_matter, entry.path, span)
            ),
            None,
        )
        where = "" if first is None else _on_line(post, first)
        name = written.strip("\"'")
        return self.finding(span, f"{name} is given twice{where}")


def _is_sibling(front_matter: Header, path: tuple[str | int, ...], span: Span) -> bool:
    return any(entry.path == path and entry.key == span for entry in front_matter.walk())


def _on_line(post: Post, offset: int) -> str:
    return f"; the first time on line {post.source.lines.position(offset).line}"
