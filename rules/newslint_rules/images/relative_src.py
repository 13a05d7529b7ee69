"""IMG005."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from newslint import Bad, ElementRule, Finding, Good, Severity, msg
from newslint_rules.images import _img_sources
from newslint_rules.images._known_hosts import host_and_path

if TYPE_CHECKING:
    from lxml import etree

    from newslint import Post


class RelativeSrc(ElementRule):
    """The URL of an image should have a scheme and a host.

    In a scraped post, `/pic/1.jpg` is a file of the original site; on your site it does not exist.
    `//host/1.jpg` uses the scheme of the page, and fails in a feed or in a file opened from disk.

    Write the full URL. The rule is off by default, since your own posts may use files of your site.
    """

    code, name, severity, default = "IMG005", "relative-src", Severity.WARNING, False
    tags = ("img",)
    bad = [
        Bad(
            '⟦<img src="/pic/1.jpg" alt="">⟧',
            message="image URL is relative to your site",
        ),
        Bad('⟦<img src="//a.cn/1.jpg" alt="">⟧'),
    ]
    good = [
        Good('<img src="https://a.cn/1.jpg" alt="">'),
        Good('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">'),
        Good('<img src="" alt="">'),
    ]

    def might_report(self, tag: str, attributes: Mapping[str, str], text: str, post: Post) -> bool:
        return not _img_sources.certain(attributes.get("src"))

    def check(self, element: etree._Element, post: Post) -> Iterable[Finding]:
        src = _img_sources.tidy(element.get("src"))
        if _img_sources.is_nothing(src) or _img_sources.SCHEME.match(src):
            return ()
        if host_and_path(src)[0]:
            message = msg("image URL has no scheme; add https:")
        else:
            message = msg("image URL is relative to your site")
        return (self.finding(post.span(element), message),)
