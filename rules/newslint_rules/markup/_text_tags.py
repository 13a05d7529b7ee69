"""What a browser takes for tags though it is text: in prose, and in code samples."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from newslint import Post, ProblemKind, Span, Token, TokenKind, lazy
from newslint_rules.markup._code_samples import (
    NAMESPACES,
    SAMPLES,
    Sample,
    is_unknown,
    samples_of,
)
from newslint_rules.markup._element_names import DROPPED_IN_BODY, HTML_ELEMENTS
from newslint_rules.markup._problems import problems

_PLAIN_NAME = lazy.pattern(r"[a-z][a-z0-9]*+(?:-[a-z0-9._-]*+)?+")
"""What names elements and custom elements have; a name with other characters is text."""

_WORD = lazy.pattern(r"[a-z][\w.:@/-]*+")
"""A name of signs that mean nothing to a template engine."""

_MARKED_TAG = lazy.pattern(r"(?<!\\)<[A-Za-z][A-Za-z0-9:-]*+_[\w:-]*+(?:[ \t][^<>\n]*+)?+/?>")
"""Names with an underscore: tags to marked and kramdown, text to CommonMark (measured)."""

_OFFICE = lazy.pattern(r"<(?:o|v|w|m|st1)[ \t]++:[a-z]", re.IGNORECASE)
"""A tag of Office that a converter has split: ``<o :p></o>``."""

_LOOKED_INTO = SAMPLES | DROPPED_IN_BODY
_NOTHING_ALONE = frozenset({"area", "embed", "input", "keygen", "meta", "param", "source", "track"})
"""Elements without an end tag that show or do nothing of use without attributes."""

_PLACES_FOR_THEM = frozenset(
    {
        "applet", "audio", "button", "fieldset", "form", "label", "map", "object", "picture",
        "video",
    }
)  # fmt: skip
"""Elements that they are meant in, whatever they have."""


class TextTag(NamedTuple):
    """A start tag that is text. ``end`` is its end tag, ``holds`` whether anything lies between."""

    token: Token
    end: Token | None
    holds: bool
    doubtful: bool
    """Whether it may be meant, as an element of the site, as a tag with a template in it, or as
    the damaged start tag of an element that ends, or as a tag that browsers drop; or what it
    shows as text: it contains another ``<``, or is where a table has no text."""


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
    return not (
        names <= HTML_ELEMENTS
        and names.isdisjoint(_LOOKED_INTO)
        and names.isdisjoint(_NOTHING_ALONE)
    )


def in_sample(post: Post, offset: int) -> bool:
    """Return whether an offset of the file is in a code sample with unescaped markup."""
    samples, at = found(post).samples, offset - post.body_start
    number = bisect_right(samples, at, key=lambda one: one.span.start) - 1
    return number >= 0 and at < samples[number].span.end and bool(samples[number].tags)


def _find(post: Post) -> _Found:
    tokens = [*post.tokens]
    samples = tuple(samples_of(post, tokens))
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
        elif token.kind is TokenKind.START and is_unknown(name):
            if _OFFICE.match(html, token.span.start):
                continue
            candidates.append(number)
            opened.setdefault(name, []).append(number)
        elif token.kind is TokenKind.END and opened.get(name):
            ends[opened[name].pop()] = number, token
    candidates += _alone(post, tokens, samples)
    candidates.sort()
    misplaced = {one.span.start for one in problems(post, ProblemKind.NESTING)}
    strays = [one.span.start for one in problems(post, ProblemKind.STRAY)]
    for place, number in enumerate(candidates):
        token = tokens[number]
        end_number, end = ends.get(number, (0, None))
        holds = end is not None and bool(
            end_number > number + 1 or html[token.span.end : end.span.start].strip()
        )
        if (tag := _text_tag(post, token, end, holds)) is not None:
            start = token.span.start
            is_odd = start in misplaced or html.find("<", start + 1, token.span.end) >= 0
            is_odd = is_odd or token.name == "input"  # readers see a field, which may be meant
            is_odd = is_odd or (token.name in DROPPED_IN_BODY and not _is_in_line(html, token.span))
            if end is None:
                after = candidates[place + 1 : place + 2]
                limit = tokens[after[0]].span.start if after else len(html)
                is_odd = is_odd or bisect_left(strays, start) < bisect_left(strays, limit)
            yield tag._replace(doubtful=True) if is_odd else tag


def _alone(post: Post, tokens: list[Token], samples: tuple[Sample, ...]) -> Iterator[int]:
    """Yield the numbers of tags without attributes that do nothing without them."""
    if post.element_names.isdisjoint(_NOTHING_ALONE):
        return
    html, depth = post.html.html, 0
    for number, token in enumerate(tokens):
        if token.name in _PLACES_FOR_THEM:
            depth = max(0, depth + (1 if token.kind is TokenKind.START else -1))
        elif token.name in _NOTHING_ALONE and token.kind is TokenKind.START:
            start, end = token.span
            is_bare = html[start + 1 : end - 1].rstrip(" /").lower() == token.name
            if depth or not is_bare or _is_inside(start, samples):
                continue
            if token.name != "input" or _is_in_line(html, token.span):
                yield number


def _is_in_line(html: str, span: Span) -> bool:
    """Return whether text is beside a tag, on its line."""
    before = html[html.rfind("\n", 0, span.start) + 1 : span.start].rstrip()
    after = html[span.end :].partition("\n")[0].lstrip()
    return before[-1:] not in ("", ">") or after[:1] not in ("", "<")


def _text_tag(post: Post, token: Token, end: Token | None, holds: bool) -> TextTag | None:
    """Return a start tag of an unknown name as text; None where it is rather markup."""
    name = token.name
    if _PLAIN_NAME.fullmatch(name) is None:
        is_word = _WORD.fullmatch(name) is not None
        return None if NAMESPACES.match(name) else TextTag(token, end, holds, not is_word)
    if not token.closed or any(one.value is not None for one in post.html.attributes_of(token)):
        return None
    custom = "-" in name
    if custom and holds:
        return None
    return TextTag(token, end, holds, custom)


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
