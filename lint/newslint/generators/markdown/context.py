"""What is HTML and what is Markdown in a text that mixes both.

A scraped post is HTML: its empty lines and indentation mean nothing. A hand-written one is
Markdown, in which an indented block is a sample, and a ``<div>`` here and there is HTML.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from newslint.core import lazy
from newslint.html.tokenizer import VOID, Token, TokenKind, tokens

_MARKDOWN = lazy.pattern(
    r"^ {0,3}(?:#{1,6}[ \t]++\S|[-*+][ \t]++\S|[0-9]{1,9}[.)][ \t]++\S|>[ \t]*+\S|\[[^\]\n]++\]:"
    r"|(?:=++|-++)[ \t]*+$|\|)|\]\(|\]\[|\*\*\S|__\S",
    re.MULTILINE,
)
"""Signs of Markdown in text that is outside of all elements."""


class Context:
    """Where HTML is open in a text.

    ``code`` are the spans of fences and inline code: tags in them are none. ``indented`` are
    the blocks of indented lines, which are code or not by what is decided here.
    """

    def __init__(
        self,
        text: str,
        code: Sequence[tuple[int, int]] = (),
        indented: Sequence[tuple[int, int]] = (),
    ) -> None:
        cuts = [*code, *indented]
        found = list(tokens(blanked(text, code)))
        outer, unclosed = _elements(t for t in found if not is_inside(t.span.start, indented))
        self.is_html = _is_html(text, found, outer, code, cuts)
        """Whether the post as a whole is HTML, not Markdown."""
        # What is HTML in the end: an indented sample opens nothing.
        ranges = outer
        if indented:
            samples = [s for s in indented if not self.is_html and not is_inside(s[0], outer)]
            ranges, unclosed = _elements(t for t in found if not is_inside(t.span.start, samples))
        self.elements = ranges
        """The outermost elements that are closed, as (start, end) offsets in order."""
        self.unclosed = unclosed
        """The start of the first element that is never closed, or infinity."""

    def in_html(self, offset: int) -> bool:
        """Return whether an offset is in an open element, or anywhere in a post that is HTML."""
        return self.is_html or self.in_element(offset)

    def in_element(self, offset: int) -> bool:
        """Return whether an offset is in an element that is closed."""
        return is_inside(offset, self.elements)

    def is_top_level(self, offset: int) -> bool:
        """Return whether no element is open at an offset, not even one without an end tag."""
        return offset <= self.unclosed and not is_inside(offset - 1, self.elements)


_LINES = lazy.pattern(r"[^\r\n]++")


def _spaces(found: re.Match[str]) -> str:
    return " " * len(found[0])


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text with the spans overwritten by spaces, line ends kept: same length."""
    pieces: list[str] = []
    position = 0
    for start, end in sorted(spans):
        if end <= position:
            continue
        start = max(start, position)
        piece = text[start:end]
        is_line = "\n" not in piece and "\r" not in piece
        pieces += (
            text[position:start],
            " " * len(piece) if is_line else _LINES.sub(_spaces, piece),
        )
        position = end
    return "".join((*pieces, text[position:])) if pieces else text


def is_inside(offset: int, ranges: Sequence[tuple[int, int]]) -> bool:
    """Return whether an offset is in one of the (start, end) ranges, which are in order."""
    at = bisect_right(ranges, (offset, float("inf"))) - 1
    return at >= 0 and ranges[at][0] <= offset < ranges[at][1]


def _elements(found: Iterable[Token]) -> tuple[list[tuple[int, int]], int | float]:
    """The outermost elements that have both tags, and where the first begins that has not.

    An end tag closes all that is open inside.
    """
    stack: list[tuple[str, int]] = []
    open_names: Counter[str] = Counter()
    ranges: list[tuple[int, int]] = []
    for token in found:
        if token.kind is TokenKind.START and token.name not in VOID and not token.self_closing:
            stack.append((token.name, token.span.start))
            open_names[token.name] += 1
        elif token.kind is TokenKind.END and open_names[token.name]:
            name, start = "", 0
            while name != token.name:
                name, start = stack.pop()
                open_names[name] -= 1
            while ranges and ranges[-1][0] >= start:
                ranges.pop()
            ranges.append((start, token.span.end))
    return ranges, stack[0][1] if stack else float("inf")


_HELD_PER_LOOSE = {(True, False): 1, (True, True): 3, (False, False): 4, (False, True): 6}
"""How much longer the elements have to be than the text outside of them for a post to be HTML:
by whether it begins with a tag (or is one big element), and whether there are signs of
Markdown outside."""

_TEXT_ELEMENTS = frozenset(
    ["p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "blockquote"]
)
"""Elements that carry the text of a scraped post. Hand-written Markdown rarely needs them."""


def _is_wrapper(text: str, outer: Sequence[tuple[int, int]]) -> bool:
    """Whether the text ends with a ``<div>`` that contains most of it, as scrapers write posts."""
    if not outer:
        return False
    start, end = outer[-1]
    return (
        text.startswith("<div", start)
        and (end - start) * 2 > len(text.strip())
        and not text[end:].strip()
    )


def _is_html(
    text: str,
    found: Sequence[Token],
    outer: Sequence[tuple[int, int]],
    code: Sequence[tuple[int, int]],
    cuts: Sequence[tuple[int, int]],
) -> bool:
    """Whether a text has its content in elements, and not in Markdown between or inside them."""
    starts = [t for t in found if t.kind is TokenKind.START]
    if not starts:
        return False
    carriers = sum(1 for t in starts if t.name in _TEXT_ELEMENTS)
    markup = [(t.span.start, t.span.end) for t in found]
    if carriers < 2 and len(_MARKDOWN.findall(blanked(text, markup))) > 1:
        return False
    rest = blanked(text, [*outer, *markup, *cuts])
    loose = len("".join(rest.split()))
    if not loose:
        return True
    tag_first = not rest[: starts[0].span.start].strip()
    if not tag_first and carriers < 2:
        return False
    signs = any(not is_inside(start, outer) for start, _ in code) or bool(_MARKDOWN.search(rest))
    held = sum(end - start for start, end in outer)
    wrapped = _is_wrapper(text, outer)
    if loose * _HELD_PER_LOOSE[tag_first or wrapped, signs] <= held:
        return True
    return tag_first and not signs and starts[0].name == "br"
