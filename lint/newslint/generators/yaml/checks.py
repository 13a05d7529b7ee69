"""What a loader refuses in YAML that parses: keys duplicated, unknown tags, unusual keys, merges.

Each dialect (see `newslint.generators.yaml.implicit_types`) has one checker; all walk each node
once, however many aliases represent it.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.yaml.implicit_types import js_timestamp, resolve, ruby_time_breaks
from newslint.generators.yaml.js_checks import check_functions, check_js, check_program_tags
from newslint.generators.yaml.nodes import (
    PREFIX,
    YamlFlaw,
    all_nodes,
    children_of,
    explicit_tag,
    flaw_at,
    is_null,
    is_plain,
    kind_of,
    resolved_value,
    short,
)
from newslint.generators.yaml.scalar_words import MERGE


def check(root: Node | None, target: str, dialect: str) -> Iterator[YamlFlaw]:
    """Yield what the loader ``dialect`` of ``target`` refuses in a composed document."""
    not_empty = root is not None and not (isinstance(root, ScalarNode) and is_null(root, dialect))
    if not isinstance(root, MappingNode):
        if not_empty or target == "hexo":
            yield YamlFlaw(
                0, 0, "not-a-mapping", msg("front matter must be a mapping of keys to values")
            )
        if root is None:
            return
    checker = _CHECKERS[dialect]
    for node in all_nodes(root):
        yield from checker(node, dialect)
    if dialect in ("go", "goccy"):
        yield from _go_root(root)
    elif dialect == "js3":
        yield from check_functions(root) if target == "hexo" else check_program_tags(root)


def _duplicates(
    node: MappingNode, key_of: Callable[[Node], object], what: str
) -> Iterator[YamlFlaw]:
    seen: set[object] = set()
    for key, _ in node.value:
        name = key_of(key)
        if name is None:
            continue
        if name in seen:
            yield flaw_at(
                key,
                "duplicate-key",
                msg("duplicate key {name!r}{what}", name=str(name), what=what),
            )
        seen.add(name)


# js-yaml.


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
    tag = explicit_tag(node)
    if tag is not None and _RUBY_FORBIDDEN[kind_of(node)].match(tag):
        yield flaw_at(
            node,
            "unknown-tag",
            msg("the tag {tag} creates a Ruby object, which is refused", tag=short(tag)),
        )
    elif isinstance(node, ScalarNode):
        if tag in (PREFIX + "float", "!float") and not isinstance(
            resolved_value(node, dialect), (int, float)
        ):
            yield flaw_at(
                node, "bad-tag", msg("the value does not match its tag {tag}", tag=short(tag))
            )
        elif node.tag == "?" or is_plain(node) or (tag and not _ruby_keeps(tag)):
            yield from _psych_plain(node, dialect)
    elif isinstance(node, MappingNode):
        yield from _duplicates(
            node, lambda key: _psych_key(key, dialect), msg(", and only the last value counts")
        )


def _ruby_keeps(tag: str) -> bool:
    return tag in (PREFIX + "str", PREFIX + "binary", "!str", "!binary", "!ruby/string")


def _psych_plain(node: ScalarNode, dialect: str) -> Iterator[YamlFlaw]:
    try:
        resolve(node.value, dialect)
    except ValueError:
        message = msg(
            "{value} is a Ruby symbol, which is refused; put it in quotes", value=node.value
        )
        yield flaw_at(node, "symbol", message)
        return
    if ruby_time_breaks(node.value):
        message = msg("a tab or a similar character separates date and time; the parser fails")
        yield flaw_at(node, "time", message)


def _psych_key(key: Node, dialect: str) -> object:
    if not isinstance(key, ScalarNode):
        return None
    if key.value == MERGE and is_plain(key):
        return None
    return resolved_value(key, dialect) if is_plain(key) else key.value


def _check_safe(node: Node, dialect: str) -> Iterator[YamlFlaw]:
    from newslint.generators.yaml import safe_yaml

    for flawed, kind, words in safe_yaml.flaws(node):
        yield flaw_at(flawed, kind, words)
    if isinstance(node, MappingNode):
        yield from _duplicates(
            node, lambda key: _safe_key(key, dialect), msg(", and only the last value counts")
        )


def _safe_key(key: Node, dialect: str) -> object:
    from newslint.generators.yaml.safe_yaml import is_guessed

    if not isinstance(key, ScalarNode) or key.value == MERGE:
        return None
    return resolved_value(key, dialect) if is_guessed(key) else key.value


# Go's yaml.v2 under Hugo.

_GO_TAGS = {"str", "bool", "int", "float", "null", "timestamp"}


def _check_go(node: Node, dialect: str) -> Iterator[YamlFlaw]:
    if isinstance(node, ScalarNode):
        tag = explicit_tag(node)
        if tag is not None and not _go_fits(node, tag.removeprefix(PREFIX), dialect):
            yield flaw_at(
                node, "bad-tag", msg("the value does not match its tag {tag}", tag=short(tag))
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
        node, lambda key: _go_key(key, dialect), msg(", and only the last value counts")
    )


def _go_keys(node: MappingNode) -> Iterator[YamlFlaw]:
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            yield flaw_at(
                key,
                "key",
                msg("a key must be a scalar; put a value that begins with { or [ in quotes"),
            )
        elif _go_is_merge(key):
            sources = value.value if isinstance(value, SequenceNode) else [value]
            if not all(isinstance(source, MappingNode) for source in sources):
                yield flaw_at(
                    value,
                    "merge",
                    msg("<< merges the keys of a mapping, but its value is not a mapping"),
                )


def _go_is_merge(key: ScalarNode) -> bool:
    return key.value == MERGE and (key.tag in ("?", "!", PREFIX + "merge") or is_plain(key))


def _go_key(key: Node, dialect: str) -> object:
    if not isinstance(key, ScalarNode) or _go_is_merge(key):
        return None
    return key.value


def _go_root(root: Node) -> Iterator[YamlFlaw]:
    """Yield an anchor that represents what holds it."""
    opened: set[int] = set()
    done: set[int] = set()
    stack: list[tuple[Node, bool]] = [(root, False)]
    while stack:
        node, closing = stack.pop()
        if closing:
            opened.discard(id(node))
            done.add(id(node))
        elif id(node) in opened:
            yield flaw_at(node, "alias", msg("an anchor contains itself"))
            return
        elif id(node) not in done and not isinstance(node, ScalarNode):
            opened.add(id(node))
            stack.append((node, True))
            stack.extend((part, False) for part in children_of(node))


# goccy/go-yaml under Hugo since 0.152.

_GOCCY_KINDS = {"seq": SequenceNode, "map": MappingNode, "set": MappingNode, "omap": SequenceNode}


def _check_goccy(node: Node, dialect: str) -> Iterator[YamlFlaw]:
    tag = explicit_tag(node)
    name = tag.removeprefix(PREFIX) if tag else ""
    wanted = _GOCCY_KINDS.get(name)
    if (wanted is not None and not isinstance(node, wanted)) or (
        name == "bool" and not isinstance(resolve(str(node.value) or "~", dialect), bool)
    ):
        yield flaw_at(
            node, "bad-tag", msg("the value does not match its tag {tag}", tag=short(str(tag)))
        )
    if isinstance(node, MappingNode):
        yield from _go_keys(node)
        yield from _duplicates(node, _goccy_key, "")
        for key, value in node.value[:-1]:
            yield from _goccy_lone_tag(key, value)


def _goccy_lone_tag(key: Node, value: Node) -> Iterator[YamlFlaw]:
    """Yield a tag without a value: it takes the keys below for its value."""
    is_empty = isinstance(value, ScalarNode) and not value.value and not value.style
    if is_empty and (value.tag == "!" or explicit_tag(value)):
        yield flaw_at(
            key, "bad-tag", msg("a tag has no value, and reads the keys below as its value")
        )


def _goccy_key(key: Node) -> object:
    return key.value if isinstance(key, ScalarNode) else None


_CHECKERS = {
    "js": check_js,
    "js3": check_js,
    "psych": _check_psych,
    "safe": _check_safe,
    "go": _check_go,
    "goccy": _check_goccy,
}
