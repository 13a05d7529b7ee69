"""Parse YAML with python-frontmatter's handler and libyaml, safely: nodes, but no objects.

The target's own rules convert the nodes to values (`newslint.generators.yaml.values`), since PyYAML
implements YAML 1.1, which no target does exactly. Aliases are limited.
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
    """Front matter exceeds a limit; ``index`` is the place, counted as in the node's marks."""

    def __init__(self, message: str, index: int) -> None:
        super().__init__(message)
        self.index = index


class _Composer(yaml.CSafeLoader):
    """Returns the composed node instead of a value."""

    def get_single_data(self) -> Node | None:
        return self.get_single_node()


def compose(text: str) -> Node | None:
    """Return the node of a YAML document with limited nesting; None if it is empty.

    Raises yaml.YAMLError for a text that is not YAML.
    """
    node: Node | None = _HANDLER.load(text, Loader=_Composer)
    return node


def _children(node: Node) -> list[Node]:
    if isinstance(node, MappingNode):
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, SequenceNode) else []


def check_aliases(root: Node, limit: int) -> None:
    """Raise LimitError if the number of values, with aliases expanded, exceeds ``limit``.

    A node that contains itself counts as infinite.
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
