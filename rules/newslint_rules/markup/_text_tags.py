"""What a browser takes for tags though it is text: in prose, and in code samples."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from newslint import Post, ProblemKind, Span, Token, TokenKind, lazy
from newslint_rules.markup._element_names import DROPPED_IN_BODY, HTML_ELEMENTS
from newslint_rules.markup._problems import problems

_PLAIN_NAME = lazy.pattern(r"[a-z][a-z0-9]*+(?:-[a-z0-9._-]*+)?+")
"""What names elements and custom elements have; a name with other characters is text."""

_WORD = lazy.pattern(r"[a-z][\w.:@/-]*+")
"""A name of signs that mean nothing to a template engine."""

_NAMESPACES = lazy.pattern(r"(?:[ovwxgm]|st\d|u\d|fb|dc|svg|xml|html|mml|epub|ruby|w10|wp|pic):")
"""Prefixes of office programs and social widgets: leftovers of markup, never text."""

_MARKED_TAG = lazy.pattern(r"(?<!\\)<[A-Za-z][A-Za-z0-9:-]*+_[\w:-]*+(?:[ \t][^<>\n]*+)?+/?>")
"""Names with an underscore: tags to marked and kramdown, text to CommonMark (measured)."""

_SAMPLES = frozenset({"code", "pre"})
_SAMPLE_END = lazy.pattern(r"</(code|pre)\s*+>", re.IGNORECASE)
_LOOKED_INTO = _SAMPLES | DROPPED_IN_BODY
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


class TextTag(NamedTuple):
    """A start tag that is text. ``end`` is its end tag, ``holds`` whether anything lies between."""

    token: Token
    end: Token | None
    holds: bool
    doubtful: bool
    """Whether it may be meant, as an element of the site or as a tag with a template in it; or
    what it shows as text: it contains another ``<``, or is where a table has no text."""


class Sample(NamedTuple):
    """A ``<pre>`` or ``<code>`` and the tags in it that are text."""

    span: Span
    tags: tuple[Token, ...]


class _Found(NamedTuple):
    prose: tuple[TextTag, ...]
    samples: tuple[Sample, ...]
    starts: frozenset[int]


def found(post: Post) -> _Found:
    """The text that a browser takes for tags in a post; offsets are those of the body's HTML."""
    return post.once(_find)


def may_have_any(post: Post) -> bool:
    """Whether a tag of a post may be text: a name that HTML does not know, or a code sample."""
    names = post.element_names
    return not (names <= HTML_ELEMENTS and names.isdisjoint(_LOOKED_INTO))


def in_sample(post: Post, offset: int) -> bool:
    """Return whether an offset of the file is in a code sample with unescaped markup."""
    samples, at = found(post).samples, offset - post.body_start
    number = bisect_right(samples, at, key=lambda one: one.span.start) - 1
    return number >= 0 and at < samples[number].span.end and bool(samples[number].tags)


def _find(post: Post) -> _Found:
    tokens = [*post.tokens]
    samples = tuple(_samples(post, tokens))
    prose = [*_in_prose(post, tokens, samples)]
    names = post.is_markdown and post.markdown_target.name in ("hexo", "jekyll")
    if names and "_" in post.body_text:
        known = {one.token.span.start for one in prose}
        prose += (one for one in _underscored(post, samples) if one.token.span.start not in known)
        prose.sort(key=lambda one: one.token.span.start)
    starts = {one.token.span.start for one in prose}
    starts |= {token.span.start for sample in samples for token in sample.tags}
    return _Found(tuple(prose), samples, frozenset(starts))


def _underscored(post: Post, samples: tuple[Sample, ...]) -> Iterator[TextTag]:
    for match in _MARKED_TAG.finditer(post.html.html):
        start = match.start()
        if not _is_inside(start, samples) and "=" not in match[0]:
            token = Token(TokenKind.START, Span(*match.span()), match[0][1:-1].lower())
            yield TextTag(token, None, False, False)


def _is_inside(offset: int, samples: tuple[Sample, ...]) -> bool:
    """Return whether an offset is in a sample; samples are in order and do not overlap."""
    at = bisect_left(samples, offset, key=lambda one: one.span.start) - 1
    return at >= 0 and offset < samples[at].span.end


def _in_prose(post: Post, tokens: list[Token], samples: tuple[Sample, ...]) -> Iterator[TextTag]:
    """The tags outside of samples, with their ends. Those within SVG and MathML are left out."""
    html = post.html.html
    ends: dict[int, tuple[int, Token]] = {}
    opened: dict[str, list[int]] = {}
    foreign = 0
    candidates: list[int] = []
    for number, token in enumerate(tokens):
        name = token.name
        if name in ("svg", "math"):
            if token.kind is TokenKind.END:
                foreign = max(0, foreign - 1)
            elif token.kind is TokenKind.START and not token.self_closing:
                foreign += 1
        elif foreign or _is_inside(token.span.start, samples):
            continue
        elif token.kind is TokenKind.START and _is_unknown(name):
            candidates.append(number)
            opened.setdefault(name, []).append(number)
        elif token.kind is TokenKind.END and opened.get(name):
            ends[opened[name].pop()] = number, token
    misplaced = {one.span.start for one in problems(post, ProblemKind.NESTING)}
    for number in candidates:
        token = tokens[number]
        end_number, end = ends.get(number, (0, None))
        holds = end is not None and bool(
            end_number > number + 1 or html[token.span.end : end.span.start].strip()
        )
        if (tag := _text_tag(post, token, end, holds)) is not None:
            start = token.span.start
            is_odd = start in misplaced or html.find("<", start + 1, token.span.end) >= 0
            yield tag._replace(doubtful=True) if is_odd else tag


def _is_unknown(name: str) -> bool:
    return name not in HTML_ELEMENTS or name in DROPPED_IN_BODY


def _text_tag(post: Post, token: Token, end: Token | None, holds: bool) -> TextTag | None:
    """Return a start tag of an unknown name as text; None where it is rather markup."""
    name = token.name
    if _PLAIN_NAME.fullmatch(name) is None:
        is_word = _WORD.fullmatch(name) is not None
        return None if _NAMESPACES.match(name) else TextTag(token, end, holds, not is_word)
    if not token.closed or any(one.value is not None for one in post.html.attributes_of(token)):
        return None
    custom = "-" in name
    if custom and holds:
        return None
    return TextTag(token, end, holds, custom)


def _samples(post: Post, tokens: list[Token]) -> Iterator[Sample]:
    """Yield the outermost ``<pre>`` and ``<code>`` elements, each with the tags that are text."""
    html = post.html.html
    start: Token | None = None
    depth: list[str] = []
    inside: list[Token] = []
    cut: list[Token] = []
    for token in tokens:
        end: Token | None = token
        if start is None:
            if token.name in _SAMPLES and token.kind is TokenKind.START and token.closed:
                start, depth, inside, cut = token, [token.name], [], []
            continue
        if token.name not in _SAMPLES or token.kind not in (TokenKind.START, TokenKind.END):
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


def _is_wrong(post: Post, token: Token) -> bool:
    """Return whether a start tag cannot be meant as markup in a code sample."""
    name = token.name
    if name in _NEVER or _is_unknown(name):
        return _NAMESPACES.match(name) is None
    return name in _BARE and not any(True for _ in post.html.attributes_of(token))


def escaped(post: Post, tokens: Iterator[Token] | tuple[Token, ...]) -> list[tuple[Span, str]]:
    """Return the edits that write the angle brackets of tags as character references."""
    html = post.html.html
    edits: list[tuple[Span, str]] = []
    for token in tokens:
        first, last = token.span
        if token.kind is TokenKind.TEXT and token.name != "plaintext":
            edits += ((Span(*at.span()), "&lt;") for at in _less_than(html, token.span))
            continue
        end = last - 1 if html[last - 1] == ">" else last
        inside = html[first:end].replace("<", "&lt;")
        edits.append((token.span, f"{inside}{'&gt;' * (end < last)}"))
    return [(span.shift(post.body_start), text) for span, text in edits]


def _less_than(html: str, span: Span) -> Iterator[re.Match[str]]:
    return re.compile("<").finditer(html, span.start, span.end)
