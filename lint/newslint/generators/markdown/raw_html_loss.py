"""Find the HTML that an option of the site's Markdown renderer keeps from the page.

goldmark leaves it out (Hugo's ``unsafe``): a block of HTML with the text in it, of HTML within a
line only the tags. markdown-it prints it (``html: false`` in Hexo).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newslint.core import lazy
from newslint.core.span import LineIndex
from newslint.generators.commonmark_tags import MAY_BE_TAG
from newslint.generators.markdown.blocks import block_tokens, is_too_long, prose_parser
from newslint.generators.markdown.code_fences import fences
from newslint.generators.markdown.context import blanked
from newslint.generators.markdown.dialects import dialect
from newslint.generators.markdown.find_code import block_span, has_tag
from newslint.generators.markdown.inline_code import code_in
from newslint.generators.target import ESCAPED, Version

_MEDIA = lazy.pattern(
    r"<(?:(?P<image>img|picture|svg)|video|audio|iframe|embed|object)\b", re.IGNORECASE
)
_NO_TEXT = lazy.pattern(
    r"<!--.*?-->|<(?P<raw>style|script)\b.*?</(?P=raw)\s*>|<[^>]*>|&nbsp;|\s", re.DOTALL | re.I
)
_COMMENT = lazy.pattern(r"(?:\s*<!--.*?-->)+\s*\Z", re.DOTALL)


class HtmlLoss(NamedTuple):
    """A piece that is lost, and what readers miss of it."""

    start: int
    end: int
    what: str
    """``image``, ``embed``, ``text``, ``code``, or empty."""


def find_losses(text: str, version: Version | None = None) -> Iterator[HtmlLoss]:
    """What Hugo leaves out of a Markdown body, in its order, but comments, which no one misses."""
    rules = dialect("hugo", version)
    if rules is None or is_too_long(text) or not has_tag(text, "hugo"):
        return
    lines = LineIndex(text)
    for token in block_tokens(text, rules):
        if token.type == "html_block" and not _COMMENT.match(token.content):
            start, end = block_span(text, lines, token)
            # In a list or a quote a marker is before it.
            yield HtmlLoss(max(start, text.find("<", start, end)), end, _what(token.content))
        elif token.type == "inline" and token.map and MAY_BE_TAG.search(token.content):
            at = block_span(text, lines, token)[0]
            (parsed,) = prose_parser(rules).parseInline(token.content)
            for child in parsed.children or ():
                found = text.find(child.content, at) if child.content else -1
                if found < 0:
                    continue
                at = found + len(child.content)
                if child.type == "html_inline" and not child.content.startswith("<!--"):
                    yield HtmlLoss(found, at, _media(child.content))


_PRINTED = lazy.pattern(
    r"</?[A-Za-z][A-Za-z0-9-]*+(?=[\s/>])[^<>]*+>|<!--(?!x*+-->).*?-->", re.DOTALL
)


def find_printed(text: str, target: str) -> Iterator[HtmlLoss]:
    """Return what markdown-it prints of a Markdown body, and the code that Hexo loses by it.

    ``target`` is the name of `Post.markdown_target`; of tags the first of each paragraph counts.
    """
    if is_too_long(text):
        return
    if target == ESCAPED:
        for start, end in fences(text):
            yield HtmlLoss(start, end, "code")
    if MAY_BE_TAG.search(text) is None:
        return
    lines = LineIndex(text)
    for token in block_tokens(text, dialect(ESCAPED, None)):
        if token.type != "inline" or token.map is None or "<" not in token.content:
            continue
        start, end = block_span(text, lines, token)
        piece = text[start:end]
        plain = blanked(piece, code_in(piece)) if "`" in piece else piece
        tags = [*_PRINTED.finditer(plain)]
        if tags:
            first = next((tag for tag in tags if _media(tag[0])), tags[0])
            yield HtmlLoss(start + first.start(), start + first.end(), _media(first[0]))


def _what(html: str) -> str:
    return _media(html) or ("text" if _NO_TEXT.sub("", html) else "")


def _media(html: str) -> str:
    """Return ``image`` or ``embed`` by the first tag of either kind; nothing without one."""
    found = _MEDIA.search(html)
    if found is None:
        return ""
    return "image" if found["image"] else "embed"
