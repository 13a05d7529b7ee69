"""IMG004."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from newslint import Bad, ElementRule, Finding, Good, Safety, Severity

if TYPE_CHECKING:
    from lxml import etree

    from newslint import Post


class MissingAlt(ElementRule):
    """An image should have an `alt` attribute.

    Readers who use a screen reader, and readers whose image does not load, get the text of `alt`.
    Without it, a screen reader reads the URL of the image.

    Describe the image in a few words. For a decorative image, an empty `alt` is right. The unsafe
    fix adds an empty `alt`: check whether the image has a meaning.
    """

    code, name, severity = "IMG004", "missing-alt", Severity.WARNING
    fix = Safety.UNSAFE
    tags = ("img",)
    bad = [
        Bad(
            '⟦<img src="https://a.cn/1.jpg" width="90">⟧',
            fixed='<img src="https://a.cn/1.jpg" alt="" width="90">',
            message="image has no alt attribute",
        ),
    ]
    good = [
        Good('<img src="https://a.cn/1.jpg" alt="雪">'),
        Good('<img src="https://a.cn/1.jpg" alt="">'),
        Good("<img src=https://a.cn/1.jpg alt>"),
    ]

    def might_report(self, tag: str, attributes: Mapping[str, str], text: str, post: Post) -> bool:
        return "alt" not in attributes

    def check(self, element: etree._Element, post: Post) -> Iterable[Finding]:
        if element.get("alt") is not None:
            return ()
        edits = post.add_attribute(element, "alt", "", after="src")
        fix = self.make_fix('Add alt=""', *edits) if edits else None
        return (self.finding(post.span(element), "image has no alt attribute", fix),)
