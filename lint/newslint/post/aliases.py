"""YAML through python-frontmatter's handler and libyaml, safely: nodes, and no objects.

The values are made of the nodes by the target's own rules (`newslint.generators.yaml.values`):
PyYAML speaks YAML 1.1, which no target does quite. Aliases may not multiply.
"""

from __future__ import annotations

import yaml
from frontmatter.default_handlers import YAMLHandler
from yaml import YAMLError
from yaml.nodes import MappingNode, Node, SequenceNode

from newslint.core.messages import msg

__all__ = ["LimitError", "YAMLError", "check_aliases", "compose"]

_HANDLER = YAMLHandler()


class LimitError(Exception):
    """Front matter that is larger than is read; ``index`` is where, as the node's marks count."""

    def __init__(self, message: str, index: int) -> None:
        super().__init__(message)
        self.index = index


class _Composer(yaml.CSafeLoader):
    """Gives the composed node for the value."""

    def get_single_data(self) -> Node | None:
        return self.get_single_node()


def compose(text: str) -> Node | None:
    """Return the node of a YAML document that nests little; None of an empty one.

    Raises yaml.YAMLError for what is not YAML.
    """
    node: Node | None = _HANDLER.load(text, Loader=_Composer)
    return node


def _children(node: Node) -> list[Node]:
    if isinstance(node, MappingNode):
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, SequenceNode) else []


def check_aliases(root: Node, limit: int) -> None:
    """Raise LimitError where the values, each alias written out, are more than ``limit``.

    A node that contains itself counts as without end.
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
                    msg(
                        "aliases expand to more than {limit:,} values (limits.yaml-values)",
                        limit=limit,
                    ),
                    node.start_mark.index,
                )
        elif id(node) in opened:
            raise LimitError(msg("an alias contains itself"), node.start_mark.index)
        elif id(node) not in sizes:
            opened.add(id(node))
            stack.append((node, True))
            stack.extend((child, False) for child in _children(node) if id(child) not in sizes)
    return
