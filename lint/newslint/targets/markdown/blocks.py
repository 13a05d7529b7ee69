"""The block structure of a Markdown text: which lines are code, HTML, prose.

markdown-it-py reads the blocks; what each site generator's own parser does otherwise is replaced
rule by rule. The modules of this package import it only inside functions: it takes 50 ms to load.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SIZE_LIMIT = 1_000_000
"""Code points of a body above which no Markdown is parsed: 1 MB takes about a second."""


@cache
def block_parser() -> MarkdownIt:
    """CommonMark with GitHub's tables, blocks only: the text inside them is left unparsed."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": 50}).enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def block_tokens(text: str) -> list[Token]:
    """The block tokens of a text; ``map`` of each is its lines, counted from 0, end exclusive.

    Blocks nested deeper than 50 are not taken apart.
    """
    return block_parser().parse(text)
