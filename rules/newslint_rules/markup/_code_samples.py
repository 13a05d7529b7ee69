"""Code samples in HTML, ``<pre>`` and ``<code>``, and what in them a browser takes for tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newslint import Post, Span, Token, TokenKind, lazy
from newslint_rules.markup._element_names import DROPPED_IN_BODY, HTML_ELEMENTS

NAMESPACES = lazy.pattern(r"(?:[ovwxgm]|st\d|u\d|fb|dc|svg|xml|html|mml|epub|ruby|w10|wp|pic):")
"""Prefixes of office programs and social widgets: leftovers of markup, never text."""

SAMPLES = frozenset({"code", "pre"})
_SAMPLE_END = lazy.pattern(r"</(code|pre)\s*+>", re.IGNORECASE)
_COMMENT_WORDS = lazy.pattern(
    r"<!--(?!\s*+(?:more|excerpt|toc|newslint)\b)[^\w?>]*+\w[^>]*\s\w", re.IGNORECASE
)
"""A comment of several words, none of which a generator reads."""

_NEVER = frozenset(
    {
        "base", "body", "embed", "form", "frame", "frameset", "head", "html", "iframe", "input",
        "link", "meta", "noscript", "object", "option", "script", "select", "style", "template",
        "textarea", "title",
    }
)  # fmt: skip
"""Elements that no highlighter writes into a code sample."""

_BARE = frozenset(
    {
        "article", "aside", "button", "div", "footer", "h1", "h2", "h3", "h4", "header", "main",
        "nav", "p", "section",
    }
)  # fmt: skip
"""Elements that are part of a sample's markup only with attributes, or outside of `<code>`."""


class Sample(NamedTuple):
    """A ``<pre>`` or ``<code>`` and the tags in it that are text."""

    span: Span
    tags: tuple[Token, ...]


def samples_of(post: Post, tokens: list[Token]) -> Iterator[Sample]:
    """Yield the outermost ``<pre>`` and ``<code>`` elements, each with the tags that are text."""
    html = post.html.html
    start: Token | None = None
    depth: list[str] = []
    inside: list[Token] = []
    cut: list[Token] = []
    for token in tokens:
        end: Token | None = token
        if start is None:
            if token.name in SAMPLES and token.kind is TokenKind.START and token.closed:
                start, depth, inside, cut = token, [token.name], [], []
            continue
        if token.name not in SAMPLES or token.kind not in (TokenKind.START, TokenKind.END):
            end = _swallowed_end(html, token, depth)
            if end is not None:
                token = token._replace(span=Span(token.span.start, end.span.start), closed=True)
                cut.append(token)
            if end is not None or "code" in depth or token.name not in _BARE:
                inside.append(token)
        elif token.kind is TokenKind.START:
            depth.append(token.name)
            continue
        if end is not None and end.name in depth:
            while depth.pop() != end.name:
                pass
            if not depth:
                yield _sample(post, Span(start.span.start, end.span.end), inside, cut)
                start = None
    if start is not None:
        yield _sample(post, Span(start.span.start, len(html)), inside, cut)


def _swallowed_end(html: str, token: Token, names: list[str]) -> Token | None:
    """Return the end tag of a sample within a start tag that lacks its ``>`` or a quote."""
    if token.kind is not TokenKind.START:
        return None
    for match in _SAMPLE_END.finditer(html, *token.span):
        if (name := match[1].lower()) in names:
            return Token(TokenKind.END, Span(*match.span()), name)
    return None


def _sample(post: Post, span: Span, inside: list[Token], cut: list[Token]) -> Sample:
    wrong = {
        token.name for token in inside if token.kind is TokenKind.START and _is_wrong(post, token)
    }
    paragraphs = (token for token in inside if token.name == "p")
    if (first := next(paragraphs, None)) is not None and first.kind is TokenKind.END:
        wrong.discard("p")  # a converter to HTML made paragraphs of empty lines in the sample
    bogus = any(token.kind in (TokenKind.BOGUS, TokenKind.DOCTYPE) for token in inside)
    bogus = bogus or _loses_comment(post, span, inside)
    if not (wrong or bogus or cut):
        return Sample(span, ())
    starts = {token.span.start for token in cut}
    tags = tuple(
        token
        for token in inside
        if token.kind in (TokenKind.BOGUS, TokenKind.DOCTYPE, TokenKind.COMMENT)
        or token.name in wrong
        or token.span.start in starts
    )
    return Sample(span, tags)


def _loses_comment(post: Post, span: Span, inside: list[Token]) -> bool:
    """Return whether a comment is part of a sample: a tool that escapes one may add its own."""
    html = post.html.html
    comments = (one.span for one in inside if one.kind is TokenKind.COMMENT)
    if not any(_COMMENT_WORDS.match(html, *one) for one in comments):
        return False
    return html.find("&lt;", *span) < 0 and html.find("<span", *span) < 0


def _is_wrong(post: Post, token: Token) -> bool:
    """Return whether a start tag cannot be meant as markup in a code sample."""
    name = token.name
    if name in _NEVER or is_unknown(name):
        return NAMESPACES.match(name) is None
    return name in _BARE and not any(True for _ in post.html.attributes_of(token))


def is_unknown(name: str) -> bool:
    """Return whether browsers know no element of a name, or drop its tags."""
    return name not in HTML_ELEMENTS or name in DROPPED_IN_BODY
