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
    """A picture's address must answer with a picture.

    Where the picture is gone, or its host answers with a page that says so, readers see a hole.

    Put another picture there, or take it out. Asked are `<img>` (`src` and `srcset`), `<source>` of
    a `<picture>`, the `poster` of a `<video>`, Markdown's pictures and the front matter's `headimg`
    and `thumbnail`; see [Links and pictures](../online.md). Whether an answer is a picture is told
    by its first bytes, as browsers do: a host may say `image/jpeg` of an error page.

    A picture that is fetched without a Referer (`referrerpolicy="no-referrer"`) is asked for
    without one. Any other is dead only where it does not answer your site's Referer either. What
    may be otherwise in an hour is a warning.
    """

    code, name, severity = "NET002", "dead-image", Severity.ERROR
    impact = Impact.CONTENT

    class Options(RuleOptions):
        """Where pictures are."""

        fields: tuple[str, ...] = Field(
            IMAGE_FIELDS,
            description="The fields of the front matter that hold a picture's address.",
        )
        unsure: bool = Field(
            True, description="Whether to warn of pictures of which nobody can tell."
        )

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
        """The pictures, as `Place` has them."""
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
        """The finding; what nobody can tell for certain is no error."""
        severity = weighed(self.severity_in_force, answer)
        told = "the image {url} {words}"
        message = msg(told, url=shown(place.url), words=answer.words)
        return self.finding(Span(place.start, place.end), message, severity=severity)
