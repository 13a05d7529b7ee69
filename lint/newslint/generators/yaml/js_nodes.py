"""The nodes that the reader of js-yaml's YAML makes, and its error."""

from __future__ import annotations

from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode


class YamlSyntaxError(Exception):
    """What is wrong with YAML, as a message, and where: ``offset`` in code points of its text."""

    def __init__(self, kind: str, offset: int, what: str) -> None:
        super().__init__(what)
        self.kind, self.offset, self.what = kind, offset, what


class Explicit(str):
    """A tag that is written in the YAML, unlike those that PyYAML guesses."""

    __slots__ = ()


class _Mark:
    """A place in the text, as much of it as is asked of the marks of PyYAML's nodes."""

    __slots__ = ("index",)

    def __init__(self, index: int) -> None:
        self.index = index


def mark(index: int) -> Any:
    """Return a mark at an offset in code points."""
    return _Mark(index)


class Nodes:
    """A text and a place in it, and the nodes that are made there."""

    def __init__(self, text: str, legacy: bool) -> None:
        self.length = len(text)
        self.text = text + "\0\0"  # ends every loop, and what a loop looks ahead
        self.legacy = legacy
        self.pos = self.line = self.line_start = self.line_indent = 0
        self.first_tab = -1
        self.result: Node | None = None

    def scalar(self, tag: str, value: str, start: int, style: str | None) -> ScalarNode:
        """Return a scalar from ``start`` to here."""
        return ScalarNode(tag, value, mark(start), mark(self.pos), style)

    def null(self, start: int | None = None) -> Node:
        """Return the value that is not written, at ``start`` or here."""
        here = mark(self.pos if start is None else start)
        return ScalarNode("?", "", here, here)

    def sequence(self, items: list[Node], start: int) -> SequenceNode:
        """Return a list that begins at ``start``."""
        return SequenceNode("!", items, mark(start), mark(self.pos))

    def mapping(self, pairs: list[tuple[Node, Node]], start: int) -> MappingNode:
        """Return a mapping that begins at ``start``."""
        return MappingNode("!", pairs, mark(start), mark(self.pos))

    def end(self, node: Node) -> None:
        """Let a node end here."""
        node.end_mark = mark(self.pos)
