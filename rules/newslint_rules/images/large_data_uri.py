"""IMG008."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from newslint import Bad, ElementRule, Field, Finding, Good, RuleOptions, Severity, msg

if TYPE_CHECKING:
    from lxml import etree

    from newslint import Post


class LargeDataUri(ElementRule):
    """A large image should be a file, not part of the post.

    An image that is embedded as a `data:` URL is a third larger than its file, is loaded again with
    every page and feed that shows the post, cannot be loaded lazily, and makes the post hard to
    read in an editor and slow in every tool.

    Save it as a file next to the post. Small images, such as icons, are not reported.
    """

    code, name, severity = "IMG008", "large-data-uri", Severity.WARNING
    tags = ("img",)

    class Options(RuleOptions):
        """How large is too large."""

        limit: int = Field(
            32 * 1024, ge=0, description="The maximum size of a `data:` URL in bytes."
        )

    bad = [
        Bad(
            '⟦<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">⟧',
            options={"limit": 20},
            message="image of 42 bytes is embedded in the post; save it as a file",
        ),
    ]
    good = [
        Good('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">'),
        Good('<img src="https://a.cn/1.jpg" alt="">'),
    ]

    def might_report(self, tag: str, attributes: Mapping[str, str], text: str, post: Post) -> bool:
        return bool(len(attributes.get("src", "")) * 4 > self.options.limit)

    def check(self, element: etree._Element, post: Post) -> Iterable[Finding]:
        src = element.get("src")
        if src is None or len(src) * 4 <= self.options.limit:
            return ()
        size = len(src.encode("utf-8", "replace"))
        if size <= self.options.limit or src[:64].lstrip()[:5].lower() != "data:":
            return ()
        shown = f"{size / 1024:.0f} KiB" if size >= 10_240 else f"{size} bytes"
        message = msg("image of {shown} is embedded in the post; save it as a file", shown=shown)
        return (self.finding(post.span(element), message),)
