"""Whether edits change what the site generator takes for a template."""

from __future__ import annotations

from collections.abc import Sequence

from newslint.core.finding import Edit
from newslint.core.span import Span
from newslint.generators.effects import Effect, TemplateProblem
from newslint.linter.edits import Moved
from newslint.post.post import Post

DELIMITERS = {
    "hexo": ("{{", "{%", "{#", "}}", "%}", "#}"),
    "jekyll": ("{{", "{%", "}}", "%}"),
    "eleventy": ("{{", "{%", "}}", "%}"),
    "hugo": ("{{<", "{{%", ">}}", "%}}"),
}
_PAIRS = {"hexo": ("{{}}", "{%%}", "{##}"), "hugo": ("{{}}",)}
_USUAL_PAIRS = ("{{}}", "{%%}")


def are_within_templates(text: str, edits: Sequence[Edit], target: str) -> bool:
    """Whether an edit changes the inside of what may be a template tag, its braces untouched."""
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


def starts_templates(post: Post, text: str) -> bool:
    """Whether a template stops the build, or code is run, only in another text of the post.

    A template that cut the post off, or words on which its tags depend, hid it before.
    """
    if "{" not in text:
        return False
    before, after = post.template.problems, post.with_text(text).template.problems
    return any(
        any(map(harm, after)) and not any(map(harm, before)) for harm in (_stops_build, _runs_code)
    )


def _stops_build(problem: TemplateProblem) -> bool:
    return problem.effect is Effect.SITE_DIES


def _runs_code(problem: TemplateProblem) -> bool:
    return problem.code
