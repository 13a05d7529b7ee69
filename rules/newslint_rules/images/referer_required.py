"""IMG009."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from newslint import Bad, ElementRule, Field, Finding, Good, Impact, RuleOptions, Severity, msg
from newslint_rules.images import _img_sources, _markdown_images
from newslint_rules.images._known_hosts import NEEDS_REFERER, Hosts, host_and_path, listed

if TYPE_CHECKING:
    from lxml import etree

    from newslint import Post


class RefererRequired(ElementRule):
    """An image must not be from a host that serves images to its own site only.

    Some hosts (cdnfile.sspai.com, i.pximg.net …) require a *Referer* of their own site: they refuse
    requests with another Referer, and requests without one. No attribute helps; such an image never
    loads on your page.

    Copy the image to your own site, or fetch it through your own proxy. IMG001 does not report
    these hosts.
    """

    code, name, severity = "IMG009", "referer-required", Severity.ERROR
    impact = Impact.CONTENT
    tags = ("img",)

    class Options(RuleOptions):
        """Which hosts are known beyond the table."""

        hosts: Hosts = Field(
            (),
            description="More hosts that require a Referer of their own site. Add them to"
            " `rules.IMG001.exempt` too.",
        )

    bad = [
        Bad(
            '⟦<img src="https://cdnfile.sspai.com/1.png" alt="" referrerpolicy="no-referrer">⟧',
            message="cdnfile.sspai.com serves this image to its own site only; copy it to your "
            "site",
        ),
        Bad('⟦<img src="//img.a.cn/1.jpg" alt="">⟧', options={"hosts": ["a.cn"]}),
        Bad("⟦![](https://i.pximg.net/1.jpg)⟧\n", path="post.md"),
    ]
    good = [
        Good('<img src="https://n.sinaimg.cn/1.jpg" alt="" referrerpolicy="no-referrer">'),
        Good('<img src="https://a.cn/i.pximg.net/1.jpg" alt="">'),
    ]

    def __init__(
        self, options: RuleOptions | None = None, severity: Severity | None = None
    ) -> None:
        super().__init__(options, severity)
        self.hosts = NEEDS_REFERER.union(self.options.hosts)

    def check(self, element: etree._Element, post: Post) -> Iterable[Finding]:
        host = listed(host_and_path(_img_sources.fetched(element))[0], self.hosts)
        if host is None:
            return ()
        return (self.finding(post.span(element), self.words(host)),)

    def might_report(self, tag: str, attributes: Mapping[str, str], text: str, post: Post) -> bool:
        address = _img_sources.certain(attributes.get("src"))
        return not address or listed(host_and_path(address)[0], self.hosts) is not None

    def check_post(self, post: Post) -> Iterable[Finding]:
        return self.check_markdown(post) if _markdown_images.may_have_pictures(post) else ()

    def words(self, host: str) -> str:
        """Return the message."""
        return msg("{host} serves this image to its own site only; copy it to your site", host=host)

    def check_markdown(self, post: Post) -> Iterator[Finding]:
        """Yield the same for images in Markdown."""
        for picture in _markdown_images.pictures(
            post, lambda address: listed(host_and_path(address)[0], self.hosts)
        ):
            host = listed(host_and_path(picture.address)[0], self.hosts)
            yield self.finding(picture.span, self.words(host or picture.address))
