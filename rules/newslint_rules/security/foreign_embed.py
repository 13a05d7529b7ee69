"""SEC004."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newslint import (
    Bad,
    ElementRule,
    Field,
    Finding,
    Good,
    Impact,
    Post,
    RuleOptions,
    Severity,
    msg,
)
from newslint_rules.images._known_hosts import Hosts, listed

if TYPE_CHECKING:
    from lxml import etree

PLAYERS = (
    *("youtube.com", "youtube-nocookie.com", "vimeo.com", "dailymotion.com", "ted.com"),
    *("bilibili.com", "youku.com", "v.qq.com", "iqiyi.com", "tv.sohu.com", "music.163.com"),
    *("spotify.com", "soundcloud.com", "music.apple.com", "podcasts.apple.com"),
    *("codepen.io", "google.com", "openstreetmap.org"),
)
"""Hosts of players, maps and code samples that sites embed."""


class ForeignEmbed(ElementRule):
    """A frame or object embeds a page of a host that is not on the list.

    The owner of that host decides what your readers see in the middle of the article, now and
    later: advertisements, a login form, or nothing. Scraped pages contain many such frames.

    Remove the frame, or replace it with a link. Add hosts that you trust to the list.
    """

    code, name, severity = "SEC004", "foreign-embed", Severity.WARNING
    impact = Impact.SECURITY

    class Options(RuleOptions):
        """Which hosts may be embedded."""

        hosts: Hosts = Field(
            PLAYERS, description="Hosts, including subdomains, that may be embedded."
        )

    tags = ("iframe", "frame", "object", "embed")
    bad = [
        Bad(
            '⟦<iframe src="https://ads.example.net/x">⟧</iframe>\n',
            message=(
                "<iframe> embeds a page of ads.example.net, which is not on the list of allowed"
                " hosts"
            ),
        ),
        Bad('⟦<embed src="//notyoutube.com/x">⟧\n'),
        Bad('⟦<object data="https://youtube.com.evil.cn/x">⟧</object>\n'),
        Bad('⟦<iframe src="https://player.vimeo.com/1">⟧</iframe>\n', options={"hosts": []}),
    ]
    good = [
        Good('<iframe src="https://www.youtube.com/embed/1"></iframe>\n'),
        Good('<iframe src="//player.bilibili.com/player.html?aid=1"></iframe>\n'),
        Good('<iframe src="/chart.html"></iframe><object data="a.svg"></object>\n'),
    ]

    def check(self, element: etree._Element, post: Post) -> Iterator[Finding]:
        if post.drops_html:
            return
        address = element.get("data" if element.tag == "object" else "src", "")
        # A browser reads a backslash as a slash, and no tabs or line ends.
        address = address.strip().replace("\\", "/")
        for blank in "\t\n\r":
            address = address.replace(blank, "")
        try:
            host = urlsplit(address).hostname
        except ValueError:
            host = address[:80]
        allowed = frozenset(self.options.hosts)
        if host and _has_host(address) and listed(host.rstrip("."), allowed) is None:
            yield self.finding(
                post.span(element),
                msg(
                    "<{tag}> embeds a page of {host}, which is not on the list of allowed hosts",
                    tag=element.tag,
                    host=host,
                ),
            )


def _has_host(address: str) -> bool:
    """Return whether an address leads to a host: with a scheme of the web, or with none."""
    return address.startswith("//") or address.lower().startswith(("http:", "https:", "ftp:"))
