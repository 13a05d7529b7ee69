"""LNK002."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from newslint import Bad, ElementRule, Finding, Good, Impact, Severity, lazy, msg, permalinks
from newslint_rules.images import _markdown_images
from newslint_rules.links import _url_validation

if TYPE_CHECKING:
    from lxml import etree

    from newslint import Post, Span
    from newslint_rules.links._url_validation import Fault

_MALFORMED = _url_validation.Fault(msg("it is malformed"))
_ODD_LINK = lazy.pattern(
    r"\]\([ \t]*+<?+(?!https?://(?:[a-z0-9-]++\.)++[a-z][a-z0-9-]*+[/?#)>\s])"
    r"(?:h?t*+p?s?[:;./]|ftp|wss?:|//|\\\\)",
    re.IGNORECASE,
)
"""A link in Markdown whose URL is not an ordinary one: a cheap test."""

_ATTRIBUTES = {
    "a": ("href",),
    "area": ("href",),
    "img": ("src",),
    "source": ("src",),
    "track": ("src",),
    "embed": ("src",),
    "iframe": ("src",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "object": ("data",),
    "form": ("action",),
}


class InvalidUrl(ElementRule):
    """A URL must be valid for browsers.

    Browsers reject a URL whose host, port or IPv6 address is invalid, and read `https//a.cn` as a
    file of your own site: a link leads to an error page, and an image is not shown. Such URLs come
    from copying (`http://https://a.cn`), from templates without a value (`http://`), from text that
    is joined to a link (`http://a.cn（图）`), or from an editor that curls the quotation marks of a
    tag (`src=”a.png”`).

    For a Markdown image with an invalid host or port (`![](http://[a.cn/1.jpg)`), all versions of
    Hexo stop the build (measured).

    On an `https` site, browsers repair `http:/a.cn` and `https:///a.cn`: they lead to `a.cn`.
    Feed readers and crawlers may not, so these are warnings. `https:/a.cn` is an error, since
    browsers read it as a path of your own site.

    Write the right URL, or remove the link and keep its text. Spaces and Chinese characters in the
    path are allowed, since browsers encode them. The TPL rules report template syntax such as
    `{{ site.url }}`.
    """

    code, name, severity = "LNK002", "invalid-url", Severity.ERROR
    impact = Impact.CONTENT
    tags = tuple(_ATTRIBUTES)

    bad = [
        Bad(
            '<p>⟦<a href="http://">⟧here</a></p>',
            message="the URL 'http://' is invalid: it has no host",
        ),
        Bad('⟦<a href="https//a.cn/1">⟧here</a>'),
        Bad('⟦<a href="http://https://a.cn/1">⟧here</a>'),
        Bad('⟦<img src="http://a b.cn/1.jpg" alt="">⟧'),
        Bad('⟦<a href="http://a.cn:80a/">⟧here</a>'),
        Bad('⟦<a href="https:/a.cn/1">⟧here</a>'),
        Bad(
            '⟦<img src=”https://a.cn/1.jpg” alt="">⟧',
            message="the URL '”https://a.cn/1.jpg”' is invalid: ” is a part of it; write straight"
            " quotation marks",
        ),
        Bad(
            '⟦<a href="http:/a.cn/1">⟧here</a>',
            message="the URL 'http:/a.cn/1' is invalid: http: must be followed by two slashes; "
            "browsers repair it, other programs may not",
        ),
        Bad(
            "Text\n\n⟦![a map](http://[a.cn/1.jpg)⟧\n",
            path="post.md",
            message="the URL 'http://[a.cn/1.jpg' is invalid: '[a.cn' is not an IPv6 address; "
            "Hexo stops the build",
        ),
        Bad("⟦![](http://a.cn:65536/1.jpg)⟧\n", path="post.md"),
        Bad("⟦![](https//a.cn/1.jpg)⟧\n", path="post.md", target="hugo"),
        Bad("See ⟦[here](http://https://a.cn/1)⟧.\n", path="post.md", target="jekyll"),
    ]
    good = [
        Good('<a href="https://例子.cn/新 闻?q=100%#x">here</a>'),
        Good('<a href="/2021/a.html">a</a> <a href="mailto:a@b.cn">b</a> <a href="">c</a>'),
        Good('<a href="http://[2001:db8::1]:8080/">a</a> <a href="//a.cn">b</a>'),
        Good('<a href="{{ site.url }}/a">a</a>'),
        Good("![](https://a.cn:443/新闻.jpg)\n\n`![](http://[a)`\n", path="post.md"),
    ]

    def might_report(self, tag: str, attributes: Mapping[str, str], text: str, post: Post) -> bool:
        for name in _ATTRIBUTES[tag]:
            if (url := attributes.get(name)) and _url_validation.fault(url):
                return True
        return False

    def check_post(self, post: Post) -> Iterator[Finding]:
        if _markdown_images.may_have_pictures(post):
            yield from self.check_markdown(post)
        if "](" in post.body_text and _ODD_LINK.search(post.body_text):
            for is_image, link in _markdown_images.references(post, _url_validation.fault):
                if not is_image and (fault := _url_validation.fault(link.address)):
                    yield self._finding(link.span, link.address, fault)

    def check(self, element: etree._Element, post: Post) -> Iterator[Finding]:
        for attribute in _ATTRIBUTES[element.tag]:
            url = element.get(attribute)
            if url and (fault := _url_validation.fault(url)):
                # kramdown prints a tag whose values are not quoted: MD002 reports it.
                is_text = post.target.name == "jekyll" and post.is_markdown
                if not (is_text and _url_validation.is_in_typed_quotes(url)):
                    yield self._finding(post.span(element), url, fault)

    def check_markdown(self, post: Post) -> Iterator[Finding]:
        """Yield the same for images in Markdown, over which Hexo's own renderer stumbles."""
        for picture in _markdown_images.pictures(post, _url_validation.fault):
            fault = _url_validation.fault(picture.address)
            stops = post.markdown_target.name == "hexo" and _stops_hexo(picture.address)
            yield self._finding(picture.span, picture.address, fault or _MALFORMED, stops=stops)

    def _finding(self, span: Span, url: str, fault: Fault, *, stops: bool = False) -> Finding:
        shown = url if len(url) <= 80 else url[:79] + "…"
        words = msg("the URL {shown!r} is invalid: {fault}", shown=shown, fault=fault.words)
        if stops:
            return self.finding(span, words + msg("; Hexo stops the build"))
        if fault.is_repaired:
            words += msg("; browsers repair it, other programs may not")
            return self.finding(span, words, severity=Severity.WARNING, impact=Impact.HOUSE)
        return self.finding(span, words)


def _stops_hexo(address: str) -> bool:
    # Marked has fixed a stray % of the path before; only Hexo 8's own tags stumble over it.
    return permalinks.stops_hexo(address, 7)
