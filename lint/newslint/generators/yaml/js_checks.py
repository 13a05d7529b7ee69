"""What the YAML of Hexo and Eleventy (js-yaml) refuses or reads in another way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.yaml.implicit_types import js_timestamp, resolve
from newslint.generators.yaml.nodes import (
    PREFIX,
    YamlFlaw,
    all_nodes,
    explicit_tag,
    flaw_at,
    is_null,
    is_plain,
    kind_of,
    short,
)
from newslint.generators.yaml.scalar_words import MERGE

_JS_TAGS = {
    "scalar": {"str", "null", "bool", "int", "float", "timestamp", "merge", "binary"},
    "sequence": {"seq", "omap", "pairs"},
    "mapping": {"map", "set"},
}

_JS3_TAGS = {"js/undefined", "js/regexp", "js/function"}
_FUNCTION = lazy.pattern(
    r"[\s(]*(?:async\b\s*+)?(?:function\b[^{]*+\{|\([^()]*+\)\s*+=>|[A-Za-z_$][\w$]*+\s*+=>)"
)
"""What js-yaml 3 takes for a function: measured with 3.14 of Hexo 5."""


def check_functions(root: Node) -> Iterator[YamlFlaw]:
    """Yield what is no function but has the tag of one, which js-yaml 3 then refuses (Hexo 5)."""
    for node in all_nodes(root):
        if explicit_tag(node) == f"{PREFIX}js/function" and isinstance(node, ScalarNode):
            if _FUNCTION.match(node.value) is None:
                message = msg("the value does not match its tag {tag}", tag="!!js/function")
                yield flaw_at(node, "bad-tag", message)


def check_js(node: Node, dialect: str) -> Iterator[YamlFlaw]:
    """Yield what js-yaml refuses in a node, or reads in another way than its author wrote it."""
    tag = explicit_tag(node)
    if tag is not None:
        yield from _js_tag(node, tag, dialect)
    if isinstance(node, MappingNode):
        yield from _js_mapping(node, dialect)


def check_program_tags(root: Node) -> Iterator[YamlFlaw]:
    """Yield the tags of js-yaml 3 that its ``safeLoad`` does not know, which Eleventy 2 calls."""
    for node in all_nodes(root):
        tag = explicit_tag(node)
        if tag is not None and tag.removeprefix(PREFIX) in _JS3_TAGS:
            yield flaw_at(node, "unknown-tag", msg("the tag {tag} is unknown", tag=short(tag)))


def _js_tag(node: Node, tag: str, dialect: str) -> Iterator[YamlFlaw]:
    name = tag.removeprefix(PREFIX)
    empty = isinstance(node, ScalarNode) and not node.style and node.value == ""
    known = set().union(*_JS_TAGS.values()) if empty else _JS_TAGS[kind_of(node)]
    if tag.startswith(PREFIX) and name in known:
        if not _js_fits(node, name, empty, dialect):
            yield flaw_at(
                node, "bad-tag", msg("the value does not match its tag {tag}", tag=short(tag))
            )
    elif not (dialect == "js3" and name in _JS3_TAGS and isinstance(node, ScalarNode)):
        yield flaw_at(node, "unknown-tag", msg("the tag {tag} is unknown", tag=short(tag)))


def _js_fits(node: Node, name: str, empty: bool, dialect: str) -> bool:
    if empty:
        return name not in ("bool", "int", "float", "timestamp", "binary")
    value = node.value
    if isinstance(node, ScalarNode):
        return _js_scalar_fits(value, name, dialect)
    if name in ("omap", "pairs"):
        singles = all(isinstance(item, MappingNode) and len(item.value) == 1 for item in value)
        keys = [_js_key(item.value[0][0], dialect) for item in value] if singles else []
        return singles and (name == "pairs" or len(set(keys)) == len(keys))
    if name == "set":
        return all(isinstance(part, ScalarNode) and is_null(part, dialect) for _, part in value)
    return True


def _js_scalar_fits(value: str, name: str, dialect: str) -> bool:
    if name in ("null", "bool", "int", "float", "merge", "timestamp") and value == "":
        return False
    resolved = resolve(value, dialect)
    if name == "float":
        return isinstance(resolved, (int, float)) and not isinstance(resolved, bool)
    if name == "timestamp":
        return not isinstance(js_timestamp(value), str)
    if name == "binary":
        letters = re.sub(r"[\r\n]", "", value)
        return re.fullmatch(r"[A-Za-z0-9+/=]*", letters) is not None and len(letters) * 6 % 8 == 0
    if name == "merge":
        return value == MERGE
    kinds: dict[str, type | tuple[type, ...]] = {"null": type(None), "bool": bool, "int": int}
    if name not in kinds:
        return True
    return isinstance(resolved, kinds[name]) and (name == "bool" or not isinstance(resolved, bool))


def _js_mapping(node: MappingNode, dialect: str) -> Iterator[YamlFlaw]:
    seen: set[str] = set()
    merged: set[str] = set()
    for key, value in node.value:
        if isinstance(key, SequenceNode) and any(
            isinstance(item, SequenceNode) for item in key.value
        ):
            yield flaw_at(key, "key", msg("a list inside a list cannot be a key"))
            continue
        name = _js_key(key, dialect)
        if _is_merge(key):
            sources = value.value if isinstance(value, SequenceNode) else [value]
            for source in sources:
                if not isinstance(source, (MappingNode, SequenceNode)):
                    yield flaw_at(
                        value,
                        "merge",
                        msg("<< merges the keys of a mapping, but its value is not a mapping"),
                    )
                    break
                merged |= _js_keys(source, dialect) - seen
                seen |= merged
            continue
        if name in seen and name not in merged:
            yield flaw_at(key, "duplicate-key", msg("duplicate key {name!r}", name=name))
        seen.add(name)
        merged.discard(name)


def _js_keys(source: Node, dialect: str) -> set[str]:
    if isinstance(source, MappingNode):
        return {_js_key(key, dialect) for key, _ in source.value if not _is_merge(key)}
    return set(map(str, range(len(source.value))))


def _js_key(key: Node, dialect: str) -> str:
    """JavaScript's ``String(key)``: what two keys must not share."""
    if isinstance(key, MappingNode):
        return "[object Object]"
    if isinstance(key, SequenceNode):
        return ",".join(
            ""
            if isinstance(item, ScalarNode) and is_null(item, dialect)
            else _js_key(item, dialect)
            for item in key.value
        )
    if not is_plain(key):
        return str(key.value)
    value = resolve(key.value, dialect) if key.value else None
    return js_string(value)


def js_string(value: object) -> str:
    """JavaScript's ``String(value)`` for what YAML scalars are."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value != value:
            return "NaN"
        if value in (float("inf"), float("-inf")):
            return "Infinity" if value > 0 else "-Infinity"
        return str(int(value)) if value.is_integer() and abs(value) < 1e21 else repr(value)
    return str(value)


def _is_merge(key: Node) -> bool:
    if not isinstance(key, ScalarNode) or key.value != MERGE:
        return False
    return is_plain(key) or key.tag == PREFIX + "merge"
