"""IMG007."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from newslint import Bad, ElementRule, Field, Finding, Good, Impact, RuleOptions, Severity, msg
from newslint_rules.images import _img_sources
from newslint_rules.images._known_hosts import PLACEHOLDERS, PROXIES, Hosts, host_and_path, listed

if TYPE_CHECKING:
    from lxml import etree

    from newslint import Post


class BlockedHost(ElementRule):
    """An image should not be from a host on the list of the site.

    Placeholder images (placehold.co, picsum.photos …) are not meant to be published. An image proxy
    (images.weserv.nl …) is a service of someone else: it may disappear, be slow, or change the
    image, and then all images that use it are lost.

    Use the original URL, or a copy on your own site. The list is an option: add the hosts that your
    site does not allow.
    """

    code, name, severity = "IMG007", "blocked-host", Severity.WARNING
    impact = Impact.CONTENT
    tags = ("img",)

    class Options(RuleOptions):
        """The list."""

        hosts: Hosts = Field(
            (*PROXIES, *PLACEHOLDERS),
            description="The hosts to report. This replaces the default.",
        )

    bad = [
        Bad(
            '⟦<img src="https://images.weserv.nl/?url=a.cn/1.jpg" alt="">⟧',
            message="image is from images.weserv.nl, which is on the list of blocked hosts",
        ),
        Bad('⟦<img src="https://via.placeholder.com/150" alt="">⟧'),
        Bad('⟦<img src="https://img.a.cn/1.jpg" alt="">⟧', options={"hosts": ["a.cn"]}),
    ]
    good = [
        Good('<img src="https://a.cn/1.jpg" alt="">'),
        Good('<img src="https://notplacehold.co/1.jpg" alt="">'),
    ]

    def __init__(
        self, options: RuleOptions | None = None, severity: Severity | None = None
    ) -> None:
        super().__init__(options, severity)
        self.hosts = frozenset(self.options.hosts)

    def might_report(self, tag: str, attributes: Mapping[str, str], text: str, post: Post) -> bool:
        address = _img_sources.certain(attributes.get("src"))
        return not address or listed(host_and_path(address)[0], self.hosts) is not None

    def check(self, element: etree._Element, post: Post) -> Iterable[Finding]:
        host = host_and_path(_img_sources.fetched(element))[0]
        if not host or not listed(host, self.hosts):
            return ()
        message = msg("image is from {host}, which is on the list of blocked hosts", host=host)
        return (self.finding(post.span(element), message),)
