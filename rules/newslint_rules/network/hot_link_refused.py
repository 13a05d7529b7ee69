"""NET003."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from newslint import (
    Archive,
    Bad,
    Field,
    Finding,
    Good,
    Impact,
    OnlineRule,
    RuleOptions,
    Severity,
    Span,
    msg,
)
from newslint_rules.front_matter.placeholder_image import IMAGE_FIELDS
from newslint_rules.network._requested_urls import RequestedUrl, places, shown

if TYPE_CHECKING:
    from newslint import Answer, Post, Request


class HotLinkRefused(OnlineRule):
    """A picture's host must serve it on your site, too.

    Browsers tell a picture's host which site shows it, the *Referer*. Some hosts refuse pictures to
    other sites, and others answer with a picture that says so, and a status of 200. The writer, who
    opens the address by itself, sees the picture; readers do not.

    Put `referrerpolicy="no-referrer"` on the `<img>` (IMG001 does it), or copy the picture. Each
    picture is fetched without a Referer and with that of `site-url`, which the configuration must
    say; status, type and size are compared. A picture that changes by itself is left alone, and so
    is an `<img>` with that policy. For the front matter's pictures the theme decides: where it asks
    for them without a Referer, set `fields = []`.
    """

    code, name, severity = "NET003", "hot-link-refused", Severity.ERROR
    impact = Impact.CONTENT
    needs_site_url = True

    class Options(RuleOptions):
        """Where pictures are."""

        fields: tuple[str, ...] = Field(
            IMAGE_FIELDS,
            description="The fields of the front matter whose pictures are fetched with a Referer.",
        )

    bad = [
        Bad(
            '<p>⟦<img src="https://a.cn/1.jpg" alt="">⟧</p>',
            answers={
                "https://a.cn/1.jpg": {
                    "status": 200, "kind": "image/jpeg",
                    "referred": {
                        "state": "dead", "status": 403, "words": "answers 403 Forbidden"
                    },
                }
            },
            message="the image https://a.cn/1.jpg answers 403 Forbidden on your site",
        ),
        Bad(
            "---\n⟦thumbnail⟧: 'https://a.cn/1.jpg'\n---\n",
            answers={
                "https://a.cn/1.jpg": {
                    "status": 200, "kind": "image/jpeg",
                    "referred": {"kind": "image/png", "differs": True},
                }
            },
        ),
    ]  # fmt: skip
    good = [
        Good(
            '<img src="https://a.cn/1.jpg" alt="">',
            answers={"https://a.cn/1.jpg": {"status": 200, "kind": "image/jpeg"}},
        ),
        Good(
            '<img src="https://a.cn/1.jpg" alt="" referrerpolicy="no-referrer">',
            answers={
                "https://a.cn/1.jpg": {
                    "status": 200, "kind": "image/jpeg",
                    "referred": {"state": "dead", "status": 403},
                }
            },
        ),
    ]  # fmt: skip

    def facts(self, post: Post) -> Any:
        """The pictures that are fetched with a Referer, as `Place` has them."""
        found = places(post, self.options.fields)
        return tuple(place for place in found if place.picture and not place.silent)

    def requests(self, facts: Any, site_url: str | None) -> Iterable[Request]:
        from newslint import Request

        own = referer(site_url)
        for place in map(RequestedUrl._make, facts) if own else ():
            yield Request(place.url, picture=True)
            yield Request(place.url, picture=True, referer=own)

    def check_archive(
        self, facts: Iterable[tuple[str, Any]], archive: Archive
    ) -> Iterator[tuple[str, Finding]]:
        from newslint import Request

        own = referer(archive.site_url)
        for path, found in facts if own else ():
            for place in map(RequestedUrl._make, found):
                plain = archive.answer(Request(place.url, picture=True))
                referred = archive.answer(Request(place.url, True, own))
                if plain is None or referred is None or plain.state != "alive":
                    continue
                if (words := _refusal(referred)) is not None:
                    told = "the image {url} {words} on your site"
                    message = msg(told, url=shown(place.url), words=words)
                    yield path, self.finding(Span(place.start, place.end), message)


def referer(site_url: str | None) -> str:
    """What browsers send as the Referer to other sites: the site's scheme and host (the policy
    ``strict-origin-when-cross-origin``); empty where the site is not known.
    """
    text = site_url or ""
    try:
        parts = urlsplit(text if "//" in text else f"https://{text}")
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # no address, or a port that does not exist
        return ""
    if not host or parts.scheme not in ("http", "https"):
        return ""
    return f"{parts.scheme}://{host}{port}/"


def _refusal(referred: Answer) -> str | None:
    """What a host does with a Referer that it dislikes, in words."""
    if referred.state == "dead":
        return referred.words
    if referred.state == "alive" and referred.differs:
        return msg("is replaced by a different image")
    return None
