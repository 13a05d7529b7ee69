r"""What Hexo's Markdown renderer hands back, as far as the template engine cares.

The engine reads the rendered page: code is wrapped in ``<code>``, where Hexo then hides the
braces; ``\{`` has become ``{``; a heading's text is there twice, the second time in
a ``title``; and what was in the address of a link is percent-encoded out of its reach.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from newslint.core import lazy
from newslint.generators.hexo.mapped_text import TracedText
from newslint.generators.target import ESCAPED, MARKDOWN_IT

if TYPE_CHECKING:
    from markdown_it.token import Token

SIZE_LIMIT = 1_000_000
"""Code points above which a body is taken as it is: a Markdown parse takes a second a million."""

_OPEN_FENCES = 10
"""How many unclosed fences of a body are looked at one after the other."""

_ATTRIBUTE = (
    r"\s++[A-Za-z_:][A-Za-z0-9:._-]*+"
    r"(?:\s*+=\s*+(?:[^\"'=<>`\x00-\x20]++|'[^']*+'|\"[^\"]*+\"))?+"
)
_INLINE = lazy.pattern(
    r"(?P<escape>\\[!-/:-@\[-`{-~])|(?P<ticks>`++)"
    rf"|(?P<html><[A-Za-z][A-Za-z0-9-]*+(?:{_ATTRIBUTE})*+\s*+/?+>|</[A-Za-z][A-Za-z0-9-]*+\s*+>"
    r"|<![A-Za-z][^>]*+>)|(?P<comment><!--)|(?P<label>!?\[)|(?P<link>\]\()"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{1,31});)"
    r"|(?P<url>(?:(?:https?|ftp)://|www\.)[A-Za-z0-9-][^\s<]*+)"
)
_ALT = lazy.pattern(r"(?:[^\[\]\\`]|\\.)*+(?=\]\()")
_HTML = lazy.pattern(r"<!--.*?-->|</?[A-Za-z][^>]*+>", re.DOTALL)
_MARKS = frozenset("{}#%")
"""The characters of which the delimiters of templates are made."""
_RAW_TEXT = lazy.pattern(r"<(/?)(?:pre|code|kbd|script)[\s>]", re.IGNORECASE)
_ADDRESS = lazy.pattern(
    r"\s*+(?:<(?:[^<>\n\\]|\\.)*+>|(?:[^\x00-\x20()\\]|\\.|\([^\x00-\x20()]*+\))++)?+"
)
_TITLE = lazy.pattern(r"(?:\s++(?P<title>\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'))?+\s*+\)")

_CODE = {ord("<"): "\x02", ord(">"): "\x03", ord('"'): "&", ord("'"): ":"}
_TEXT = {ord("<"): "\x02", ord(">"): "\x03", ord('"'): "“", ord("'"): "’", 0xFFFC: "\x06"}
"""What the renderer makes of code and of text, one character for one: no tag is left in it, and
quotes are entities or curly. In text it joins dashes: the place of a tag is not found again. The
title of a link is escaped as code is."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the source text, or (``text``) something that the renderer adds."""

    start: int
    end: int
    text: str = ""
    table: dict[int, str] | None = None


def rendered(source: TracedText, version: int, renderer: str = "") -> TracedText:
    """Return the page that becomes of a Markdown text: only what matters to the template engine.

    ``renderer`` is the name of `Post.markdown_target`: marked by default.
    """
    marked = not renderer.startswith(MARKDOWN_IT)
    # The parser reads NUL as U+FFFD; what it gives back must be found here again.
    text = source.text.replace("\r", "\n").replace("\0", "\ufffd")
    if len(text) > SIZE_LIMIT:
        return source
    lines = [0, *(match.end() for match in re.finditer("\n", text)), len(text)]
    result = TracedText()
    heading = False
    cells: dict[int, int] = {}
    for token in _tokens(text, lines, version, renderer):
        first, end = token.map or (0, 0)
        span = Slice(lines[first], lines[min(end, len(lines) - 1)])
        if token.type in ("fence", "code_block"):
            _put(result, source, [Slice(0, 0, "<code>"), span, Slice(0, 0, "</code>\n")], code=True)
        elif token.type == "html_block":
            _put(result, source, [span])
        elif token.type == "heading_open":
            heading = marked
        elif token.type == "inline":
            content = _Content(text, token.content, span.start, cells.get(span.start, span.start))
            cells[span.start] = content.behind
            if heading:
                _put(result, source, _inline(content, plain=True))
                heading = False
            _put(result, source, _inline(content, renderer=renderer))
            result.put("\n", source.source(span.start))
    return result


def _tokens(text: str, lines: list[int], version: int, renderer: str) -> Sequence[Token]:
    from newslint.generators.markdown.blocks import block_tokens
    from newslint.generators.markdown.dialects import dialect

    if renderer.startswith(MARKDOWN_IT):
        return block_tokens(text, dialect(renderer, None))
    found = block_tokens(text)
    # marked 2 (Hexo 5) reads a fence that is not closed as text, if no line end follows.
    for _ in range(_OPEN_FENCES if version == 5 and not text.endswith("\n") else 0):
        last = found[-1] if found else None
        if last is None or last.type != "fence" or last.map is None:
            break
        if (
            text[lines[last.map[1] - 1] :].strip("> \t") == last.markup
            and last.map[1] > last.map[0] + 1
        ):
            break
        at = text.find(last.markup, lines[last.map[0]])
        text = text[:at] + "x" * len(last.markup) + text[at + len(last.markup) :]
        found = block_tokens(text)
    return found


def _put(
    result: TracedText,
    source: TracedText,
    slices: Iterator[Slice] | list[Slice],
    code: bool = False,
) -> None:
    for part in slices:
        if part.text:
            result.put(part.text, source.source(part.start))
        else:
            result.copy(source, part.start, part.end, _CODE if code else part.table)


class _Content:
    """The text of a paragraph, heading or cell, and where its lines stand in the source."""

    def __init__(self, text: str, content: str, start: int, cell: int) -> None:
        self.text = content
        self._starts: list[int] = []
        self._places: list[int] = []
        position, place = 0, cell if "\n" not in content else start
        for line in content.split("\n"):
            found = text.find(line, place)
            place = found if found >= 0 else place
            self._starts.append(position)
            self._places.append(place)
            position += len(line) + 1
            place += len(line)
        self.behind = place

    def slices(self, start: int, end: int, table: dict[int, str] | None) -> Iterator[Slice]:
        """Yield a part of the content as parts of the source, line by line."""
        line = bisect_right(self._starts, start) - 1
        while start < end:
            limit = self._starts[line + 1] if line + 1 < len(self._starts) else end
            stop = min(end, limit)
            place = self._places[line] + start - self._starts[line]
            last = stop == limit and line + 1 < len(self._starts)
            width = stop - start - 1 if last else stop - start
            yield Slice(place, place + width, table=table)
            if last:
                yield Slice(place + width, place + width, "\n")
            start, line = stop, line + 1


def _inline(content: _Content, *, plain: bool = False, renderer: str = "") -> Iterator[Slice]:
    """Yield the parts of a block's text; ``plain``: without tags, as in a heading's title."""
    marked = not renderer.startswith(MARKDOWN_IT)
    text = content.text
    runs: dict[int, list[int]] = {}
    for run in re.finditer("`++", text):
        runs.setdefault(len(run[0]), []).append(run.start())
    position = done = labels = 0
    table: dict[int, str] | None = _TEXT
    while match := _INLINE.search(text, position):
        start, position = match.span()
        following = table
        parts: list[Slice] = []
        if match["escape"]:
            parts = list(content.slices(start + 1, position, _TEXT))
        elif match["ticks"]:
            starts = runs.get(position - start, [])
            at = bisect_right(starts, start)
            if at == len(starts):
                continue
            inner = list(content.slices(position, starts[at], _CODE))
            parts = inner if plain else [Slice(0, 0, "<code>"), *inner, Slice(0, 0, "</code>")]
            position = starts[at] + position - start
        elif match["html"] or match["comment"]:
            if renderer == ESCAPED:
                continue
            if match["comment"]:
                end = text.find("-->", position)
                if end < 0:
                    continue
                position = end + 3
            if marked and (raw := _RAW_TEXT.match(text, start)):
                following = _TEXT if raw[1] else None
            if not plain:
                parts = list(content.slices(start, position, None))
        elif match["entity"]:
            sign = unescape(match["entity"])
            if marked or sign not in _MARKS:
                continue
            place = next(content.slices(start, position, None))
            parts = [Slice(place.start, place.end, sign)]
        elif match["label"]:
            labels += 1
            alt = _ALT.match(text, position) if text[start] == "!" and not marked else None
            if alt is None:
                continue
            # Of an image's text, only the text is kept.
            parts = [*content.slices(done, position, table)]
            for html in _HTML.finditer(text, position, alt.end()):
                parts += content.slices(position, html.start(), table)
                position = html.end()
            done = start = position
        elif match["url"]:
            continue
        elif labels:
            labels -= 1
            address = _ADDRESS.match(text, position)
            title = _TITLE.match(text, address.end()) if address else None
            if title is None:
                continue
            position = title.end()
            if title["title"] and not plain:
                parts = list(content.slices(title.start("title"), title.end("title"), _CODE))
        else:
            continue
        yield from content.slices(done, start, table)
        yield from parts
        done, table = position, following
    yield from content.slices(done, len(text), table)
