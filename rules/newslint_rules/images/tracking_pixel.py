"""IMG006."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from newslint import (
    Bad,
    ElementRule,
    Field,
    Finding,
    Fix,
    Good,
    Impact,
    RuleOptions,
    Safety,
    Severity,
    lazy,
    msg,
)
from newslint_rules.images import _img_sources
from newslint_rules.images._known_hosts import BEACONS, Hosts, host_and_path, listed

if TYPE_CHECKING:
    from lxml import etree

    from newslint import Post

_BEACON_HOSTS = frozenset(BEACONS)
_PIXELS = lazy.pattern(r"[ \t\r\n\f]*+\+?(?:0++1?|1)(?:\.0*+)?(?![0-9.%])")
_STYLE = lazy.pattern(
    r"(?:^|[;{\s])(?P<side>width|height)[ \t\r\n]*+:[ \t\r\n]*+(?:0++1?|1)(?:\.0*+)?(?:px)?"
    r"[ \t\r\n]*+"
    r"(?:![^;]*+)?(?=;|\Z)",
    re.IGNORECASE,
)


class TrackingPixel(ElementRule):
    """An invisible image must not track your readers.

    An image of one pixel, or of a known tracking service, comes with the scraped page. It shows
    nothing: it reports to the service who reads your page and when, slows the page down, and may be
    illegal without the consent of your readers.

    Remove the image; the unsafe fix does this.
    """

    code, name, severity = "IMG006", "tracking-pixel", Severity.WARNING
    impact = Impact.SECURITY
    fix = Safety.UNSAFE
    tags = ("img",)

    class Options(RuleOptions):
        """Which hosts count readers."""

        hosts: Hosts = Field((), description="More hosts of tracking pixels.")

    bad = [
        Bad(
            '<p>end⟦<img src="https://a.cn/t.gif" width="1" height="1" alt="">⟧</p>',
            fixed="<p>end</p>",
            message="image of 1×1 pixel tracks your readers",
        ),
        Bad(
            '⟦<img src="https://hm.baidu.com/hm.gif?si=1" alt="">⟧',
            fixed="",
            message="image is a tracking pixel of hm.baidu.com",
        ),
        Bad('⟦<img src="https://a.cn/t" style="width:1px; height:1px" alt="">⟧', fixed=""),
    ]
    good = [
        Good('<img src="https://a.cn/1.jpg" width="100" height="1" alt="">'),
        Good('<img src="https://a.cn/1.jpg" style="width:100%;height:1em" alt="">'),
        Good('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width=1 height=1 alt="">'),
    ]

    def __init__(
        self, options: RuleOptions | None = None, severity: Severity | None = None
    ) -> None:
        super().__init__(options, severity)
        self.hosts = frozenset(self.options.hosts)

    def check(self, element: etree._Element, post: Post) -> Iterable[Finding]:
        src = element.get("src") or ""
        host, path = host_and_path(_img_sources.tidy(src))
        if host and (counter := self.counter(host, path)):
            message = msg("image is a tracking pixel of {counter}", counter=counter)
        elif _tiny(element) and not _img_sources.is_nothing(src) and src[:5].lower() != "data:":
            message = msg("image of 1×1 pixel tracks your readers")
        else:
            return ()
        return (self.finding(post.span(element), message, self.removal(element, post)),)

    def might_report(self, tag: str, attributes: Mapping[str, str], text: str, post: Post) -> bool:
        address = _img_sources.certain(attributes.get("src"))
        return not address or _tiny(attributes) or self.counter(*host_and_path(address)) is not None

    def counter(self, host: str, path: str) -> str | None:
        """Return the counter that an address belongs to."""
        found = listed(host, _BEACON_HOSTS)
        if found and path.startswith(BEACONS[found]):
            return found
        return listed(host, self.hosts) if self.hosts else None

    def removal(self, img: etree._Element, post: Post) -> Fix | None:
        """Take the tag out."""
        edits = post.remove_element(img)
        return self.make_fix("Remove the image", *edits) if edits else None


def _tiny(img: etree._Element | Mapping[str, str]) -> bool:
    """Whether an image is shown at most one pixel wide and high; ``style`` beats attributes."""
    width, height, style = img.get("width"), img.get("height"), img.get("style")
    if style is not None and ("width" in style or "height" in style):
        small = {match["side"].lower() for match in _STYLE.finditer(style)}
        named = style.lower()
        return all(
            side in small or (side not in named and value is not None and _one(value))
            for side, value in (("width", width), ("height", height))
        )
    return width is not None and height is not None and _one(width) and _one(height)


def _one(value: str) -> bool:
    return _PIXELS.match(value) is not None
