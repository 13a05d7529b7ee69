"""The front matter of a post: where it stands, what it says, and where each key and value is.

python-frontmatter gives the values; the boundaries and the spans are found here, because it strips
the body, rewrites CRLF and takes an unclosed header for body.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from newslint.source import BOM, printable
from newslint.span import LineIndex, Span

if TYPE_CHECKING:
    from yaml.nodes import Node

Path = tuple[str | int, ...]
"""A way into the values: keys of mappings and indexes of lists; ``()`` is the whole."""

_BLANK_LINES = re.compile(r"(?:[ \t\x0b\x0c]*+(?:\r\n|\r|\n))*+")
_OPENING = re.compile(
    r"(?:(?P<yaml>-{3,})(?P<language>[A-Za-z]*+)|(?P<toml>\+{3,})|(?P<json>;{3,}))"
    r"[ \t]*+(?=[\r\n]|\Z)"
)
_CLOSING = {
    "yaml": re.compile(r"^(?:-{3,}|\.{3})[ \t]*+(?=[\r\n]|\Z)", re.MULTILINE),
    "toml": re.compile(r"^\+{3,}[ \t]*+(?=[\r\n]|\Z)", re.MULTILINE),
    "json": re.compile(r"^;{3,}[ \t]*+(?=[\r\n]|\Z)", re.MULTILINE),
}
_MEMBER = re.compile(r'"[^"\r\n]*+"[ \t]*+:')
_TOML_KEY = re.compile(r'^[ \t]*+(?P<key>"[^"\r\n]*+"|[\w.-]++)[ \t]*+=[ \t]*+', re.MULTILINE)
_TOML_TABLE = re.compile(r"^[ \t]*+\[", re.MULTILINE)
_TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")

DEPTH_LIMIT = 100
"""Nesting of front matter that is still read. libyaml's composer is recursive and dies of a few
ten thousand levels (measured); no front matter that people write has ten."""

ALIAS_LIMIT = 10_000
"""Values that YAML aliases may stand for, all told: more is a "billion laughs" attack."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where front matter stands in a text, all in offsets.

    ``form`` is ``yaml``, ``toml`` or ``json``; ``fence`` is the opening fence as written (``---``,
    ``---json``, ``+++``, ``;;;``, ``{`` or nothing where the first line is already content).
    ``closing`` is None where the fence is never closed. ``body`` is where the body begins.
    """

    form: str
    fence: str
    opening: Span
    content: Span
    closing: Span | None
    body: int


def find_bounds(text: str) -> Bounds | None:
    """Find the front matter of a text, in any form that some generator reads, or None."""
    start = _BLANK_LINES.match(text, 1 if text.startswith(BOM) else 0).end()  # type: ignore[union-attr]
    opening = _OPENING.match(text, start)
    if opening is None:
        return _unfenced_json(text, start)
    form, fence = _form_of(opening)
    if form is None:
        return None
    content_start = _next_line(text, opening.end())
    closing = _CLOSING["yaml" if fence.startswith("-") else form].search(text, content_start)
    if closing is None:
        end = len(text)
        return Bounds(form, fence, Span(start, opening.end()), Span(content_start, end), None, end)
    return Bounds(
        form,
        fence,
        Span(start, opening.end()),
        Span(content_start, closing.start()),
        Span(*closing.span()),
        _next_line(text, closing.end()),
    )


def _form_of(opening: re.Match[str]) -> tuple[str | None, str]:
    fence = opening[0].rstrip(" \t")
    if opening["yaml"]:
        return {"": "yaml", "yaml": "yaml", "json": "json", "toml": "toml"}.get(
            opening["language"].lower()
        ), fence
    return ("toml" if opening["toml"] else "json"), fence


def _unfenced_json(text: str, start: int) -> Bounds | None:
    """Hugo's ``{ … }`` and Hexo's members that end in ``;;;``."""
    if text.startswith("{", start) and not text.startswith(("{{", "{%", "{#"), start):
        try:
            _, end = json.JSONDecoder(strict=False).raw_decode(text, start)
        except (ValueError, RecursionError):
            return None
        return Bounds(
            "json",
            "{",
            Span(start, start + 1),
            Span(start, end),
            Span(end - 1, end),
            _next_line(text, end),
        )
    if not _MEMBER.match(text, start):
        return None
    closing = _CLOSING["json"].search(text, start)
    if closing is None:
        return None
    content = Span(start, closing.start())
    body = _next_line(text, closing.end())
    return Bounds("json", "", Span(start, start), content, Span(*closing.span()), body)


def _next_line(text: str, offset: int) -> int:
    if text.startswith("\r\n", offset):
        return offset + 2
    return offset + 1 if offset < len(text) and text[offset] in "\r\n" else offset


@dataclass(frozen=True, slots=True)
class HeaderError:
    """Why front matter could not be parsed: the parser's own words and the offset in the file."""

    message: str
    offset: int
    limit: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping in YAML front matter, with the spans of key and value in the file."""

    path: Path
    key: Span
    value: Span
    node: Node


@dataclass
class Header:
    """Parsed front matter. ``data`` is what it says; it is empty where ``error`` is set."""

    bounds: Bounds
    text: str
    """The content between the fences, as it stands in the file."""
    data: dict[str, Any] = field(default_factory=dict)
    error: HeaderError | None = None
    node: Node | None = None
    """The YAML node of the whole, where the form is YAML and it parses."""

    @cached_property
    def entries(self) -> dict[Path, Entry]:
        """Every key and list item with its spans. Of a key given twice, the last."""
        return {entry.path: entry for entry in self.walk()}

    def walk(self) -> Iterator[Entry]:
        """Every key and list item in the order of the file, a key given twice included."""
        if self.bounds.form == "toml":
            yield from _toml_entries(self.text, self.bounds.content.start)
        elif self.node_for_spans is not None:
            yield from _entries(self.node_for_spans, (), self.bounds.content.start, set())

    @cached_property
    def node_for_spans(self) -> Node | None:
        """The YAML node, or for JSON (which YAML reads too) one that is made for the spans."""
        if self.node is None and self.bounds.form == "json" and self.error is None:
            import yaml

            text = self.text if self.bounds.fence != "" else "{" + self.text.rstrip() + "}"
            try:
                return yaml.CSafeLoader(printable(text)).get_single_node()
            except yaml.YAMLError:
                return None
        return self.node

    def key_span(self, path: Path) -> Span:
        """The span of a key, or of the nearest key above it; else the opening fence."""
        while path:
            if path in self.entries:
                return self.entries[path].key
            path = path[:-1]
        return self.bounds.opening

    def value_span(self, path: Path) -> Span:
        """The span of a value as written, quotes included; as `key_span` where there is none."""
        entry = self.entries.get(path)
        return entry.value if entry else self.key_span(path)


def parse(text: str, bounds: Bounds) -> Header:
    """Parse the front matter at ``bounds``; what is wrong with it becomes ``Header.error``."""
    content = text[bounds.content.start : bounds.content.end]
    header = Header(bounds, content)
    clean = printable(content)
    load = {"yaml": _load_yaml, "toml": _load_toml, "json": _load_json}[bounds.form]
    try:
        data = load(header, clean)
    except _UnparsedError as error:
        offset = min(bounds.content.start + error.offset, bounds.content.end)
        header.error = HeaderError(error.message, offset, error.limit)
        return header
    if isinstance(data, Mapping):
        header.data = {str(key): value for key, value in data.items()}
    elif data is not None:
        header.node = None
        header.error = HeaderError("not a mapping of keys to values", bounds.content.start)
    return header


class _UnparsedError(Exception):
    def __init__(self, message: str, offset: int, limit: bool = False) -> None:
        super().__init__(message)
        self.message, self.offset, self.limit = message, offset, limit


def _load_yaml(header: Header, text: str) -> object:
    import yaml

    from newslint import yaml_loader

    try:
        yaml_loader.check_depth(text, DEPTH_LIMIT)
        node, data = yaml_loader.load(text, ALIAS_LIMIT)
    except yaml_loader.LimitError as error:
        raise _UnparsedError(str(error), error.offset, limit=True) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = ": ".join(part for part in (error.context, error.problem) if part)
        raise _UnparsedError(message, mark.index if mark else 0) from None
    except yaml.reader.ReaderError as error:
        character = error.character if isinstance(error.character, int) else 0
        offset = text.find(chr(character)) if character else 0
        raise _UnparsedError(
            f"character U+{character:04X} is not allowed", max(offset, 0)
        ) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise _UnparsedError(str(error), 0) from None
    header.node = node
    return data


def _load_toml(header: Header, text: str) -> object:
    try:
        return tomllib.loads(text.replace("\r\n", "\n").replace("\r", "\n"))
    except RecursionError:
        raise _UnparsedError("nested too deep", 0, limit=True) from None
    except ValueError as error:
        place = _TOML_PLACE.search(str(error))
        offset = 0
        if place:
            at_end = place[1] is None
            lines = LineIndex(text)
            offset = len(text) if at_end else lines.offset(int(place[1]), int(place[2]))
        raise _UnparsedError(_TOML_PLACE.sub("", str(error)).strip(), offset) from None


def _load_json(header: Header, text: str) -> object:
    members = header.bounds.fence == ""
    try:
        return json.loads("{" + text + "}" if members else text, strict=False)
    except RecursionError:
        raise _UnparsedError("nested too deep", 0, limit=True) from None
    except json.JSONDecodeError as error:
        raise _UnparsedError(error.msg, error.pos - members) from None


def _entries(node: Node, path: Path, base: int, seen: set[int]) -> Iterator[Entry]:
    """Walk the nodes; what an alias points to is walked once, where it is written."""
    from yaml.nodes import MappingNode, SequenceNode

    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, MappingNode):
        for key, value in node.value:
            here = (*path, str(key.value))
            yield Entry(here, _span(key, base), _span(value, base), value)
            yield from _entries(value, here, base, seen)
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.value):
            here = (*path, index)
            yield Entry(here, _span(item, base), _span(item, base), item)
            yield from _entries(item, here, base, seen)


def _span(node: Node, base: int) -> Span:
    return Span(base + node.start_mark.index, base + node.end_mark.index)


def _toml_entries(text: str, base: int) -> Iterator[Entry]:
    """The top-level keys of TOML: those before the first table."""
    from yaml.nodes import ScalarNode

    table = _TOML_TABLE.search(text)
    matches = list(_TOML_KEY.finditer(text, 0, table.start() if table else len(text)))
    for index, match in enumerate(matches):
        stop = matches[index + 1].start() if index + 1 < len(matches) else len(text)
        value = text[match.end() : stop].rstrip()
        span = Span(base + match.end(), base + match.end() + len(value))
        node = ScalarNode("tag:yaml.org,2002:str", value)
        yield Entry((match["key"].strip('"'),), Span(*match.span("key")).shift(base), span, node)
