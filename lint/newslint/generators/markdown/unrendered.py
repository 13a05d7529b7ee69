"""Markdown that a target shows as source (rule MD005).

In a block of HTML no renderer looks for Markdown: a block ends at an empty line for CommonMark, and
with its element for kramdown. A heading whose # has no space after it is text to all of them, and
so are images and emphasis that are wrong by a sign (`unrendered_prose`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newslint.core import lazy
from newslint.core.messages import msg, plural
from newslint.core.span import LineIndex, Span
from newslint.generators.markdown import glued_fences, kramdown, unrendered_prose
from newslint.generators.markdown.blocks import block_tokens, is_too_long
from newslint.generators.markdown.context import blanked
from newslint.generators.markdown.dialects import dialect
from newslint.generators.markdown.find_code import code_spans, without_fences
from newslint.generators.markdown.prose_blocks import prose_blocks
from newslint.generators.target import Version
from newslint.html.tokenizer import tokens

IMAGE = "image"
_IMAGE = lazy.pattern(r"(?<!\\)!\[[^\[\]\n]*\]\([^()\s\[\]]+(?:\s+\"[^\"\n]*\")?\)")
# With a line end before the text: a pattern that begins with a character is found far faster.
_SIGNS = (
    lazy.pattern(r"(?<![!\\\]\w])\[[^\[\]\n]+\]\((?:https?://|/|\.{1,2}/|#|mailto:)[^()\s]*\)"),
    lazy.pattern(r"(?<![*\\0-9A-Za-z])\*\*(?=[^\s*])[^*\n]{1,200}(?<=[^\s*])\*\*(?!\*)"),
    lazy.pattern(r"\n[ \t]*+#{1,6} +[^\s#][^\n]*"),
    lazy.pattern(r"\n[ \t]*+[-*+] +[^\s<][^\n]*\n[ \t]*+[-*+] +[^\s<][^\n]*"),
    lazy.pattern(r"\n[ \t]*+(?:```|~~~)[^\n`]*\n"),
)
_RAW = lazy.pattern(
    r"<!--(?:(?!-->).)*+(?:-->)?"
    r"|<(pre|code|script|style|textarea|svg|math|kbd|samp)\b[^>]*+>(?:(?!</\1\b).)*+(?:</\1\b)?"
    r"|</?[A-Za-z][^<>]*+>?|\$\$(?:(?!\$\$).)*+\$\$",
    re.DOTALL | re.IGNORECASE,
)


class Unrendered(NamedTuple):
    """Markdown that is shown as source: where, how many images are lost, what is to be done."""

    start: int
    end: int
    detail: str
    images: int = 0
    edits: tuple[tuple[int, int, str], ...] = ()


def unrendered(
    text: str, target: str, version: Version | None, inner: Sequence[tuple[int, int]] = ()
) -> list[Unrendered]:
    """The Markdown of a body that its page shows as source, in order: one for a block of HTML.

    ``inner`` has the sorted spans of what tags of the site may render, be they in a block or not.
    """
    may_html = "<" in text and _has_sign(text)
    may_head = "#" in text and _MAY_HEAD.search(f"\n{text}") is not None
    rules = dialect(target, version)
    may_prose = unrendered_prose.may_be_shown(text, rules) and unrendered_prose.may_be_shown(
        without_fences(text, target), rules
    )
    may_fence = target not in ("html", "jekyll") and glued_fences.may_be_glued(text)
    if target == "html" or not (may_html or may_head or may_prose or may_fence):
        return []
    if is_too_long(text):
        return []
    found: list[Unrendered] = []
    if may_fence:
        blocks = glued_fences.glued(text, block_tokens(text, rules), LineIndex(text))
        found += (Unrendered(at, end, glued_fences.WHY, 0, edits) for at, end, edits in blocks)
    if may_html:
        if target == "jekyll":
            found += _kramdown(text, inner)
        else:
            found += _commonmark(text, target, version, inner)
    if may_head:
        found += _headings(text, target, version)
    if may_prose:
        found += (
            _said(one.start, one.end, int(one.is_image), one.why, one.edits, is_link=one.is_link)
            for one in unrendered_prose.shown(text, rules)
        )
    return sorted(found)


def _has_sign(text: str) -> bool:
    # One character is found several times faster than two.
    if ("]" in text and "](" in text) or ("*" in text and "**" in text):
        return True
    return ("`" in text and "```" in text) or _MAY_LINE.search(f"\n{text}") is not None


_MAY_LINE = lazy.pattern(r"\n[ \t]*+(?:#{1,6}|[-*+]) ++\S")
"""Begins with a character, and so is found many times faster than with ``^``."""


def _first(text: str, start: int, end: int) -> tuple[int, int, int] | None:
    """Return the first sign in a piece of HTML, as (start, end, images), images before others."""
    piece = text[start:end]
    covered = blanked(piece, [found.span() for found in _RAW.finditer(piece)])
    images = [*_IMAGE.finditer(covered)]
    if images:
        return start + images[0].start(), start + images[0].end(), len(images)
    covered = f"\n{covered}"
    signs = [one for p in _SIGNS if (one := p.search(covered)) is not None]
    if not signs:
        return None
    first = min(signs, key=_begin)
    return start + _begin(first) - 1, start + len(covered[: first.end()].rstrip()) - 1, 0


def _begin(sign: re.Match[str]) -> int:
    """Return where the sign of a match begins, after the spaces before it."""
    return sign.end() - len(sign[0].lstrip())


# --- CommonMark --------------------------------------------------------------------------------


def _commonmark(
    text: str, target: str, version: Version | None, inner: Sequence[tuple[int, int]]
) -> Iterator[Unrendered]:
    code = code_spans(text, target)
    plain = blanked(text, code)
    if _TAG.search(plain) is None:
        return
    lines = LineIndex(text)
    tags: list[Span] = []
    blocks = [
        Span(lines.span(token.map[0] + 1).start, lines.span(min(token.map[1], len(lines))).end)
        for token in block_tokens(text, dialect(target, version))
        if token.type == "html_block" and token.map
    ]
    plain = _without(plain, inner, blocks)
    for start, end in blocks:
        sign = _first(plain, start, end)
        if sign is not None:
            edits = tuple(_apart(text, lines, start, sign[0]))
            if edits:
                tags = tags or [one.span for one in tokens(text)]
                if any(_is_inside(tags, at) for at, _, _ in edits):
                    edits = ()  # To a browser the Markdown is a part of a tag or comment.
            yield _said(
                *sign, msg("there is no empty line between it and the HTML before it"), edits
            )


_TAGS_ALONE = lazy.pattern(r"[ \t]*(?:</?[A-Za-z][^<>]*>[^<>]*)*</?[A-Za-z][^<>]*>[ \t]*\r?\n?\Z")


def _apart(text: str, lines: LineIndex, block: int, at: int) -> Iterator[tuple[int, int, str]]:
    """An empty line before the lines of Markdown, and one after them, where they hold no tag."""
    number = lines.position(at).line
    first = last = number
    if _has_tag(text, lines, number):
        return
    while first > 1 and not _has_tag(text, lines, first - 1):
        first -= 1
    while last < len(lines) and text[slice(*lines.span(last + 1))].strip():
        if _has_tag(text, lines, last + 1):
            break
        last += 1
    if lines.span(first).start <= block or not text[slice(*lines.span(first))].strip():
        return
    end = "\r\n" if "\r\n" in text else "\n"
    yield lines.span(first).start, lines.span(first).start, end
    if last < len(lines) and text[slice(*lines.span(last + 1))].strip():
        yield lines.span(last + 1).start, lines.span(last + 1).start, end


def _without(text: str, inner: Sequence[tuple[int, int]], blocks: Sequence[Span]) -> str:
    """Return the text without what the site's tags get that begin within blocks of HTML."""
    handed_over = [span for span in inner if _is_inside(blocks, span[0])]
    return blanked(text, handed_over)


def _is_inside(spans: Sequence[Span], offset: int) -> bool:
    """Return whether an offset lies within one of some spans, which are sorted."""
    at = bisect_left(spans, offset, key=lambda one: one.start) - 1
    return at >= 0 and offset < spans[at].end


def _has_tag(text: str, lines: LineIndex, number: int) -> bool:
    return _TAG.search(text[slice(*lines.span(number))]) is not None


_TAG = lazy.pattern(r"</?[A-Za-z]")

# --- kramdown ----------------------------------------------------------------------------------


def _kramdown(text: str, inner: Sequence[tuple[int, int]]) -> Iterator[Unrendered]:
    plain = text.replace("\r\n", " \n").replace("\r", "\n")
    code = [span for span in code_spans(text, "jekyll") if "\n" in text[slice(*span)]]
    rendered = kramdown.render(blanked(plain, code))
    texts = rendered.texts
    plain = _without(plain, inner, [Span(*one) for one in rendered.elements])
    at = 0
    for start, end in rendered.elements:
        found: list[tuple[int, int, int]] = []
        while at < len(texts) and texts[at][0] < end:
            left, right = texts[at]
            at += 1
            if left >= start and (sign := _first(plain, left, min(right, end))):
                found.append(sign)
        if found:
            first = next((one for one in found if one[2]), found[0])
            images = sum(one[2] for one in found)
            edits = _switched(text, start)
            why = msg("kramdown renders no Markdown within HTML")
            yield _said(first[0], first[1], images, why, edits)


_START = lazy.pattern(r"<(?P<name>[A-Za-z][\w-]*)(?=[\s>])")


def _switched(text: str, start: int) -> tuple[tuple[int, int, str], ...]:
    """Asks kramdown to render what is in an element."""
    tag = _START.match(text, start)
    return ((tag.end(), tag.end(), ' markdown="1"'),) if tag else ()


def _said(
    start: int,
    end: int,
    images: int,
    why: str,
    edits: tuple[tuple[int, int, str], ...],
    *,
    is_link: bool = False,
) -> Unrendered:
    if is_link:
        detail = msg("image not shown: it is read as a link; {why}", why=why)
    elif images:
        lost = plural(images, "image not shown", "{number} images not shown")
        detail = msg("{loss}: its Markdown is shown as source, {why}", loss=lost, why=why)
    else:
        detail = msg("Markdown is shown as source: {why}", why=why)
    return Unrendered(start, end, detail, images, edits)


# --- headings ----------------------------------------------------------------------------------

_MAY_HEAD = lazy.pattern(r"\n {0,3}#{1,6}[^\W\d]")
_HEAD = lazy.pattern(r" {0,3}(?P<signs>#{1,6})(?P<text>[^\W\d][^\n#]*)(?<![.。!！,，;；\\])\s*\Z")
_LONGEST_HEADING = 80


def _headings(text: str, target: str, version: Version | None) -> Iterator[Unrendered]:
    """Paragraphs of one line that begin with # and no space after it, hashtags left out."""
    for block in prose_blocks(text, dialect(target, version)):
        found = _HEAD.match(block.text) if block.kind == "paragraph" else None
        if found is None or len(found["text"]) > _LONGEST_HEADING:
            continue
        if len(found["signs"]) > 1 or _is_title(found["text"].strip()):
            start = block.start + found.start("signs")
            end = block.start + len(block.text.rstrip())
            at = block.start + found.end("signs")
            detail = msg("the heading is shown with its #; put a space after it")
            yield Unrendered(start, end, detail, 0, ((at, at, " "),))


def _is_title(text: str) -> bool:
    """Whether what follows a single # is a heading and no hashtag: a capital or several words."""
    return text[:1].isupper() or " " in text or not text[:1].isascii()
