"""The front matter of a document that is being edited: the cursor's context, and keys.

While it is edited, front matter often cannot be parsed; so contexts are found from lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newslint.config.settings import Settings
from newslint.core.messages import join_or, msg
from newslint.core.span import Span
from newslint.post.post import Post
from newslint.post.schema import kinds
from newslint.post.schema.news_fast_path import News

_KEY = re.compile(r"[^\s:#\[\]{},\"'&*!|>%@`-][^\s:#]*+")
_PAIR = re.compile(rf"(?P<indent>[ \t]*+)(?P<key>{_KEY.pattern})[ \t]*+:(?P<rest>[ \t].*+|$)")
_ITEM = re.compile(r"[ \t]*+-(?P<rest>[ \t].*+|$)")


@dataclass(frozen=True, slots=True)
class Spot:
    """The context of the cursor: in a key (``is_key``), or in a value of ``key``.

    ``typed`` is the text from its beginning to the cursor; ``in_list`` is true if the value is an
    item of a list.
    """

    key: str
    typed: Span
    is_key: bool = False
    in_list: bool = False


def spot(post: Post, offset: int) -> Spot | None:
    """Return the context at an offset of YAML front matter; None elsewhere."""
    bounds = post.bounds
    if bounds is None or bounds.form != "yaml":
        return None
    start, end = bounds.content
    if not start <= offset <= (end if bounds.closing is not None else len(post.text)):
        return None
    number, column, _ = post.source.lines.position(offset)
    line = post.text[offset - column + 1 : offset]
    if not line or _KEY.fullmatch(line):
        return Spot(line, Span(offset - len(line), offset), is_key=True)
    if match := _PAIR.fullmatch(line):
        return _value(match["key"], match["rest"], offset)
    if match := _ITEM.fullmatch(line):
        first = post.source.lines.position(start).line
        key = _key_above(post.source.lines.line(one) for one in range(number - 1, first - 1, -1))
        return None if key is None else _value(key, match["rest"], offset, in_list=True)
    return None


def _value(key: str, rest: str, offset: int, *, in_list: bool = False) -> Spot | None:
    typed = rest.lstrip(" \t")
    if not rest:
        return None  # right after the colon, where a space must come first
    if typed.startswith("["):
        in_list = True
        typed = re.split(r"[\[,]", typed)[-1].lstrip(" \t")
    return Spot(key, Span(offset - len(typed), offset), in_list=in_list)


def _key_above(lines: Iterator[str]) -> str | None:
    """Return the key that a list belongs to: the nearest line above that is not an item."""
    for line in lines:
        line = line.strip()
        if not line or line.startswith(("-", "#")):
            continue
        match = _PAIR.fullmatch(line)
        return match["key"] if match and not match["rest"].strip() else None
    return None


def keys_written(post: Post) -> set[str]:
    """Return the top-level keys of the front matter, whether it can be parsed or not."""
    if post.bounds is None:
        return set()
    found = map(_PAIR.fullmatch, post.text[slice(*post.bounds.content)].splitlines())
    return {match["key"] for match in found if match and not match["indent"]}


def key_at(post: Post, offset: int) -> tuple[tuple[str, ...], Span] | None:
    """Return the path and the span of the key under the cursor."""
    header = post.front_matter
    if header is not None and header.error is None:
        for entry in header.walk():
            if entry.key != entry.value and entry.key.start <= offset <= entry.key.end:
                return tuple(one for one in entry.path if isinstance(one, str)), entry.key
        return None
    if post.bounds is None or not Span(*post.bounds.content).start <= offset < post.body_start:
        return None
    lines = post.source.lines
    line = lines.span(lines.position(offset).line)
    match = _PAIR.match(post.text[line.start : line.end])
    if match is None or match["indent"]:
        return None
    span = Span(*match.span("key")).shift(line.start)
    return ((match["key"],), span) if span.start <= offset <= span.end else None


@dataclass(frozen=True, slots=True)
class Key:
    """The type of a key in the schema, as a message, and its description."""

    name: str
    type: str
    required: bool = False
    description: str = ""
    default: Any = None
    choices: tuple[Any, ...] = ()
    is_url: bool = False


def keys_of(settings: Settings) -> Mapping[str, Key]:
    """Return the keys of the schema; keys in mappings have dotted names.

    Raises ConfigError for a schema that cannot be built.
    """
    schema = settings.schema
    model = schema.model if isinstance(schema, News) else schema
    try:
        root = model.model_json_schema()
    except Exception:  # a site's own model may not be representable in JSON Schema
        return {
            ".".join(path): Key(path[-1], msg("any value"), kind.required)
            for path, kind in kinds(schema).items()
        }
    return dict(_keys(root, root, "", 0))


_DEEPEST = 5
"""Maximum depth of nested mappings: a model may contain itself."""


def _keys(
    schema: dict[str, Any], root: dict[str, Any], above: str, depth: int
) -> Iterator[tuple[str, Key]]:
    required = schema.get("required", ())
    for name, field in schema.get("properties", {}).items():
        leaves = list(_leaves(field, root))
        yield (
            f"{above}{name}",
            Key(
                name,
                join_or(list(dict.fromkeys(_words(leaf, root) for leaf in leaves)))
                or msg("any value"),
                name in required,
                next((one["description"] for one in (field, *leaves) if "description" in one), ""),
                field.get("default"),
                tuple(choice for leaf in leaves for choice in _choices(leaf)),
                any(leaf.get("format") == "uri" for leaf in leaves),
            ),
        )
        for leaf in leaves:
            if "properties" in leaf and depth < _DEEPEST:
                yield from _keys(leaf, root, f"{above}{name}.", depth + 1)


def _leaves(field: dict[str, Any], root: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the possible types of a field, except null."""
    if "$ref" in field:
        target: Any = root
        for part in field["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        yield from _leaves(target, root)
    elif any(word in field for word in ("anyOf", "oneOf", "allOf")):
        for word in ("anyOf", "oneOf", "allOf"):
            for part in field.get(word, ()):
                yield from _leaves(part, root)
    elif field.get("type") != "null":
        yield field


_TYPES = {
    "string": msg("text"),
    "integer": msg("integer"),
    "number": msg("number"),
    "boolean": msg("true or false"),
    "object": msg("mapping"),
}
_FORMATS = {"uri": "http or https address", "date-time": msg("date"), "date": msg("date")}


def _words(leaf: dict[str, Any], root: dict[str, Any]) -> str:
    if choices := _choices(leaf):
        return join_or([_yaml(choice) for choice in choices])
    if leaf.get("format") in _FORMATS:
        return _FORMATS[leaf["format"]]
    if leaf.get("type") == "array":
        items = [_words(one, root) for one in _leaves(leaf.get("items", {}), root)]
        inner = join_or(list(dict.fromkeys(items)))
        return (
            msg("list of {inner}", inner=inner) if inner and inner != "any value" else msg("list")
        )
    return _TYPES.get(str(leaf.get("type")), msg("any value"))


def _choices(leaf: dict[str, Any]) -> list[Any]:
    return list(leaf.get("enum", ())) or ([leaf["const"]] if "const" in leaf else [])


def _yaml(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
