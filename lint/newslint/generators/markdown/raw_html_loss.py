"""The HTML that goldmark leaves out of a page where it is not told to keep it (Hugo's ``unsafe``).

A block of HTML is left out with the text in it; of HTML within a line only the tags are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newslint.core import lazy
from newslint.core.span import LineIndex
from newslint.generators.markdown.blocks import is_too_long, prose_parser
from newslint.generators.markdown.dialects import GOLDMARK
from newslint.generators.markdown.find_code import block_span

_MAY_BE_HTML = lazy.pattern(r"<[A-Za-z/!?]")
_IMAGE = lazy.pattern(r"<(?:img|picture|video|audio|iframe|embed|object|svg)\b", re.IGNORECASE)
_NO_TEXT = lazy.pattern(
    r"<!--.*?-->|<(?P<raw>style|script)\b.*?</(?P=raw)\s*>|<[^>]*>|&nbsp;|\s", re.DOTALL | re.I
)
_COMMENT = lazy.pattern(r"(?:\s*<!--.*?-->)+\s*\Z", re.DOTALL)


class HtmlLoss(NamedTuple):
    """A piece of HTML that is left out: where it is, and ``image``, ``text`` or nothing."""

    start: int
    end: int
    what: str


def find_losses(text: str) -> Iterator[HtmlLoss]:
    """What is left out of a Markdown body, in its order; comments, which no one misses, apart."""
    if _MAY_BE_HTML.search(text) is None or is_too_long(text):
        return
    lines = LineIndex(text)
    for token in prose_parser(GOLDMARK).parse(text):
        if token.type == "html_block" and not _COMMENT.match(token.content):
            start, end = block_span(text, lines, token)
            # In a list or a quote a marker is before it.
            yield HtmlLoss(max(start, text.find("<", start, end)), end, _what(token.content))
        elif token.type == "inline" and token.map is not None:
            at = block_span(text, lines, token)[0]
            for child in token.children or ():
                found = text.find(child.content, at) if child.content else -1
                if found < 0:
                    continue
                at = found + len(child.content)
                if child.type == "html_inline" and not child.content.startswith("<!--"):
                    is_image = _IMAGE.match(child.content) is not None
                    yield HtmlLoss(found, at, "image" if is_image else "")


def _what(html: str) -> str:
    if _IMAGE.search(html):
        return "image"
    return "text" if _NO_TEXT.sub("", html) else ""
