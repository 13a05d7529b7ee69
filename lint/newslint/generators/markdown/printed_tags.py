"""Tags of images, links and the like that a Markdown renderer prints as text.

Raw HTML passes every renderer; a tag in prose has to have the form that the renderer knows: in
CommonMark one that no block ends before its ``>``, in kramdown one whose values are quoted.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.core.span import LineIndex
from newslint.generators.commonmark_tags import START_TAG
from newslint.generators.markdown import kramdown_span_tags
from newslint.generators.markdown.change import Change
from newslint.generators.markdown.context import blanked
from newslint.generators.markdown.inline_code import code_in
from newslint.generators.markdown.kramdown_grammar import SPAN, TAG
from newslint.generators.markdown.losses import SHOWN, SOURCE

if TYPE_CHECKING:
    from markdown_it.token import Token

_NAMES = "img|a|video|audio|iframe|embed|object"
TYPED_QUOTE = r"(?:[“”‘’]|&(?:#82(?:16|17|20|21)|[lr][sd]quo);)"
"""A quotation mark that is none in a tag: editors put it in place of the straight one."""
_CANDIDATE = lazy.pattern(
    rf"(?<!\\)<(?P<name>{_NAMES})(?=[ \t\r\n/])"
    rf"(?=[^<>]*?\b(?:src|href|data)[ \t\r\n]*+=(?!(?:[\"']|{TYPED_QUOTE})*+[ \t\r\n]*+/?>))",
    re.IGNORECASE,
)
"""The beginning of a tag that has the address of something: without one, a text is about it."""
_TEMPLATE = lazy.pattern(r"\{[{%]")
_COMMON = lazy.pattern(START_TAG)
_LONGEST = 2000
"""Code points of the longest tag that is looked at."""
_MOST = 50
"""Tags of one text that are reported."""

CUT = msg("a line of the tag begins a block of Markdown, and the tag is printed as text")
DASHES = msg("the renderer prints a comment within a text as text if it contains --")
MALFORMED = msg(
    "the Markdown renderer does not recognize this tag and prints it as text; quote"
    " attribute values, and separate attributes with spaces"
)


def may_print(text: str) -> bool:
    """Return a cheap test: whether any tag is on several lines or has a form that is not usual."""
    return (
        any("\n" in found[0] or found[0][-1:] != ">" for found in _WRITTEN.finditer(text))
        or _CANDIDATE.search(_USUAL.sub("", text)) is not None
    )


_USUAL = lazy.pattern(
    rf"<(?:{_NAMES})(?: ++[A-Za-z-]++=(?:\"[^\"<>\n]*+\"|'[^'<>\n]*+'))++ ?/?>", re.IGNORECASE
)
_WRITTEN = lazy.pattern(rf"<(?:{_NAMES})[ \t\r\n][^<>]*+>?+", re.IGNORECASE)


def commonmark(text: str, found: Sequence[Token], lines: LineIndex) -> list[Change]:
    """Return the tags that a renderer of CommonMark prints; ``found`` are the block tokens."""
    if not may_print(text):
        return []
    changes: list[Change] = []
    left = _MOST
    for token in found:
        if token.type != "inline" or "<" not in token.content or not token.map:
            continue
        for at, name in islice(_unread(token.content), left):
            left -= 1
            start = _place(token, at, text, lines)
            if start < 0 or _CANDIDATE.match(text, start) is None:
                continue
            end = _tag_end(text, start)
            if _TEMPLATE.search(text, start, end):
                continue
            detail = CUT if "\n" in text[start:end] else MALFORMED
            changes.append(Change(start, end, detail, loss=SHOWN[name]))
    return changes


def _place(token: Token, at: int, text: str, lines: LineIndex) -> int:
    """Return where a place in a block's inline text is in the text; -1 where it is not found."""
    assert token.map is not None
    line = token.map[0] + token.content.count("\n", 0, at)
    span = lines.span(min(line + 1, len(lines)))
    column = token.content.rfind("\n", 0, at) + 1
    own = token.content[column : _line_end(token.content, at)]
    start = text.find(own.strip(), *span)
    return start if start < 0 else start + max(at - column - (len(own) - len(own.lstrip())), 0)


_COMMENT = lazy.pattern(r"<!--(?P<text>(?:(?!-->).)*+)-->", re.DOTALL)
_ANY_TEMPLATE = lazy.pattern(r"\{[{%#]")


def comments(text: str, found: Sequence[Token], lines: LineIndex) -> list[Change]:
    """Return the comments within prose that are printed, as CommonMark had it before 0.31.

    None in a post with a tag of a template: Hexo takes comments out of it before.
    """
    if "<!--" not in text or _ANY_TEMPLATE.search(text):
        return []
    changes: list[Change] = []
    for token in found:
        if token.type != "inline" or "<!--" not in token.content or not token.map:
            continue
        content = token.content
        plain = blanked(content, code_in(content)) if "`" in content else content
        for one in _COMMENT.finditer(plain):
            words = one["text"]
            if "--" not in words and not words.startswith((">", "->")) and words[-1:] != "-":
                continue
            start = _place(token, one.start(), text, lines)
            if start >= 0 and len(changes) < _MOST:
                end = text.find("-->", start) + 3
                changes.append(Change(start, end, DASHES, loss=SOURCE))
    return changes


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _unread(content: str) -> Iterator[tuple[int, str]]:
    """Yield the tags of a block's inline text that have not the form of one, and are in no code."""
    plain = blanked(content, code_in(content)) if "`" in content else content
    for found in re.finditer(rf"(?<!\\)<({_NAMES})(?![\w-])", plain, re.IGNORECASE):
        if _COMMON.match(content, found.start()) is None:
            yield found.start(), found[1].lower()


def _tag_end(text: str, start: int) -> int:
    end = text.find(">", start, start + _LONGEST)
    return end + 1 if end >= 0 else _line_end(text, start)


# --- kramdown ----------------------------------------------------------------------------------

_ENDS_PARAGRAPH = lazy.pattern(
    r"\n(?: {0,3}(?:>|[-+*][ \t]|[0-9]++\.[ \t]|\{:|#{1,6}[ \t])|[ \t]*\n)"
)


def kramdown(text: str, code: Sequence[tuple[int, int]]) -> list[Change]:
    """Return the tags that kramdown prints; ``code`` are the spans of the text that are code."""
    found = [*kramdown_span_tags.printed(text, code)]
    if not may_print(text):
        return found
    others = _kramdown(text, code)
    return [
        *others,
        *(one for one in found if not any(one.start <= o.start < one.end for o in others)),
    ]


def _kramdown(text: str, code: Sequence[tuple[int, int]]) -> list[Change]:
    plain = blanked(text, code)
    hidden = [found.span() for found in kramdown_span_tags.RAW.finditer(plain)]
    starts = [start for start, _ in hidden]
    changes: list[Change] = []
    for found in _CANDIDATE.finditer(plain):
        if len(changes) == _MOST:
            break
        at = bisect_right(starts, found.start()) - 1
        if at >= 0 and found.start() < hidden[at][1]:
            continue
        start, name = found.start(), found["name"].lower()
        tag = TAG.match(text, start)
        end = tag.end() if tag else _tag_end(text, start)
        if _TEMPLATE.search(text, start, end):
            continue
        if tag is None:
            changes.append(Change(start, end, MALFORMED, loss=SHOWN[name]))
        elif name in SPAN and _ENDS_PARAGRAPH.search(text, start, end):
            if not kramdown_span_tags.in_element(plain, start):
                changes.append(Change(start, end, CUT, loss=SHOWN[name]))
    return changes
