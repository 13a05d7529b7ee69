"""FM020."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newslint import (
    Bad,
    Field,
    Finding,
    FrontMatterRule,
    Good,
    Impact,
    RuleOptions,
    Safety,
    Severity,
    Span,
    join_and,
    plural,
)
from newslint_rules.front_matter._examples import GOOD_MATTER, example
from newslint_rules.front_matter._fast_path import is_unusual
from newslint_rules.front_matter.placeholder_image import IMAGE_FIELDS
from newslint_rules.images._known_hosts import host_and_path

if TYPE_CHECKING:
    from newslint import FrontMatter, Post


class InsecureImageUrl(FrontMatterRule):
    """The image of a post should use https.

    On an https page, browsers upgrade or block an image with an `http:` URL (mixed content), which
    leaves gaps in the list of posts.

    The fix writes `https:`. It is unsafe, since a few hosts do not support https: open the URL to
    check.
    """

    code, name, severity, fix = "FM020", "insecure-image-url", Severity.WARNING, Safety.UNSAFE
    impact = Impact.CONTENT
    applies_to = is_unusual

    class Options(RuleOptions):
        """Which fields."""

        fields: tuple[str, ...] = Field(
            IMAGE_FIELDS, description="The fields that contain the URL of an image."
        )

    bad = [
        Bad(
            example("headimg", "⟦headimg⟧: 'http://img.example.net/1.jpg'"),
            fixed=GOOD_MATTER,
            message="headimg uses http, which browsers block on https pages",
        ),
        Bad(
            example("thumbnail", "⟦thumbnail⟧: HTTP://img.example.net/1.jpg"),
            fixed=example("thumbnail", "thumbnail: https://img.example.net/1.jpg"),
        ),
    ]
    good = [Good(GOOD_MATTER)]

    def check(self, front_matter: FrontMatter, post: Post) -> Iterable[Finding]:
        if "ttp:" not in front_matter.text and "TTP:" not in front_matter.text:
            return
        fields: dict[str, list[str]] = {}
        for field in self.options.fields:
            value = front_matter.data.get(field)
            if isinstance(value, str) and value[:5].lower() == "http:":
                fields.setdefault(value, []).append(field)
        for names in fields.values():
            message = plural(
                len(names),
                "{fields} uses http, which browsers block on https pages",
                "{fields} use http, which browsers block on https pages",
                fields=join_and(names),
            )
            edits = [self._edit(front_matter, post, name) for name in names]
            fix = None if None in edits else self.make_fix("Use https", *filter(None, edits))
            yield self.finding(front_matter.key_span((names[0],)), message, fix)

    def metrics(self, post: Post) -> Iterator[tuple[str, str]]:
        data = post.front_matter.data if post.front_matter else {}
        for field in self.options.fields:
            value = data.get(field)
            if isinstance(value, str) and (host := host_and_path(value.strip())[0]):
                yield "picture-hosts", host

    def _edit(self, front_matter: FrontMatter, post: Post, field: str) -> tuple[Span, str] | None:
        span = front_matter.own_span((field,))
        if span is None:
            return None
        start = span.start + (post.text[span.start : span.start + 1] in ("'", '"'))
        if post.text[start : start + 5].lower() != "http:":
            return None
        return Span(start, start + 5), "https:"
