"""What of a body is no prose: code, what the generator hides, the tags of its template engine.

Markdown knows its own code. The generator's tags for code (``{% codeblock %}``,
``{% highlight %}``, ``{{< highlight >}}``) and for comments are read by its template engine, in
HTML files as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from newslint.core import lazy
from newslint.core.span import Span
from newslint.generators import Target
from newslint.generators.effects import BlockKind, TagBlock

if TYPE_CHECKING:
    from newslint.generators.site import Site
    from newslint.post.front_matter import FrontMatter

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
    ),
    "hugo": ("{{<", "{{%"),
}
"""What is in every body that has a block, by target; ``endcodeblock`` begins alike."""

_BEFORE_MARKDOWN = {
    "hexo": frozenset({BlockKind.CODE, BlockKind.RAW, BlockKind.HIDDEN}),
    "hugo": frozenset({BlockKind.CODE}),
    "jekyll": frozenset({BlockKind.CODE, BlockKind.HIDDEN}),
    "eleventy": frozenset({BlockKind.CODE, BlockKind.HIDDEN}),
}
"""The blocks of which a target's Markdown renderer does not see what is in them.

Hexo and Hugo put them aside, Liquid turns them into HTML before; what Liquid's ``raw`` contains is
Markdown afterwards.
"""

_VISIBLE = lazy.pattern(r"[^\r\n]")


def may_have_blocks(body: str, target: Target) -> bool:
    """Return a cheap test for blocks of the target's template engine."""
    # One character is found ten times faster than a word, and few posts have the brace.
    if "{" not in body or ("{%" not in body and "{{" not in body):
        return False
    return any(ending in body for ending in _ENDINGS.get(target.name, ()))


def runs_templates(header: FrontMatter | None, target: Target, text: str) -> bool:
    """Whether the generator reads a body as a template; its front matter may switch that off.

    ``text`` is the complete file. Read off their sources: Hexo's post.js wants a boolean, Jekyll's
    document.rb false, Eleventy's TemplateRender.js a list of engines, of which HTML and Markdown
    run nothing.
    """
    if header is None or not header.data:
        return True
    if target.name == "hexo" and "disableNunjucks" in header.data:
        start, end = header.value_span(("disableNunjucks",))
        return text[start:end] not in ("true", "True", "TRUE")
    if target.name == "jekyll":
        return header.data.get("render_with_liquid") is not False
    if target.name == "eleventy" and "templateEngineOverride" in header.data:
        engines = str(header.data["templateEngineOverride"] or "").lower().split(",")
        return any(engine.strip() in ("liquid", "njk") for engine in engines)
    return True


def spans_of_code(
    body: str, blocks: Sequence[TagBlock], target: Target, *, markdown: bool
) -> list[Span]:
    """What no rule reads as text of the article, in order: code, and what the generator hides.

    Hexo makes code of fences in HTML files too.
    """
    spans = [
        Span(one.start, one.end) if one.kind is BlockKind.CODE
        else Span(one.outer_start, one.outer_end)
        for one in blocks
        if one.kind in (BlockKind.CODE, BlockKind.HIDDEN)
    ]  # fmt: skip
    text = markdown_text(body, blocks, target) if blocks else body
    if markdown and _may_hold_code(text):
        from newslint.generators.markdown import code_spans

        spans += (Span(*span) for span in code_spans(text, target.name))
    elif target.name == "hexo" and not markdown and _may_hold_fence(text):
        from newslint.generators.markdown.code_fences import fences

        spans += (Span(*span) for span in fences(text))
    return list(_joined(spans))


def _may_hold_fence(text: str) -> bool:
    # One character is found ten times faster than three.
    return ("`" in text and "```" in text) or ("~" in text and "~~~" in text)


def _may_hold_code(text: str) -> bool:
    """Return a cheap test for fences, inline code and indented lines."""
    text = text.rstrip()
    if "`" in text or "\t" in text or text[:1] == " ":
        return True
    return _may_hold_fence(text) or "\n    " in text


def _joined(spans: list[Span]) -> Iterable[Span]:
    """Return the spans in order, those that overlap joined."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        elif span.start < span.end:
            joined.append(span)
    return joined


def markdown_text(body: str, blocks: Sequence[TagBlock], target: Target) -> str:
    """Return the body as the target's Markdown renderer reads it: same length, same lines.

    A comment of HTML represents each block that the renderer does not see.
    """
    if not blocks:
        return body
    kinds = _BEFORE_MARKDOWN.get(target.name, frozenset())
    outer = [Span(one.outer_start, one.outer_end) for one in blocks if one.kind in kinds]
    return _replaced(body, ((span, _as_comment(body[slice(*span)])) for span in _joined(outer)))


def _as_comment(text: str) -> str:
    return "<!--" + _VISIBLE.sub("x", text[4:-3]) + "-->"


def rendered_lines(text: str) -> frozenset[int]:
    """Return the numbers, from 0, of the lines of a Markdown text that are no HTML and no code."""
    from newslint.generators.markdown.blocks import block_tokens, is_too_long

    if is_too_long(text):
        return frozenset()
    ranges = [token.map for token in block_tokens(text) if token.type == "inline" and token.map]
    return frozenset(number for first, end in ranges for number in range(first, end))


def html_text(body: str, blocks: Sequence[TagBlock], code: Iterable[Span]) -> str:
    """Return the body as HTML without what is none: same length, same lines.

    Code loses what HTML would take for markup, what the generator hides is blank, and the ``<`` of
    a shortcode begins no tag.
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
    """A text with some spans, in order, replaced by as many characters; the first come first."""
    pieces: list[str] = []
    position = 0
    for (start, end), content in edits:
        if start >= position:
            pieces += (text[position:start], content)
            position = end
    return "".join((*pieces, text[position:])) if pieces else text


def _blank(code: str) -> str:
    """Code without what HTML would take for markup: same length, same lines."""
    return code.replace("<", "\u2039").replace("&", "+")


_TAG = lazy.pattern(
    r"<[A-Za-z][A-Za-z0-9-]*+(?:[ \t\r\n]++[A-Za-z_:][A-Za-z0-9:._-]*+"
    r"(?:[ \t\r\n]*+=[ \t\r\n]*+(?:[^\"'=<>`\x00-\x20]++|'[^']*+'|\"[^\"]*+\"))?+)*+[ \t\r\n]*+/?+>"
)
_TAG_OF_KRAMDOWN = lazy.pattern(
    r"<[A-Za-z][\w:.-]*+(?:[ \t\r\n]++[A-Za-z_:][\w:.-]*+"
    r"(?:[ \t\r\n]*+=[ \t\r\n]*+(?:'[^']*+'|\"[^\"]*+\"))?+)*+[ \t\r\n]*+/?+>"
)
"""A start tag as CommonMark (section 6.6) and kramdown take it for one, in the text of Markdown.

What does not fit is printed, and an edit of it would change what readers read.
"""


_LINE_START = lazy.pattern("^ {0,3}+\u2039", re.MULTILINE)
"""A ``<`` at the beginning of a line that CommonMark takes for text."""


def is_markup(html: str, start: int, target: Target) -> bool:
    """Whether the start tag at an offset is one to the target's Markdown renderer everywhere."""
    pattern = _TAG_OF_KRAMDOWN if target.name == "jekyll" else _TAG
    return pattern.match(html, start) is not None


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
    header: FrontMatter | None, target: Target, site: Site | None, name: str
) -> str | None:
    """Return the engine that the site or the front matter names for a post; empty for the default.

    Only Eleventy has a choice.
    """
    if target.name != "eleventy":
        return ""
    named = header.data.get("templateEngineOverride") if header is not None else None
    if isinstance(named, str):
        return "nunjucks" if "njk" in named.lower().split(",") else ""
    engines = site.template_engines if site is not None else {}
    return engines.get(name[name.rfind(".") :], "")
