"""The YAML that js-yaml reads: Hexo's and Eleventy's, which is not quite libyaml's.

A reader of the same grammar as js-yaml 4.3 (Hexo 6 to 8, Eleventy 3) and, with ``legacy``,
js-yaml 3.15 (Hexo 5): where a value ends, which indentation is too small, what a tab may do. It
makes the nodes of PyYAML, whose marks are offsets in code points; it types no scalar.
A plain scalar has the tag ``?``, a quoted one ``!``; an explicit tag is spelled out.
"""

from __future__ import annotations

import re

from yaml.nodes import MappingNode, Node

from newslint.core.messages import msg
from newslint.generators.yaml.js_collections import (
    BLOCK_IN,
    BLOCK_OUT,
    FLOW_IN,
    FLOW_OUT,
    SPACE_OR_END,
    Collections,
)
from newslint.generators.yaml.js_nodes import Explicit, YamlSyntaxError, mark

__all__ = ["YamlSyntaxError", "compose"]

DEPTH_LIMIT = 100
"""js-yaml 4.3's own ``maxDepth``."""


def compose(text: str, *, legacy: bool = False) -> Node | None:
    """Return the node of the one document in ``text``; None where there is none.

    Raises YamlSyntaxError where js-yaml throws for the syntax.
    """
    if "\0" in text:
        raise YamlSyntaxError("null", text.index("\0"), msg("a NUL character"))
    shift = 1 if text.startswith("\ufeff") else 0
    try:
        return _Reader(text[shift:], legacy).single_document()
    except YamlSyntaxError as error:
        error.offset = min(error.offset + shift, len(text))
        raise


class _Reader(Collections):
    def __init__(self, text: str, legacy: bool) -> None:
        super().__init__(text if text.endswith(("\n", "\r")) else text + "\n", legacy)
        self.depth = 0

    def single_document(self) -> Node | None:
        while self.text[self.pos] == " ":
            self.line_indent += 1
            self.pos += 1
        documents: list[Node | None] = []
        while self.pos < self.length - 1:
            start = self.pos
            documents.append(self._document())
            if len(documents) > 1:
                raise YamlSyntaxError("documents", start, msg("a second YAML document"))
        return documents[0] if documents else None

    def _document(self) -> Node | None:
        self.anchors, self.tags = {}, {}
        directives = self._directives()
        self.skip()
        if self.line_indent == 0 and self.text.startswith("---", self.pos):
            self.pos += 3
            self.skip()
        elif directives:
            raise YamlSyntaxError(
                "directive", self.pos, msg("a % directive is not followed by a line ---")
            )
        self.compose_node(self.line_indent - 1, BLOCK_OUT, seek=False, compact=True)
        node = self.result
        self.skip()
        if self.pos == self.line_start and self.at_document_end():
            if self.text[self.pos] == ".":
                self.pos += 3
                self.skip()
        elif self.pos < self.length - 1:
            raise YamlSyntaxError(
                "end", self.pos, msg("unexpected text at the end of the front matter")
            )
        return node

    def _directives(self) -> bool:
        found = False
        while self.text[self.pos] != "\0":
            self.skip()
            if self.line_indent > 0 or self.text[self.pos] != "%":
                break
            found = True
            self._directive()
        return found

    def _directive(self) -> None:
        start = self.pos
        end = self.line_end(start)
        words = self.text[start + 1 : end].split("#")[0].split()
        if not words or self.text[start + 1] in SPACE_OR_END:
            raise YamlSyntaxError("directive", start, msg("a % directive has no name"))
        name, arguments = words[0], words[1:]
        if name == "YAML" and (len(arguments) != 1 or not re.fullmatch(r"1\.[0-9]+", arguments[0])):
            raise YamlSyntaxError(
                "directive", start, msg("the version of a %YAML directive is not 1.x")
            )
        if name == "TAG":
            self.declare_tag(start, arguments)
        self.pos = end
        if self.text[end] != "\0":
            self.line_break()

    # Nodes.

    def compose_node(self, parent_indent: int, context: int, *, seek: bool, compact: bool) -> bool:
        if self.depth >= DEPTH_LIMIT:
            message = msg("nested deeper than {limit} levels", limit=DEPTH_LIMIT)
            raise YamlSyntaxError("depth", self.pos, message)
        self.depth += 1
        self.tag = self.anchor = None
        self.result = None
        block = context in (BLOCK_OUT, BLOCK_IN)
        collections = block
        at_new_line = bool(seek and self.skip())
        status = _compare(self.line_indent, parent_indent) if at_new_line else 1
        properties: tuple[int, ...] | None = None
        if status == 1:
            while True:
                before = self.state()
                if at_new_line and not self.legacy and self._is_second_property():
                    break
                if not self.read_tag() and not self.read_anchor():
                    break
                properties = properties or before
                if self.skip():
                    at_new_line = True
                    collections = block
                    status = _compare(self.line_indent, parent_indent)
                else:
                    collections = False
        collections = collections and (at_new_line or compact)
        has_content = False
        if status == 1 or context == BLOCK_OUT:
            flow_indent = parent_indent + (0 if context in (FLOW_IN, FLOW_OUT) else 1)
            block_indent = self.pos - self.line_start
            if status == 1:
                has_content = self._content(
                    context, block, collections, block_indent, flow_indent, properties
                )
            elif status == 0:
                has_content = collections and self.block_sequence(block_indent)
        self._finish(properties)
        self.depth -= 1
        return self.tag is not None or self.anchor is not None or has_content

    def _is_second_property(self) -> bool:
        """Whether a tag or anchor is here of a node that has one."""
        char = self.text[self.pos]
        return (char == "!" and self.tag is not None) or (char == "&" and self.anchor is not None)

    def _finish(self, properties: tuple[int, ...] | None) -> None:
        """Give the node its explicit tag, and its name."""
        if self.tag is not None and self.tag != "?":
            self.result = self.result or self.null()
            self.result.tag = Explicit(self.tag) if self.tag != "!" else "!"
            if properties is not None:
                self.result.start_mark = mark(properties[0])
        if self.anchor is not None:
            self.anchors[self.anchor] = self.result

    def _content(
        self,
        context: int,
        block: bool,
        collections: bool,
        block_indent: int,
        flow_indent: int,
        properties: tuple[int, ...] | None,
    ) -> bool:
        if collections and (
            self.block_sequence(block_indent) or self.block_mapping(block_indent, flow_indent)
        ):
            return True
        if self.flow_collection(flow_indent):
            return True
        if (
            properties is not None
            and block
            and not collections
            and not self.legacy
            and self.text[self.pos] not in "|>"
            and self._mapping_from_property(properties, flow_indent)
        ):
            return True
        if block and self.block_scalar(flow_indent):
            return True
        if self.single_quoted() or self.double_quoted():
            return True
        if self.alias():
            if self.tag is not None or self.anchor is not None:
                raise YamlSyntaxError(
                    "alias", self.pos, msg("an alias must not have a tag or anchor")
                )
            return True
        if self.plain(flow_indent, context == FLOW_IN):
            if self.tag is None:
                self.tag = "?"
            return True
        return False

    def _mapping_from_property(self, properties: tuple[int, ...], flow_indent: int) -> bool:
        """``!!str key: value``: the tag belongs to the key, not to the mapping."""
        fallback, tag, anchor, names = self.state(), self.tag, self.anchor, dict(self.anchors)
        self.restore(properties)
        self.tag = self.anchor = None
        self.result = None
        if self.block_mapping(self.pos - self.line_start, flow_indent) and isinstance(
            self.result, MappingNode
        ):
            return True
        self.restore(fallback)
        self.tag, self.anchor, self.anchors, self.result = tag, anchor, names, None
        return False


def _compare(indent: int, parent: int) -> int:
    return (indent > parent) - (indent < parent)
