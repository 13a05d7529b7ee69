"""The braces of a style: raw, or written as character references."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from newslint import Span, TokenKind, lazy

if TYPE_CHECKING:
    from lxml import etree

    from newslint import Post

_OPEN = r"&#0*+123(?:;|(?![0-9]))|&#[xX]0*+7[bB](?:;|(?![0-9A-Fa-f]))|&(?:lbrace|lcub);"
_CLOSE = r"&#0*+125(?:;|(?![0-9]))|&#[xX]0*+7[dD](?:;|(?![0-9A-Fa-f]))|&(?:rbrace|rcub);"
RAW = lazy.pattern(r"[{}]")
ENCODED = lazy.pattern(rf"(?P<open>{_OPEN})|(?P<close>{_CLOSE})")
REFERENCE = {"{": "&#123;", "}": "&#125;"}

_KEEPING = lazy.pattern(r"\{%-?[ \t]*+(?:end)?raw[ \t]*+-?%\}")
_FOREIGN = frozenset({"svg", "math"})


def brace(match: re.Match[str]) -> str:
    """Return the brace that a match of `ENCODED` represents."""
    return "{" if match["open"] is not None else "}"


@lru_cache(maxsize=16)
def decoded(css: str) -> str:
    """Return a style as a browser should get it: braces raw, without the tags of ``{% raw %}``.

    Lines stay lines.
    """
    if "&" in css:
        # As nearly all are written; a pattern takes ten times as long.
        css = css.replace("&#123;", "{").replace("&#125;", "}")
        if "&" in css:
            css = ENCODED.sub(brace, css)
    if "{%" in css:
        css = _KEEPING.sub(lambda tag: " " * len(tag[0]), css)
    return css


def content(post: Post, style: etree._Element) -> tuple[Span, bool] | None:
    """Return where the text of a style is in the file, and whether an end tag closes it.

    None where it is empty, or has no tag of its own.
    """
    tag = post.html.start_tag(style)
    if tag is None:
        return None
    token = post.html.token_at(tag.span.end)
    if token is None or token.kind is not TokenKind.TEXT:
        return None
    return token.span.shift(post.html.start), token.closed


def is_foreign(style: etree._Element) -> bool:
    """Return whether a style is in SVG or MathML, where a browser decodes character references."""
    return any(ancestor.tag in _FOREIGN for ancestor in style.iterancestors())
