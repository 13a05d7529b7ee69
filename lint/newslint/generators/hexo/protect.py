"""What Hexo hides from the Markdown renderer and hands to the template engine afterwards.

Modelled on ``PostRenderCache`` (Hexo 5) and ``PostRenderEscape`` (6, 7, 8) of hexo's post.js.
Each version finds the tags in its own way; what is not found stays in the text, and 6 and 7
lose all that is after a tag that is not closed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from newslint.core import lazy
from newslint.generators.hexo.delimiters import InlineCode, Marks, Unquoted

_NAME = lazy.pattern(r"[\r\n\t\f\v ]*+([^\r\n\t\f\v ]*+)")
_START = lazy.pattern(r"\{[{#%]")
_START_8 = lazy.pattern(r"`++|\{[{#%]|<!--")
_VARIABLE_5 = lazy.pattern(r"\{[{#]")
_VARIABLE_END_5 = lazy.pattern(r"[}#]\}")
_NAME_END_5 = lazy.pattern(r"\s|%\}")


class Kind(Enum):
    """What becomes of a piece: TAG goes to the engine, COMMENT past it, DROPPED nowhere."""

    TAG = auto()
    COMMENT = auto()
    DROPPED = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text that the Markdown renderer does not see.

    ``added`` is what Hexo closes its last tag with, where the post does not.
    """

    kind: Kind
    start: int
    end: int
    added: str = ""


@dataclass(slots=True)
class Protected:
    """The pieces in order; ``cut`` is where the text ends, ``runs`` whether the engine is run."""

    pieces: list[Piece] = field(default_factory=list)
    cut: int | None = None
    runs: bool = True


def protect(text: str, version: int) -> Protected:
    """Find the pieces as one major version of Hexo does. Linear in the length of the text."""
    if version == 5:
        return Protected(_spans_5(text))
    tags = has_tag(text)
    if version >= 8:
        return Protected(list(_pieces_8(text))) if tags else Protected(runs=False)
    return _pieces_6(text) if version == 6 or tags else Protected()


def has_tag(text: str) -> bool:
    """Return whether one complete tag is in the text, with anything inside."""
    return any(
        (start := text.find(opening)) >= 0 and text.rfind(closing) >= start + 3
        for opening, closing in (("{{", "}}"), ("{#", "#}"), ("{%", "%}"))
    )


def _spans_5(text: str) -> list[Piece]:
    """Hexo 5: three searches, each in what the ones before left over."""
    spans: list[tuple[int, int]] = []
    position = 0
    while opening := _VARIABLE_5.search(text, position):
        closing = _VARIABLE_END_5.search(text, opening.start() + 3)
        if closing is None:
            break
        position = closing.end()
        spans.append((opening.start(), position))
    rest = _masked(text, spans)
    for search in (_blocks_5, _tags_5):
        found_spans = list(search(rest))
        rest = _masked(rest, found_spans)
        spans += found_spans
    outer: list[Piece] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not outer or start >= outer[-1].end:
            outer.append(Piece(Kind.TAG, start, end))
    return outer


def _blocks_5(text: str) -> Iterator[tuple[int, int]]:
    marks = Marks(text)
    position = term = 0
    while (start := text.find("{%", position)) >= 0:
        position = start + 1
        begin = start + 2
        while text.startswith(" ", begin):
            begin += 1
        if term < begin + 1:
            match = _NAME_END_5.search(text, begin + 1)
            term = match.start() if match else len(text)
        close = marks.close(term)
        if close < 0 or text[term] not in " %" or "\n" in text[term:close]:
            continue
        end = marks.block_end(text[begin:term], close + 3, exact=True)
        if end is not None:
            yield start, end[1]
            position = end[1]


def _tags_5(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    while (start := text.find("{%", position)) >= 0:
        end = text.find("%}", start + 3)
        if end < 0:
            return
        yield start, end + 2
        position = end + 2


def _masked(text: str, spans: list[tuple[int, int]]) -> str:
    parts: list[str] = []
    position = 0
    for start, end in spans:
        parts += (text[position:start], "x" * (end - start))
        position = end
    return "".join([*parts, text[position:]])


def _pieces_6(text: str) -> Protected:
    """Hexo 6 and 7: one walk; what is not closed takes the rest of the text with it."""
    result = Protected()
    marks = Marks(text)
    position = 0
    while opening := _START.search(text, position):
        start = opening.start()
        result.cut = start
        closing = {"{{": "}}", "{#": "#}", "{%": "%}"}[opening[0]]
        end = text.find(closing, start + 2)
        added = ""
        if end < 0:
            return result
        if opening[0] == "{%":
            name = _NAME.match(text, start + 2, end)
            if name and marks.has_end(name[1]):
                block = marks.block_end(name[1], end + 2, open_ended=True)
                if block is None:
                    return result
                end = block[1] - 2
                added = "" if text.endswith("%}", 0, block[1]) else "%}"
        kind = Kind.DROPPED if opening[0] == "{#" else Kind.TAG
        position = end + 2
        result.pieces.append(Piece(kind, start, position, added))
    result.cut = None
    return result


def _pieces_8(text: str) -> Iterator[Piece]:
    """Hexo 8: inline code is left alone, comments are kept, and nothing is lost."""
    marks, code = Marks(text), InlineCode(text)
    variable, tag = Unquoted(text, r"\}"), Unquoted(text, r"%\}")
    position, last_comment_end = 0, text.rfind("#}")
    while opening := _START_8.search(text, position):
        start = opening.start()
        position = start + 1
        if opening[0][0] == "`":
            shielded = start > 0 and text[start - 1] == "\\"
            count = len(opening[0]) - shielded
            if count:
                position, raws = code.close(start + shielded, count)
                for raw in raws:
                    yield Piece(Kind.TAG, *raw)
        elif opening[0] == "<!--":
            end = text.find("-->", start + 4)
            position = len(text) if end < 0 else end + 3
            yield Piece(Kind.COMMENT, start, position)
        elif opening[0] == "{{":
            end = variable.find(start + 2)
            if end >= 0:
                position = end + 1
                if text.startswith("}}", end):
                    position = end + 2
                    yield Piece(Kind.TAG, start, position)
        elif opening[0] == "{#":
            if start + 2 <= last_comment_end:
                position = text.find("#}", start + 2) + 2
                yield Piece(Kind.DROPPED, start, position)
        elif (end := tag.find(start + 2)) >= 0:
            position = end + 2
            name = _NAME.match(text, start + 2, end)
            if name and marks.has_end(name[1]):
                block = marks.block_end(name[1], position)
                if block is None:
                    continue
                position = block[1]
            yield Piece(Kind.TAG, start, position)
