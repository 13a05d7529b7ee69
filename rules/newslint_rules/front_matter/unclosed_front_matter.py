"""FM002."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Good, Impact, PostRule, Severity, Span, msg
from newslint_rules.front_matter._fast_path import is_uncommon
from newslint_rules.front_matter._impact import of_effect

if TYPE_CHECKING:
    from newslint import Post


class UnclosedFrontMatter(PostRule):
    """Front matter must be closed.

    Without the second `---`, Hexo and Jekyll print the fields as text and find no title, Eleventy
    reads the complete article as front matter, and Hugo stops the build.

    Close the front matter with a line `---`.
    """

    code, name, severity = "FM002", "unclosed-front-matter", Severity.ERROR
    impact = Impact.CONTENT
    applies_to = is_uncommon
    bad = [
        Bad(
            "⟦---⟧\ntitle: A title\n\n<p>Text</p>\n",
            message="the front matter is not closed; add a line --- after the fields",
        ),
        Bad("\n⟦---⟧\ntitle: A title\n<p>Text --- and more</p>\n"),
        Bad("⟦---⟧\n<p>Text</p>\n", target="eleventy"),
        Bad("⟦+++⟧\ntitle = 'A title'\n", target="hugo"),
    ]
    good = [
        Good("---\ntitle: A title\n---\n<p>Text</p>\n"),
        Good("<p>Text</p>\n\n---\n\n<p>More</p>\n"),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        place = post.boundaries
        bounds = place.bounds
        if bounds is not None:
            if bounds.closing is not None:
                return
            span = bounds.opening
        elif place.read_error is not None and place.read_error.kind == "unclosed":
            span = Span(place.read_error.offset, min(place.read_error.offset + 3, len(post.text)))
        else:
            return
        fence = post.text[span.start : span.end].rstrip()[:3]
        closing = "}" if fence.startswith("{") else msg("a line {fence}", fence=fence)
        message = msg(
            "the front matter is not closed; add {closing} after the fields",
            closing=closing,
        )
        error = place.read_error
        yield self.finding(span, message, impact=error and of_effect(error.outcome))
