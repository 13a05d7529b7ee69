"""Pictures that are written in Markdown: ``![alt](address "title")`` and its kin."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from newslint import Post, Span
from newslint.markup import TokenKind

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

SIZE_LIMIT = 1_000_000
"""Code points of a body above which no Markdown is parsed."""

_LABEL = r"(?:[^\[\]\\]|\\.|\[[^\[\]]*+\])*+"
_PICTURE = re.compile(
    rf"!\[(?P<alt>{_LABEL})\]"
    r"(?:\(\s*+(?:<(?P<angle>[^<>\n]*+)>|(?P<bare>[^\s()<]*+(?:\([^\s()]*+\)[^\s()]*+)*+))"
    r"(?:\s++(?:\"(?P<double>(?:[^\"\\]|\\.)*+)\"|'(?P<single>(?:[^'\\]|\\.)*+)'))?+\s*+\)"
    rf"|\[(?P<label>{_LABEL})\])?+",
    re.DOTALL,
)
_DEFINITION = re.compile(
    rf"^[ ]{{0,3}}+\[(?P<label>{_LABEL})\]:\s*+(?:<(?P<angle>[^<>\n]*+)>|(?P<bare>[^\s<]\S*+))",
    re.MULTILINE | re.DOTALL,
)
_ATTRIBUTE_LIST = re.compile(r"\{:?[^{}\n]*+referrerpolicy", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MarkdownPicture:
    """A picture of a Markdown text: where it stands in the file and what it says."""

    span: Span
    address: str
    alt: str
    title: str

    def as_html(self, extra: str) -> str:
        """The picture as an ``<img>``, with ``extra`` as its last attribute."""
        from html import escape

        title = f' title="{escape(self.title)}"' if self.title else ""
        return f'<img src="{escape(self.address)}" alt="{escape(self.alt)}"{title} {extra}>'


def pictures(post: Post, wanted: Callable[[str], object]) -> Iterator[MarkdownPicture]:
    """The pictures of a Markdown post whose address is wanted, in order.

    ``wanted`` is asked first, and is cheap; only where it says yes is the Markdown parsed to see
    whether the text really becomes a picture.
    """
    if not post.is_markdown or "![" not in post.text or len(post.body_text) > SIZE_LIMIT:
        return
    written = [p for p in _written(post.body_text) if wanted(p.address)]
    if not written:
        return
    from markdown_it.common.utils import unescapeAll

    shown = _shown(post.body_text)
    hidden = _hidden(post)
    starts = [span.start for span in hidden]
    normal = _parser().normalizeLink
    for picture in written:
        at = bisect_right(starts, picture.span.start) - 1
        address = unescapeAll(picture.address)
        if (at >= 0 and picture.span.start < hidden[at].end) or normal(address) not in shown:
            continue
        span = picture.span.shift(post.body_start)
        if post.target.name == "jekyll" and _ATTRIBUTE_LIST.match(post.text, span.end):
            continue
        alt, title = unescapeAll(picture.alt), unescapeAll(picture.title)
        yield MarkdownPicture(span, address, " ".join(alt.split()), title)


def _written(text: str) -> Iterator[MarkdownPicture]:
    """What looks like a picture, its parts as written; spans are offsets of ``text``."""
    definitions: dict[str, str] | None = None
    for match in _PICTURE.finditer(text):
        address = match["angle"] or match["bare"]
        if address is None:
            if definitions is None:
                definitions = {
                    _normal(d["label"]): d["angle"] or d["bare"] or ""
                    for d in _DEFINITION.finditer(text)
                }
            address = definitions.get(_normal(match["label"] or match["alt"]))
        if address:
            title = match["double"] or match["single"] or ""
            yield MarkdownPicture(Span(*match.span()), address, match["alt"], title)


def _normal(label: str) -> str:
    return " ".join(label.split()).casefold()


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"maxNesting": 50}).enable("table")


def _shown(text: str) -> set[str]:
    """The addresses of the pictures that the Markdown really has."""
    return {
        str(child.attrs.get("src", ""))
        for token in _parser().parse(text)
        for child in token.children or ()
        if child.type == "image"
    }


def _hidden(post: Post) -> list[Span]:
    """Code, tags, comments and raw text, in which no Markdown counts; offsets of the body."""
    spans = [span.shift(-post.body_start) for span in post.code_spans]
    spans += [token.span for token in post.html.tokens if token.kind is not TokenKind.END]
    return sorted(spans)
