"""The parts of a body that are not prose: code, hidden text, template tags.

Markdown has its own code. Tags of the generator for code (``{% codeblock %}``, ``{% highlight %}``,
``{{< highlight >}}``) and for comments are read by its template engine, also in HTML files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from newslint.core import lazy
from newslint.core.span import LineIndex, Span
from newslint.generators import Target
from newslint.generators.commonmark_tags import START_TAG
from newslint.generators.effects import BlockKind, TagBlock
from newslint.post.stand_ins import as_comment

if TYPE_CHECKING:
    from newslint.generators.eleventy.overrides import Override
    from newslint.generators.site import Site

_ENDINGS = {
    "hexo": ("endcode", "endraw", "endverbatim", "endset", "post_link", "asset_"),
    "jekyll": ("endhighlight", "endcomment", "endraw", "endcapture"),
    "eleventy": (
        "endhighlight",
        "endcomment",
        "endraw",
        "endcapture",
        "endset",
        "endrenderTemplate",
        "endverbatim",
        "#}",
    ),
    "hugo": ("{{<", "{{%"),
}
"""Text that every body with a block contains, by target; ``endcodeblock`` begins alike."""

_OPENERS = ("{%", "{{", "{#")
_BEFORE_MARKDOWN = {
    "hexo": frozenset({BlockKind.CODE, BlockKind.RAW, BlockKind.HIDDEN}),
    "hugo": frozenset({BlockKind.CODE}),
    "jekyll": frozenset({BlockKind.CODE, BlockKind.HIDDEN}),
    "eleventy": frozenset({BlockKind.CODE, BlockKind.HIDDEN}),
}
"""The blocks whose content the target's Markdown renderer does not see.

Hexo and Hugo replace them temporarily, Liquid converts them to HTML before; the content of Liquid's
``raw`` is Markdown afterwards.
"""

SIGNS = "]*~`{|"
"""What code, templates and most of Markdown have in them: see `Post.signs`."""
_LINE_SIGNS = (" ", "\t", "#", "*", "+", "-")
_MARKED_LINE = lazy.pattern(r"\n(?:[ \t]*+[#*+-]| {4}[ \t]*+\S)")
"""Begins with a character, and so is found many times faster than with ``^``."""

_INDENTED = lazy.pattern(r"\n(?= {4})")
"""Found twice as fast as all of it in a text that is not ASCII."""

_VISIBLE = lazy.pattern(r"[^\r\n]")
_COMMENT = lazy.pattern(r"<!--.*?-->", re.DOTALL)


def may_have_blocks(body: str, target: Target) -> bool:
    """Return whether a body may have blocks of the target's template engine: a cheap test."""
    endings = _ENDINGS.get(target.name, ())
    return any(mark in body for mark in _OPENERS) and any(ending in body for ending in endings)


def spans_of_code(
    body: str,
    blocks: Sequence[TagBlock],
    target: Target,
    *,
    markdown: bool,
    renders_html: bool = False,
) -> list[Span]:
    """Return the spans that are not text of the article, in order: code and hidden text.

    In Hexo, fences are code in HTML files too. ``renders_html`` says that the renderer reads
    Markdown in blocks of HTML too.
    """
    spans, text = [], body
    if blocks:
        spans = [
            Span(one.start, one.end) if one.kind is BlockKind.CODE
            else Span(one.outer_start, one.outer_end)
            for one in blocks
            if one.kind in (BlockKind.CODE, BlockKind.HIDDEN)
        ]  # fmt: skip
        text = markdown_text(body, blocks, target)
    if markdown and _may_hold_code(text):
        from newslint.generators.markdown import code_spans

        spans += code_spans(text, target.name)
        if renders_html and "`" in text:
            spans += _code_in_html(text)
    elif target.name == "hexo" and not markdown and _may_hold_fence(text):
        from newslint.generators.markdown.code_fences import fences

        spans += (Span(*span) for span in fences(text))
    return _joined(spans) if spans else spans


_INLINE_CODE = lazy.pattern(
    r"(?<!`)(?P<fence>`++)(?!`)(?:(?!\n[ \t]*+\n).)+?(?<!`)(?P=fence)(?!`)", re.S
)
_VERBATIM = ("<pre", "<script", "<style", "<!--")
"""The beginnings of blocks of HTML that no renderer reads Markdown in."""


def _code_in_html(text: str) -> Iterator[Span]:
    """The inline code within blocks of HTML, for a renderer that reads them as Markdown too."""
    from newslint.generators.markdown.blocks import block_tokens, is_too_long

    if is_too_long(text):
        return
    lines = LineIndex(text)
    for token in block_tokens(text):
        if token.type != "html_block" or token.map is None:
            continue
        first, end = token.map
        start = lines.span(first + 1).start
        block = text[start : lines.span(min(end, len(lines))).end]
        if not block.lstrip().lower().startswith(_VERBATIM):
            for found in _INLINE_CODE.finditer(block):
                yield Span(*found.span()).shift(start)


def _may_hold_fence(text: str) -> bool:
    # Searching one character is ten times faster than three.
    return ("`" in text and "```" in text) or ("~" in text and "~~~" in text)


def _may_hold_code(text: str) -> bool:
    """Return whether a text may have fences, inline code or indented lines: a cheap test."""
    text = text.rstrip()
    if "`" in text or "\t" in text or text[:1] == " ":
        return True
    return _may_hold_fence(text) or _INDENTED.search(text) is not None


def has_marked_lines(text: str) -> bool:
    """Return whether a line begins with a sign of a heading, a list or a rule, or is indented."""
    return text[:1] in _LINE_SIGNS or _MARKED_LINE.search(text) is not None


def _joined(spans: list[Span]) -> list[Span]:
    """Return the spans in order, with overlapping ones joined."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        elif span.start < span.end:
            joined.append(span)
    return joined


def markdown_text(body: str, blocks: Sequence[TagBlock], target: Target) -> str:
    """Return the body as the target's Markdown renderer reads it: same length, same lines.

    Blocks that the renderer does not see are replaced by HTML comments.
    """
    if not blocks:
        return body
    kinds = _BEFORE_MARKDOWN.get(target.name, frozenset())
    outer = [Span(one.outer_start, one.outer_end) for one in blocks if one.kind in kinds]
    if target.name == "hexo" and "<!--" in body:
        # Where there is a tag, Hexo 8 takes out the comments, too.
        outer += [Span(*found.span()) for found in _COMMENT.finditer(body)]
    return _replaced(body, ((span, as_comment(body, span)) for span in _joined(outer)))


def rendered_lines(text: str, target: Target) -> frozenset[int]:
    """Return the numbers, from 0, of the lines of Markdown that are neither HTML nor code."""
    from newslint.generators.markdown.blocks import body_tokens, is_too_long

    if is_too_long(text):
        return frozenset()
    tokens = body_tokens(text, target.name)
    ranges = [token.map for token in tokens if token.type == "inline" and token.map]
    return frozenset(number for first, end in ranges for number in range(first, end))


def html_text(body: str, blocks: Sequence[TagBlock], code: Iterable[Span]) -> str:
    """Return the body without text that is not HTML: same length, same lines.

    In code, characters of markup are replaced; hidden text is replaced by spaces, and so is the
    ``<`` of a shortcode.
    """
    edits = {span: _blank(body[slice(*span)]) for span in code}
    for one in blocks:
        span = Span(one.outer_start, one.outer_end)
        if one.kind is BlockKind.HIDDEN:
            edits[span] = _VISIBLE.sub(" ", body[slice(*span)])
        elif one.kind is BlockKind.MARKUP:
            edits[span] = _blank(body[slice(*span)])
    return _replaced(body, sorted(edits.items()))


def _replaced(text: str, edits: Iterable[tuple[Span, str]]) -> str:
    """Return a text with sorted spans replaced, keeping its length; of overlaps the first."""
    pieces: list[str] = []
    position = 0
    for (start, end), content in edits:
        if start >= position:
            pieces += (text[position:start], content)
            position = end
    return "".join((*pieces, text[position:])) if pieces else text


def _blank(code: str) -> str:
    """Return code without characters of HTML markup: same length, same lines."""
    return code.replace("<", "\u2039").replace("&", "+")


_TAG = lazy.pattern(START_TAG)
_TAG_OF_KRAMDOWN = lazy.pattern(
    r"<[A-Za-z][\w:.-]*+(?:[ \t\r\n]++[A-Za-z_:][\w:.-]*+"
    r"(?:[ \t\r\n]*+=[ \t\r\n]*+(?:'[^']*+'|\"[^\"]*+\"))?+)*+[ \t\r\n]*+/?+>"
)
"""A start tag that CommonMark (section 6.6) and kramdown read as one, in a text of Markdown.

Other tags are printed, and an edit of them would change the visible text.
"""


_LINE_START = lazy.pattern("^ {0,3}+\u2039", re.MULTILINE)
"""A ``<`` at the beginning of a line that CommonMark takes for text."""


def is_markup(html: str, start: int, target: Target) -> bool:
    """Return whether the target's Markdown renderer always reads a start tag at an offset."""
    pattern = _TAG_OF_KRAMDOWN if target.name == "jekyll" else _TAG
    return pattern.match(html, start) is not None


def markdown_target(target: Target, site: Site | None) -> Target:
    """Return the target that represents the Markdown renderer of a site."""
    if site is None or not site.renderer.dialect:
        return target
    return Target(site.renderer.dialect, target.version)


def with_block_tags(masked: str, html: str) -> str:
    """Return masked HTML with the start tags back that kramdown reads at the beginning of a line.

    One of several lines may have a ``>`` at the beginning of one, where CommonMark begins a quote.
    """
    pieces: list[str] = []
    position = 0
    for found in _LINE_START.finditer(masked):
        start = found.end() - 1
        tag = _TAG_OF_KRAMDOWN.match(html, start)
        if tag is not None and "\n" in tag[0]:
            pieces += (masked[position:start], "<")
            position = start + 1
    return "".join((*pieces, masked[position:])) if pieces else masked


def template_engine(
    override: Override | None, target: Target, site: Site | None, name: str
) -> str | None:
    """Return the engine that reads a post, None for none; empty for the target's own.

    Only Eleventy has a choice: ``override`` is what the post's data says.
    """
    if target.name != "eleventy":
        return ""
    if override is not None:
        return override.engine
    from newslint.generators.eleventy.overrides import SUFFIXES

    engines = site.template_engines if site is not None else SUFFIXES
    return engines.get(name[name.rfind(".") :].lower(), "")
