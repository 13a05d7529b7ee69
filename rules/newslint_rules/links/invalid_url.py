"""LNK002."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, ElementRule, Finding, Good, Severity
from newslint_rules.links import urls

if TYPE_CHECKING:
    from lxml import etree

    from newslint import Post

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
    """An address must be one that a browser can follow.

    A browser gives up on an address whose host, port or IPv6 address it cannot read, and takes
    `https//a.cn` for a file of your own site: a click leads to an error page, a picture stays away.
    Such addresses come of copying (`http://https://a.cn`), of templates without a value (`http://`),
    of text glued to a link (`http://a.cn（图）`).

    Put the right address there, or take the link away and leave its text. Blanks and Chinese in the
    path are fine, browsers encode them. Template text such as `{{ site.url }}` is the TPL rules'.
    """

    code, name, severity = "LNK002", "invalid-url", Severity.ERROR
    tags = tuple(_ATTRIBUTES)

    bad = [
        Bad(
            '<p>⟦<a href="http://">⟧here</a></p>',
            message="the address 'http://' cannot work: it names no host",
        ),
        Bad('⟦<a href="https//a.cn/1">⟧here</a>'),
        Bad('⟦<a href="http://https://a.cn/1">⟧here</a>'),
        Bad('⟦<img src="http://a b.cn/1.jpg" alt="">⟧'),
        Bad('⟦<a href="http://a.cn:80a/">⟧here</a>'),
    ]
    good = [
        Good('<a href="https://例子.cn/新 闻?q=100%#x">here</a>'),
        Good('<a href="/2021/a.html">a</a> <a href="mailto:a@b.cn">b</a> <a href="">c</a>'),
        Good('<a href="http://[2001:db8::1]:8080/">a</a> <a href="//a.cn">b</a>'),
        Good('<a href="{{ site.url }}/a">a</a>'),
    ]

    def check(self, element: etree._Element, post: Post) -> Iterable[Finding]:
        for attribute in _ATTRIBUTES[element.tag]:
            url = element.get(attribute)
            if url and (fault := urls.fault(url)):
                shown = url if len(url) <= 80 else url[:79] + "…"
                message = f"the address {shown!r} cannot work: {fault}"
                yield self.finding(post.span(element), message)
