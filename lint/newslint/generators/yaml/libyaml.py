"""The YAML that libyaml reads, which Jekyll's Psych is and Hugo's yaml.v2 was made after.

Composes nodes from libyaml's events by itself, and not by recursion: PyYAML's composer refuses an
anchor that is duplicated, which the generators allow, and dies of deep nesting. A plain scalar
has the tag ``?``, a quoted one ``!``; an explicit tag is spelled out.
"""

from __future__ import annotations

from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.yaml.js_nodes import Explicit, YamlSyntaxError

DEPTH_LIMIT = 100
"""Nesting that is still read: as much as js-yaml's, far more than people write."""

KEY_LIMIT = 1024
"""Characters of a key that has no ``?`` before it, quotes included (YAML 1.1, section 9.2)."""

_UNPRINTABLE = lazy.pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)

_WORDS = {
    "mapping values are not allowed in this context": msg("a colon where a key is not allowed"),
    "mapping keys are not allowed in this context": msg(
        "a question mark where a key is not allowed"
    ),
    "block sequence entries are not allowed in this context": msg(
        "a list begins on the line of its key"
    ),
    "did not find expected key": msg("unexpected text instead of the next key"),
    "did not find expected '-' indicator": msg("unexpected text instead of the next list item"),
    "could not find expected ':'": msg("a colon and a space are missing after the key"),
    "found character that cannot start any token": msg(
        "a value must not begin with this character"
    ),
    "did not find expected ',' or ']'": msg("a list is not closed with ]"),
    "did not find expected ',' or '}'": msg("a mapping is not closed with }"),
    "did not find expected node content": msg("a value is missing"),
}
"""libyaml's errors in a writer's words."""
NO_CONTENT = _WORDS["did not find expected node content"]

_TOO_DEEP = "exceeded maximum nesting depth"
"""What libyaml says from version 0.2.6 on, which counts brackets before they are events."""


def compose(text: str, *, missing_is_null: bool = False, whole: bool = False) -> Node | None:
    """Return the node of the first document in ``text``; None where there is none.

    ``whole`` looks for mistakes after it too. Raises YamlSyntaxError where libyaml finds a mistake,
    or an alias represents nothing, unless ``missing_is_null`` makes null of it.
    """
    wrong = _UNPRINTABLE.search(text)
    if wrong is not None:
        what = msg("the control character U+{wrong:04X}", wrong=ord(wrong[0]))
        raise YamlSyntaxError("control", wrong.start(), what)
    parser = CParser(text)
    try:
        composer = _Composer(parser, missing_is_null)
        root = composer.first_document()
        if whole:
            composer.check_rest()
        return root
    except yaml.MarkedYAMLError as error:
        if error.problem == _TOO_DEEP:
            raise _too_deep(error.problem_mark.index if error.problem_mark else 0) from None
        if (at := _long_key(error, text)) is not None:
            what = msg("a key has more than {limit:,} characters", limit=KEY_LIMIT)
            raise YamlSyntaxError("long-key", at, what) from None
        # Of a quote that is not closed the beginning is reported, not the end of the text.
        at_end = "quoted scalar" in (error.context or "") and "end of" in (error.problem or "")
        mark = error.context_mark if at_end else error.problem_mark or error.context_mark
        what = _WORDS.get(error.problem or "", error.problem or msg("this is not valid YAML"))
        raise YamlSyntaxError("syntax", mark.index if mark else 0, what) from None
    except yaml.YAMLError as error:
        raise YamlSyntaxError("syntax", 0, str(error)) from None
    finally:
        parser.dispose()


def _long_key(error: yaml.MarkedYAMLError, text: str) -> int | None:
    """Where a key begins that is too long, so that libyaml does not see the colon after it."""
    start, end = error.context_mark, error.problem_mark
    if error.context != "while scanning a simple key" or not start or not end:
        return None
    rest = text[end.index :].lstrip(" ")
    is_long = end.index - start.index > KEY_LIMIT and start.line == end.line and rest[:1] == ":"
    return start.index if is_long else None


def _too_deep(index: int) -> YamlSyntaxError:
    what = msg("nested deeper than {limit} levels", limit=DEPTH_LIMIT)
    return YamlSyntaxError("depth", index, what)


class _Composer:
    def __init__(self, parser: CParser, missing_is_null: bool) -> None:
        self.parser = parser
        self.missing_is_null = missing_is_null
        self.anchors: dict[str, Node] = {}
        self.open: list[Node] = []
        self.keys: list[Node | None] = []
        self.root: Node | None = None

    def first_document(self) -> Node | None:
        while True:
            event = self.parser.get_event()
            if event is None or isinstance(event, (yaml.DocumentEndEvent, yaml.StreamEndEvent)):
                return self.root
            if isinstance(event, yaml.CollectionEndEvent):
                self.open.pop().end_mark = event.end_mark
                self.keys.pop()
            elif isinstance(event, yaml.NodeEvent):
                self._add(event)

    def check_rest(self) -> None:
        """Read what follows the first document. Raises what libyaml raises."""
        while self.parser.get_event() is not None:
            pass

    def _add(self, event: Any) -> None:
        start: Any = event.start_mark
        node = self._node(event, start, event.end_mark)
        self._attach(node)
        if isinstance(event, yaml.CollectionStartEvent):
            if len(self.open) >= DEPTH_LIMIT:
                raise _too_deep(start.index)
            self.open.append(node)
            self.keys.append(None)

    def _node(self, event: Any, start: Any, end: Any) -> Node:
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self.anchors:
                if self.missing_is_null:
                    return ScalarNode("?", "", start, end, None)
                what = msg("*{anchor} refers to an anchor that does not exist", anchor=event.anchor)
                raise YamlSyntaxError("alias", start.index, what)
            return self.anchors[event.anchor]
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            tag = _tag(event.tag) or ("?" if event.implicit[0] else "!")
            node = ScalarNode(tag, event.value, start, end, event.style)
        else:
            make = SequenceNode if isinstance(event, yaml.SequenceStartEvent) else MappingNode
            node = make(_tag(event.tag) or "!", [], start, end, event.flow_style)
        if event.anchor is not None:
            self.anchors[event.anchor] = node
        return node

    def _attach(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if isinstance(parent, SequenceNode):
            parent.value.append(node)
        elif self.keys[-1] is None:
            self.keys[-1] = node
        else:
            parent.value.append((self.keys[-1], node))
            self.keys[-1] = None


def _tag(tag: str | None) -> str | None:
    return None if tag is None else "!" if tag == "!" else Explicit(tag)
