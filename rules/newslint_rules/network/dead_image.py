"""NET002."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

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
from newslint_rules.network._requested_urls import RequestedUrl, places, shown, weighed
from newslint_rules.network.hot_link_refused import referer

if TYPE_CHECKING:
    from newslint import Answer, Post, Request


class DeadImage(OnlineRule):
    """The URL of an image must return an image.

    If the image was deleted, or its host returns a page instead, readers do not see the image.

    Use another image, or remove it. The rule checks `<img>` (`src` and `srcset`), `<source>` of a
    `<picture>`, the `poster` of a `<video>`, Markdown images, and `headimg` and `thumbnail` in
    front matter; see [Links and images](../online.md). The first bytes determine whether the
    response is an image, as in browsers, since a host may return an error page as `image/jpeg`.

    Images with `referrerpolicy="no-referrer"` are requested without a Referer. Other images are
    dead only if the request with your site as the Referer fails too. Results that may be temporary
    are warnings.
    """

    code, name, severity = "NET002", "dead-image", Severity.ERROR
    impact = Impact.CONTENT

    class Options(RuleOptions):
        """Where images are."""

        fields: tuple[str, ...] = Field(
            IMAGE_FIELDS,
            description="The front matter fields that contain the URL of an image.",
        )
        unsure: bool = Field(True, description="Whether to report images with an unsure result.")

    bad = [
        Bad(
            '<p>⟦<img src="https://a.cn/1.jpg" alt="">⟧</p>',
            answers={
                "https://a.cn/1.jpg": {
                    "state": "dead", "status": 404, "words": "answers 404 Not Found"
                }
            },
            message="the image https://a.cn/1.jpg answers 404 Not Found",
        ),
        Bad(
            "---\n⟦headimg⟧: https://a.cn/1.jpg\n---\n",
            answers={
                "https://a.cn/1.jpg": {
                    "state": "dead", "status": 200,
                    "words": "returns text/html, which is not an image",
                }
            },
        ),
        Bad(
            "⟦![snow](https://a.cn/1.jpg)⟧\n",
            path="post.md",
            answers={
                "https://a.cn/1.jpg": {"state": "unsure", "words": "does not respond in time"},
            },
        ),
    ]  # fmt: skip
    good = [
        Good(
            '<img src="https://a.cn/1.jpg" alt="">',
            answers={"https://a.cn/1.jpg": {"status": 200, "kind": "image/jpeg"}},
        ),
        Good(
            '<img src="https://a.cn/1.jpg" alt="">',
            answers={
                "https://a.cn/1.jpg": {
                    "state": "dead", "status": 403,
                    "referred": {"state": "alive", "status": 200, "kind": "image/jpeg"},
                }
            },
        ),
    ]  # fmt: skip

    def facts(self, post: Post) -> Any:
        """Return the images, as `Place` has them."""
        return tuple(place for place in places(post, self.options.fields) if place.picture)

    def requests(self, facts: Any, site_url: str | None) -> Iterable[Request]:
        from newslint import Request

        own = referer(site_url)
        for place in map(RequestedUrl._make, facts):
            yield Request(place.url, picture=True)
            if own and not place.silent:
                yield Request(place.url, picture=True, referer=own)

    def check_archive(
        self, facts: Iterable[tuple[str, Any]], archive: Archive
    ) -> Iterator[tuple[str, Finding]]:
        from newslint import Request

        own = referer(archive.site_url)
        for path, found in facts:
            for place in map(RequestedUrl._make, found):
                answer = archive.answer(Request(place.url, picture=True))
                if answer is None or answer.state == "alive":
                    continue
                sends = own and not place.silent
                referred = archive.answer(Request(place.url, True, own)) if sends else None
                if referred is not None and referred.state == "alive":
                    continue
                if answer.state == "dead" or self.options.unsure:
                    yield path, self.told(place, answer)

    def told(self, place: RequestedUrl, answer: Answer) -> Finding:
        """Return the finding; what no one can tell for certain is no error."""
        severity = weighed(self.severity_in_force, answer)
        told = "the image {url} {words}"
        message = msg(told, url=shown(place.url), words=answer.words)
        return self.finding(Span(place.start, place.end), message, severity=severity)
