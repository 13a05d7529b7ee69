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
    """The address of a picture should be complete: with scheme and host.

    In a scraped post `/pic/1.jpg` means a file of the site that it was taken from; on your site
    it leads nowhere. `//host/1.jpg` borrows its scheme from the page and fails in a feed or in a
    file that is opened from disk.

    Write the whole address. Off by default, because a post of your own may well use files of its
    own site.
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
