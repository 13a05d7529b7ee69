"""What a loader refuses in YAML that parses: keys given twice, unknown tags, odd keys, merges.

Each dialect (see `newslint.generators.yaml.implicit_types`) has one checker; all walk each node
once, however many aliases stand for it.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.yaml.implicit_types import MERGE, js_timestamp, resolve, ruby_time_breaks
from newslint.generators.yaml.js_scalars import Explicit

_PREFIX = "tag:yaml.org,2002:"


class YamlFlaw(NamedTuple):
    """One problem: where in the YAML, which kind, and what, in words."""

    offset: int
    end: int
    kind: str
    message: str


def check(root: Node | None, target: str, dialect: str) -> Iterator[YamlFlaw]:
    """What the loader ``dialect`` of ``target`` refuses in a composed document."""
    not_empty = root is not None and not (isinstance(root, ScalarNode) and _is_null(root, dialect))
    if not isinstance(root, MappingNode):
        if not_empty or target == "hexo":
            yield YamlFlaw(
                0, 0, "not-a-mapping", msg("the front matter is not a list of keys and values")
            )
        if root is None:
            return
    checker = _CHECKERS[dialect]
    for node in _nodes(root):
        yield from checker(node, dialect)
    if dialect in ("go", "goccy"):
        yield from _go_root(root)


def _nodes(root: Node) -> Iterator[Node]:
    """Each node once, in the order of the text."""
    seen = {id(root)}
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        for child in reversed(_children(node)):
            if id(child) not in seen:
                seen.add(id(child))
                stack.append(child)


def _children(node: Node) -> list[Node]:
    if isinstance(node, MappingNode):
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, SequenceNode) else []


def kind_of(node: Node) -> str:
    """``scalar``, ``sequence`` or ``mapping``."""
    if isinstance(node, MappingNode):
        return "mapping"
    return "sequence" if isinstance(node, SequenceNode) else "scalar"


def is_plain(node: Node) -> bool:
    """Whether a scalar's type is guessed from its text. Nodes of PyYAML's own composer too."""
    if not isinstance(node, ScalarNode):
        return False
    return node.tag == "?" or (
        not node.style and node.tag != "!" and not isinstance(node.tag, Explicit)
    )


def _is_null(node: ScalarNode, dialect: str) -> bool:
    return is_plain(node) and (node.value == "" or _resolved(node, dialect) is None)


def _resolved(node: ScalarNode, dialect: str) -> object:
    try:
        return resolve(node.value, dialect)
    except ValueError:
        return node.value


def _found(node: Node, kind: str, message: str) -> YamlFlaw:
    return YamlFlaw(node.start_mark.index, node.end_mark.index, kind, message)


def _explicit(node: Node) -> str | None:
    return node.tag if isinstance(node.tag, Explicit) else None


def short(tag: str) -> str:
    """A tag as people write it: ``!!int``."""
    return "!!" + tag.removeprefix(_PREFIX) if tag.startswith(_PREFIX) else tag


def _duplicates(
    node: MappingNode, key_of: Callable[[Node], object], what: str
) -> Iterator[YamlFlaw]:
    seen: set[object] = set()
    for key, _ in node.value:
        name = key_of(key)
        if name is None:
            continue
        if name in seen:
            yield _found(
                key,
                "duplicate-key",
                msg("the key {name!r} is given twice{what}", name=str(name), what=what),
            )
        seen.add(name)


# js-yaml.

_JS_TAGS = {
    "scalar": {"str", "null", "bool", "int", "float", "timestamp", "merge", "binary"},
    "sequence": {"seq", "omap", "pairs"},
    "mapping": {"map", "set"},
}
_JS3_TAGS = {"js/undefined", "js/regexp", "js/function"}


def _check_js(node: Node, dialect: str) -> Iterator[YamlFlaw]:
    tag = _explicit(node)
    if tag is not None:
        yield from _js_tag(node, tag, dialect)
    if isinstance(node, MappingNode):
        yield from _js_mapping(node, dialect)


def _js_tag(node: Node, tag: str, dialect: str) -> Iterator[YamlFlaw]:
    name = tag.removeprefix(_PREFIX)
    empty = isinstance(node, ScalarNode) and not node.style and node.value == ""
    known = set().union(*_JS_TAGS.values()) if empty else _JS_TAGS[kind_of(node)]
    if tag.startswith(_PREFIX) and name in known:
        if not _js_fits(node, name, empty, dialect):
            yield _found(
                node, "bad-tag", msg("the value is not what its tag {tag} says", tag=short(tag))
            )
    elif not (dialect == "js3" and name in _JS3_TAGS and isinstance(node, ScalarNode)):
        yield _found(node, "unknown-tag", msg("the tag {tag} is unknown", tag=short(tag)))


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
        return all(isinstance(part, ScalarNode) and _is_null(part, dialect) for _, part in value)
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
            yield _found(key, "key", msg("a list inside a list is no key"))
            continue
        name = _js_key(key, dialect)
        if _js_is_merge(key):
            sources = value.value if isinstance(value, SequenceNode) else [value]
            for source in sources:
                if not isinstance(source, (MappingNode, SequenceNode)):
                    yield _found(
                        value, "merge", msg("<< takes over keys of a mapping, and this is none")
                    )
                    break
                merged |= _js_keys(source, dialect) - seen
                seen |= merged
            continue
        if name in seen and name not in merged:
            yield _found(key, "duplicate-key", msg("the key {name!r} is given twice", name=name))
        seen.add(name)
        merged.discard(name)


def _js_is_merge(key: Node) -> bool:
    if not isinstance(key, ScalarNode) or key.value != MERGE:
        return False
    return is_plain(key) or key.tag == _PREFIX + "merge"


def _js_keys(source: Node, dialect: str) -> set[str]:
    if isinstance(source, MappingNode):
        return {_js_key(key, dialect) for key, _ in source.value if not _js_is_merge(key)}
    return set(map(str, range(len(source.value))))


def _js_key(key: Node, dialect: str) -> str:
    """JavaScript's ``String(key)``: what two keys must not share."""
    if isinstance(key, MappingNode):
        return "[object Object]"
    if isinstance(key, SequenceNode):
        return ",".join(
            ""
            if isinstance(item, ScalarNode) and _is_null(item, dialect)
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


# Ruby's Psych under Jekyll.

_RUBY_FORBIDDEN = {
    "scalar": lazy.pattern(
        r"!ruby/(?:object:(?:BigDecimal|DateTime|Complex|Rational)|class|module|regexp|range"
        r"|sym(?:bol)?:?.*)\Z|!(?:str|ruby/string):."
    ),
    "sequence": lazy.pattern(r"!(?:seq|ruby/array):."),
    "mapping": lazy.pattern(
        r"!ruby/(?:struct|object(?!:Hash\Z)|array:.|range\Z|exception|hash-with-ivars:."
        r"|hash:.|marshalable:)|!(?:str|ruby/string):.|!(?:set|omap)\Z|!map:."
        r"|tag:yaml\.org,2002:(?:set|omap)\Z"
    ),
}


def _check_psych(node: Node, dialect: str) -> Iterator[YamlFlaw]:
    tag = _explicit(node)
    if tag is not None and _RUBY_FORBIDDEN[kind_of(node)].match(tag):
        yield _found(
            node,
            "unknown-tag",
            msg("the tag {tag} makes a Ruby object, which is refused", tag=short(tag)),
        )
    elif isinstance(node, ScalarNode):
        if tag in (_PREFIX + "float", "!float") and not isinstance(
            _resolved(node, dialect), (int, float)
        ):
            yield _found(
                node, "bad-tag", msg("the value is not what its tag {tag} says", tag=short(tag))
            )
        elif node.tag == "?" or is_plain(node) or (tag and not _ruby_keeps(tag)):
            yield from _psych_plain(node, dialect)
    elif isinstance(node, MappingNode):
        yield from _duplicates(
            node, lambda key: _psych_key(key, dialect), msg(", and only the last counts")
        )


def _ruby_keeps(tag: str) -> bool:
    return tag in (_PREFIX + "str", _PREFIX + "binary", "!str", "!binary", "!ruby/string")


def _psych_plain(node: ScalarNode, dialect: str) -> Iterator[YamlFlaw]:
    try:
        resolve(node.value, dialect)
    except ValueError:
        message = msg(
            "{value} is a Ruby symbol, which is refused: put it in quotes", value=node.value
        )
        yield _found(node, "symbol", message)
        return
    if ruby_time_breaks(node.value):
        message = msg("a tab or the like stands between day and time, at which the reader fails")
        yield _found(node, "time", message)


def _psych_key(key: Node, dialect: str) -> object:
    if not isinstance(key, ScalarNode):
        return None
    if key.value == MERGE and is_plain(key):
        return None
    value = _resolved(key, dialect) if is_plain(key) else key.value
    return value if isinstance(value, str) else (type(value).__name__, value)[1]


# Go's yaml.v2 under Hugo.

_GO_TAGS = {"str", "bool", "int", "float", "null", "timestamp"}


def _check_go(node: Node, dialect: str) -> Iterator[YamlFlaw]:
    if isinstance(node, ScalarNode):
        tag = _explicit(node)
        if tag is not None and not _go_fits(node, tag.removeprefix(_PREFIX), dialect):
            yield _found(
                node, "bad-tag", msg("the value is not what its tag {tag} says", tag=short(tag))
            )
    elif isinstance(node, MappingNode):
        yield from _go_mapping(node, dialect)


def _go_fits(node: ScalarNode, name: str, dialect: str) -> bool:
    if name == "binary":
        try:
            base64.b64decode(re.sub(r"[\r\n]", "", node.value), validate=True)
        except (binascii.Error, ValueError):
            return False
        return True
    if name not in _GO_TAGS - {"str"}:
        return True
    value = resolve(node.value, dialect) if node.value else None
    if name == "float":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if name == "timestamp":
        return not isinstance(js_timestamp(node.value), str)
    kinds: dict[str, type] = {"bool": bool, "int": int, "null": type(None)}
    return isinstance(value, kinds[name]) and (name != "int" or not isinstance(value, bool))


def _go_mapping(node: MappingNode, dialect: str) -> Iterator[YamlFlaw]:
    yield from _go_keys(node)
    yield from _duplicates(
        node, lambda key: _go_key(key, dialect), msg(", and only the last counts")
    )


def _go_keys(node: MappingNode) -> Iterator[YamlFlaw]:
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            yield _found(
                key,
                "key",
                msg("a key must be a word: a value that begins with { or [ needs quotes"),
            )
        elif _go_is_merge(key):
            sources = value.value if isinstance(value, SequenceNode) else [value]
            if not all(isinstance(source, MappingNode) for source in sources):
                yield _found(
                    value, "merge", msg("<< takes over keys of a mapping, and this is none")
                )


def _go_is_merge(key: ScalarNode) -> bool:
    return key.value == MERGE and (key.tag in ("?", "!", _PREFIX + "merge") or is_plain(key))


def _go_key(key: Node, dialect: str) -> object:
    if not isinstance(key, ScalarNode) or _go_is_merge(key):
        return None
    return key.value


def _go_root(root: Node) -> Iterator[YamlFlaw]:
    """An anchor that stands for what holds it."""
    opened: set[int] = set()
    done: set[int] = set()
    stack: list[tuple[Node, bool]] = [(root, False)]
    while stack:
        node, closing = stack.pop()
        if closing:
            opened.discard(id(node))
            done.add(id(node))
        elif id(node) in opened:
            yield _found(node, "alias", msg("an anchor stands for what holds it"))
            return
        elif id(node) not in done and not isinstance(node, ScalarNode):
            opened.add(id(node))
            stack.append((node, True))
            stack.extend((part, False) for part in _children(node))


# goccy/go-yaml under Hugo since 0.152.

_GOCCY_KINDS = {"seq": SequenceNode, "map": MappingNode, "set": MappingNode, "omap": SequenceNode}


def _check_goccy(node: Node, dialect: str) -> Iterator[YamlFlaw]:
    tag = _explicit(node)
    name = tag.removeprefix(_PREFIX) if tag else ""
    wanted = _GOCCY_KINDS.get(name)
    if (wanted is not None and not isinstance(node, wanted)) or (
        name == "bool" and not isinstance(resolve(str(node.value) or "~", dialect), bool)
    ):
        yield _found(
            node, "bad-tag", msg("the value is not what its tag {tag} says", tag=short(str(tag)))
        )
    if isinstance(node, MappingNode):
        yield from _go_keys(node)
        yield from _duplicates(node, _goccy_key, "")
        for key, value in node.value[:-1]:
            yield from _goccy_lone_tag(key, value)


def _goccy_lone_tag(key: Node, value: Node) -> Iterator[YamlFlaw]:
    """A tag before nothing takes the keys in the lines below for its value."""
    is_empty = isinstance(value, ScalarNode) and not value.value and not value.style
    if is_empty and (value.tag == "!" or _explicit(value)):
        yield _found(
            key, "bad-tag", msg("a tag without a value, which takes the keys below for it")
        )


def _goccy_key(key: Node) -> object:
    return key.value if isinstance(key, ScalarNode) else None


_CHECKERS = {
    "js": _check_js, "js3": _check_js, "psych": _check_psych, "go": _check_go,
    "goccy": _check_goccy,
}  # fmt: skip
