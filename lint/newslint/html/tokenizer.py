"""The tags of a post's HTML as a browser's tokenizer reads them, with exact offsets.

One pass of one regular expression by the HTML standard's tokenization (section 13.2.5): comments,
raw-text elements and quoted ``>`` are read as a browser does. Linear on any input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from functools import cache
from typing import NamedTuple

from newslint.core import lazy
from newslint.core.span import Span

RAW_TEXT = frozenset(
    {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"}
)
"""Elements whose content is text up to their end tag (HTML standard, 13.2.5.1 and 13.2.6.4)."""

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
"""Elements that have no end tag (HTML standard, 13.1.2)."""

URL_ATTRIBUTES = frozenset(
    {"action", "background", "cite", "data", "formaction", "href", "ping", "poster", "src",
     "srcset", "xlink:href"}
)  # fmt: skip
"""Attributes whose value is a URL (HTML standard, index of attributes)."""

_SPACE = r"[ \t\n\r\f]"
_ATTRIBUTE = (
    r"[^ \t\n\r\f/>][^ \t\n\r\f/>=]*+"
    rf"(?:{_SPACE}*+={_SPACE}*+(?:\"[^\"]*+\"?+|'[^']*+'?+"
    r"|[^ \t\n\r\f>\"'][^ \t\n\r\f>]*+|(?=>)))?+"
)
_TOKEN = lazy.pattern(
    r"<(?:(?P<end>/)?+(?P<name>[A-Za-z][^ \t\n\r\f/>]*+)"
    rf"(?P<attributes>(?:[ \t\n\r\f/]++|{_ATTRIBUTE})*+)"
    r"(?P<close>>)?+"
    r"|!--(?P<comment>-?>|(?:(?!-->|--!>).)*+(?P<comment_end>--!?>)?+)"
    r"|(?P<bogus>[!?/][^>]*+>?+)"
    r")",
    re.DOTALL,
)
_ATTRIBUTES = lazy.pattern(
    r"(?P<name>[^ \t\n\r\f/>][^ \t\n\r\f/>=]*+)"
    rf"(?:(?P<equals>{_SPACE}*+={_SPACE}*+)(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'"
    r"|(?P<bare>[^ \t\n\r\f>\"'][^ \t\n\r\f>]*+)|(?=>|\Z)))?+"
)
_SCRIPT_STEP = lazy.pattern(r"<!--|-->|<(?P<end>/)?script(?=[ \t\n\r\f/>])", re.IGNORECASE)
_SCHEME = lazy.pattern(r"[\x00-\x20]*+([A-Za-z][A-Za-z0-9+.-]*+):")
_IGNORED = str.maketrans("", "", "\t\n\r")
"""Characters that a browser removes from a URL before parsing it (URL standard, 4.4)."""

NOWHERE = Span(0, 0)
"""The span of something that does not exist."""


class TokenKind(Enum):
    """The kind of a token."""

    START = auto()
    END = auto()
    COMMENT = auto()
    DOCTYPE = auto()
    BOGUS = auto()
    """``<!…>``, ``<?…>`` or ``</…>`` that a browser reads as a comment."""
    TEXT = auto()
    """The content of a raw-text element, such as the CSS of a style."""


class Token(NamedTuple):
    """A tag, a comment or the content of a raw-text element.

    ``span`` is in offsets of the tokenized text. ``name`` is lower case: the tag's, or that of the
    raw-text element. ``attributes`` is the range between name and ``>``. ``closed`` is false if the
    text ends first: a browser then drops the tag, or reads the rest of the page as comment or text.
    """

    kind: TokenKind
    span: Span
    name: str = ""
    attributes: Span = NOWHERE
    self_closing: bool = False
    closed: bool = True


class Attribute(NamedTuple):
    """An attribute as written: lower-case name, raw value (references not decoded) and their spans.

    ``value`` is None if there is none (``alt``); its span excludes the quotes. ``quote`` is the
    quote character, or empty.
    """

    name: str
    value: str | None
    span: Span
    value_span: Span
    quote: str


def tokens(text: str, start: int = 0) -> Iterator[Token]:
    """Yield the tags, comments and raw text of a text, from offset ``start`` on."""
    position = start
    while match := _TOKEN.search(text, position):
        token = _token(match, len(text))
        if token is None:
            position = match.start() + 1
            continue
        yield token
        position = token.span.end
        if token.kind is TokenKind.START and token.closed:
            if token.name in RAW_TEXT:
                content = Token(TokenKind.TEXT, *_raw_text(text, position, token.name))
                if content.span.start < content.span.end:
                    yield content
                position = content.span.end
            elif token.name == "plaintext":
                yield Token(TokenKind.TEXT, Span(position, len(text)), token.name, closed=False)
                return


def _token(match: re.Match[str], length: int) -> Token | None:
    span = Span(*match.span())
    name = match["name"]
    if name is not None:
        kind = TokenKind.END if match["end"] else TokenKind.START
        closed = match["close"] is not None
        inside = Span(*match.span("attributes"))
        if not closed:
            span = Span(span.start, length)
        token = Token(kind, span, name.lower(), inside, False, closed)
        return token._replace(self_closing=True) if _self_closing(match.string, token) else token
    if match["comment"] is not None:
        closed = match["comment_end"] is not None or match["comment"] in (">", "->")
        return Token(TokenKind.COMMENT, span, closed=closed)
    bogus = match["bogus"]
    if bogus == "/" or bogus == "/>":
        # "</>" is dropped and "</" at the very end is text.
        return None
    kind = TokenKind.DOCTYPE if bogus[:8].lower() == "!doctype" else TokenKind.BOGUS
    return Token(kind, span, closed=bogus.endswith(">"))


def _self_closing(text: str, token: Token) -> bool:
    """Return whether a slash before ``>`` is not the end of an unquoted value."""
    if not text.endswith("/", *token.attributes):
        return False
    ends = [attribute.span.end for attribute in attributes(text, token)]
    return not ends or ends[-1] < token.attributes.end


def _raw_text(text: str, start: int, name: str) -> tuple[Span, str, Span, bool, bool]:
    closing = _script_end(text, start) if name == "script" else _closing(name).search(text, start)
    end = closing.start() if closing else len(text)
    return Span(start, end), name, Span(0, 0), False, closing is not None


@cache
def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[ \t\n\r\f/>])", re.IGNORECASE)


def _script_end(text: str, start: int) -> re.Match[str] | None:
    """Return the match of a script's end tag; one inside ``<!-- <script>`` does not count."""
    escaped = doubly = False
    for step in _SCRIPT_STEP.finditer(text, start):
        if step["end"]:
            if not doubly:
                return step
            doubly = False
        elif step[0] == "<!--":
            escaped = True
        elif step[0] == "-->":
            escaped = doubly = False
        else:
            doubly = escaped
    return None


def attributes(text: str, token: Token) -> Iterator[Attribute]:
    """Yield the attributes of a tag in order, including repeated ones."""
    for match in _ATTRIBUTES.finditer(text, *token.attributes):
        span = Span(*match.span())
        for group, quote in (("double", '"'), ("single", "'"), ("bare", "")):
            if match[group] is not None:
                yield Attribute(
                    match["name"].lower(), match[group], span, Span(*match.span(group)), quote
                )
                break
        else:
            empty = Span(span.end, span.end)
            value = "" if match["equals"] is not None else None
            yield Attribute(match["name"].lower(), value, span, empty, "")


def scheme(value: str) -> str:
    """Return the scheme of a URL in an attribute, in lower case; empty for a relative URL."""
    from html import unescape

    match = _SCHEME.match(unescape(value).translate(_IGNORED))
    return match[1].lower() if match else ""
