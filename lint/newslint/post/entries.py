"""The location of each key, value and list item in front matter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from newslint.core import lazy
from newslint.core.span import Span

if TYPE_CHECKING:
    from yaml.nodes import Node

Path = tuple[str | int, ...]
"""A path in the values: keys of mappings and indexes of lists; ``()`` is the root."""


class Entry(NamedTuple):
    """A key of a mapping or an item of a list, with the spans of key and value in the file.

    The key of an item is the item. Spans include quotes. ``node`` is the value's YAML node, None in
    TOML and JSON.
    """

    path: Path
    key: Span
    value: Span
    node: Node | None = None


_BEHIND_MARK = lazy.pattern(r"(?<!\S)[&!]\S*+\s++\Z")


def own_span(entries: Mapping[Path, Entry], path: Path, text: str, base: int) -> Span | None:
    """Return the span of a value that is used only there; see `FrontMatter.own_span`.

    ``text`` is the front matter, ``base`` its offset in the file.
    """
    for length in range(1, len(path) + 1):
        entry = entries.get(path[:length])
        if entry is None:
            return None
        at = entry.value.start - base
        if text[at : at + 1] in ("&", "!", "*"):
            return None
        if ("&" in text or "!" in text) and _BEHIND_MARK.search(text[max(0, at - 200) : at]):
            return None
    return entries[path].value


def yaml_entries(root: Node, offset: Callable[[int], int]) -> Iterator[Entry]:
    """Yield every key and item below a node, in the order of the file; aliased nodes only once.

    ``offset`` converts an index of the node's marks to an offset of the file.
    """
    from yaml.nodes import MappingNode, SequenceNode

    def span(node: Node) -> Span:
        return Span(offset(node.start_mark.index), offset(node.end_mark.index))

    def pairs(node: Node, path: Path) -> list[tuple[Node | None, Node, Path]]:
        if isinstance(node, MappingNode):
            return [(key, value, (*path, _name(key))) for key, value in node.value]
        if isinstance(node, SequenceNode):
            return [(None, item, (*path, index)) for index, item in enumerate(node.value)]
        return []

    seen = {id(root)}
    stack = [*reversed(pairs(root, ()))]
    while stack:
        key, value, path = stack.pop()
        yield Entry(path, span(key if key is not None else value), span(value), value)
        if id(value) not in seen:
            seen.add(id(value))
            stack.extend(reversed(pairs(value, path)))


def _name(key: Node) -> str:
    return key.value if isinstance(key.value, str) else f"a {key.tag}"


_JSON_PIECE = lazy.pattern(r'"(?:[^"\\]|\\.)*+"|[{}\[\],:]|[^\s{}\[\],:"]++', re.DOTALL)


def json_entries(text: str, base: int, *, members: bool) -> Iterator[Entry]:
    """Yield every key and item of valid JSON; ``members`` is true if outer braces are omitted.

    ``base`` is the offset of the text in the file.
    """
    walk = _JsonWalk()
    if members:
        walk.open("{", base)
    for match in _JSON_PIECE.finditer(text):
        walk.take(match[0], Span(match.start() + base, match.end() + base))
    if members and walk.collections:
        walk.close(base + len(text))
    yield from walk.found


class _Collection:
    """An open list or mapping: its index among the entries (-1: root), path and next name."""

    __slots__ = ("name", "path", "slot")

    def __init__(self, slot: int, path: Path, name: str | int) -> None:
        self.slot = slot
        self.path = path
        self.name = name


class _JsonWalk:
    def __init__(self) -> None:
        self.found: list[Entry] = []
        self.collections: list[_Collection] = []
        self.key: Span | None = None

    def take(self, piece: str, span: Span) -> None:
        inside = self.collections[-1] if self.collections else None
        if piece in ("}", "]"):
            self.close(span.end)
        elif piece in ("{", "["):
            self.open(piece, span.start)
        elif piece == ",":
            if inside is not None and isinstance(inside.name, int):
                inside.name += 1
        elif inside is not None and isinstance(inside.name, str) and self.key is None:
            self.key, inside.name = span, _text(piece)
        elif piece != ":":
            self._add(span)

    def open(self, piece: str, start: int) -> None:
        slot = -1
        path: Path = ()
        if self.collections:
            slot = self._add(Span(start, start))
            path = self.found[slot].path
        self.collections.append(_Collection(slot, path, 0 if piece == "[" else ""))

    def close(self, end: int) -> None:
        slot = self.collections.pop().slot
        if slot >= 0:
            old = self.found[slot]
            value = Span(old.value.start, end)
            key = value if old.key == old.value else old.key
            self.found[slot] = Entry(old.path, key, value)

    def _add(self, span: Span) -> int:
        if self.collections:
            inside = self.collections[-1]
            self.found.append(Entry((*inside.path, inside.name), self.key or span, span))
        self.key = None
        return len(self.found) - 1


def _text(piece: str) -> str:
    import json

    return str(json.loads(piece, strict=False))
