"""The body of a post as an lxml tree, and the exact place of each element in the file.

libxml2 keeps only a line, so a place is found when it is asked for: a copy of the text in which
each start tag carries its offset as an attribute is parsed again. Both trees have the same shape,
whatever the parser implied or dropped; the n-th element here is the n-th there.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from newslint.core import lazy
from newslint.core.lazy import cached_property
from newslint.core.messages import msg
from newslint.core.source import printable
from newslint.core.span import Span
from newslint.html.tokenizer import VOID, Attribute, Token, TokenKind, attributes, tokens

if TYPE_CHECKING:
    from lxml import etree

_MARK = "data-newslint-at"

_DOCUMENT_END = lazy.pattern(r"</(?:body|html)[ \t\n\r\f]*+>", re.IGNORECASE)

_DOCUMENT = frozenset({"html", "/html", "body", "/body"})
"""The names of tags among which are all that a ``</body>`` or ``</html>`` may belong to."""

IMPLIED = frozenset({"html", "head", "body", "p"})
"""The elements that libxml2 makes where no tag represents them."""

ATTRIBUTES_KEPT = 1_000
"""Attributes of one tag that are looked at: libxml2 takes time with their square (100,000 take
half a minute); no tag that people write has a hundred."""
ATTRIBUTES_SUSPICIOUS = 20 * ATTRIBUTES_KEPT
"""Characters that may stand between attributes from which a body is looked at for such tags: with
fewer, libxml2 takes about a tenth of a second (measured)."""
_BETWEEN_ATTRIBUTES = " \n\t\r\f/\"'"


class Body:
    """The HTML after the front matter. Offsets are those of the file; ``start`` is where it begins.

    ``html`` is the text that is parsed: the file's own, with the Markdown code in it blanked out
    (same length), since an ``<img>`` in a code sample is no image.
    """

    def __init__(self, html: str, start: int) -> None:
        self.html = html
        self.start = start
        self.trimmed: tuple[Span, str] | None = None
        """Where the first tag is of which only the first attributes are looked at, in words too."""
        if len(html) > ATTRIBUTES_SUSPICIOUS:
            self._trim()
        self._listed: tuple[Token, tuple[Attribute, ...], list[int]] | None = None

    def _trim(self) -> None:
        """Blank out what is too much in a tag: same length, same places."""
        html = self.html
        if sum(map(html.count, _BETWEEN_ATTRIBUTES)) <= ATTRIBUTES_SUSPICIOUS:
            return
        pieces: list[str] = []
        position = 0
        for token in tokens(html):
            start, end = token.attributes
            if token.kind is not TokenKind.START or end - start < 2 * ATTRIBUTES_KEPT:
                continue
            rest = islice(attributes(html, token), ATTRIBUTES_KEPT, None)
            if (first := next(rest, None)) is None:
                continue
            count = ATTRIBUTES_KEPT + 1 + sum(1 for _ in rest)
            if self.trimmed is None:
                words = msg(
                    "<{name}> has {count:,} attributes; only the first ",
                    name=token.name,
                    count=count,
                )
                self.trimmed = (
                    token.span,
                    msg(
                        "{words}{kept:,} were checked",
                        words=words,
                        kept=ATTRIBUTES_KEPT,
                    ),
                )
            pieces += (html[position : first.span.start], " " * (end - first.span.start))
            position = end
        if pieces:
            self.html = "".join((*pieces, html[position:]))

    def too_deep(self, limit: int) -> tuple[Span, str] | None:
        """Return where elements first nest deeper than a limit, and the words for it."""
        if self.openings <= limit:
            return None
        from lxml import etree

        # <html> and <body> are no levels of the post's own.
        depth = -2
        for event, element in etree.iterwalk(self.root, events=("start", "end")):
            if event == "end":
                depth -= 1
                continue
            depth += 1
            if depth > limit:
                span = self.span(element).shift(-self.start)
                words = msg(
                    "elements nest deeper than {limit:,} levels (limits.html-depth)", limit=limit
                )
                return span, msg("{words}: the body was not checked", words=words)
        return None

    @cached_property
    def pieces(self) -> list[str]:
        """The text cut at each ``<``, which is in none of them."""
        return self.html.split("<")

    @property
    def openings(self) -> int:
        """How often ``<`` is in the text."""
        return len(self.pieces) - 1

    @cached_property
    def root(self) -> etree._Element:
        """The tree, ``<html>`` at its root, as libxml2's tolerant parser builds it."""
        return _parse(self.html)

    def root_among(self, names: frozenset[str] | None) -> etree._Element:
        """Return the same, where the names of all tags are known; None where they are not.

        Nothing is looked for in the text then, which would take a fourth of the parser's time.
        """
        if "root" not in self.__dict__ and names is not None and names.isdisjoint(_DOCUMENT):
            self.__dict__["root"] = _parse(self.html, whole=True)
        return self.root

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tags, comments and raw text, in offsets of ``html``; see
        `newslint.html.tokenizer`.
        """
        return tuple(tokens(self.html))

    @cached_property
    def _starts(self) -> list[int]:
        return [token.span.start for token in self.tokens]

    def token_at(self, offset: int) -> Token | None:
        """Return the token that contains an offset of ``html``, or None where plain text is."""
        number = bisect_right(self._starts, offset) - 1
        if number >= 0 and offset < self.tokens[number].span.end:
            return self.tokens[number]
        return None

    def next_start(self, offset: int) -> int:
        """Where the first token after an offset of ``html`` begins, or the end of the text."""
        number = bisect_right(self._starts, offset)
        return self._starts[number] if number < len(self._starts) else len(self.html)

    def tokens_from(self, offset: int) -> Iterator[Token]:
        """Return the tokens that begin at an offset of ``html`` or after it."""
        # Not by islice(), which steps over all tokens before the first one.
        first = bisect_left(self._starts, offset)
        return (self.tokens[at] for at in range(first, len(self.tokens)))

    def attributes_of(self, token: Token) -> Iterator[Attribute]:
        """Return the attributes of a start tag, as written (offsets of ``html``)."""
        return attributes(self.html, token)

    def attribute_at(self, token: Token, offset: int) -> Attribute | None:
        """Return the attribute of a start tag in which an offset of ``html`` lies."""
        if self._listed is None or self._listed[0] is not token:
            found = tuple(attributes(self.html, token))
            self._listed = token, found, [one.span.start for one in found]
        _, found, starts = self._listed
        number = bisect_right(starts, offset) - 1
        return found[number] if number >= 0 and offset < found[number].span.end else None

    @cached_property
    def _places(self) -> dict[etree._Element, Token]:
        """The start tag of each element that has one."""
        starts = [t for t in self.tokens if t.kind is TokenKind.START and t.closed]
        pieces: list[str] = []
        position = 0
        for number, token in enumerate(starts):
            cut = token.span.start + 1 + len(token.name)
            pieces += (self.html[position:cut], f' {_MARK}="{number}"')
            position = cut
        pieces.append(self.html[position:])
        marked = _parse("".join(pieces))
        places: dict[etree._Element, Token] = {}
        for element, twin in zip(self.root.iter("*"), marked.iter("*"), strict=False):
            if (mark := twin.get(_MARK)) is not None:
                places[element] = starts[int(mark)]
        return places

    def start_tag(self, element: etree._Element) -> Token | None:
        """The start tag of an element (offsets of ``html``), or None for one that is implied."""
        return self._places.get(element)

    def span(self, element: etree._Element, attribute: str | None = None) -> Span:
        """Return where an element's start tag, or one of its attributes, is in the file.

        An element that the parser implied has the place of its nearest ancestor with a tag,
        or an empty span at the body's start. An attribute that does not exist has the tag's.
        """
        at: etree._Element | None = element
        while at is not None:
            token = self.start_tag(at)
            if token is not None:
                found = self.attribute(at, attribute) if attribute and at is element else None
                return (found.span if found else token.span).shift(self.start)
            at = at.getparent()
        return Span(self.start, self.start)

    def end_tag(self, element: etree._Element) -> Span | None:
        """Return where an element's end tag is in the file; empty after the tag of a void element.

        None where it has none: the element is closed by what follows, or never.
        """
        start = self.start_tag(element)
        if start is None:
            return None
        if start.name in VOID:
            return Span(start.span.end, start.span.end).shift(self.start)
        depth = 0
        for token in self.tokens:
            if token.name != start.name or token.span.start < start.span.start:
                continue
            if token.kind is TokenKind.START and not token.self_closing:
                depth += 1
            elif token.kind is TokenKind.END:
                depth -= 1
                if depth == 0:
                    return token.span.shift(self.start)
        return None

    def attribute(self, element: etree._Element, name: str) -> Attribute | None:
        """An attribute of an element as written (offsets of ``html``): the first of that name."""
        return next((a for a in self.attributes(element) if a.name == name), None)

    def attributes(self, element: etree._Element) -> tuple[Attribute, ...]:
        """Return all attributes of an element as written (offsets of ``html``)."""
        token = self.start_tag(element)
        return tuple(attributes(self.html, token)) if token else ()


def _parse(html: str, *, whole: bool = False) -> etree._Element:
    """Return the tree of a text; ``whole`` says that no tag in it ends the document."""
    try:
        encoded = html.encode()
    except UnicodeEncodeError:
        encoded = printable(html).encode()
    if b"\0" in encoded or (not whole and _may_end_document(html)):
        # libxml2 drops what follows "</html>"; a browser moves it into the body.
        clean = _DOCUMENT_END.sub(lambda tag: " " * len(tag[0]), html)
        encoded = printable(clean).encode()
    module, parser = _parser()
    root = module.fromstring(encoded, parser) if encoded.strip() else None
    tree: etree._Element = module.Element("html") if root is None else root
    return tree


def _may_end_document(html: str) -> bool:
    """A cheap test for ``</body>`` and ``</html>``: few posts have a ``</b>`` or a ``</h2>``."""
    if "</b" not in html and "</h" not in html and "</B" not in html and "</H" not in html:
        return False
    lowered = html.lower()
    return "</body" in lowered or "</html" in lowered


@cache
def _parser() -> tuple[Any, Any]:
    """Return the module and one parser for all posts: making one takes as long as a short post."""
    from lxml import etree

    return etree, etree.HTMLParser(encoding="utf-8", huge_tree=True)
