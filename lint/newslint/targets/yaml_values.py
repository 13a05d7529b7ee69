"""The values of composed YAML as a loader gives them to its generator."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from newslint import lazy
from newslint.targets.implicit import MERGE, js_timestamp, resolve

_PREFIX = "tag:yaml.org,2002:"


def mapping(root: MappingNode, dialect: str) -> dict[str, Any]:
    """The values of a mapping node; what an alias stands for is made once and shared.

    A node that holds itself becomes None there, and a number or date as a key its text.
    """
    value = _Values(dialect).of(root)
    assert isinstance(value, dict)  # of() makes a dict of each mapping
    return value


def simple(text: str, dialect: str) -> dict[str, Any] | None:
    """As `mapping`, for text that `yaml_dialect.is_simple` accepts, line by line.

    None where that is not certain to be what the loaders see: a key is given twice, is a word with
    a meaning, or is longer than they read, or a colon stands in a list in brackets. Composing the
    nodes takes five times as long; they are wanted only for what is found
    (`newslint.header.Header.node`).
    """
    values: dict[str, Any] = {}
    items: list[Any] | None = None
    key = ""
    for line in text.split("\n"):
        if line[:1] in _ITEM:
            item = line.lstrip(" ").rstrip("\r")
            if not item:
                continue
            if items is None:
                values[key] = items = []
            value = _simple(item[1:].strip(" "), dialect)
            items.append(value)
        else:
            key, _, written = line.partition(":")
            if key in values or len(key) > _KEY_LENGTH or (len(key) < 6 and _is_word(key)):
                return None
            values[key] = value = _simple(written.rstrip("\r").strip(" "), dialect)
            items = None
        if value is _UNCERTAIN:
            return None
    return values


_ITEM = frozenset(("", " ", "-", "\r"))
"""How a line begins that is an item of a list, or blank."""
_KEY_LENGTH = 1000
"""Characters of a key that all loaders take (libyaml: 1024)."""
_UNCERTAIN = object()

_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n", "none"))
_SPECIAL = frozenset("0123456789+-.~:")
_LIST_WORD = lazy.pattern(r"'(?:[^']|'')*+'|\"[^\"]*+\"|[^\s,'\"][^,]*+")


def _simple(written: str, dialect: str) -> Any:
    """The value that is written on one line, the blanks around it left out."""
    first = written[:1]
    if first == "'":
        return written[1:-1].replace("''", "'")
    if first == '"':
        return written[1:-1]
    if first == "[":
        # libyaml refuses some colons in brackets that others take.
        if ":" in written:
            return _UNCERTAIN
        words = _LIST_WORD.findall(written[1:-1])
        return [_simple(word.rstrip(" "), dialect) for word in words]
    # Only what looks like a number, a date or a word with a meaning needs the loader's own rules.
    if first in _SPECIAL or not written or (len(written) < 6 and _is_word(written)):
        return _resolved(written, dialect)
    return written


def _is_word(text: str) -> bool:
    return text.lower() in _WORDS


def _resolved(text: str, dialect: str) -> Any:
    if text == "":
        return None
    try:
        return resolve(text, dialect)
    except ValueError:
        return text


def _bytes(text: str) -> list[int] | str:
    """What ``!!binary`` makes in JavaScript: bytes, which a page shows as numbers."""
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
        from newslint.targets.yaml_checks import is_plain

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
        if name == "binary" and self.dialect in ("js", "js3"):
            return _bytes(text)
        return text

    def _plain(self, text: str) -> Any:
        return _resolved(text, self.dialect)

    def _mapping(self, node: MappingNode) -> dict[str, Any]:
        from newslint.targets.yaml_checks import is_plain

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
        from newslint.targets.yaml_checks import js_string

        value = self.scalar(key)
        return value if isinstance(value, str) else js_string(value)
