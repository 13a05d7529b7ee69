"""YAML through python-frontmatter's handler and libyaml, safely: one parse for nodes and values.

No tag makes an object, aliases may not multiply, and a value that cannot be what YAML takes it
for (``2021-02-30``) stays the text that it is. PyYAML is imported here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler
from yaml import YAMLError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

__all__ = ["LimitError", "YAMLError", "check_depth", "load"]

_HANDLER = YAMLHandler()
_NESTING = "[{?-:"


class LimitError(Exception):
    """Front matter that is deeper or larger than is read; ``offset`` is where, in its content."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


class _Loader(yaml.CSafeLoader):
    """Keeps the composed node, so that spans need no second parse."""

    root: Node | None = None

    def get_single_node(self) -> Node | None:
        self.root = super().get_single_node()
        if self.alias_limit and self.root is not None and _has_alias(self.root):
            _check_aliases(self.root, self.alias_limit)
        return self.root

    alias_limit = 0

    def construct_object(self, node: Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ValueError, OverflowError):
            return str(node.value)

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        if isinstance(node, MappingNode):
            self.flatten_mapping(node)
        data: dict[Hashable, Any] = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            name = key if isinstance(key, Hashable) else _written(key_node)
            data[name] = self.construct_object(value_node, deep=deep)
        return data

    def construct_tagged(self, suffix: str, node: Node) -> Any:
        """The plain value under a tag that YAML's core schema does not know."""
        if isinstance(node, ScalarNode):
            return self.construct_scalar(node)
        if isinstance(node, SequenceNode):
            return self.construct_sequence(node)
        return self.construct_mapping(node) if isinstance(node, MappingNode) else None


_Loader.add_multi_constructor("", _Loader.construct_tagged)


def _written(node: Node) -> str:
    return type(node).__name__.removesuffix("Node").lower()


def load(text: str, alias_limit: int) -> tuple[Node | None, object]:
    """The node and the values of a YAML document, or ``(None, None)`` of an empty one.

    Raises yaml.YAMLError for what is not YAML, LimitError for aliases beyond the limit.
    """
    loader: list[_Loader] = []

    def make(stream: str) -> _Loader:
        made = _Loader(stream)
        made.alias_limit = alias_limit if "*" in stream else 0
        loader.append(made)
        return made

    data = _HANDLER.load(text, Loader=make)
    return loader[0].root, data


def check_depth(text: str, limit: int) -> None:
    """Raise LimitError where collections nest deeper than ``limit``.

    The events of libyaml's parser are counted, which needs no recursion; only a text with enough
    of the characters that open a collection is looked at.
    """
    if sum(map(text.count, _NESTING)) <= limit:
        return
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > limit:
                raise LimitError(
                    f"nested deeper than {limit} levels",
                    event.start_mark.index if event.start_mark else 0,
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _has_alias(root: Node) -> bool:
    seen: set[int] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if id(node) in seen:
            return True
        seen.add(id(node))
        stack.extend(_children(node))
    return False


def _children(node: Node) -> list[Node]:
    if isinstance(node, MappingNode):
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, SequenceNode) else []


def _check_aliases(root: Node, limit: int) -> None:
    """Raise LimitError where the values, each alias written out, are more than ``limit``.

    A node that holds itself counts as without end.
    """
    sizes: dict[int, int] = {}
    opened: set[int] = set()
    stack: list[tuple[Node, bool]] = [(root, False)]
    while stack:
        node, closing = stack.pop()
        if closing:
            opened.discard(id(node))
            sizes[id(node)] = 1 + sum(sizes[id(child)] for child in _children(node))
            if sizes[id(node)] > limit:
                raise LimitError(
                    f"aliases stand for more than {limit} values", node.start_mark.index
                )
        elif id(node) in opened:
            raise LimitError("an alias stands for what holds it", node.start_mark.index)
        elif id(node) not in sizes:
            opened.add(id(node))
            stack.append((node, True))
            stack.extend((child, False) for child in _children(node) if id(child) not in sizes)
    return
