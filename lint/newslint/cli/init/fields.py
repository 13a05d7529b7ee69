"""Infer the schema from the fields that most posts have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from newslint.cli.init.observations import FieldSeen, Gathering, Path
from newslint.cli.init.value_types import LONGEST, form, pattern_of
from newslint.linter.inference import ENOUGH, USUAL
from newslint.post.schema import FieldKind

FOR_A_SET = 30
"""Minimum number of posts for a closed set of values or a pattern."""

LARGEST_SET = 20
"""Maximum number of values of a closed set."""

POSTS_A_VALUE = 10
"""Minimum number of posts per value of a closed set; with fewer, more values are likely."""

ALMOST_ALL = 0.98
"""The share of values that a closed set or a pattern must match; the others are exceptions."""

_RARE = 3
"""Occurrences below which a value is an accident, and not in the set. (The share of values that
occur once estimates the share of unseen values: Good-Turing.)"""

_FREE = frozenset(
    {
        "abstract",
        "aliases",
        "description",
        "excerpt",
        "headline",
        "keywords",
        "linkTitle",
        "name",
        "permalink",
        "slug",
        "subject",
        "subtitle",
        "summary",
        "tag",
        "tags",
        "title",
        "url",
    }
)
"""Fields with a new value in each post: never a closed set."""

_FROM_THE_SITE = frozenset({"layout"})
"""Fields whose values are defined by the site's files: never a closed set."""

_TEXT_OR_LIST = frozenset({"alias", "aliases", "redirect_from", "redirect_to"})
"""Fields that generators or common plug-ins accept as text and as a list of texts."""

_FEWEST_CHOICES = 2
"""Minimum number of values of a set: a field with one value may get others later."""

_MOST_FIELDS = 60
"""Maximum number of fields that are written, the most frequent ones."""

_ORDER = ("bool", "integer", "number", "date", "url", "text", "list", "mapping")
_INCLUDES = {"number": ("number", "integer"), "text": ("text", "url", "date")}
"""Types that include values of other, more specific types."""


@dataclass(frozen=True, slots=True)
class LearnedField:
    """An inferred field of the schema; ``within`` is the number of posts that may have it.

    With ``type`` None the preset's type is kept.
    """

    path: Path
    seen: FieldSeen
    within: int
    type: str | None
    required: bool
    choices: tuple[str, ...] = ()
    pattern: str | None = None
    item_type: str | None = None
    item_choices: tuple[str, ...] = ()


def learn_fields(
    gathering: Gathering, *, narrow: bool
) -> tuple[list[LearnedField], list[tuple[Path, FieldSeen]]]:
    """Return the fields that enough posts have, and those that are too rare.

    Fields whose names the configuration cannot express are among the rare ones. With ``narrow`` a
    field may get one of several types that its generator accepts.
    """
    learned: list[LearnedField] = []
    rare: list[tuple[Path, FieldSeen]] = []
    for path, seen in sorted(gathering.fields.items(), key=lambda one: -one[1].filled):
        above = gathering.fields[path[:-1]].kinds["mapping"] if len(path) > 1 else gathering.headed
        enough = seen.filled >= ENOUGH and len(learned) < _MOST_FIELDS
        around = next((one for one in learned if one.path == path[:-1]), None)
        if around is not None and around.type != "mapping":
            continue  # a field inside of it defines it as a mapping
        known = len(path) == 1 or around is not None
        if enough and known and all(map(_can_be_said, path)):
            learned.append(_learn(path, seen, above, narrow=narrow))
        else:
            rare.append((path, seen))
    return list(_in_order(learned)), rare


def _in_order(learned: list[LearnedField]) -> Iterator[LearnedField]:
    """Yield the required fields first, each followed by its inner fields."""
    for field in sorted(learned, key=lambda one: not one.required):
        if len(field.path) == 1:
            yield field
            yield from (one for one in learned if one.path[:-1] == field.path)


def _can_be_said(name: str) -> bool:
    """Return whether the configuration can express a key: a dot there means a mapping."""
    return bool(name) and "." not in name and name.isprintable()


def _learn(path: Path, seen: FieldSeen, within: int, *, narrow: bool) -> LearnedField:
    kind = _type(seen)
    if path[-1] in _TEXT_OR_LIST or (not narrow and seen.preset and _has_several(seen.preset)):
        kind = None
    required = seen.filled >= USUAL * within
    choices: tuple[str, ...] = ()
    pattern = item_type = None
    item_choices: tuple[str, ...] = ()
    is_free = path[-1] in _FREE or path[-1] in _FROM_THE_SITE
    if kind == "text" and not is_free:
        choices = _closed_set(seen.values, seen.filled)
        pattern = None if choices else _pattern(seen)
    elif kind == "list":
        item_type = _usual(seen.item_kinds, seen.item_kinds.total())
        if item_type == "text" and not is_free:
            item_choices = _closed_items(seen)
        elif item_type == "empty":
            item_type = None
    return LearnedField(
        path, seen, within, kind, required, choices, pattern, item_type, item_choices
    )


def _type(seen: FieldSeen) -> str | None:
    """Return the type of nearly all values; ``any`` if they differ, None for the preset's.

    A field that the generator reads as a date is a date, whatever its values are.
    """
    if seen.preset is not None and seen.preset.date:
        return "date"
    found = _usual(seen.kinds, seen.filled)
    if found is not None:
        return found
    return None if seen.preset and seen.accepted >= USUAL * seen.filled else "any"


def _has_several(kind: FieldKind) -> bool:
    """Return whether a generator accepts several types of values in a field."""
    types = (kind.text, kind.date, kind.url, kind.texts, kind.other, kind.model is not None)
    return sum(types) > 1


def _usual(kinds: Counter[str], total: int) -> str | None:
    for name in (*_ORDER, "empty"):
        if sum(kinds[one] for one in _INCLUDES.get(name, (name,))) >= USUAL * total > 0:
            return name
    return None


def _closed_set(values: Counter[str], filled: int) -> tuple[str, ...]:
    """Return the closed set of values of a field; empty if there may be others."""
    often = [value for value, count in values.items() if count >= _RARE]
    if filled < max(FOR_A_SET, POSTS_A_VALUE * len(often)) or not _is_a_set(often):
        return ()
    if not all(value.strip() and _can_be_written(value) for value in often):
        return ()
    if sum(values[value] for value in often) < ALMOST_ALL * filled:
        return ()
    return tuple(sorted(often, key=lambda value: (-values[value], value)))


def _closed_items(seen: FieldSeen) -> tuple[str, ...]:
    """Return the closed set of the items of nearly all lists."""
    lists = seen.lists.total()
    often = {item for item, count in seen.items.items() if count >= _RARE}
    if lists < max(FOR_A_SET, POSTS_A_VALUE * len(often)) or not _is_a_set(often):
        return ()
    if not all(item.strip() and _can_be_written(item) for item in often):
        return ()
    inside = sum(count for items, count in seen.lists.items() if often.issuperset(items))
    if inside < ALMOST_ALL * seen.kinds["list"]:
        return ()
    return tuple(sorted(often, key=lambda item: (-seen.items[item], item)))


def _is_a_set(values: Collection[str]) -> bool:
    return _FEWEST_CHOICES <= len(values) <= LARGEST_SET


def _can_be_written(value: str) -> bool:
    """Return whether TOML can contain a text: lone surrogates cannot be in its strings."""
    return len(value) <= LONGEST and not any("\ud800" <= c <= "\udfff" for c in value)


def _pattern(seen: FieldSeen) -> str | None:
    """Return the pattern of nearly all texts of a field, or None."""
    by_form: dict[object, list[str]] = {}
    for value in seen.values:
        by_form.setdefault(form(value), []).append(value)
    texts = max(by_form.values(), key=lambda group: sum(map(seen.values.__getitem__, group)))
    if sum(map(seen.values.__getitem__, texts)) < max(FOR_A_SET, ALMOST_ALL * seen.filled):
        return None
    if len(texts) < ENOUGH or not all(map(_can_be_written, texts)):
        return None
    return pattern_of(texts)
