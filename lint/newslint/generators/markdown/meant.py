"""Whether a piece of a post that is HTML otherwise is Markdown on purpose.

A scraper leaves text between elements, but writes no fences, headings, links or tables in
Markdown. An author who wraps parts of an article in ``<div>`` does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newslint.core import lazy

if TYPE_CHECKING:
    from markdown_it.token import Token

_LINK = lazy.pattern(r"\]\((?:https?:|mailto:|\.{0,2}/|#|\{[{%]|<)")
_TABLE = lazy.pattern(r"^[ ]{0,3}\|", re.MULTILINE)
_DEFINITION = lazy.pattern(
    r"^[ ]{0,3}(\[[^\]\n]{1,200}\]):[ \t]*(?:https?:|\.{0,2}/|#|<|\{[{%])", re.MULTILINE
)
_ONLY_TAGS = lazy.pattern(r"(?:\s++|\{\{[<%](?:(?![>%]\}\}).)*+[>%]\}\})++", re.DOTALL)
"""Shortcodes, which Hugo shows without a paragraph around them."""


def is_markdown(blocks: list[list[Token]], text: str, body: str) -> bool:
    """Return whether the blocks of one region are meant as Markdown.

    ``text`` is the region's, ``body`` that of the post, which may use the region's definitions.
    """
    for block in blocks:
        first = block[0]
        if first.type == "fence" or (first.type == "table_open" and _TABLE.search(text)):
            return True
        if first.type == "heading_open" and len(first.markup) > 1 and first.markup[0] == "#":
            return True
        if any(one.type == "inline" and _LINK.search(one.content) for one in block):
            return True
        if first.type == "definition" and _has_used_definition(text, body):
            return True
    return False


def holds_html(block: list[Token]) -> bool:
    """Return whether a list or quote begins with a block of HTML: ``* <div>``, ``> <p>``.

    Converters write them so; text of an article that begins with such a mark holds no block.
    """
    depth = {"bullet_list_open": 2, "ordered_list_open": 2, "blockquote_open": 1}
    first = depth.get(block[0].type, 0)
    return bool(first) and len(block) > first and block[first].type == "html_block"


def _has_used_definition(text: str, body: str) -> bool:
    folded = body.lower()
    labels = (match[1].lower() for match in _DEFINITION.finditer(text))
    return any(folded.count(label) > folded.count(f"{label}:") for label in labels)


def is_shortcodes(text: str) -> bool:
    """Return whether a text consists of shortcodes of Hugo alone."""
    return _ONLY_TAGS.fullmatch(text) is not None
