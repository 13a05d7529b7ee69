"""The addresses of a post that the network can be asked for, each with its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from newslint import Post, Severity, Span, lazy
from newslint_rules.images import _img_sources, _markdown_images

if TYPE_CHECKING:
    from lxml import etree

    from newslint import Answer

_LINKS = {
    "a": "href", "area": "href", "iframe": "src", "embed": "src", "object": "data",
    "audio": "src", "track": "src",
}  # fmt: skip
_TAGS = (*_LINKS, "img", "source", "video")
_HTTP = lazy.pattern(r"(?:https?:)?//[^/\\?#\s]", re.IGNORECASE)
_TEMPLATE = lazy.pattern(r"\{\{|\{%|\{#|\$\{|<%")
_UNSAFE = lazy.pattern(r"[^A-Za-z0-9\-._~:/?#@!$&*+;=%,()]")
"""What of an address means something in HTML, YAML or a template."""
_UNSAFE_IN_MARKDOWN = lazy.pattern(r"[^A-Za-z0-9\-._~:/?#@!$&*+;=%,]")


class RequestedUrl(NamedTuple):
    """An address and where it is; plain, since it is kept among a post's facts.

    ``start`` and ``end`` are the span of a finding; ``at`` and ``to`` that of the address as it is
    written, -1 where it cannot be rewritten. ``silent`` is true for an image that is fetched
    without a Referer. ``form`` says how an address is written there: html, markdown, matter (the
    front matter), or plain, which is front matter without quotes.
    """

    url: str
    start: int
    end: int
    at: int
    to: int
    picture: bool
    silent: bool
    form: str


def places(post: Post, fields: tuple[str, ...]) -> tuple[RequestedUrl, ...]:
    """Return every address of another site in a post, in order; ``fields`` hold those of images."""
    if "//" not in post.text:
        return ()
    found = [*_in_front_matter(post, fields), *_in_html(post), *_in_markdown(post)]
    return tuple(sorted(found, key=lambda place: (place.start, place.at, place.url)))


def asked(address: str) -> str:
    """Return the address that a browser asks for; empty for what is no address of the network."""
    address = _img_sources.tidy(address)
    if not _HTTP.match(address) or _TEMPLATE.search(address):
        return ""
    return f"https:{address}" if address.startswith("//") else address


def rewritten(address: str, form: str) -> str | None:
    """An address as it is written in a post; None where it cannot be, as it is, without quotes.

    What could be read as markup is written as percent signs and digits, which means the same.
    """
    unsafe = _UNSAFE_IN_MARKDOWN if form == "markdown" else _UNSAFE
    safe = unsafe.sub(lambda one: "".join(f"%{byte:02X}" for byte in one[0].encode()), address)
    if form == "plain" and ("," in safe or safe.endswith(":")):
        return None
    return safe.replace("&", "&amp;") if form == "html" else safe


def shown(address: str) -> str:
    """Return an address as it is named in a message: not longer than a line."""
    return address if len(address) <= _LONG else f"{address[: _LONG - 1]}…"


_LONG = 120
"""Characters of an address that a message shows."""


def _in_front_matter(post: Post, fields: tuple[str, ...]) -> Iterator[RequestedUrl]:
    header = post.front_matter
    if header is None or header.error is not None:
        return
    for field in fields:
        value = header.data.get(field)
        if not isinstance(value, str) or not (url := asked(value)):
            continue
        span, key = header.value_span((field,)), header.key_span((field,))
        own = header.own_span((field,))
        at, to = (-1, -1) if own is None else _within(post.text, own, value.strip())
        is_plain = header.bounds.form == "yaml" and post.text[span.start] not in "\"'"
        form = "plain" if is_plain else "matter"
        yield RequestedUrl(url, *key, at, to, picture=True, silent=False, form=form)


def _in_html(post: Post) -> Iterator[RequestedUrl]:
    for element in post.body.iter(*_TAGS):
        if element.tag in _LINKS:
            yield from _of_attribute(post, element, _LINKS[element.tag], picture=False)
        elif element.tag == "img":
            silent = _img_sources.is_silent(element)
            yield from _of_attribute(post, element, "src", picture=True, silent=silent)
            yield from _of_set(post, element, silent=silent)
        elif element.tag == "video":
            yield from _of_attribute(post, element, "src", picture=False)
            yield from _of_attribute(post, element, "poster", picture=True)
        else:
            yield from _of_attribute(post, element, "src", picture=False)
            yield from _of_set(post, element, silent=_is_source_silent(element))


def _is_source_silent(source: etree._Element) -> bool:
    """Return whether the ``<img>`` of a source's image is fetched without a Referer."""
    above = source.getparent()
    while above is not None and above.tag != "picture":
        above = above.getparent()
    image = next(above.iter("img"), None) if above is not None else None
    return image is not None and _img_sources.is_silent(image)


def _of_attribute(
    post: Post, element: etree._Element, name: str, *, picture: bool, silent: bool = False
) -> Iterator[RequestedUrl]:
    address = _img_sources.tidy(element.get(name))
    url = asked(address)
    if not url:
        return
    at = to = -1
    written = post.html.attribute(element, name)
    if written is not None and written.value is not None:
        from html import unescape

        value = written.value
        if _img_sources.tidy(unescape(value)) == address:
            start = written.value_span.start + post.html.start
            at = start + len(value) - len(value.lstrip())
            to = start + len(value.rstrip())
    yield RequestedUrl(url, *post.span(element), at, to, picture, silent, "html")


def _of_set(post: Post, element: etree._Element, *, silent: bool) -> Iterator[RequestedUrl]:
    """Yield the addresses of a ``srcset``."""
    from html import unescape

    written = post.html.attribute(element, "srcset")
    for address in dict.fromkeys(_img_sources.candidates(element.get("srcset"))):
        if not (url := asked(address)):
            continue
        at = to = -1
        if written is not None and written.value:
            start = written.value_span.start + post.html.start
            words = [
                word
                for word in _WORD.finditer(written.value)
                if unescape(word[0]).strip(",") == address and "," not in (word[0][0], word[0][-1])
            ]
            if len(words) == 1:
                at, to = start + words[0].start(), start + words[0].end()
        yield RequestedUrl(
            url, *post.span(element), at, to, picture=True, silent=silent, form="html"
        )


_WORD = lazy.pattern(r"\S++")


def _in_markdown(post: Post) -> Iterator[RequestedUrl]:
    """Markdown's own images and links."""
    for picture in (
        _markdown_images.pictures(post, asked) if _markdown_images.may_have_pictures(post) else ()
    ):
        place, url = picture.place, asked(picture.address)
        yield RequestedUrl(url, *picture.span, *place, picture=True, silent=False, form="markdown")
    for link in _markdown_images.links(post, asked):
        place, url = link.place, asked(link.address)
        yield RequestedUrl(url, *link.span, *place, picture=False, silent=False, form="markdown")


def _within(text: str, span: Span, address: str) -> tuple[int, int]:
    """Return where an address is, once, in a span of the file as it is; else -1."""
    at = text.find(address, span.start, span.end)
    if at < 0 or text.find(address, at + 1, span.end) >= 0:
        return -1, -1
    return at, at + len(address)


def weighed(severity: Severity, answer: Answer) -> Severity:
    """The severity of a finding about an answer: what may be otherwise in an hour is no error."""
    if answer.state != "dead" and severity is Severity.ERROR:
        return Severity.WARNING
    return severity
