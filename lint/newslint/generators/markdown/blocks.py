"""The block structure of a Markdown text: which lines are code, HTML, prose.

markdown-it-py reads the blocks; what each site generator's own renderer does otherwise is
replaced rule by rule. It is imported inside functions only: that takes 50 ms.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from newslint.generators.markdown.dialects import Dialect, structure
from newslint.generators.markdown.recent import kept

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

SIZE_LIMIT = 500_000
"""Code points of a body above which no Markdown is parsed: the worst text of that size
takes two to three seconds."""

LINE_LIMIT = 50_000
"""Lines above which none is parsed: every level of a nested quotation goes through them again."""

_NESTING = 12
"""Blocks nested deeper than this are not taken apart."""


def is_too_long(text: str) -> bool:
    """Return whether a text is over one of the limits."""
    return len(text) > SIZE_LIMIT or text.count("\n") > LINE_LIMIT


_TOKEN_SIZE = 400
"""Bytes of a token in memory (measured)."""


def _size(tokens: Sequence[Token]) -> int:
    return _TOKEN_SIZE * len(tokens)


@kept(_size)
def _block_tokens(text: str, dialect: Dialect | None) -> Sequence[Token]:
    return _block_parser(dialect).parse(text)


def block_tokens(text: str, dialect: Dialect | None = None) -> Sequence[Token]:
    """The block tokens of a text; ``map`` of each is its lines, counted from 0, end exclusive.

    Without a dialect as CommonMark with GitHub's tables has it. Do not change them: they are kept,
    since nothing that rules do takes longer.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _block_tokens(text.replace("\0", "\ufffd"), dialect)


def body_tokens(text: str, target: str) -> Sequence[Token]:
    """The block tokens of a body for a target: as CommonMark has it, but for its paragraphs."""
    return block_tokens(text, structure(target))


@cache
def _block_parser(dialect: Dialect | None) -> MarkdownIt:
    parser = _parser(dialect)
    parser.core.ruler.enableOnly(["block"])
    return parser


@cache
def full_parser(dialect: Dialect) -> MarkdownIt:
    """Return the complete renderer: inline text too, with the options that the generator sets."""
    parser = _parser(dialect)
    parser.enable("strikethrough")
    if dialect.polished:
        parser.options.update({"linkify": True, "typographer": True, "breaks": dialect.hexo})
        parser.enable(["linkify", "replacements", "smartquotes"])
    return parser


@cache
def prose_parser(dialect: Dialect | None) -> MarkdownIt:
    """The renderer without what changes looks alone: typography, links made of bare addresses."""
    return _parser(dialect).enable("strikethrough")


def _parser(dialect: Dialect | None) -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable("table")
    if dialect is not None:
        _adapt(parser, dialect)
    return parser


def _adapt(parser: MarkdownIt, dialect: Dialect) -> None:
    from markdown_it.rules_block import html_block

    def own_html(state: StateBlock, start: int, last: int, silent: bool) -> bool:
        # Inside a list or a quote the lines have markers before them: CommonMark's rule will do.
        if silent or state.blkIndent or state.level:
            return html_block(state, start, last, silent)
        end = dialect.html_end(state.src, state.bMarks[start])
        if end is None:
            return False
        state.line = min(max(bisect_left(state.bMarks, end), start + 1), last)
        token = state.push("html_block", "", 0)
        token.map = [start, state.line]
        token.content = state.getLines(start, state.line, 0, True)
        return True

    def no_code(state: StateBlock, start: int, last: int, silent: bool) -> bool:
        return False

    interrupts = {"alt": ["paragraph", "reference", "blockquote"]}
    if dialect.html:
        parser.block.ruler.at("html_block", own_html, interrupts)  # type: ignore[arg-type]
    else:
        parser.options["html"] = False
    if not dialect.indented_code:
        # Not disabled: the other rules still have to see that such a line is none of theirs.
        parser.block.ruler.at("code", no_code)
