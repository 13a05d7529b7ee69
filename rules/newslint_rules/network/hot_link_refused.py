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
    """The host of an image must serve it to your site too.

    Browsers send the URL of your site to the host of an image, in the *Referer* header. Some hosts
    refuse images to other sites; others return a replacement image with status 200. The author, who
    opens the URL directly, sees the image; readers do not.

    Add `referrerpolicy="no-referrer"` to the `<img>` (IMG001 does this), or copy the image. The
    rule requests each image without a Referer and with that of `site-url`, which must be set in the
    configuration, and compares status, type and size. Images that change by themselves, and `<img>`
    elements with that policy, are not reported. For images in front matter, the theme determines
    the Referer: if the theme sends none, set `fields = []`.
    """

    code, name, severity = "NET003", "hot-link-refused", Severity.ERROR
    impact = Impact.CONTENT
    needs_site_url = True

    class Options(RuleOptions):
        """Where images are."""

        fields: tuple[str, ...] = Field(
            IMAGE_FIELDS,
            description="The front matter fields whose images are loaded with a Referer.",
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
        """Return the images that are fetched with a Referer, as `Place` has them."""
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
    """Return what a host does with a Referer that it dislikes, as a message."""
    if referred.state == "dead":
        return referred.words
    if referred.state == "alive" and referred.differs:
        return msg("is replaced by a different image")
    return None
