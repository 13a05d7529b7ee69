"""Lists and mappings of the YAML that js-yaml reads: in brackets, and in lines."""

from __future__ import annotations

from abc import abstractmethod

from yaml.nodes import MappingNode, Node

from newslint.core.messages import msg
from newslint.generators.yaml.js_nodes import YamlSyntaxError
from newslint.generators.yaml.js_properties import Properties

FLOW_IN, FLOW_OUT, BLOCK_IN, BLOCK_OUT = range(4)
"""Where a value is: in brackets or in lines, as an item or as a key or value."""

SPACE_OR_END = " \t\n\r"


class Collections(Properties):
    """The readers of lists and mappings."""

    @abstractmethod
    def compose_node(self, parent_indent: int, context: int, *, seek: bool, compact: bool) -> bool:
        """Read the value that is here; whether there is one."""

    def flow_collection(self, indent: int) -> bool:
        """Read ``[…]`` or ``{…}``."""
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
                template = "unexpected text between an item and the next comma or {closing}"
                raise YamlSyntaxError("flow", self.pos, msg(template, closing=closing))
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
        explicit = self.text[self.pos] == "?" and self.text[self.pos + 1] in SPACE_OR_END
        pair = explicit
        if explicit:
            self.pos += 1
            self.skip()
        line, start = self.line, self.pos
        self.compose_node(indent, FLOW_IN, seek=False, compact=True)
        key, value = self.or_null(start), self.null()
        self.skip()
        if (explicit or self.line == line) and self.text[self.pos] == ":":
            pair = True
            self.pos += 1
            self.skip()
            here = self.pos
            self.compose_node(indent, FLOW_IN, seek=False, compact=True)
            value = self.or_null(here)
        if isinstance(node, MappingNode):
            node.value.append((key, value))
        elif pair:
            entry = self.mapping([(key, value)], start)
            self.end(entry)
            node.value.append(entry)
        else:
            node.value.append(key)

    def or_null(self, start: int) -> Node:
        """Return the node that was read, or the value that is not written."""
        return self.result if self.result is not None else self.null(start)

    def block_sequence(self, indent: int) -> bool:
        """Read items after ``-``."""
        if self.first_tab != -1 and not self.legacy:
            return False
        start, tag, anchor = self.pos, self.tag, self.anchor
        node = self.sequence([], start)
        if anchor is not None:
            self.anchors[anchor] = node
        found = False
        while self.text[self.pos] != "\0":
            self.refuse_tab()
            if self.text[self.pos] != "-" or self.text[self.pos + 1] not in SPACE_OR_END:
                break
            found = True
            self.pos += 1
            if self.skip() and self.line_indent <= indent:
                node.value.append(self.null())
                continue
            line, here = self.line, self.pos
            self.compose_node(indent, BLOCK_IN, seek=False, compact=True)
            node.value.append(self.or_null(here))
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

    def refuse_tab(self) -> None:
        """Raise YamlSyntaxError where the indentation contains a tab."""
        if self.first_tab != -1 and not self.legacy:
            raise YamlSyntaxError("tab", self.first_tab, msg("the indentation contains a tab"))

    def block_mapping(self, indent: int, flow_indent: int) -> bool:
        """Read lines of ``key: value``."""
        if self.first_tab != -1 and not self.legacy:
            return False
        return _BlockMapping(self, indent, flow_indent).read()

    def state(self) -> tuple[int, ...]:
        """Return the place in the text, for `restore`."""
        return self.pos, self.line, self.line_start, self.line_indent, self.first_tab

    def restore(self, state: tuple[int, ...]) -> None:
        """Go back to a place."""
        self.pos, self.line, self.line_start, self.line_indent, self.first_tab = state


class _BlockMapping:
    """One mapping of ``key: value`` lines, being read."""

    def __init__(self, reader: Collections, indent: int, flow_indent: int) -> None:
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
                reader.refuse_tab()
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
        return text[pos] in "?:" and text[pos + 1] in SPACE_OR_END

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
        if not reader.compose_node(self.flow_indent, FLOW_OUT, seek=False, compact=True):
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
        if reader.text[reader.pos] not in SPACE_OR_END:
            raise YamlSyntaxError("space", reader.pos, msg("a space is missing after the colon"))
        self._store_key()
        self.found, self.explicit, self.compact = True, False, False
        self.key = reader.or_null(start)
        return None

    def _value(self) -> None:
        reader = self.reader
        start = reader.pos
        value: Node = reader.null(start)
        if reader.compose_node(self.indent, BLOCK_OUT, seek=True, compact=self.compact):
            value = reader.or_null(start)
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
