"""What readers lose if a Markdown renderer changes a piece of HTML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from newslint.core import lazy
from newslint.core.messages import join_comma, msg
from newslint.generators.markdown import dom_equal

SHOWN = {
    "img": msg("image not shown"),
    "picture": msg("image not shown"),
    "a": msg("link not shown"),
    "video": msg("video not shown"),
    "audio": msg("audio not shown"),
    "iframe": msg("embed not shown"),
    "embed": msg("embed not shown"),
    "object": msg("embed not shown"),
}
"""The elements that an article loses for good when their tag is printed, in order of weight."""
SOURCE = msg("HTML shown as source")
REFERENCES = msg("character references shown as source")
TEXT = msg("text not shown")
CODE_TEXT = msg("article text shown as source")

_ADDRESSES = {"a": ("href",), "object": ("data",)}
_SOURCES = ("src", "srcset", "data-src", "data-original")
_WORD = lazy.pattern(r"[^\W_]+")
_TAG_IN_TEXT = lazy.pattern(r"</?[A-Za-z][^<>\n]*+>")
_REFERENCE_IN_TEXT = lazy.pattern(r"&(?:#[0-9]++|#[xX][0-9A-Fa-f]++|[A-Za-z][A-Za-z0-9]++);")
_APPENDED = lazy.pattern(
    r"(?:<!--[^>]*?|\b(?:class|id)=[\"'][^\"'>]*?)"
    r"(?:qr(?:code)?(?![a-z])|二维码|推广|广告|advert|promo(?:tion)?\b)",
    re.IGNORECASE,
)
"""How publishers mark the box that they append to each article, in a comment or a class."""
SIZE_LIMIT = 50_000
"""Code points of a piece above which only its elements are compared."""


def between(own: str, shown: str) -> str:
    """What is lost of a piece of HTML that is shown as another, as a message; empty for nothing."""
    before, after = dom_equal.pieces(own), dom_equal.pieces(shown)
    lost = [*_media(before, after)]
    if len(own) <= SIZE_LIMIT:
        lost += _text(_text_of(before), _text_of(after), _values_of(after))
    return join_comma(list(dict.fromkeys(lost)))


def of_code(html: str) -> str:
    """Return what is lost where a piece of HTML is shown as code, as a message.

    Empty for a tag alone, and for what is no part of the article: a publisher's advertisement.
    """
    if _APPENDED.search(html):
        return ""
    pieces = dom_equal.pieces(html)
    lost = [*_media(pieces, [])]
    if _WORD.search(_text_of(pieces).removesuffix("after")):
        lost.append(CODE_TEXT)
    return join_comma(list(dict.fromkeys(lost)))


def _media(before: Iterable[dom_equal.Piece], after: Iterable[dom_equal.Piece]) -> Iterable[str]:
    gone = Counter(_addresses(before)) - Counter(_addresses(after))
    names = {name for name, _ in gone}
    return [words for name, words in SHOWN.items() if name in names]


def _addresses(pieces: Iterable[dom_equal.Piece]) -> Iterable[tuple[str, str]]:
    for piece in pieces:
        if piece[0] != "<" or piece[1] not in SHOWN or piece[1] == "picture":
            continue
        attributes = dict(zip(piece[2::2], piece[3::2], strict=True))
        wanted = _ADDRESSES.get(piece[1], _SOURCES)
        address = next((attributes[name] for name in wanted if attributes.get(name)), "")
        if address:
            yield piece[1], address


def _text_of(pieces: Iterable[dom_equal.Piece]) -> str:
    """Return the text that readers see, scripts and styles left out."""
    found: list[str] = []
    hidden = 0
    for piece in pieces:
        if piece[0] in "<>" and piece[1] in ("script", "style", "template"):
            hidden += 1 if piece[0] == "<" else -1
        elif piece[0] in " =" and not hidden:
            found.append(piece[1])
    return " ".join(found)


def _values_of(pieces: Iterable[dom_equal.Piece]) -> str:
    """Return what was text and is in an attribute now: Markdown's links and images."""
    return " ".join(" ".join(piece[3::2]) for piece in pieces if piece[0] == "<")


def _text(before: str, after: str, values: str) -> Iterable[str]:
    if before == after:
        return
    for pattern, words in ((_TAG_IN_TEXT, SOURCE), (_REFERENCE_IN_TEXT, REFERENCES)):
        if len(pattern.findall(after)) > len(pattern.findall(before)):
            yield words
    if gone := _words(before) - _words(after):
        whole = re.sub(r"[\W_]+", "", after + values)
        # Emphasis within a word parts it, and a line that is joined joins words.
        if any(word not in whole for word in gone):
            yield TEXT


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text))
