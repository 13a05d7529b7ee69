"""What kind of node a YAML parser made, and what it says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from newslint.generators.yaml.implicit_types import resolve
from newslint.generators.yaml.js_nodes import Explicit

PREFIX = "tag:yaml.org,2002:"


class YamlFlaw(NamedTuple):
    """One problem: where in the YAML, which kind, and what, as a message."""

    offset: int
    end: int
    kind: str
    message: str


def all_nodes(root: Node) -> Iterator[Node]:
    """Yield each node once, in the order of the text."""
    seen = {id(root)}
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        for child in reversed(children_of(node)):
            if id(child) not in seen:
                seen.add(id(child))
                stack.append(child)


def children_of(node: Node) -> list[Node]:
    """Return the keys, values and items of a node."""
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


def is_null(node: ScalarNode, dialect: str) -> bool:
    """Return whether a scalar represents nothing."""
    return is_plain(node) and (node.value == "" or resolved_value(node, dialect) is None)


def resolved_value(node: ScalarNode, dialect: str) -> object:
    """Return the value that a dialect makes of a plain scalar."""
    try:
        return resolve(node.value, dialect)
    except ValueError:
        return node.value


def flaw_at(node: Node, kind: str, message: str) -> YamlFlaw:
    """Return a flaw of a node, at its place."""
    return YamlFlaw(node.start_mark.index, node.end_mark.index, kind, message)


def explicit_tag(node: Node) -> str | None:
    """Return the tag that a node is given in the text; None without one."""
    return node.tag if isinstance(node.tag, Explicit) else None


def short(tag: str) -> str:
    """Return a tag as people write it: ``!!int``."""
    return "!!" + tag.removeprefix(PREFIX) if tag.startswith(PREFIX) else tag
