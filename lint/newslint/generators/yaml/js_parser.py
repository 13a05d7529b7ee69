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
from newslint.generators.yaml.js_properties import Properties
from newslint.generators.yaml.js_scalars import Explicit, YamlSyntaxError, mark

__all__ = ["YamlSyntaxError", "compose"]

DEPTH_LIMIT = 100
"""js-yaml 4.3's own ``maxDepth``."""

_FLOW_IN, _FLOW_OUT, _BLOCK_IN, _BLOCK_OUT = range(4)
_SPACE_OR_END = " \t\n\r"


def compose(text: str, *, legacy: bool = False) -> Node | None:
    """The node of the one document in ``text``; None where there is none.

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


class _Reader(Properties):
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
        self._compose(self.line_indent - 1, _BLOCK_OUT, seek=False, compact=True)
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
        if not words or self.text[start + 1] in _SPACE_OR_END:
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

    def _compose(self, parent_indent: int, context: int, *, seek: bool, compact: bool) -> bool:
        if self.depth >= DEPTH_LIMIT:
            raise YamlSyntaxError(
                "depth",
                self.pos,
                msg("nested deeper than {limit} levels", limit=DEPTH_LIMIT),
            )
        self.depth += 1
        self.tag = self.anchor = None
        self.result = None
        block = context in (_BLOCK_OUT, _BLOCK_IN)
        collections = block
        at_new_line = bool(seek and self.skip())
        status = _compare(self.line_indent, parent_indent) if at_new_line else 1
        properties: tuple[int, ...] | None = None
        if status == 1:
            while True:
                before = self.state()
                char = self.text[self.pos]
                if (
                    at_new_line
                    and not self.legacy
                    and (
                        (char == "!" and self.tag is not None)
                        or (char == "&" and self.anchor is not None)
                    )
                ):
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
        if status == 1 or context == _BLOCK_OUT:
            flow_indent = parent_indent + (0 if context in (_FLOW_IN, _FLOW_OUT) else 1)
            block_indent = self.pos - self.line_start
            if status == 1:
                has_content = self._content(
                    context, block, collections, block_indent, flow_indent, properties
                )
            elif status == 0:
                has_content = collections and self._block_sequence(block_indent)
        self._finish(properties)
        self.depth -= 1
        return self.tag is not None or self.anchor is not None or has_content

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
            self._block_sequence(block_indent) or self._block_mapping(block_indent, flow_indent)
        ):
            return True
        if self._flow_collection(flow_indent):
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
        if self.plain(flow_indent, context == _FLOW_IN):
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
        if self._block_mapping(self.pos - self.line_start, flow_indent) and isinstance(
            self.result, MappingNode
        ):
            return True
        self.restore(fallback)
        self.tag, self.anchor, self.anchors, self.result = tag, anchor, names, None
        return False

    # Collections.

    def _flow_collection(self, indent: int) -> bool:
        start = self.pos
        opening = self.text[start]
        if opening not in "[{":
            return False
        tag, anchor = self.tag, self.anchor
        closing = "]" if opening == "[" else "}"
        node: Node = self.sequence([], start) if opening == "[" else self.mapping([], start)
        if anchor is not None:
            self.anchors[anchor] = node
        self.pos += 1
        more = True
        while self.text[self.pos] != "\0":
            self.skip()
            char = self.text[self.pos]
            if char == closing:
                self.pos += 1
                self.tag, self.anchor, self.result = tag, anchor, node
                self.end(node)
                return True
            if not more:
                raise YamlSyntaxError(
                    "flow",
                    self.pos,
                    msg(
                        "unexpected text between an item and the next comma or {closing}",
                        closing=closing,
                    ),
                )
            if char == "," and not self.legacy:
                raise YamlSyntaxError("flow", self.pos, msg("a comma without an item before it"))
            self._flow_entry(node, indent)
            self.skip()
            more = self.text[self.pos] == ","
            self.pos += more
        raise YamlSyntaxError(
            "unclosed",
            start,
            msg("{opening} is not closed with {closing}", opening=opening, closing=closing),
        )

    def _flow_entry(self, node: Node, indent: int) -> None:
        explicit = self.text[self.pos] == "?" and self.text[self.pos + 1] in _SPACE_OR_END
        pair = explicit
        if explicit:
            self.pos += 1
            self.skip()
        line, start = self.line, self.pos
        self._compose(indent, _FLOW_IN, seek=False, compact=True)
        key, value = self._or_null(start), self.null()
        self.skip()
        if (explicit or self.line == line) and self.text[self.pos] == ":":
            pair = True
            self.pos += 1
            self.skip()
            here = self.pos
            self._compose(indent, _FLOW_IN, seek=False, compact=True)
            value = self._or_null(here)
        if isinstance(node, MappingNode):
            node.value.append((key, value))
        elif pair:
            entry = self.mapping([(key, value)], start)
            self.end(entry)
            node.value.append(entry)
        else:
            node.value.append(key)

    def _or_null(self, start: int) -> Node:
        return self.result if self.result is not None else self.null(start)

    def _block_sequence(self, indent: int) -> bool:
        if self.first_tab != -1 and not self.legacy:
            return False
        start, tag, anchor = self.pos, self.tag, self.anchor
        node = self.sequence([], start)
        if anchor is not None:
            self.anchors[anchor] = node
        found = False
        while self.text[self.pos] != "\0":
            self._refuse_tab()
            if self.text[self.pos] != "-" or self.text[self.pos + 1] not in _SPACE_OR_END:
                break
            found = True
            self.pos += 1
            if self.skip() and self.line_indent <= indent:
                node.value.append(self.null())
                continue
            line, here = self.line, self.pos
            self._compose(indent, _BLOCK_IN, seek=False, compact=True)
            node.value.append(self._or_null(here))
            self.end(node)
            self.skip()
            if (self.line == line or self.line_indent > indent) and self.text[self.pos] != "\0":
                raise YamlSyntaxError(
                    "item", self.pos, msg("unexpected text instead of the next list item")
                )
            if self.line_indent < indent:
                break
        if found:
            self.tag, self.anchor, self.result = tag, anchor, node
        return found

    def _refuse_tab(self) -> None:
        if self.first_tab != -1 and not self.legacy:
            raise YamlSyntaxError("tab", self.first_tab, msg("the indentation contains a tab"))

    def _block_mapping(self, indent: int, flow_indent: int) -> bool:
        if self.first_tab != -1 and not self.legacy:
            return False
        return _BlockMapping(self, indent, flow_indent).read()

    def state(self) -> tuple[int, ...]:
        return self.pos, self.line, self.line_start, self.line_indent, self.first_tab

    def restore(self, state: tuple[int, ...]) -> None:
        self.pos, self.line, self.line_start, self.line_indent, self.first_tab = state


class _BlockMapping:
    """One mapping of ``key: value`` lines, being read."""

    def __init__(self, reader: _Reader, indent: int, flow_indent: int) -> None:
        self.reader, self.indent, self.flow_indent = reader, indent, flow_indent
        self.tag, self.anchor = reader.tag, reader.anchor
        self.node = reader.mapping([], reader.pos)
        self.key: Node | None = None
        self.explicit = self.found = self.compact = False

    def read(self) -> bool:
        reader = self.reader
        if self.anchor is not None:
            reader.anchors[self.anchor] = self.node
        while reader.text[reader.pos] != "\0":
            if not self.explicit:
                reader._refuse_tab()
            line = reader.line
            step = self._indicator() if self._at_indicator() else self._implicit_key(line)
            if step is not None:
                return self._close() if not step else True
            if reader.line == line or reader.line_indent > self.indent:
                self._value()
            on = reader.line == line and not reader.legacy
            if (on or reader.line_indent > self.indent) and reader.text[reader.pos] != "\0":
                raise YamlSyntaxError(
                    "mapping", reader.pos, msg("unexpected text instead of the next key")
                )
            if reader.line_indent < self.indent:
                break
        return self._close()

    def _at_indicator(self) -> bool:
        text, pos = self.reader.text, self.reader.pos
        return text[pos] in "?:" and text[pos + 1] in _SPACE_OR_END

    def _indicator(self) -> bool | None:
        """``? key`` and ``: value`` on lines of their own."""
        reader = self.reader
        if reader.text[reader.pos] == "?":
            self._store_key()
            self.found = self.explicit = True
        elif self.explicit:
            self.explicit = False
        else:
            raise YamlSyntaxError("key", reader.pos, msg("a colon without a key before it"))
        self.compact = True
        reader.pos += 1
        return None

    def _implicit_key(self, line: int) -> bool | None:
        """A key and its colon. False: the mapping is over; True: it was no mapping, but a value."""
        reader = self.reader
        start = reader.pos
        if not reader._compose(self.flow_indent, _FLOW_OUT, seek=False, compact=True):
            return False
        if reader.line != line:
            if self.found:
                raise YamlSyntaxError(
                    "colon", start, msg("a colon and a space are missing after the key")
                )
            reader.tag, reader.anchor = self.tag, self.anchor
            return True
        while reader.text[reader.pos] in " \t":
            reader.pos += 1
        if reader.text[reader.pos] != ":":
            if self.found:
                raise YamlSyntaxError(
                    "colon", start, msg("a colon and a space are missing after the key")
                )
            reader.tag, reader.anchor = self.tag, self.anchor
            return True
        reader.pos += 1
        if reader.text[reader.pos] not in _SPACE_OR_END:
            raise YamlSyntaxError("space", reader.pos, msg("a space is missing after the colon"))
        self._store_key()
        self.found, self.explicit, self.compact = True, False, False
        self.key = reader._or_null(start)
        return None

    def _value(self) -> None:
        reader = self.reader
        start = reader.pos
        value: Node = reader.null(start)
        if reader._compose(self.indent, _BLOCK_OUT, seek=True, compact=self.compact):
            value = reader._or_null(start)
        if self.explicit:
            self.key = value
        else:
            self.node.value.append((self.key or reader.null(start), value))
            self.key = None
        reader.end(self.node)
        reader.skip()

    def _store_key(self) -> None:
        if self.explicit:
            self.node.value.append((self.key or self.reader.null(), self.reader.null()))
            self.key = None

    def _close(self) -> bool:
        self._store_key()
        if self.found:
            reader = self.reader
            reader.tag, reader.anchor, reader.result = self.tag, self.anchor, self.node
        return self.found


def _compare(indent: int, parent: int) -> int:
    return (indent > parent) - (indent < parent)
