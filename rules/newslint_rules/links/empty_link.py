"""LNK001."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from newslint import Bad, ElementRule, Finding, Good, Impact, Severity, TokenKind, lazy, msg

if TYPE_CHECKING:
    from lxml import etree

    from newslint import Post

_SHOWN = (
    "img", "picture", "svg", "video", "audio", "canvas", "object", "embed", "iframe", "math",
    "input", "button",
)  # fmt: skip
_VISIBLE = lazy.pattern("[^\\s\u200b-\u200f\u2060\ufeff]")
_LABELS = ("aria-label", "title", "id", "name")


class EmptyLink(ElementRule):
    """A link must have a target and something to click.

    With an empty `href`, browsers load the current page again. Without text or an image there is
    nothing to click, and a screen reader reads the URL. Both are left over when a scraper removes
    content.

    Add the URL or the text of the link, or remove the tag. An `<a>` with `id` or `name` is a target
    of links and may be empty; an element with a class may show an icon.
    """

    code, name, severity = "LNK001", "empty-link", Severity.WARNING
    impact = Impact.CONTENT
    tags = ("a",)

    bad = [
        Bad('<p>⟦<a href="">⟧here</a></p>', message="the link has an empty href"),
        Bad('<p>⟦<a href="https://a.cn/">⟧<span>&nbsp;</span><!-- icon --></a></p>'),
        Bad(
            '<p>a⟦<a href="https://a.cn/">⟧ </a>b</p>',
            message="the link has no text or image to click",
        ),
    ]
    good = [
        Good('<p><a href="https://a.cn/">a</a> <a href="#">top</a></p>'),
        Good('<p><a id="part-2"></a><a name="x"></a></p>'),
        Good('<a href="https://a.cn/"><img src="https://a.cn/1.jpg" alt=""></a>'),
        Good('<a href="https://a.cn/"><i class="icon-home"></i></a>'),
    ]

    def might_report(self, tag: str, attributes: Mapping[str, str], text: str, post: Post) -> bool:
        href = attributes.get("href")
        if href is None:
            return False
        return not href.strip() or "&" in text or _VISIBLE.search(text) is None

    def check(self, element: etree._Element, post: Post) -> Iterable[Finding]:
        href = element.get("href")
        if href is None:
            return ()
        if not href.strip():
            message = msg("the link has an empty href")
            return (self.finding(post.span(element), message),)
        text = element.text
        if element.get("aria-hidden") == "true" and element.get("tabindex") == "-1":
            return ()  # hidden from all readers on purpose, as the line numbers of code samples are
        if (text and _VISIBLE.search(text)) or self.shows_something(element, post):
            return ()
        message = msg("the link has no text or image to click")
        return (self.finding(post.span(element), message),)

    def shows_something(self, link: etree._Element, post: Post) -> bool:
        """Return whether a link without text at its beginning has anything else in it."""
        if any(link.get(label) for label in _LABELS) or next(link.iter(*_SHOWN), None) is not None:
            return True
        if any(_VISIBLE.search(str(text)) for text in link.itertext("*")):
            return True
        if any(
            child.get("class") or child.get("style")
            for child in link.iter("*")
            if child is not link
        ):
            return True
        return _written(link, post)


def _written(link: etree._Element, post: Post) -> bool:
    """Return whether anything is in the file up to the end tag, though the tree has it elsewhere.

    libxml2 ends a link where another block begins; a browser does not.
    """
    from html import unescape

    token = post.html.start_tag(link)
    if token is None:
        return True
    position = token.span.end
    for other in post.html.tokens_from(position):
        if _VISIBLE.search(unescape(post.html.html[position : other.span.start])):
            return True
        if other.kind is TokenKind.END and other.name == "a":
            return False
        if other.name == "a":
            return True  # The link is not closed: another rule's to say.
        if other.name in _SHOWN or other.kind is TokenKind.TEXT:
            return True
        position = other.span.end
    return True
