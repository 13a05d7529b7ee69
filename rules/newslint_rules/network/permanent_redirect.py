"""NET004."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from newslint import (
    Archive,
    Bad,
    Field,
    Finding,
    Fix,
    Good,
    OnlineRule,
    RuleOptions,
    Safety,
    Severity,
    Span,
    msg,
)
from newslint_rules.front_matter.placeholder_image import IMAGE_FIELDS
from newslint_rules.network._requested_urls import RequestedUrl, places, rewritten, shown

if TYPE_CHECKING:
    from newslint import Post, Request


class PermanentRedirect(OnlineRule):
    """A URL with a permanent redirect should be replaced by its target.

    The host reports that the page or image has a new URL (status 301 or 308). Every reader makes a
    detour, possibly over `http:`, and the link is dead when the host removes the old URL.

    The fix writes the new URL and keeps the fragment. It is offered if the new URL responds. An
    article that redirects to the front page of a site was probably deleted: check it.
    """

    code, name, severity = "NET004", "permanent-redirect", Severity.WARNING
    fix = Safety.SAFE

    class Options(RuleOptions):
        """Where images are."""

        fields: tuple[str, ...] = Field(
            IMAGE_FIELDS,
            description="The front matter fields that contain the URL of an image.",
        )

    bad = [
        Bad(
            '<p>⟦<a href="http://a.cn/1?a=1&amp;b=2#x">⟧here</a></p>',
            fixed='<p><a href="https://b.cn/1?a=1&amp;b=2#x">here</a></p>',
            answers={
                "http://a.cn/1?a=1&b=2#x": {"status": 200, "moved": "https://b.cn/1?a=1&b=2#x"}
            },
            message="http://a.cn/1?a=1&b=2#x permanently redirects to https://b.cn/1?a=1&b=2#x",
        ),
        Bad(
            "---\n⟦headimg⟧: 'http://a.cn/1.jpg'\n---\n",
            fixed="---\nheadimg: 'https://a.cn/1.jpg'\n---\n",
            answers={
                "http://a.cn/1.jpg": {
                    "status": 200, "kind": "image/jpeg", "moved": "https://a.cn/1.jpg"
                }
            },
        ),
        Bad(
            '<p>⟦<a href="https://a.cn/2021/1.html">⟧here</a></p>',
            answers={"https://a.cn/2021/1.html": {"status": 200, "moved": "https://a.cn/"}},
            message="https://a.cn/2021/1.html permanently redirects to https://a.cn/, the front "
            "page of"
            " its site",
        ),
    ]  # fmt: skip
    good = [
        Good('<a href="https://a.cn/">here</a>', answers={"https://a.cn/": {"status": 200}}),
    ]

    def facts(self, post: Post) -> Any:
        """Return the addresses, as `Place` has them."""
        return places(post, self.options.fields)

    def requests(self, facts: Any, site_url: str | None) -> Iterable[Request]:
        from newslint import Request

        return [Request(place.url, place.picture) for place in map(RequestedUrl._make, facts)]

    def check_archive(
        self, facts: Iterable[tuple[str, Any]], archive: Archive
    ) -> Iterator[tuple[str, Finding]]:
        from newslint import Request

        for path, found in facts:
            for place in map(RequestedUrl._make, found):
                answer = archive.answer(Request(place.url, place.picture))
                if answer is not None and answer.state == "alive" and answer.moved:
                    yield path, self.told(place, answer.moved)

    def told(self, place: RequestedUrl, moved: str) -> Finding:
        """Return the finding and its fix."""
        where = {"url": shown(place.url), "moved": shown(moved)}
        if _is_front_page(moved) and not _is_front_page(place.url):
            message = msg(
                "{url} permanently redirects to {moved}, the front page of its site", **where
            )
            fix = None
        else:
            message = msg("{url} permanently redirects to {moved}", **where)
            fix = self.rewrite(place, moved)
        return self.finding(Span(place.start, place.end), message, fix)

    def rewrite(self, place: RequestedUrl, moved: str) -> Fix | None:
        """Write the new address in the place of the old one."""
        new = rewritten(moved, place.form) if place.at >= 0 else None
        if new is None:
            return None
        return self.make_fix("Write the new URL", (Span(place.at, place.to), new))


def _is_front_page(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.path in ("", "/") and not parts.query
