"""Count the contents of posts: fields, values, and observations of rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from newslint.cli.init.value_types import LONGEST, is_empty, kind, shape
from newslint.core.limits import Limits
from newslint.core.source import Source
from newslint.core.time_limit import Deadline, OutOfTimeError
from newslint.files import site_files
from newslint.files.store import store_of
from newslint.linter import registry
from newslint.linter.inference import Observation, Observations
from newslint.linter.rule import Rule
from newslint.post.post import Post
from newslint.post.schema import NEWS, FieldKind
from newslint.runner.guarding import too_much

if TYPE_CHECKING:
    from newslint.config.project import Project
    from newslint.files.posts import PostFile
    from newslint.generators import Target
    from newslint.generators.site import Site
    from newslint.post.front_matter import FrontMatter

Path = tuple[str, ...]

_DEEPEST = 2
"""Maximum depth of keys that are counted: the keys of a mapping may be fields."""

_MOST_FIELDS = 5_000
"""Maximum number of different keys that are counted: with more, keys are data."""


@dataclass
class FieldSeen:
    """The counts of one field: numbers of posts, except for items of lists."""

    present: int = 0
    filled: int = 0
    preset: FieldKind | None = None
    """The field in the target's preset; None if the preset does not define it."""
    accepted: int = 0
    """Number of posts with a value that the preset accepts."""
    kinds: Counter[str] = field(default_factory=Counter)
    values: Counter[str] = field(default_factory=Counter)
    """The texts, and date values as written."""
    items: Counter[str] = field(default_factory=Counter)
    item_kinds: Counter[str] = field(default_factory=Counter)
    lists: Counter[tuple[str, ...]] = field(default_factory=Counter)
    """The lists of texts."""
    forms: Counter[str] = field(default_factory=Counter)
    """The formats of dates; ``shapes`` has an example of each."""
    shapes: dict[str, str] = field(default_factory=dict)
    hosts: Counter[str] = field(default_factory=Counter)
    """The hosts of URLs."""


@dataclass
class Gathering:
    """The counts of some posts."""

    posts: int = 0
    """Number of posts that could be read."""
    unreadable: list[str] = field(default_factory=list)
    headed: int = 0
    """Number of posts with valid front matter without duplicate keys."""
    news: int = 0
    """Number of posts that clearly fit the preset ``news``."""
    fields: dict[Path, FieldSeen] = field(default_factory=dict)
    sections: Counter[str] = field(default_factory=Counter)
    words: dict[str, dict[str, Counter[Observation]]] = field(default_factory=dict)
    """The observations of each rule by code, then by section."""

    def seen(self, code: str, section: str | None = None) -> Observations:
        """Return the observations of a rule in one section, or in all posts."""
        by_section = self.words.get(code, {})
        if section is not None:
            return Observations(self.sections[section], by_section.get(section, Counter()))
        return Observations(self.posts, sum(by_section.values(), Counter()))


def gather(
    files: Iterable[tuple[PostFile, Target, str, str]],
    project: Project,
    limits: Limits | None = None,
) -> Gathering:
    """Read the files and count their contents.

    Each file comes with its target, its path for rules, and its section. Files that exceed limits,
    or on which newslint fails, are counted as unreadable.
    """
    gathering = Gathering()
    store = store_of(project)
    limits = limits or Limits()
    observers = [rule for rule in registry.rules().values() if _observes(rule)]
    for found, target, path, section in files:
        try:
            source = Source(store.read(found, limits.file_size))
            if too_much(source, found.place, target, limits) is not None:
                gathering.unreadable.append(found.shown)
                continue
            if site_files.is_no_post_in(found.place, source.text, project):
                continue
            post = _make_post(source, found, target, path, project, limits)
            with Deadline(limits.seconds):
                words = {rule.code: set(rule.observe(post)) for rule in observers}
                header = post.front_matter
                if header is not None and _is_clear(header):
                    _count(gathering, header, target)
        except (Exception, OutOfTimeError):
            gathering.unreadable.append(found.shown)
            continue
        gathering.posts += 1
        gathering.sections[section] += 1
        for code, seen in words.items():
            by_section = gathering.words.setdefault(code, {})
            by_section.setdefault(section, Counter()).update(seen)
    return gathering


def _make_post(
    source: Source, found: PostFile, target: Target, path: str, project: Project, limits: Limits
) -> Post:
    """Return the post of a file, with a schema that accepts all posts."""
    from newslint.post.schema.presets import MinimalPost

    site, site_path = _site_around(found, target, project)
    name = PurePosixPath(path)
    return Post(source, name, target, lambda: MinimalPost, limits, site, site_path)


def _site_around(found: PostFile, target: Target, project: Project) -> tuple[Site | None, str]:
    """Return a post's site, if the target builds it, and the post's path in the site."""
    site = site_files.site_of(found.place, project)
    if site is None or site.target.name != target.name:
        return None, ""
    return site, site_files.inside(site, found.place, project)


def _is_clear(header: FrontMatter) -> bool:
    """Return whether the front matter is unambiguous."""
    return header.error is None and not any(
        problem.kind == "duplicate-key" for problem in header.problems
    )


def _observes(rule: type[Rule]) -> bool:
    return rule.observe.__func__ is not Rule.observe.__func__  # type: ignore[attr-defined]


def _count(gathering: Gathering, header: FrontMatter, target: Target) -> None:
    from newslint.post.schema import check, kinds
    from newslint.post.schema.presets import PRESETS

    gathering.headed += 1
    gathering.news += NEWS.fits(header.data)
    preset = PRESETS.get(target.name, PRESETS["minimal"])
    known = kinds(preset)
    wrong = {error.path[0] for error in check(preset, header, target) if error.path}
    for path, value in _walk(header.data, ()):
        if path not in gathering.fields and len(gathering.fields) >= _MOST_FIELDS:
            continue
        seen = gathering.fields.setdefault(path, FieldSeen())
        seen.present += 1
        seen.preset = known.get(path)
        if is_empty(value):
            continue
        seen.filled += 1
        seen.accepted += path[0] not in wrong
        _look_at(seen, value, header, path)


def _walk(data: Mapping[Any, Any], above: Path) -> Iterator[tuple[Path, Any]]:
    for key, value in data.items():
        if not isinstance(key, str):
            continue
        yield (*above, key), value
        if isinstance(value, Mapping) and len(above) + 1 < _DEEPEST:
            yield from _walk(value, (*above, key))


def _look_at(seen: FieldSeen, value: Any, header: FrontMatter, path: Path) -> None:
    what = kind(value)
    seen.kinds[what] += 1
    if what == "date":
        scalar = None if isinstance(value, str) else header.scalar(path)
        text = (value if isinstance(value, str) else scalar.value if scalar else str(value)).strip()
        seen.values[text if isinstance(value, str) else ""] += 1
        form = shape(text)
        seen.shapes[form] = min(seen.shapes.get(form, text), text)
        seen.forms[form] += 1
    elif isinstance(value, str):
        if what == "url":
            seen.hosts[value.split("/")[2].lower()] += 1
        seen.values[value if len(value) <= LONGEST else ""] += 1
    elif what == "list":
        _look_into(seen, value)


def _look_into(seen: FieldSeen, items: Sequence[Any]) -> None:
    for item in items:
        what = "empty" if is_empty(item) else kind(item)
        seen.item_kinds["text" if isinstance(item, str) and what != "url" else what] += 1
    if all(isinstance(item, str) for item in items):
        texts = tuple(sorted(set(items)))
        seen.lists[texts] += 1
        seen.items.update(text for text in texts)
