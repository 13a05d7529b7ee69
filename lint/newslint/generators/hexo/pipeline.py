"""The text that Hexo's template engine gets to read of a post, traced back to the post."""

from __future__ import annotations

from dataclasses import dataclass, field

from newslint.core import lazy
from newslint.generators.commonmark_tags import MAY_BE_TAG
from newslint.generators.hexo.code_fences import HIDDEN, without_fences
from newslint.generators.hexo.mapped_text import TracedText, unix_lines
from newslint.generators.hexo.markdown import rendered
from newslint.generators.hexo.protect import Kind, Protected, protect

_PLACEHOLDER = lazy.pattern("[<\x02]!--swig\ufffc([0-9]+)--[>\x03]")
_CODE_START = lazy.pattern(r"<code[^<>]*+>")
_RAW = lazy.pattern(r"\{% *+raw *+%\}")


@dataclass(slots=True)
class Page:
    """What the engine reads, and what became of the rest.

    ``template`` is None where the engine is not run at all. The others are offsets in the post:
    ``comments`` of the template comments that are left out before; ``cut`` of the tag that takes
    the rest of the post with it; ``doubled`` of tags that stand on the page twice, which stops
    the build; ``lost`` of tags whose place is overwritten by garbage; ``bared`` of tags in code
    that come back with live HTML in them.
    """

    template: TracedText | None
    comments: list[tuple[int, int]] = field(default_factory=list)
    cut: int | None = None
    doubled: list[tuple[int, int]] = field(default_factory=list)
    lost: list[tuple[int, int]] = field(default_factory=list)
    bared: list[tuple[int, int]] = field(default_factory=list)


def page(body: str, version: int, *, markdown: bool, renderer: str = "") -> Page:
    """Return what one major version of Hexo hands to its template engine of a post's body.

    ``renderer`` is the name of `Post.markdown_target`: marked by default.
    """
    text = without_fences(unix_lines(body), version)
    protected = protect(text.text, version)
    if not protected.runs:
        return Page(None)
    result = Page(None)
    if protected.cut is not None:
        result.cut = text.source(protected.cut)
    hidden = _hide(text, protected, result)
    shown = rendered(hidden, version, renderer) if markdown else hidden
    result.template = _hide_code(_restore(text, shown, protected, result))
    return result


def _hide(text: TracedText, protected: Protected, result: Page) -> TracedText:
    """The text with comments in place of the pieces that the Markdown renderer must not see."""
    hidden = TracedText()
    position = 0
    for number, piece in enumerate(protected.pieces):
        hidden.copy(text, position, piece.start)
        position = piece.end
        source = text.source(piece.start)
        if piece.kind is Kind.TAG:
            hidden.put(f"<!--swig\ufffc{number}-->", source)
        elif piece.kind is Kind.COMMENT:
            hidden.put("<!--comment\ufffc0-->", source)
        else:
            result.comments.append((source, text.end(piece.end)))
    hidden.copy(text, position, len(text) if protected.cut is None else protected.cut)
    return hidden


def _restore(text: TracedText, shown: TracedText, protected: Protected, result: Page) -> TracedText:
    """Put the tags back where the page still has their place."""
    restored = TracedText()
    position = 0
    seen: set[int] = set()
    for match in _PLACEHOLDER.finditer(shown.text):
        number = int(match[1])
        if number >= len(protected.pieces) or protected.pieces[number].kind is not Kind.TAG:
            continue
        piece = protected.pieces[number]
        restored.copy(shown, position, match.start())
        position = match.end()
        if number in seen:
            result.doubled.append((text.source(piece.start), text.end(piece.end)))
            continue
        seen.add(number)
        if match[0][0] == "\x02" and MAY_BE_TAG.search(text.text, piece.start, piece.end):
            result.bared.append((text.source(piece.start), text.end(piece.end)))
        restored.copy(text, piece.start, piece.end)
        restored.put(piece.added, text.source(piece.end - 1))
    restored.copy(shown, position, len(shown))
    for number, piece in enumerate(protected.pieces):
        if piece.kind is Kind.TAG and number not in seen:
            result.lost.append((text.source(piece.start), text.end(piece.end)))
    return restored


def _hide_code(shown: TracedText) -> TracedText:
    """Braces in ``<code>…</code>`` become entities, unless there is a raw tag among them."""
    text = shown.text
    if "</code>" not in text:
        return shown
    result = TracedText()
    position = done = 0
    while opening := _CODE_START.search(text, position):
        end = text.find("</code>", opening.end() + 1)
        if end < 0:
            break
        position = end + len("</code>")
        if not _RAW.search(text, opening.start(), position):
            result.copy(shown, done, opening.start())
            result.copy(shown, opening.start(), position, HIDDEN)
            done = position
    result.copy(shown, done, len(shown))
    return result
