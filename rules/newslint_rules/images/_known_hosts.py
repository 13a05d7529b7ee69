"""What is known of image hosts: data, each with where it was seen and when.

A host that is in no table is unknown: an image without a Referer is harmless there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Annotated, Literal, NamedTuple

from newslint import Checked, lazy, msg


class PictureHost(NamedTuple):
    """A host (and all below it), what it does, the thread that shows it (repository#number), when.

    ``refuses-foreign`` turns away the Referer of another site and serves a request without one;
    ``needs-referer`` turns away a request without one, and that of another site too.
    """

    suffix: str
    kind: Literal["refuses-foreign", "needs-referer"]
    source: str
    seen: str


IMAGE_HOSTS = (
    PictureHost("hdslb.com", "refuses-foreign", "DIYgod/RSSHub#1297", "2018-12-17"),
    PictureHost("sinaimg.cn", "refuses-foreign", "miniflux/v2#2261", "2023-12-18"),
    PictureHost("csdnimg.cn", "refuses-foreign", "halo-dev/halo#4077", "2023-06-14"),
    PictureHost(
        "img-blog.csdn.net", "refuses-foreign", "terwer/siyuan-plugin-publisher#1198", "2024-04-24"
    ),
    PictureHost("cnblogs.com", "refuses-foreign", "ltimon/dianping-react#2", "2018-02-23"),
    # Answers 200 with an image that says "from WeChat", so that a check of the status misses it.
    PictureHost("mmbiz.qpic.cn", "refuses-foreign", "biaochenxuying/blog#31", "2019-06-09"),
    PictureHost(
        "upload-images.jianshu.io", "refuses-foreign", "biaochenxuying/blog#31", "2019-06-09"
    ),
    PictureHost("zhimg.com", "refuses-foreign", "yatessss/zhihudaily-vue#3", "2016-09-01"),
    PictureHost(
        "files.mdnice.com", "refuses-foreign", "xugaoyi/vuepress-theme-vdoing#675", "2023-03-20"
    ),
    PictureHost("cdn.nlark.com", "refuses-foreign", "x-cold/yuque-hexo#41", "2020-06-24"),
    PictureHost("jintiankansha.me", "refuses-foreign", "DevXDojo/MrRSS#1189", "2026-09-10"),
    PictureHost("cdnfile.sspai.com", "needs-referer", "DIYgod/RSSHub#20848", "2026-01-10"),
    PictureHost("i.pximg.net", "needs-referer", "barrycarey/RedditRepostSleuth#285", "2021-04-16"),
    PictureHost("moyu.im", "needs-referer", "miniflux/v2#2261", "2024-12-19"),
    PictureHost("img.hellogithub.com", "needs-referer", "electh/nextflux#99", "2025-02-28"),
)

REFUSES_FOREIGN = frozenset(h.suffix for h in IMAGE_HOSTS if h.kind == "refuses-foreign")
NEEDS_REFERER = frozenset(h.suffix for h in IMAGE_HOSTS if h.kind == "needs-referer")

SERVES_ANYONE = frozenset(
    (  # noqa: SIM905
        "amazonaws.com bp.blogspot.com cloudfront.net cloudinary.com fastly.net flickr.com"
        " github.com github.io githubassets.com githubusercontent.com gitlab.io gravatar.com"
        " imagekit.io images.ctfassets.net images.unsplash.com imgix.net jsdelivr.net medium.com"
        " netlify.app netlify.com pages.dev shields.io staticflickr.com storage.googleapis.com"
        " twimg.com unpkg.com upload.wikimedia.org vercel.app wp.com ytimg.com"
    ).split()
)
"""Hosts made to serve images to pages of other sites: storage, delivery networks, avatars, badges.

The owner of a bucket may refuse a Referer; none was seen to. An image there is no fault.
"""

PROXIES = (
    "external-content.duckduckgo.com",
    "gimg2.baidu.com",
    "image.baidu.com",
    "images.weserv.nl",
    "images1-focus-opensocial.googleusercontent.com",
    "img.noobzone.ru",
    "proxy.duckduckgo.com",
    "wsrv.nl",
)
"""Other people's services that fetch an image from its own host; they come and go
(Semibold/Weibo-Picture-Store#127 is a list of such and of how they ended)."""

PLACEHOLDERS = (
    "baconmockup.com",
    "dummyimage.com",
    "fakeimg.pl",
    "fillmurray.com",
    "loremflickr.com",
    "lorempixel.com",
    "picsum.photos",
    "placebear.com",
    "placecage.com",
    "placehold.co",
    "placehold.it",
    "placeholder.com",
    "placeimg.com",
    "placekitten.com",
    "source.unsplash.com",
    "unsplash.it",
)
"""Services that serve placeholder images; several are closed for good."""

BEACONS: dict[str, tuple[str, ...]] = {
    "2o7.net": ("/",),
    "analytics.twitter.com": ("/i/",),
    "bat.bing.com": ("/action/",),
    "c.statcounter.com": ("/",),
    "cnzz.com": ("/stat.", "/9.gif", "/c.php"),
    "connect.facebook.net": ("/",),
    "facebook.com": ("/tr",),
    "feedsportal.com": ("/",),
    "feeds.feedburner.com": ("/~r/",),
    "feeds.wordpress.com": ("/1.0/",),
    "google-analytics.com": ("/",),
    "googleads.g.doubleclick.net": ("/",),
    "hm.baidu.com": ("/",),
    "mc.yandex.ru": ("/",),
    "medium.com": ("/_/stat",),
    "omtrdc.net": ("/",),
    "pixel.quantserve.com": ("/",),
    "pixel.wp.com": ("/",),
    "px.ads.linkedin.com": ("/",),
    "scorecardresearch.com": ("/",),
    "stats.wordpress.com": ("/",),
    "t.co": ("/i/adsct",),
}
"""Hosts whose "images" count readers, with the beginnings of the paths that do so."""

_ADDRESS = lazy.pattern(
    r"(?:https?:[/\\]*+|[/\\]{2,}+)(?:[^/\\?#@]*+@)*+(?P<host>[^/\\?#:@]*+)(?::[0-9]*+)?(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_PLAIN_ADDRESS = lazy.pattern(r"https?://([a-z0-9.-]*[a-z0-9])(/.*)\Z", re.DOTALL)
"""What nearly every address is, in a third of the time: no port, no user, nothing to be folded."""
_HOST = lazy.pattern(r"[^\s/\\?#:@.]+(?:\.[^\s/\\?#:@.]+)*+")


@lru_cache(maxsize=256)
def host_and_path(address: str) -> tuple[str, str]:
    """Return the host of an http(s) or protocol-relative address, lower case, and what follows it.

    Both are empty for a relative address or one of another scheme. Read as a browser reads it:
    backslashes are slashes, and a user name or a port is no part of the host.
    """
    match = _PLAIN_ADDRESS.match(address)
    if match is not None:
        return match[1], match[2]
    match = _ADDRESS.match(address)
    if match is None:
        return "", ""
    return match["host"].lower().rstrip("."), match["rest"] or "/"


@lru_cache(maxsize=1024)
def listed(host: str, hosts: frozenset[str]) -> str | None:
    """Return the entry of a list that a host is, or is below; None where there is none."""
    while host:
        if host in hosts:
            return host
        host = host.partition(".")[2]
    return None


_SHARED = frozenset(
    (  # noqa: SIM905
        "blogspot.com codeberg.page fly.dev gitee.io github.io gitlab.io herokuapp.com"
        " neocities.org netlify.app onrender.com pages.dev readthedocs.io surge.sh vercel.app"
        " web.app wordpress.com workers.dev"
    ).split()
)
"""Domains below which each name is another person's site."""
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "go", "gov", "ne", "net", "or", "org"})
_COUNTRY = 2


@lru_cache(maxsize=64)
def domain(host: str) -> str:
    """Return the domain that the owner of a host registered, by the usual forms of names."""
    names = host.split(".")
    if names[-2:-1] and len(names[-1]) == _COUNTRY and names[-2] in _SECOND_LEVEL:
        return ".".join(names[-3:])
    return ".".join(names[-3:] if ".".join(names[-2:]) in _SHARED else names[-2:])


def _host_names(hosts: Iterable[str]) -> tuple[str, ...]:
    names = []
    for host in hosts:
        name = host.strip().lower().removeprefix("*").strip(".")
        if not _HOST.fullmatch(name):
            raise ValueError(
                msg("{host!r} is not the name of a host, such as img.example.com", host=host)
            )
        names.append(name)
    return tuple(names)


Hosts = Annotated[tuple[str, ...], Checked(_host_names)]
"""An option: names of hosts, each standing for all hosts below it too."""
