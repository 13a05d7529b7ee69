"""The body of a post as an lxml tree, with the exact place of each element in the file.

libxml2 keeps only lines, so places are computed on demand: a copy of the text in which each start
tag has its offset as an attribute is parsed as well. Both trees have the same shape, whatever the
parser implies or drops, so that the n-th element of one is the n-th of the other.
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
"""Names of the tags that `_may_end_document` looks for."""

IMPLIED = frozenset({"html", "head", "body", "p"})
"""Elements that libxml2 adds without a tag in the text."""

ATTRIBUTES_KEPT = 1_000
"""Maximum number of attributes of one tag that are read: libxml2 takes quadratic time (half a
minute for 100,000); no tag by people has a hundred."""
ATTRIBUTES_SUSPICIOUS = 20 * ATTRIBUTES_KEPT
"""Number of separator characters from which a body is checked for tags with too many attributes:
below it, libxml2 takes at most a tenth of a second (measured)."""
_BETWEEN_ATTRIBUTES = " \n\t\r\f/\"'"


class Body:
    """The HTML after the front matter. Offsets are those of the file; ``start`` is where it begins.

    ``html`` is the text that is parsed: the file's own, with Markdown code replaced by spaces (same
    length), since an ``<img>`` in a code sample is not an image.
    """

    def __init__(self, html: str, start: int) -> None:
        self.html = html
        self.start = start
        self.trimmed: tuple[Span, str] | None = None
        """The span of the first tag whose attributes exceed the limit, and a message about it."""
        if len(html) > ATTRIBUTES_SUSPICIOUS:
            self._trim()
        self._listed: tuple[Token, tuple[Attribute, ...], list[int]] | None = None

    def _trim(self) -> None:
        """Replace attributes beyond the limit by spaces, which keeps all offsets."""
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
        """Return the span where elements first nest deeper than a limit, and a message about it."""
        if self.openings <= limit:
            return None
        from lxml import etree

        # <html> and <body> do not count.
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
        """The text split at each ``<``, without it."""
        return self.html.split("<")

    @property
    def openings(self) -> int:
        """The number of ``<`` in the text."""
        return len(self.pieces) - 1

    @cached_property
    def root(self) -> etree._Element:
        """The root ``<html>`` of the tree that libxml2's tolerant parser builds."""
        return _parse(self.html)

    def root_among(self, names: frozenset[str] | None) -> etree._Element:
        """Return the root, given the names of all tags, or None if they are unknown.

        Known names save a search of the text that takes a fourth of the parser's time.
        """
        if "root" not in self.__dict__ and names is not None and names.isdisjoint(_DOCUMENT):
            self.__dict__["root"] = _parse(self.html, is_one_document=True)
        return self.root

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tags, comments and raw text, in offsets of ``html``."""
        return tuple(tokens(self.html))

    @cached_property
    def _starts(self) -> list[int]:
        return [token.span.start for token in self.tokens]

    def token_at(self, offset: int) -> Token | None:
        """Return the token that contains an offset of ``html``, or None for plain text."""
        number = bisect_right(self._starts, offset) - 1
        if number >= 0 and offset < self.tokens[number].span.end:
            return self.tokens[number]
        return None

    def next_start(self, offset: int) -> int:
        """Return the offset of the first token after an offset of ``html``, or of the end."""
        number = bisect_right(self._starts, offset)
        return self._starts[number] if number < len(self._starts) else len(self.html)

    def tokens_from(self, offset: int) -> Iterator[Token]:
        """Yield the tokens that begin at or after an offset of ``html``."""
        # islice() would step over all earlier tokens.
        first = bisect_left(self._starts, offset)
        return (self.tokens[at] for at in range(first, len(self.tokens)))

    def attributes_of(self, token: Token) -> Iterator[Attribute]:
        """Yield the attributes of a start tag, as written (offsets of ``html``)."""
        return attributes(self.html, token)

    def attribute_at(self, token: Token, offset: int) -> Attribute | None:
        """Return the attribute of a start tag that contains an offset of ``html``."""
        if self._listed is None or self._listed[0] is not token:
            found = tuple(attributes(self.html, token))
            self._listed = token, found, [one.span.start for one in found]
        _, found, starts = self._listed
        number = bisect_right(starts, offset) - 1
        return found[number] if number >= 0 and offset < found[number].span.end else None

    @cached_property
    def _places(self) -> dict[etree._Element, Token]:
        """The start tag of each element that has one in the text."""
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
        """Return an element's start tag (offsets of ``html``), or None for an implied element."""
        return self._places.get(element)

    def span(self, element: etree._Element, attribute: str | None = None) -> Span:
        """Return the span in the file of an element's start tag, or of one of its attributes.

        For an implied element, that of its nearest ancestor with a tag, or an empty span at the
        body's start. For an attribute that does not exist, that of the tag.
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
        """Return the span of an element's end tag; for a void element, an empty one after its tag.

        None if it has no end tag: another tag closes the element, or nothing.
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
        """Return the first attribute of a name of an element, as written (offsets of ``html``)."""
        return next((a for a in self.attributes(element) if a.name == name), None)

    def attributes(self, element: etree._Element) -> tuple[Attribute, ...]:
        """Return all attributes of an element as written (offsets of ``html``)."""
        token = self.start_tag(element)
        return tuple(attributes(self.html, token)) if token else ()


def _parse(html: str, *, is_one_document: bool = False) -> etree._Element:
    """Return the root of a text's tree; ``is_one_document`` if no tag ends the document early."""
    try:
        encoded = html.encode()
    except UnicodeEncodeError:
        encoded = printable(html).encode()
    if b"\0" in encoded or (not is_one_document and _may_end_document(html)):
        # libxml2 drops the text after "</html>"; a browser moves it into the body.
        clean = _DOCUMENT_END.sub(lambda tag: " " * len(tag[0]), html)
        encoded = printable(clean).encode()
    module, parser = _parser()
    root = module.fromstring(encoded, parser) if encoded.strip() else None
    tree: etree._Element = module.Element("html") if root is None else root
    return tree


def _may_end_document(html: str) -> bool:
    """Test cheaply for ``</body>`` and ``</html>``: few posts have a ``</b>`` or a ``</h2>``."""
    if "</b" not in html and "</h" not in html and "</B" not in html and "</H" not in html:
        return False
    lowered = html.lower()
    return "</body" in lowered or "</html" in lowered


@cache
def _parser() -> tuple[Any, Any]:
    """Return the lxml module and a shared parser: creating one takes as long as a short post."""
    from lxml import etree

    return etree, etree.HTMLParser(encoding="utf-8", huge_tree=True)
