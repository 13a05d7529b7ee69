"""The values of composed YAML as a loader gives them to its generator."""

from __future__ import annotations

from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from newslint.targets.implicit import MERGE, js_timestamp, resolve
from newslint.targets.yaml_checks import is_plain, js_string

_PREFIX = "tag:yaml.org,2002:"


def mapping(root: MappingNode, dialect: str) -> dict[str, Any]:
    """The values of a mapping node; what an alias stands for is made once and shared.

    A node that holds itself becomes None there, and a number or date as a key its text.
    """
    value = _Values(dialect).of(root)
    assert isinstance(value, dict)  # of() makes a dict of each mapping
    return value


def simple(root: MappingNode, dialect: str) -> dict[str, Any]:
    """As `mapping`, for nodes that PyYAML composed of what `yaml_dialect.is_simple` accepts.

    Only a plain scalar that PyYAML takes for no text, or that looks like a number, a date or a
    word with a meaning, needs the loader's own rules: this is twenty times as fast.
    """
    values: dict[str, Any] = {}
    for key, node in root.value:
        value = node.value
        if node.__class__ is not ScalarNode:
            value = [_simple_item(item, dialect) for item in value]
        elif not node.style and _is_special(value):
            value = _resolved(value, dialect)
        values[key.value] = value
    return values


_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n", "none"))
_SPECIAL = frozenset("0123456789+-.~:")


def _is_special(text: str) -> bool:
    return not text or text[0] in _SPECIAL or (len(text) < 6 and text.lower() in _WORDS)


def _resolved(text: str, dialect: str) -> Any:
    if text == "":
        return None
    try:
        return resolve(text, dialect)
    except ValueError:
        return text


def _simple_item(node: Node, dialect: str) -> Any:
    if not isinstance(node, ScalarNode):
        return [_simple_item(item, dialect) for item in node.value]
    plain = not node.style and _is_special(node.value)
    return _resolved(node.value, dialect) if plain else node.value


class _Values:
    def __init__(self, dialect: str) -> None:
        self.dialect = dialect
        self.made: dict[int, Any] = {}

    def of(self, node: Node) -> Any:
        if id(node) in self.made:
            return self.made[id(node)]
        self.made[id(node)] = None
        value: Any
        if isinstance(node, MappingNode):
            value = self._mapping(node)
        elif isinstance(node, SequenceNode):
            value = [self.of(item) for item in node.value]
        elif isinstance(node, ScalarNode):
            value = self.scalar(node)
        else:
            value = None
        self.made[id(node)] = value
        return value

    def scalar(self, node: ScalarNode) -> Any:
        text: str = node.value
        if is_plain(node):
            return self._plain(text)
        if text == "" and node.style is None and self.dialect != "psych":
            return None
        name = node.tag.removeprefix(_PREFIX) if node.tag else ""
        if name in ("int", "float", "bool", "null"):
            return self._plain(text)
        if name == "timestamp" and self.dialect != "psych":
            return js_timestamp(text)
        return text

    def _plain(self, text: str) -> Any:
        return _resolved(text, self.dialect)

    def _mapping(self, node: MappingNode) -> dict[str, Any]:
        out: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for key, value in node.value:
            if isinstance(key, ScalarNode) and key.value == MERGE and is_plain(key):
                made = self.of(value)
                for source in made if isinstance(made, list) else [made]:
                    if isinstance(source, dict):
                        merged = source | merged
                continue
            out[self._key(key)] = self.of(value)
        return merged | out

    def _key(self, key: Node) -> str:
        if not isinstance(key, ScalarNode):
            return "[object Object]" if isinstance(key, MappingNode) else "[list]"
        value = self.scalar(key)
        return value if isinstance(value, str) else js_string(value)
