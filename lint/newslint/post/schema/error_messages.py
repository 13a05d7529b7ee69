"""Turn pydantic's errors into messages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from newslint.core.did_you_mean import nearest
from newslint.core.messages import join_or, msg, plural
from newslint.post.schema.errors import Path, SchemaError
from newslint.post.schema.fields import fields_of, kinds, written_name
from newslint.post.schema.types import DATE_ERROR, URL_PATTERN
from newslint.post.schema.wording import alternatives, kind_of, name_of, shown

_EXPECTED = {
    "string_type": msg("text"),
    "bool_type": msg("true or false"),
    "bool_parsing": msg("true or false"),
    "int_type": msg("an integer"),
    "int_parsing": msg("an integer"),
    "int_from_float": msg("an integer"),
    "float_type": msg("a number"),
    "float_parsing": msg("a number"),
    "decimal_type": msg("a number"),
    "decimal_parsing": msg("a number"),
    "list_type": msg("a list"),
    "tuple_type": msg("a list"),
    "set_type": msg("a list"),
    "frozen_set_type": msg("a list"),
    "iterable_type": msg("a list"),
    "dict_type": msg("a mapping of keys to values"),
    "mapping_type": msg("a mapping of keys to values"),
    "model_type": msg("a mapping of keys to values"),
    "model_attributes_type": msg("a mapping of keys to values"),
    "dataclass_type": msg("a mapping of keys to values"),
    "date_type": msg("a date"),
    "datetime_type": msg("a date"),
    "time_type": msg("a time"),
    "time_delta_type": msg("a duration"),
    "url_type": msg("a URL"),
    "none_required": msg("empty"),
    "uuid_type": msg("text"),
    DATE_ERROR: msg("a date"),
}
"""What a value of the wrong type must be, by the type of pydantic's error."""

_DATES = (
    "date_parsing",
    "date_from_datetime_parsing",
    "datetime_parsing",
    "datetime_from_date_parsing",
)
_LESS = {"greater_than_equal": "ge", "greater_than": "gt"}
_MORE = {"less_than_equal": "le", "less_than": "lt"}
_WORDS = {
    "ge": msg("at least"),
    "gt": msg("more than"),
    "le": msg("at most"),
    "lt": msg("less than"),
}
_LENGTHS: dict[str, tuple[str, str, str]] = {
    "string_too_short": (
        "min_length",
        msg("{name} is shorter than {number} character"),
        msg("{name} is shorter than {number} characters"),
    ),
    "string_too_long": (
        "max_length",
        msg("{name} is longer than {number} character"),
        msg("{name} is longer than {number} characters"),
    ),
    "too_short": (
        "min_length",
        msg("{name} has fewer than {number} item"),
        msg("{name} has fewer than {number} items"),
    ),
    "too_long": (
        "max_length",
        msg("{name} has more than {number} item"),
        msg("{name} has more than {number} items"),
    ),
}


@dataclass(frozen=True, slots=True)
class _Raw:
    """One of pydantic's errors: the path in the values, and the union members on it."""

    path: Path
    tags: tuple[tuple[int, str], ...]
    type: str
    value: Any
    context: Mapping[str, Any]
    message: str


def schema_errors(
    model: type[BaseModel], error: ValidationError, data: Mapping[str, Any]
) -> list[SchemaError]:
    """Return the errors of a ValidationError, one for each path, in the order of the fields."""
    raws = [_raw(dict(one), data) for one in error.errors(include_url=False)]
    by_path: dict[Path, list[_Raw]] = {}
    for raw in _deepest(raws):
        by_path.setdefault(raw.path, []).append(raw)
    found = []
    for path, group in by_path.items():
        one = _schema_error(model, path, group)
        if one is not None:
            found.append(one)
    return found


def _raw(error: dict[str, Any], data: Any) -> _Raw:
    """Convert an error; parts of ``loc`` in the data are the path, others union members."""
    path: list[str | int] = []
    tags: list[tuple[int, str]] = []
    value: Any = data
    location = error["loc"]
    for position, part in enumerate(location):
        last = position == len(location) - 1
        inside, inner = _step(value, part)
        if inside:
            value = inner
        elif not (last and error["type"] == "missing"):
            tags.append((len(path), str(part)))
            continue
        path.append(part)
    return _Raw(
        tuple(path),
        tuple(tags),
        error["type"],
        error.get("input"),
        error.get("ctx") or {},
        error["msg"],
    )


def _step(value: Any, part: object) -> tuple[bool, Any]:
    """Return whether a part of a location leads into a value, and the inner value."""
    if isinstance(value, Mapping) and part in value:
        return True, value[part]
    if isinstance(value, (list, tuple)) and isinstance(part, int) and part < len(value):
        return True, value[part]
    return False, None


def _deepest(raws: list[_Raw]) -> list[_Raw]:
    """Return the errors of the union members with the longest paths."""
    depths: dict[tuple[Path, str], int] = {}
    best: dict[Path, int] = {}
    for raw in raws:
        for depth, tag in raw.tags:
            place = raw.path[:depth]
            key = (place, tag)
            depths[key] = max(depths.get(key, 0), len(raw.path))
            best[place] = max(best.get(place, 0), len(raw.path))
    return [
        raw
        for raw in raws
        if all(depths[(raw.path[:depth], tag)] == best[raw.path[:depth]] for depth, tag in raw.tags)
    ]


def _schema_error(model: type[BaseModel], path: Path, group: list[_Raw]) -> SchemaError | None:
    first = group[0]
    name = name_of(path)
    if first.type == "missing":
        purpose = _purpose(model, path)
        words = msg("{name} is missing{purpose}", name=name, purpose=purpose)
        return SchemaError(path, "missing", words, purpose)
    if first.type == "extra_forbidden":
        known = fields_of(model) if len(path) == 1 else ()
        words = msg(
            "{name} is not a field of the schema{nearest}",
            name=name,
            nearest=nearest(str(path[-1]), known),
        )
        return SchemaError(path, "unknown", words)
    if _is_empty(first.value) and first.type != "value_error":
        if not _is_needed(model, path):
            return None
        return SchemaError(
            path, "empty", msg("{name} is empty{purpose}", name=name, purpose=_purpose(model, path))
        )
    if len({raw.type for raw in group}) > 1:
        expected_kinds = (_EXPECTED[raw.type] for raw in group if raw.type in _EXPECTED)
        expected = join_or(list(dict.fromkeys(expected_kinds)))
        if expected:
            words = msg(
                "{name} is {kind}; it must be {expected}",
                name=name,
                kind=kind_of(first.value),
                expected=expected,
            )
            return SchemaError(path, "type", words + _purpose(model, path))
    kind, words = _value_error(first, name)
    return SchemaError(path, kind, words + _purpose(model, path))


def _value_error(raw: _Raw, name: str) -> tuple[str, str]:
    """Return the kind and the message of an error of an existing value."""
    if raw.type in _EXPECTED:
        return "type", msg(
            "{name} is {kind}; it must be {expected}",
            name=name,
            kind=kind_of(raw.value),
            expected=_EXPECTED[raw.type],
        )
    if raw.type in _DATES:
        template = "{name} is {value}, which the model does not accept as a date"
        return "date", msg(template, name=name, value=shown(raw.value))
    if raw.type == "string_pattern_mismatch":
        return "value", _pattern_message(raw, name)
    if raw.type in ("literal_error", "enum"):
        return "value", _choices_message(raw, name)
    if raw.type in _LENGTHS:
        key, one, many = _LENGTHS[raw.type]
        return "value", plural(int(raw.context.get(key) or 0), one, many, name=name)
    limits = {**_LESS, **_MORE}
    if raw.type in limits:
        key = limits[raw.type]
        return "value", msg(
            "{name} is {value}; it must be {words} {limit:g}",
            name=name,
            value=shown(raw.value),
            words=_WORDS[key],
            limit=raw.context.get(key),
        )
    if raw.type.startswith("url_"):
        return "value", msg(
            "{name} is {value}, which is not a URL", name=name, value=shown(raw.value)
        )
    return "value", msg("{name}: {words}", name=name, words=_own_words(raw))


def _pattern_message(raw: _Raw, name: str) -> str:
    """Return the message about a text that does not match its pattern."""
    pattern = raw.context.get("pattern")
    if pattern == URL_PATTERN:
        return msg("{name} is not an http:// or https:// URL", name=name)
    template = "{name} is {value}; it must match the pattern {pattern}"
    return msg(template, name=name, value=shown(raw.value), pattern=pattern)


def _choices_message(raw: _Raw, name: str) -> str:
    """Return the message about a value that is not one of the choices, with the closest one."""
    choices = str(raw.context.get("expected", ""))
    words = msg(
        "{name} is {value}; it must be {choices}",
        name=name,
        value=shown(raw.value),
        choices=alternatives(choices),
    )
    return words + nearest(str(raw.value), re.findall(r"'([^']*)'", choices))


def _own_words(raw: _Raw) -> str:
    """Return the message of a site's own validator, or of a type without a message of newslint."""
    words = raw.message
    for prefix in ("Value error, ", "Assertion failed, "):
        words = words.removeprefix(prefix)
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _is_empty(value: object) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or value in ([], {})


def _is_needed(model: type[BaseModel], path: Path) -> bool:
    """Return whether a value is required: in a required field, and in every item."""
    if any(isinstance(part, int) for part in path):
        return True
    kind = kinds(model).get(tuple(str(part) for part in path))
    return kind is None or kind.required


def _purpose(model: type[BaseModel], path: Path) -> str:
    """Return the model's description of a field: `` (where the article comes from)``."""
    description = None
    inside: type[BaseModel] | None = model
    for part in path:
        if isinstance(part, int) or inside is None:
            continue
        infos = {written_name(name, info): info for name, info in inside.model_fields.items()}
        info = infos.get(part)
        kind = kinds(inside).get((part,))
        inside = kind.model if kind else None
        description = (info.description if info else None) or description
    return f" ({description.strip().rstrip('.')})" if description else ""
