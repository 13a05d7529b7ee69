"""Whether a character that no one sees parts nothing that would mean more without it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newslint import Span, TokenKind, lazy
from newslint_rules.text import _places

if TYPE_CHECKING:
    from newslint import Post

_MARKS = frozenset("\\`*_{}[]()#+-.!|~:=^$&@/<>")
"""ASCII characters that some renderer of Markdown reads as more than themselves."""
_ENDS = frozenset("\r\n")
_BLANKS = frozenset(" \t\f\v")
_WINDOW = 300
"""Code points to each side in which a link is looked for."""
_LINK = lazy.pattern(r"://|www\.|@|\]\(|\]:|\]\[|mailto:", re.IGNORECASE)
_LONE_TAG = lazy.pattern(r"[ \t]*+</?[A-Za-z][^>\r\n]*+>[ \t]*+")


def are_plain(post: Post, span: Span) -> bool:
    """Return whether a span of the body can go without anything around it becoming another thing.

    Tags and references are newslint's own to look at; here it is attributes and Markdown.
    """
    html = post.html
    offset = span.start - html.start
    token = html.token_at(offset)
    if token is not None and token.span.start < offset:
        if token.kind is TokenKind.START:
            return _places.is_read(post, token, offset)
        return token.kind in (TokenKind.COMMENT, TokenKind.TEXT)
    return not post.is_markdown or (not post.is_code(span.start) and _is_prose(post, span))


def _is_prose(post: Post, span: Span) -> bool:
    """Return whether Markdown reads what is before and after a span as the same text without it."""
    text = post.text
    before = text[span.start - 1 : span.start] or "\n"
    behind = text[span.end : span.end + 1] or "\n"
    if before in _BLANKS or before in _ENDS:
        # A list, a heading, a block of HTML, a line break: what begins or ends a line may count.
        if not (behind.isalpha() or (behind > "\x7f" and behind.isprintable())):
            return False
    elif not (_is_text(before) or _ends_tag(post, span.start)):
        return False
    elif not (_is_text(behind) or behind in _ENDS or _begins_tag(post, span.end)):
        return behind in _BLANKS and _is_text(before)
    return not _is_in_link(text, span) and not _is_beside_lone_tag(text, span)


def _is_text(character: str) -> bool:
    return character not in _MARKS and character not in _BLANKS and character not in _ENDS


def _ends_tag(post: Post, offset: int) -> bool:
    token = post.html.token_at(offset - 1 - post.html.start)
    return token is not None and token.span.end == offset - post.html.start


def _begins_tag(post: Post, offset: int) -> bool:
    token = post.html.token_at(offset - post.html.start)
    return token is not None and token.span.start == offset - post.html.start


def _is_in_link(text: str, span: Span) -> bool:
    """Return whether the characters around, up to white space, may be an address or a link."""
    before = text[max(span.start - _WINDOW, 0) : span.start].split()
    behind = text[span.end : span.end + _WINDOW].split()
    head = before[-1] if before and not text[span.start - 1].isspace() else ""
    tail = behind[0] if behind and not text[span.end].isspace() else ""
    return _LINK.search(head + tail) is not None


def _is_beside_lone_tag(text: str, span: Span) -> bool:
    """Return whether the line is then a tag alone, which begins a block of HTML."""
    before = re.split(r"[\r\n]", text[max(span.start - _WINDOW, 0) : span.start])[-1]
    behind = re.split(r"[\r\n]", text[span.end : span.end + _WINDOW], maxsplit=1)[0]
    return _LONE_TAG.fullmatch(before + behind) is not None
