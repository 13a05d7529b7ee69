"""The values of composed YAML as a loader gives them to its generator."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from newslint.generators.yaml.implicit_types import js_timestamp
from newslint.generators.yaml.scalar_words import MERGE
from newslint.generators.yaml.simple import resolved

_PREFIX = "tag:yaml.org,2002:"


def mapping(root: MappingNode, dialect: str) -> dict[str, Any]:
    """Return the values of a mapping node; what an alias represents is made once and shared.

    A node that contains itself becomes None there, and a number or date as a key its text.
    """
    value = _Values(dialect).of(root)
    assert isinstance(value, dict)  # of() makes a dict of each mapping
    return value


def _bytes(text: str) -> list[int] | str:
    """Return what ``!!binary`` makes in JavaScript: bytes, which a page shows as numbers."""
    try:
        return list(base64.b64decode(re.sub(r"[^A-Za-z0-9+/]", "", text) + "=="))
    except binascii.Error:
        return text


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
        from newslint.generators.yaml.nodes import is_plain

        text: str = node.value
        if self.dialect == "safe":
            return self._safe(node)
        if is_plain(node):
            return self._plain(text)
        if text == "" and node.style is None and self.dialect != "psych":
            return None
        name = node.tag.removeprefix(_PREFIX) if node.tag else ""
        if name in ("int", "float", "bool", "null"):
            value = self._plain(text)
            if (
                self.dialect != "goccy"
                or name in ("bool", "null")
                or isinstance(value, (int, float))
            ):
                return value
        if self.dialect == "goccy" and name in ("int", "float"):
            return 0  # the others refuse what is no number
        if name == "timestamp" and self.dialect != "psych":
            return js_timestamp(text)
        if name == "binary" and self.dialect in ("js", "js3"):
            return _bytes(text)
        return text

    def _safe(self, node: ScalarNode) -> Any:
        from newslint.generators.yaml.safe_yaml import is_guessed

        if node.tag in (f"{_PREFIX}binary", "!binary"):
            made = _bytes(node.value)
            return made if isinstance(made, str) else bytes(made).decode("utf-8", "replace")
        try:
            return self._plain(node.value) if is_guessed(node) else node.value
        except ValueError:
            return node.value

    def _plain(self, text: str) -> Any:
        return resolved(text, self.dialect)

    def _mapping(self, node: MappingNode) -> dict[str, Any]:
        from newslint.generators.yaml.nodes import is_plain

        if self.dialect == "safe":
            return self._safe_mapping(node)
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

    def _safe_mapping(self, node: MappingNode) -> dict[str, Any]:
        """Return the keys and values of a mapping; a merge replaces what is before it."""
        from newslint.generators.yaml.safe_yaml import key_pairs

        out: dict[str, Any] = {}
        for key, value in key_pairs([(self.of(key), self.of(value)) for key, value in node.value]):
            if key == MERGE and isinstance(value, dict):
                out |= value
            elif isinstance(key, str):
                out[key] = value
            else:
                out[self._written(key)] = value
        return out

    @staticmethod
    def _written(key: Any) -> str:
        from newslint.generators.yaml.js_checks import js_string

        if isinstance(key, (list, dict)):
            return "[list]" if isinstance(key, list) else "[object Object]"
        return js_string(key)

    def _key(self, key: Node) -> str:
        if not isinstance(key, ScalarNode):
            return "[object Object]" if isinstance(key, MappingNode) else "[list]"
        from newslint.generators.yaml.js_checks import js_string

        value = self.scalar(key)
        return value if isinstance(value, str) else js_string(value)
