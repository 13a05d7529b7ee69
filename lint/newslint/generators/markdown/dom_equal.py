"""Compare two pieces of HTML as browsers show them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newslint.core import lazy
from newslint.core.source import printable
from newslint.generators.markdown.recent import kept

if TYPE_CHECKING:
    from lxml import etree

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "col",
        "colgroup",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "iframe",
        "legend",
        "li",
        "link",
        "main",
        "menu",
        "meta",
        "nav",
        "noscript",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "script",
        "section",
        "style",
        "summary",
        "table",
        "tbody",
        "td",
        "template",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
"""Elements at whose edges white space is not shown."""
_PRESERVED = frozenset({"pre", "textarea", "xmp"})
_SPACE = lazy.pattern(r"[ \t\n\r\f]+")

Piece = tuple[str, ...]


def same(one: str, other: str) -> bool:
    """Return whether a browser shows two bodies alike, white space that it collapses aside.

    Both are read in a page that goes on after them: an unclosed comment changes the page.
    """
    return one == other or pieces(one) == pieces(other)


_PIECE_SIZE = 250
"""Bytes of a piece in memory, its text apart (measured)."""


def size(found: Sequence[Piece]) -> int:
    """Return the bytes that pieces take in memory."""
    return _PIECE_SIZE * len(found)


@kept(size)
def pieces(html: str) -> Sequence[Piece]:
    """A body as a flat list of tags and texts, without comments and invisible white space."""
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    page = f"<html><body><div>{printable(html)}</div><p>after</p></body></html>"
    root = etree.fromstring(page.encode(), parser)
    return _trimmed(_merged(_walk(root)))


def _walk(root: etree._Element) -> list[Piece]:
    from lxml import etree

    found: list[Piece] = []
    preserved = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = str(element.tag)
        if event == "start":
            found.append(("<", tag, *_attributes(element)))
            preserved += tag in _PRESERVED
            text = element.text
        else:
            found.append((">", tag))
            preserved -= tag in _PRESERVED
            text = element.tail
        if text:
            found.append(("=" if preserved else " ", str(text)))
    return found


def _attributes(element: etree._Element) -> list[str]:
    flat: list[str] = []
    for name, value in sorted((str(k), str(v)) for k, v in element.attrib.items()):
        # libxml2 reads "checked" as checked="checked"; an empty id is none.
        if name != "id" or value:
            flat += (name, "" if value == name else value)
    return flat


def _merged(found: list[Piece]) -> list[Piece]:
    merged: list[Piece] = []
    for piece in found:
        if piece[0] in "= " and merged and merged[-1][0] == piece[0]:
            piece = (piece[0], merged.pop()[1] + piece[1])
        merged.append(piece)
    return [(" ", _SPACE.sub(" ", p[1])) if p[0] == " " else p for p in merged]


def _trimmed(found: list[Piece]) -> list[Piece]:
    trimmed: list[Piece] = []
    for number, piece in enumerate(found):
        if piece[0] == " ":
            text = piece[1]
            if number == 0 or found[number - 1][1] in _BLOCKS:
                text = text.removeprefix(" ")
            if number + 1 == len(found) or found[number + 1][1] in _BLOCKS:
                text = text.removesuffix(" ")
            if not text:
                continue
            piece = (" ", text)
        trimmed.append(piece)
    return trimmed
