"""IMG003."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from newslint import Bad, ElementRule, Finding, Fix, Good, Impact, Safety, Severity, Span, lazy, msg
from newslint_rules.images import _img_sources

if TYPE_CHECKING:
    from lxml import etree

    from newslint import Post

_HTTP = lazy.pattern(r"(?<![A-Za-z0-9+.=/?&%-])http:(?=[/\\])", re.IGNORECASE)


class InsecureSrc(ElementRule):
    """An image should use `https:`.

    On an `https:` page, browsers request an `http:` image over `https:` instead, and show nothing
    if the host does not support that; older browsers report an insecure page or block the image.
    Anyone on the network can see and change the image.

    Write `https:`. The fix is unsafe, since some hosts do not support https for all images: check
    whether the image is still shown.
    """

    code, name, severity = "IMG003", "insecure-src", Severity.WARNING
    impact = Impact.CONTENT
    fix = Safety.UNSAFE
    tags = ("img",)
    bad = [
        Bad(
            '⟦<img src="http://a.cn/1.jpg" alt="">⟧',
            fixed='<img src="https://a.cn/1.jpg" alt="">',
            message="image uses http, which browsers block on https pages",
        ),
        Bad(
            '⟦<img src="https://a.cn/1.jpg" srcset="http://a.cn/2.jpg 2x" alt="">⟧',
            fixed='<img src="https://a.cn/1.jpg" srcset="https://a.cn/2.jpg 2x" alt="">',
        ),
    ]
    good = [
        Good('<img src="https://a.cn/1.jpg" alt="">'),
        Good('<img src="https://proxy.cn/?url=http://a.cn/1.jpg" alt="">'),
        Good('<img src="//a.cn/1.jpg" alt="">'),
    ]

    def might_report(self, tag: str, attributes: Mapping[str, str], text: str, post: Post) -> bool:
        return "srcset" in attributes or not _img_sources.certain(attributes.get("src")).startswith(
            "https:"
        )

    def check(self, element: etree._Element, post: Post) -> Iterable[Finding]:
        src, srcset = element.get("src"), element.get("srcset")
        insecure = _img_sources.tidy(src)[:5].lower() == "http:" or (
            srcset is not None
            and any(address[:5].lower() == "http:" for address in _img_sources.candidates(srcset))
        )
        if not insecure:
            return ()
        message = msg("image uses http, which browsers block on https pages")
        return (self.finding(post.span(element), message, self.repair(element, post)),)

    def repair(self, img: etree._Element, post: Post) -> Fix | None:
        """Return every ``http:`` that begins an address becomes ``https:``."""
        edits: list[tuple[Span, str]] = []
        for name in ("src", "srcset"):
            attribute = post.html.attribute(img, name)
            if attribute is not None and attribute.value:
                start = attribute.value_span.start + post.html.start
                for match in _HTTP.finditer(attribute.value):
                    end = start + match.end() - 1
                    edits.append((Span(end, end), "s"))
        return self.make_fix("Use https", *edits) if edits else None
