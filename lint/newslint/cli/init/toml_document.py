"""Format the inferred configuration as ``newslint.toml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from newslint.cli.init.fields import LearnedField
from newslint.cli.init.observations import FieldSeen, Path
from newslint.cli.init.toml_writer import (
    comment,
    commented_list,
    count,
    counts,
    cut,
    entry,
    key,
    string,
    table,
)
from newslint.config.json_schema import SCHEMA_URL
from newslint.config.rule_selection import NEWS
from newslint.linter.inference import ENOUGH, InferredOptions
from newslint.post.schema import NEWS as NEWS_SCHEMA
from newslint.post.schema import fields_of

_MOST_RARE = 30
"""Rare fields that a comment names."""


@dataclass(frozen=True, slots=True)
class LeftOff:
    """A rule with findings in most posts, in all folders or some."""

    code: str
    name: str
    severity: str
    posts: int
    of: int
    patterns: tuple[str, ...] = ()
    """The folders, where it is not the complete archive."""


@dataclass(frozen=True, slots=True)
class SiteTarget:
    """The target of some folders, if the archive has sites of several generators."""

    pattern: str
    target: str
    why: str


@dataclass(frozen=True, slots=True)
class Document:
    """The inferred configuration."""

    found: int
    read: int
    unreadable: int
    headed: int
    target: str
    why: str
    site_url: str | None
    sites: tuple[SiteTarget, ...]
    preset: str
    extend_select: tuple[str, ...]
    """Rules that are off by default under the preset, and fit the posts."""
    fields: tuple[LearnedField, ...]
    rare: tuple[tuple[Path, FieldSeen], ...]
    inferred: Mapping[str, tuple[str, InferredOptions]]
    """By code: the rule's name, and what it learned."""
    section_notes: Mapping[str, tuple[str, ...]]
    section_options: Mapping[str, Mapping[str, Mapping[str, Any]]]
    """By pattern, then by code: the options that a section has instead."""
    left_off: tuple[LeftOff, ...] = field(default=())

    @property
    def text(self) -> str:
        """Return the text of the file, which is deterministic."""
        return "\n".join(_tidy(self._lines()))

    def _lines(self) -> Iterator[str]:
        yield from self._head()
        yield ""
        yield from comment(f"The generator that builds the posts. Told by: {self.why}.")
        yield f"target = {string(self.target)}"
        if self.site_url is not None:
            yield f"site-url = {string(self.site_url)}"
        yield ""
        if self.extend_select:
            yield from comment("House rules that are off by default in a site, and fit its posts.")
            yield from entry("extend-select", self.extend_select)
        yield from self._ignored()
        if self.extend_select:
            yield ""
            yield "[severity]"
            yield from table(dict.fromkeys(self.extend_select, "warning"))
        for code, (name, inferred) in self.inferred.items():
            yield ""
            yield from self._inferred(code, name, inferred)
        yield ""
        yield from self._schema()
        yield from self._overrides()

    def _head(self) -> Iterator[str]:
        yield f"#:schema {SCHEMA_URL}"
        posts = count(self.read, "post")
        if self.found > self.read + self.unreadable:
            posts = f"{self.read:,} of {self.found:,} posts, a sample from all folders"
        yield from comment(f"Written by `newslint init`, from {posts}.")
        if self.unreadable:
            yield from comment(f"{self.unreadable:,} more could not be read.")
        yield from comment(
            "What is usual in them is the rule here, and what is odd is reported."
            " The file is yours now: change it."
        )

    def _ignored(self) -> Iterator[str]:
        everywhere = [one for one in self.left_off if not one.patterns]
        if not everywhere:
            return
        yield from comment(
            "Left off: these would say something of more than a third of the posts. When the posts"
            " are mended, take a line out."
        )
        yield from commented_list("ignore", [(one.code, _often(one)) for one in everywhere])

    def _inferred(self, code: str, name: str, inferred: InferredOptions) -> Iterator[str]:
        notes = (*inferred.notes, *self.section_notes.get(code, ()))
        if not notes and not inferred.options:
            return
        yield f"# {code} {name}"
        for note in notes:
            yield from comment(note)
        if inferred.options:
            yield f"[rules.{code}]"
            yield from table(inferred.options)

    def _schema(self) -> Iterator[str]:
        words = (
            f"The front matter as it is: what {self.headed:,} posts have in common. A field that"
            " fewer than one in twenty lacks is required."
        )
        if self.headed < ENOUGH:
            words = f"The front matter: from fewer than {ENOUGH} posts no field is learned."
        yield from comment(words)
        yield "[schema]"
        yield f"preset = {string(self.preset)}"
        if self.fields and self.preset != NEWS:
            yield from comment(
                "What was learned is a custom, no law. What the generator cannot use is an error"
                " all the same."
            )
            yield 'severity = "warning"'
        for one in self.fields:
            yield ""
            yield from _field(one)
            if self.preset == NEWS and not _is_of_news(one):
                yield 'severity = "warning"'
            yield from _items(one)
        if self.rare:
            yield ""
            named = sorted(self.rare, key=lambda pair: (-pair[1].present, pair[0]))
            pairs = [(".".join(path), seen.present) for path, seen in named]
            yield from comment(f"Too rare to learn from: {counts(pairs, _MOST_RARE)}.")

    def _overrides(self) -> Iterator[str]:
        for site in self.sites:
            yield from ("", *comment(f"Told by: {site.why}."), "[[overrides]]")
            yield from entry("files", [site.pattern])
            yield from entry("target", site.target)
        for pattern, tables in self.section_options.items():
            yield from ("", "[[overrides]]")
            yield from entry("files", [pattern])
            for code, options in tables.items():
                yield f"[overrides.rules.{code}]"
                yield from table(options)
        groups: dict[tuple[str, ...], list[LeftOff]] = {}
        for one in self.left_off:
            if one.patterns:
                groups.setdefault(one.patterns, []).append(one)
        for patterns, rules in groups.items():
            yield from ("", "# Left off here, for the same reason.", "[[overrides]]")
            yield from entry("files", list(patterns))
            yield from commented_list("ignore", [(one.code, _often(one)) for one in rules])


def _often(one: LeftOff) -> str:
    return f"{one.name}: {one.severity}, in {one.posts:,} of {count(one.of, 'post')}"


def _field(one: LearnedField) -> Iterator[str]:
    seen = one.seen
    where = "posts" if len(one.path) == 1 else f"that have {cut(one.path[0])}"
    everywhere = seen.present == one.within
    facts = [f"in {'all' if everywhere else f'{seen.present:,} of'} {one.within:,} {where}"]
    if seen.present > seen.filled:
        facts.append(f"empty in {seen.present - seen.filled:,}")
    kinds = _most(seen.kinds)
    if len(kinds) > 1:
        facts.append(", ".join(f"{kind} {number:,}" for kind, number in kinds))
    elif one.choices or one.type is None:
        facts.append(kinds[0][0])
    yield from comment("; ".join(facts))
    if one.type == "date" and seen.forms:
        forms = [(seen.shapes[form], number) for form, number in _most(seen.forms)]
        yield from comment(f"written as: {counts(forms, 4)}")
    if seen.hosts:
        yield from comment(f"hosts: {counts(_most(seen.hosts), 8)}")
    header = key("schema", "fields", ".".join(one.path))
    yield f"[{header}]"
    if one.type is not None and not one.choices:
        yield f"type = {string(one.type)}"
    if one.required:
        yield "required = true"
    if one.required and one.type == "list":
        yield "min-length = 1"
    if one.choices:
        items = [(value, f"{seen.values[value]:,}") for value in one.choices]
        yield from commented_list("choices", items)
    if one.pattern is not None:
        yield f"pattern = {string(one.pattern)}"


def _is_of_news(one: LearnedField) -> bool:
    """Return whether a field is the same as in the preset for news."""
    is_known = len(one.path) == 1 and one.path[0] in fields_of(NEWS_SCHEMA)
    return is_known and not (one.choices or one.pattern or one.item_choices)


def _items(one: LearnedField) -> Iterator[str]:
    """Yield the table for the items of a list."""
    if one.item_type is not None and one.item_type != "any":
        yield f"[{key('schema', 'fields', '.'.join(one.path))}.items]"
        if not one.item_choices:
            yield f"type = {string(one.item_type)}"
        else:
            items = [(value, f"{one.seen.items[value]:,}") for value in one.item_choices]
            yield from commented_list("choices", items)


def _most(counter: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))


def _tidy(lines: Iterator[str]) -> Iterator[str]:
    """Yield the lines without repeated empty lines, and without empty lines at the end."""
    before = ""
    for line in lines:
        if line or before:
            yield line
        before = line
    yield ""
