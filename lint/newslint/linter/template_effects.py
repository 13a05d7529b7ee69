"""Check whether edits change how the site generator reads templates."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from newslint.core.finding import Edit
from newslint.core.span import Span
from newslint.generators.effects import PROBLEM_LIMIT, Effect, TemplateProblem
from newslint.linter.edits import Moved
from newslint.post.post import Post

DELIMITERS = {
    "hexo": ("{{", "{%", "{#", "}}", "%}", "#}"),
    "jekyll": ("{{", "{%", "}}", "%}"),
    "eleventy": ("{{", "{%", "{#", "}}", "%}", "#}"),
    "hugo": ("{{<", "{{%", ">}}", "%}}"),
}
_NUNJUCKS_PAIRS = ("{{}}", "{%%}", "{##}")
_PAIRS = {"hexo": _NUNJUCKS_PAIRS, "eleventy": _NUNJUCKS_PAIRS, "hugo": ("{{}}",)}
_USUAL_PAIRS = ("{{}}", "{%%}")


_LOOKED_AT = 100
"""Number of templates before a place that may contain it: they rarely overlap."""


def are_within_templates(text: str, edits: Sequence[Edit], target: str) -> bool:
    """Return whether an edit changes the inside of a possible template tag, but not its braces."""
    if target not in DELIMITERS or "{" not in text:
        return False
    moved = Moved(edits)
    for pair in _PAIRS.get(target, _USUAL_PAIRS):
        opening, closing = pair[:2], pair[2:]
        start = text.find(opening)
        while start >= 0 and (end := text.find(closing, start + 2)) >= 0:
            if moved.within(Span(start + 2, end)):
                if not (moved.within(Span(start, start + 2)) or moved.within(Span(end, end + 2))):
                    return True
            start = text.find(opening, end + 2)
    return False


def are_read_by_tags(post: Post, edits: Sequence[Edit]) -> bool:
    """Return whether an edit is in a block of a tag that the site or a plug-in defines."""
    if "{%" not in post.text or not post.runs_templates:
        return False
    from newslint.generators.tag_pairs import own_blocks

    start = post.body_start
    blocks = own_blocks(post.body_text, post.target.name)
    return any(
        block.start <= edit.span.start - start and edit.span.end - start <= block.end
        for block in blocks
        for edit in edits
    )


def starts_templates(post: Post, edits: Sequence[Edit], text: str) -> bool:
    """Return whether ``text``, the post after edits, has a template that the post did not have.

    It was code before, or its tags depended on removed words. If a template cut the post off, only
    templates that stop the build or run code count, since the others are lost before and after.
    """
    if "{" not in text:
        return False
    before, after = post.template.problems, post.with_text(text).template.problems
    moved = Moved(edits)
    shift = moved.end(post.body_start)
    if len(before) >= PROBLEM_LIMIT:
        # Text after the last known template was not read before.
        last = moved.end(before[-1].end + post.body_start)
        after = [one for one in after if one.start + shift < last]
    if any(
        any(map(harm, after)) and not any(map(harm, before)) for harm in (_stops_build, _runs_code)
    ):
        return True
    known = [
        Span(moved.start(one.start + post.body_start), moved.end(one.end + post.body_start))
        for one in before
    ]
    return not all(_is_covered(one.start + shift, known) for one in after)


def _is_covered(offset: int, spans: Sequence[Span]) -> bool:
    """Return whether one of some spans, sorted by start, contains an offset."""
    last = bisect_right(spans, offset, key=lambda one: one.start)
    return any(offset < one.end for one in spans[max(last - _LOOKED_AT, 0) : last])


def _stops_build(problem: TemplateProblem) -> bool:
    return problem.effect is Effect.SITE_DIES


def _runs_code(problem: TemplateProblem) -> bool:
    return problem.code
