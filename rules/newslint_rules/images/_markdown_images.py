"""Images and links written in Markdown: ``![alt](address "title")`` and its kin."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple

from newslint import Post, Span, TokenKind, lazy, markdown

_LABEL = r"(?:[^\[\]\\]|\\.|\[[^\[\]]*+\])*+"
_REST = (
    rf"(?P<alt>{_LABEL})\]"
    r"(?:\(\s*+(?:<(?P<angle>[^<>\n]*+)>|(?P<bare>[^\s()<]*+(?:\([^\s()]*+\)[^\s()]*+)*+))"
    r"(?:\s++(?:\"(?P<double>(?:[^\"\\]|\\.)*+)\"|'(?P<single>(?:[^'\\]|\\.)*+)'))?+\s*+\)"
    rf"|\[(?P<label>{_LABEL})\])?+"
)
# A pattern that begins with a character is found many times faster than one that looks behind.
_AS_PICTURE = r"!\[(?<!\\!\[)"
_AS_LINK = r"\[(?<![!\\]\[)"
_PICTURE = lazy.pattern(_AS_PICTURE + _REST, re.DOTALL)
_LINK = lazy.pattern(_AS_LINK + _REST, re.DOTALL)
_SPACED = (
    rf"(?P<alt>{_LABEL})\]\([ \t]*+"
    rf"(?=[^()\n]*?(?:\{{\{{[^{{}}\n]*?[ \t]|[^\s()][ \t]+[^\s()\"']))"
    r"(?:(?P<angle>(?!))|(?P<bare>(?:\{\{[^{}\n]*+\}\}[ \t]*+)*+"
    r"[^\s(){}<>\"']*+(?:[ \t]++[^\s(){}<>\"']++)*+))"
    r"(?:[ \t]++(?:\"(?P<double>[^\"\n]*+)\"|'(?P<single>[^'\n]*+)'))?+(?P<label>(?!))?+[ \t]*+\)"
)
"""What Liquid leaves after is one address, and kramdown takes spaces for a part of it."""
_SPACED_PICTURE = lazy.pattern(_AS_PICTURE + _SPACED, re.DOTALL)
_SPACED_LINK = lazy.pattern(_AS_LINK + _SPACED, re.DOTALL)
_AUTOLINK = lazy.pattern(r"<(https?://[^<>\s]++)>", re.IGNORECASE)
_DEFINITION = lazy.pattern(
    rf"^[ ]{{0,3}}+\[(?!\^)(?P<label>{_LABEL})\]:\s*+"
    r"(?:<(?P<angle>[^<>\n]*+)>|(?P<bare>[^\s<]\S*+))"
    r"(?=[ \t]*+(?:$|[\"'(]))",
    re.MULTILINE | re.DOTALL,
)
"""A definition of an address. ``[^…]`` is a footnote to most renderers."""
_ESCAPE = lazy.pattern(r"\\([!-/:-@\[-`{-~])")
_ATTRIBUTE_LIST = lazy.pattern(r"\{:[^{}\n]*+\}")


class MarkdownPicture(NamedTuple):
    """An image of a Markdown text, or a link: where it is in the file and what it says.

    ``place`` is where the address is written; that of a definition is elsewhere.
    """

    span: Span
    address: str
    alt: str
    title: str
    place: Span

    def as_html(self, extra: str) -> str:
        """Return the image as an ``<img>``, with ``extra`` as its last attribute."""
        from html import escape

        title = f' title="{escape(self.title)}"' if self.title else ""
        address, alt = escape(self.address), escape(self.alt)
        return f'<img src="{address}" alt="{alt}"{title} {extra}>'


def may_have_pictures(post: Post) -> bool:
    """Return a quick look: whether a post may have Markdown images at all."""
    return "]" in post.signs and "![" in post.body_text and post.is_markdown


def pictures(post: Post, wanted: Callable[[str], object]) -> Iterator[MarkdownPicture]:
    """Yield the images of a Markdown post whose address is wanted, in order.

    ``wanted`` is asked first, and is cheap; only where it says yes is the Markdown parsed to see
    whether the text really becomes an image.
    """
    if not may_have_pictures(post) or markdown.is_too_long(post.markdown_text):
        return
    written = [p for p in _written(post.markdown_text, _PICTURE) if wanted(p.address)]
    for picture in _shown(post, written):
        if not _has_policy(post, picture.span.end):
            yield picture


def links(post: Post, wanted: Callable[[str], object]) -> Iterator[MarkdownPicture]:
    """Yield the links of a Markdown post whose address is wanted; see `pictures`."""
    if not post.is_markdown or markdown.is_too_long(post.markdown_text):
        return
    text = post.markdown_text
    written = list(_written(text, _LINK)) if "](" in text or "]:" in text else []
    for match in _AUTOLINK.finditer(text):
        span, place = Span(*match.span()), Span(*match.span(1))
        written.append(MarkdownPicture(span, match[1], "", "", place))
    yield from _shown(post, sorted((p for p in written if wanted(p.address)), key=_start))


def references(
    post: Post, wanted: Callable[[str], object]
) -> Iterator[tuple[bool, MarkdownPicture]]:
    """Yield the images (true) and links (false) of a Markdown post whose address is wanted.

    For Jekyll also those whose address holds spaces or Liquid: kramdown takes all in the brackets.
    """
    if not post.is_markdown or markdown.is_too_long(post.markdown_text):
        return
    text = post.markdown_text
    patterns = [_PICTURE, _LINK]
    if post.target.name in ("jekyll", "eleventy"):
        patterns += [_SPACED_PICTURE, _SPACED_LINK]
    for pattern in patterns:
        written = [one for one in _written(text, pattern) if wanted(one.address)]
        if pattern in (_SPACED_PICTURE, _SPACED_LINK) and post.target.name != "jekyll":
            written = [one for one in written if "{{" in one.address]
        for one in _shown(post, written):
            yield pattern in (_PICTURE, _SPACED_PICTURE), one


def _start(picture: MarkdownPicture) -> Span:
    return picture.span


def _shown(post: Post, written: list[MarkdownPicture]) -> Iterator[MarkdownPicture]:
    """Yield those that stand in prose, where they count; their spans in offsets of the file."""
    if not written:
        return
    hidden = _hidden(post)
    starts = [span.start for span in hidden]
    for picture in written:
        at = bisect_right(starts, picture.span.start) - 1
        # An autolink looks like a tag, but nothing else is in its span.
        if at >= 0 and picture.span.start < hidden[at].end and picture.span != hidden[at]:
            continue
        if not post.is_rendered(picture.span.start + post.body_start):
            continue
        span, place = picture.span.shift(post.body_start), picture.place.shift(post.body_start)
        address, alt, title = map(_plain, (picture.address, picture.alt, picture.title))
        yield MarkdownPicture(span, address, " ".join(alt.split()), title, place)


def _has_policy(post: Post, offset: int) -> bool:
    """Return whether kramdown's attribute list after an image sets the policy, and is read."""
    if post.target.name != "jekyll":
        return False
    attributes = _ATTRIBUTE_LIST.match(post.text, offset)
    return attributes is not None and "referrerpolicy" in attributes[0].lower()


def _plain(text: str) -> str:
    """Text without the backslashes and character references that Markdown reads."""
    from html import unescape

    return _ESCAPE.sub(r"\1", unescape(text))


def _written(text: str, pattern: re.Pattern[str]) -> Iterator[MarkdownPicture]:
    """What looks like an image or link, its parts as written; spans are offsets of ``text``."""
    definitions: dict[str, Span] | None = None
    for match in pattern.finditer(text):
        if text.startswith(":", match.end()) and _DEFINITION.match(text, _line(text, match)):
            continue  # the label of a definition
        place: Span | None = _address(match)
        if place is None and text.startswith("]", match.start() - 1) and match.start():
            continue  # the label of an image
        if place is None:
            if definitions is None:
                definitions = {
                    markdown.normal_label(d["label"]): found
                    for d in _DEFINITION.finditer(text)
                    if (found := _address(d)) is not None
                }
            place = definitions.get(markdown.normal_label(match["label"] or match["alt"]))
        if place is not None and place.end > place.start:
            title = match["double"] or match["single"] or ""
            address = text[place.start : place.end]
            yield MarkdownPicture(Span(*match.span()), address, match["alt"], title, place)


def _line(text: str, match: re.Match[str]) -> int:
    """Return where the line begins in which a match does."""
    return text.rfind("\n", 0, match.start()) + 1


def _address(match: re.Match[str]) -> Span | None:
    for name in ("angle", "bare"):
        if match[name] is not None:
            return Span(*match.span(name))
    return None


def _hidden(post: Post) -> list[Span]:
    """Code, tags, comments and raw text, in which no Markdown counts; offsets of the body."""
    spans = [span.shift(-post.body_start) for span in post.code_spans]
    spans += [token.span for token in post.html.tokens if token.kind is not TokenKind.END]
    return sorted(spans)
