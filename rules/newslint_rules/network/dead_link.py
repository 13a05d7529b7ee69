"""NET001."""

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
from newslint_rules.network._requested_urls import RequestedUrl, places, shown, weighed

if TYPE_CHECKING:
    from newslint import Answer, Post, Request


class DeadLink(OnlineRule):
    """A link must lead to a page that exists.

    Articles move and hosts close. Readers who click the link see an error page or, if someone else
    bought the domain, any content of the new owner.

    Write the right URL, or remove the link and keep its text. The rule checks `<a>`, `<area>`,
    `<iframe>`, `<embed>`, `<object>`, `<audio>`, `<video>` and Markdown links with URLs that begin
    with `http:`, `https:` or `//`; see [Links and images](../online.md).

    A link is dead, which is an error, if the response is 404, 410 or another permanent refusal, if
    the host does not exist or refuses connections, or if there is an invalid certificate or a
    redirect loop. Results that may be temporary, or different for your readers, are warnings:
    timeouts, 5xx, 429, and 401 or 403, which many sites return to programs only.
    """

    code, name, severity = "NET001", "dead-link", Severity.ERROR
    impact = Impact.CONTENT

    class Options(RuleOptions):
        """What counts as alive."""

        accept: tuple[int, ...] = Field(
            (),
            description="Statuses to treat as alive, such as 403 for sites that refuse programs.",
        )
        unsure: bool = Field(True, description="Whether to report URLs with an unsure result.")

    bad = [
        Bad(
            '<p>⟦<a href="https://a.cn/gone">⟧here</a></p>',
            answers={
                "https://a.cn/gone": {
                    "state": "dead", "status": 404, "words": "answers 404 Not Found"
                }
            },
            message="https://a.cn/gone answers 404 Not Found",
        ),
        Bad(
            "See ⟦[the page](//a.cn/1)⟧ and ⟦<https://a.cn/2>⟧.\n",
            path="post.md",
            answers={
                "https://a.cn/1": {"state": "unsure", "words": "does not respond in time"},
                "https://a.cn/2": {"state": "dead", "words": "has a host that does not exist"},
            },
        ),
    ]  # fmt: skip
    good = [
        Good('<p><a href="https://a.cn/">here</a></p>', answers={"https://a.cn/": {"status": 200}}),
        Good(
            '<p><a href="https://a.cn/">here</a></p>',
            options={"accept": [403]},
            answers={"https://a.cn/": {"state": "unsure", "status": 403}},
        ),
        Good("<p><a href='/1.html'>here</a> <a href='mailto:a@a.cn'>mail</a></p>"),
    ]

    def facts(self, post: Post) -> Any:
        """Return the links, as `Place` has them."""
        return tuple(place for place in places(post, ()) if not place.picture)

    def requests(self, facts: Any, site_url: str | None) -> Iterable[Request]:
        from newslint import Request

        return [Request(RequestedUrl(*one).url) for one in facts]

    def check_archive(
        self, facts: Iterable[tuple[str, Any]], archive: Archive
    ) -> Iterator[tuple[str, Finding]]:
        from newslint import Request

        for path, found in facts:
            for place in map(RequestedUrl._make, found):
                answer = archive.answer(Request(place.url))
                if answer is not None and self.speaks_of(answer):
                    yield path, self.told(place, answer)

    def speaks_of(self, answer: Answer) -> bool:
        """Return whether an answer is to be reported of."""
        if answer.state == "alive" or answer.status in self.options.accept:
            return False
        return answer.state == "dead" or self.options.unsure

    def told(self, place: RequestedUrl, answer: Answer) -> Finding:
        """Return the finding; what no one can tell for certain is no error."""
        severity = weighed(self.severity_in_force, answer)
        message = msg("{url} {words}", url=shown(place.url), words=answer.words)
        return self.finding(Span(place.start, place.end), message, severity=severity)
