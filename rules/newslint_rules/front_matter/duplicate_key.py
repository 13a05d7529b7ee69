"""FM004."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import (
    Bad,
    Effect,
    Entry,
    Finding,
    FrontMatterRule,
    Good,
    Impact,
    KeyPath,
    Severity,
    Span,
    msg,
    schema,
)
from newslint_rules.front_matter import _impact

if TYPE_CHECKING:
    from newslint import FrontMatter, Post


class DuplicateKey(FrontMatterRule):
    """A key must not be duplicated.

    Hexo ignores the post; Eleventy, and Hugo since 0.152, stop the build. Jekyll and older versions
    of Hugo silently use the last value.

    Keep the right value. In Hugo, `Title` and `title` are the same key. If the last value counts,
    the finding is a warning for two equal values, of which nothing is lost, and for a key that is
    no field of the schema or of the generator, which at most the theme reads.
    """

    code, name, severity = "FM004", "duplicate-key", Severity.ERROR
    impact = Impact.CONTENT
    bad = [
        Bad(
            "---\nauthor: once\n⟦author⟧: twice\n---\n",
            message="duplicate key author; first defined on line 2",
        ),
        Bad("---\nseo:\n  title: a\n  ⟦title⟧: b\n---\n"),
        Bad("---\nseo: {title: a, ⟦title⟧: b}\n---\n", target="hugo"),
        Bad('{"title": "a", ⟦"title"⟧: "b"}\n', target="hugo"),
        Bad("---\ntitle: a\n⟦Title⟧: b\n---\n", target="hugo"),
    ]
    good = [
        Good("---\ntitle: a\nseo:\n  title: b\n---\n"),
        Good("---\ntitle: a\nTitle: b\n---\n"),
        Good("---\na: &a {x: 1}\nb: {<<: *a, x: 2}\n---\n"),
    ]

    def check(self, front_matter: FrontMatter, post: Post) -> Iterable[Finding]:
        if front_matter.problems:
            base = front_matter.bounds.content.start
            known = _Known(front_matter)
            for problem in front_matter.problems:
                if problem.kind == "duplicate-key":
                    span = Span(base + problem.offset, base + problem.end)
                    yield self._finding(known, post, span, problem.outcome)
        elif front_matter.bounds.form == "json" or _has_twins(front_matter, post):
            fold = post.target.name == "hugo"
            seen = set()
            known = _Known(front_matter)
            for entry in front_matter.walk():
                path = _folded(entry.path) if fold else entry.path
                if path in seen and isinstance(path[-1], str):
                    yield self._finding(known, post, entry.key, Effect.WRONG)
                seen.add(path)

    def _finding(self, known: _Known, post: Post, span: Span, outcome: Effect) -> Finding:
        second = known.by_key.get(span)
        name = post.text[span.start : span.end].strip("\"'")
        if second is None:
            impact = _impact.of_effect(outcome)
            return self.finding(span, msg("duplicate key {name}", name=name), impact=impact)
        first = known.first[_folded(second.path)]
        line = post.source.lines.position(first.key.start).line
        message = msg("duplicate key {name}; first defined on line {line}", name=name, line=line)
        same = (
            outcome is Effect.WRONG
            and post.text[slice(*first.value)].strip() == post.text[slice(*second.value)].strip()
        )
        # Nothing is lost where the last of two equal values counts.
        if same:
            return self.finding(span, message, severity=Severity.WARNING, impact=Impact.HOUSE)
        if outcome is Effect.WRONG and not _is_field(second.path[0], post):
            message += msg("; the last value counts, and only your theme may read it")
            return self.finding(span, message, severity=Severity.WARNING)
        return self.finding(span, message, impact=_impact.of_effect(outcome))


def _is_field(key: str | int, post: Post) -> bool:
    """Return whether the schema or the generator has a field of that name."""
    known = schema.fields_of(post.schema) | schema.generator_fields(post.target.name)
    if post.target.name == "hugo":
        return str(key).lower() in map(str.lower, known)
    return key in known


class _Known:
    """All keys, by their place, and the first of each name; gathered once for a front matter."""

    def __init__(self, front_matter: FrontMatter) -> None:
        entries = list(front_matter.walk())
        self.by_key: dict[Span, Entry] = {}
        self.first: dict[KeyPath, Entry] = {}
        for entry in entries:
            self.by_key.setdefault(entry.key, entry)
            self.first.setdefault(_folded(entry.path), entry)


def _has_twins(front_matter: FrontMatter, post: Post) -> bool:
    """Return whether two keys at the top are one key to Hugo, which does not look at their case."""
    if post.target.name != "hugo":
        return False
    return len({key.lower() for key in front_matter.data}) < len(front_matter.data)


def _folded(path: KeyPath) -> KeyPath:
    return tuple(part.lower() if isinstance(part, str) else part for part in path)
