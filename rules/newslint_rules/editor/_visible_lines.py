"""The lines of an article as a reader sees them, from the last one up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from newslint import printable

if TYPE_CHECKING:
    from lxml import etree

    from newslint import MappedText, Post, Span


def _tags(text: str) -> frozenset[str]:
    return frozenset(text.split())


_INLINE = _tags(
    "a abbr acronym b bdi bdo big cite code data dd del dfn dt em font i img ins kbd label mark"
    " nobr q rp rt ruby s samp small span strike strong sub sup td th time tt u var wbr"
)
"""Elements that go on with the line. A cell goes on with its row, and a ``<dd>`` with its ``<dt>``:
there a label is in one and the name in the next."""

_DOCUMENT = _tags("html body")
_CELLS = _tags("td th dd")
_UNSEEN = _tags(
    "script style template textarea select head title object iframe noembed noframes audio video"
    " canvas svg math"
)
_NO_BLOCK = _INLINE | _UNSEEN | {"br"}


class Piece(NamedTuple):
    """A text of the tree: that of an element, or the ``tail`` that follows it."""

    text: str
    element: etree._Element
    is_tail: bool


class Line(NamedTuple):
    """A line of text, white space made single spaces, and the block that holds it.

    ``raw`` is the text with its line ends, as a Markdown file may need it, and ``pieces`` are what
    it is made of; ``at`` is where the line begins in it.
    """

    text: str
    block: etree._Element
    raw: str
    pieces: tuple[Piece, ...] = ()
    at: int = 0

    def place(self, post: Post) -> Span:
        """Where the line is found: its block's tag, or its text where no tag of the post holds it.

        Text in the body itself, as a paragraph of Markdown, has no tag of its own.
        """
        above = (self.block, *self.block.iterancestors())
        if any(one.tag not in _DOCUMENT and post.html.start_tag(one) is not None for one in above):
            return post.span(self.block)
        return self._written(post) or post.span(self.block)

    def _written(self, post: Post) -> Span | None:
        """The span of the text; None where it is written in another way than the tree has it."""
        at = self.at
        for piece in self.pieces:
            if at < len(piece.text):
                break
            at -= len(piece.text)
        else:
            return None
        rest = piece.text[at:].lstrip()
        text, rest = _with_lf(piece.text), _with_lf(rest)
        written = _window(piece, post)
        # In the tree bytes that are no text are U+FFFD, one each.
        found = printable(written.text).rfind(text)
        if found < 0 or not rest:
            return None
        start = found + len(text) - len(rest)
        return written.span(start, start + len(rest.splitlines()[0].rstrip()))


def _window(piece: Piece, post: Post) -> MappedText:
    """What is written around a text of the tree, up to the tag that comes next: it is last."""
    from newslint import MappedText, decoded_text

    html = post.html
    element: etree._Element | None = piece.element
    while element is not None and html.start_tag(element) is None:
        previous = element.getprevious()
        element = previous if previous is not None else element.getparent()
    token = None if element is None else html.start_tag(element)
    start = 0 if token is None else token.span.end
    end = len(html.html)
    for element in _following(piece.element, inside=not piece.is_tail):
        if (token := html.start_tag(element)) is not None:
            end = token.span.start
            break
    text = html.html[start:end]
    for token in html.tokens_from(start):
        if token.span.start >= end:
            break
        # End tags and comments are no text.
        at, to = (offset - start for offset in token.span)
        text = text[:at] + " " * (to - at) + text[to:]
    written = decoded_text(text, html.start + start)
    if "\r" not in text:
        return written
    # libxml2 has LF for each line end, in its newer versions.
    text = written.text
    kept = [at for at in range(len(text)) if text[at] != "\n" or text[at - 1 : at] != "\r"]
    offsets = (*(written.span(at, at).start for at in kept), written.span(len(text), len(text)).end)
    return MappedText(_with_lf(text), written.start, offsets)


def _with_lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _following(element: etree._Element, *, inside: bool) -> Iterator[etree._Element]:
    """Yield the elements that begin after an element's start tag, or after its end."""
    at: etree._Element | None = element
    while at is not None:
        if inside and len(at):
            at = at[0]
        else:
            while at is not None and at.getnext() is None:
                at = at.getparent()
            at = None if at is None else at.getnext()
        inside = True
        if at is not None:
            yield at


def last_plain_text(post: Post) -> str | None:
    """Return the text of the last line, where the last block contains nothing but that; else None.

    It is the ``raw`` of the first of `lines_upwards`, without a tree for most posts, and names the
    editor of nearly every post.
    """
    return post.last_block_text(_NO_BLOCK)


def last_plain_line(post: Post) -> Line | None:
    """Return the same with its block."""
    raw = last_plain_text(post)
    if raw is None:
        return None
    block = post.body
    while len(block):
        block = block[-1]
    return Line(" ".join(raw.split()), block, raw, (Piece(raw, block, False),))


def lines_upwards(post: Post) -> Iterator[Line]:
    """The lines of a post with any text in them, the last one first. Lazy: stop when you know."""
    root = post.body
    block = root
    pieces: list[Piece] = []
    stack = [(root, root.iterchildren(reversed=True), root)]
    while stack:
        element, children, outer = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            text = element.text
            if text and (pieces or not text.isspace()):
                pieces.append(Piece(text, element, False))
            if block is element:
                if pieces:
                    yield from _line(pieces, block)
                    pieces = []
                block = outer
            elif element.tag in _CELLS:
                pieces.append(Piece(" ", element, False))
            elif element.tag == "dt" and pieces:
                yield from _line(pieces, block)
                pieces = []
            continue
        tail = child.tail
        if tail and (pieces or not tail.isspace()):
            pieces.append(Piece(tail, child, True))
        tag = child.tag
        if tag in _INLINE:
            stack.append((child, child.iterchildren(reversed=True), block))
        elif isinstance(tag, str) and tag not in _UNSEEN:
            if pieces:
                yield from _line(pieces, block)
                pieces = []
            if tag != "br":
                stack.append((child, child.iterchildren(reversed=True), block))
                block = child


def _line(pieces: list[Piece], block: etree._Element) -> Iterator[Line]:
    """Yield the line that pieces of text make, which were found from its end."""
    pieces.reverse()
    raw = "".join([piece.text for piece in pieces]) if len(pieces) > 1 else pieces[0].text
    text = " ".join(raw.split())
    if text:
        yield Line(text, block, raw, tuple(pieces))
