"""Which templates an archive uses on purpose: what TPL001 learns for `newslint init`."""

from __future__ import annotations

from collections.abc import Iterator
from glob import escape
from typing import TYPE_CHECKING

from newslint import InferredOptions, inference, lazy
from newslint_rules.templates import _site_templates, _template_problems
from newslint_rules.templates._verdict import Works

if TYPE_CHECKING:
    from newslint import Observation, Observations, Post

LONGEST = 100
"""Code points of a template that may be the site's own."""

_BEGINNING = lazy.pattern(r"[<%]?\s*+/?\s*+[A-Za-z_][\w./-]*+")
"""The name of a tag, shortcode or variable, and what is before it."""


def observe(post: Post) -> Iterator[Observation]:
    """Yield what is between the delimiters of a post's templates, and how it begins.

    Where the site is known, only that of which it is not known whether it works: what works needs
    no leave, and what does not gets none.
    """
    for problem in _template_problems.problems(post, code=False):
        if post.site is not None and _site_templates.verdict(post, problem).works is not (
            Works.UNKNOWN
        ):
            continue
        yield "any", ""
        content = _template_problems.content(post, problem)
        beginning = _BEGINNING.match(content)
        if beginning is not None and len(content) <= LONGEST and content.isprintable():
            yield "content", content
            yield "beginning", beginning[0]


def infer_options(seen: Observations) -> InferredOptions | None:
    """Return what many posts begin alike, where most would be reported: that is meant, not scraped.

    A tag that is always written in the same way is allowed in that way alone.
    """
    if dict(seen.of_kind("any")).get("", 0) <= inference.TOO_OFTEN * seen.posts:
        return None
    allowed: dict[str, int] = {}
    contents = seen.of_kind("content")
    for beginning, number in seen.of_kind("beginning"):
        if number < max(inference.ENOUGH, (1 - inference.USUAL) * seen.posts):
            continue
        alike = [pair for pair in contents if pair[0].startswith(beginning)]
        content, same = alike[0] if alike else ("", 0)
        if same >= inference.USUAL * number:
            allowed[escape(content)] = same
        else:
            allowed[f"{escape(beginning)}*"] = number
    if not allowed:
        return None
    often = ", ".join(f"{pattern} {number:,}" for pattern, number in allowed.items())
    return InferredOptions(
        {"allow": list(allowed)},
        (
            "What many posts use as a template is taken for meant: take out what the site lacks.",
            f"By posts, of {seen.posts:,}: {often}.",
        ),
    )
