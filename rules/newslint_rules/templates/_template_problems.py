"""What the target's template engine does with a post, and how to keep it away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from newslint import (
    Effect,
    Impact,
    Safety,
    Span,
    TemplateProblem,
    lazy,
    msg,
    templates,
)
from newslint_rules.templates._encoding import (
    CLOSINGS,
    LARGEST_FAMILY,
    REACH,
    Edits,
    delimiter_edits,
)

if TYPE_CHECKING:
    from newslint import Post


CLOSINGS["#"] = lazy.pattern(r"(?<=#)\\?\}")
_CONTENT = lazy.pattern(r"\{[{%]-?(.{0,300}?)-?[%}]\}", re.DOTALL)
_TAG = lazy.pattern(r"\{%-?[ \t\r\n]*+([a-z_]++)[^%]*+%\}")
SUMMARY_END = "<!--more-->"
"""What Hugo takes for the end of a summary."""
STAND_IN = "HAHAHUGOSHORTCODE"
"""What Hugo puts in the place of a shortcode while it renders."""
_NAME = lazy.pattern(
    r"\{\{-?\s*+(?:[\w.\[\]-]|\"[^\"]*+\"|'[^']*+')++\s*+(?:\|.*)?-?\}\}", re.DOTALL
)
"""``{{ … }}`` with a name or a text in it, and filters perhaps."""
_GUARD = lazy.pattern(r"\{%-?[ \t]*+(?:end)?raw[ \t]*+-?%\}")
_OTHER = msg("{generator} changes this text")
_EFFECTS = {
    Effect.SITE_DIES: msg("{generator} stops the build here"),
    Effect.POST_LOST: msg("{generator} does not write this post"),
    Effect.CUT: msg("{generator} truncates the post here"),
    Effect.EXECUTED: msg("{generator} reads this as a template"),
}


def may_have_any(post: Post) -> bool:
    """Return whether a body has anything that a generator may run; the applies_to of the rules."""
    body = post.body_text
    if "{" in post.signs or "}" in body:
        return True
    return post.target.name == "hugo" and (SUMMARY_END in body or STAND_IN in body)


def problems(post: Post, *, code: bool) -> Iterator[TemplateProblem]:
    """The problems of a post's body, in its offsets: those that reach for code, or the others."""
    if may_have_any(post):
        for problem in post.template.problems:
            if problem.code == code:
                yield problem


def guards(post: Post) -> Iterator[Span]:
    """Yield the ``{% raw %}`` and ``{% endraw %}`` of a body."""
    if "{%" in post.body_text:
        for match in _GUARD.finditer(post.body_text):
            yield Span(*match.span()).shift(post.body_start)


def working_tags(post: Post, told: list[TemplateProblem]) -> Iterator[tuple[Span, str]]:
    """Yield the tags of Hexo's own in a body that do what they are made for, with their names.

    ``told`` are the problems of the body: what they are about is left out, as is code.
    """
    if "{%" not in post.body_text or not post.runs_templates:
        return
    for match in _TAG.finditer(post.body_text):
        start = match.start()
        if match[1] not in templates.hexo_tags() or any(
            one.start <= start < one.end for one in told
        ):
            continue
        if not any(a <= start + post.body_start < b for a, b in post.code_spans):
            yield Span(*match.span()).shift(post.body_start), match[1]


def words(post: Post, problem: TemplateProblem) -> str:
    """Return what the generator makes of a problem, in a writer's words."""
    effect = _EFFECTS.get(problem.effect, _OTHER)
    told = msg(effect, generator=generator(post))
    return msg("{name}: {words}", name=told, words=problem.detail)


def is_fatal(problem: TemplateProblem) -> bool:
    """Return whether a problem stops the build or takes the post from the site."""
    return problem.effect in _FATAL


def impact(problem: TemplateProblem) -> Impact:
    """Return what a problem costs."""
    return _IMPACTS.get(problem.effect, Impact.CONTENT)


_IMPACTS = {Effect.SITE_DIES: Impact.BUILD, Effect.POST_LOST: Impact.POST}


def generator(post: Post) -> str:
    """Return the target's name, with its version where it is known."""
    name = templates.GENERATORS.get(post.target.name, post.target.name)
    return f"{name} {post.target.number}".rstrip()


def content(post: Post, problem: TemplateProblem) -> str:
    """Return what is between the delimiters, the white space around it left out."""
    match = _CONTENT.match(post.body_text, problem.start)
    return match[1].strip() if match else ""


_FATAL = frozenset({Effect.SITE_DIES, Effect.POST_LOST, Effect.CUT})


def encoded(post: Post, problem: TemplateProblem) -> tuple[Edits, Safety]:
    """The edits that keep the engine away and show the text as it is written; none where none can.

    Braces become character references in text, in attribute values and in comments. In a style
    a space between the two characters does it, in which CSS sees no difference but in a string.
    In a script, in code and in a tag's name there is no way. Tags that belong together are encoded
    together, or not at all: half a pair would stop the build.
    """
    edits: Edits = []
    safety = Safety.SAFE
    family = _family(post, problem.start)
    if len(family) > LARGEST_FAMILY:
        return [], Safety.SAFE
    for at in family:
        made, kind = delimiter_edits(post, at)
        if not made:
            return [], Safety.SAFE
        edits += made
        safety = kind if kind is Safety.UNSAFE else safety
    return ([], Safety.SAFE) if _is_decoded(post, edits) else (edits, safety)


def _is_decoded(post: Post, edits: Edits) -> bool:
    """Return whether the engine reads the character references as braces.

    In a text, markdown-it makes characters of them. Hexo then runs its engine if any tag is left.
    """
    if not post.markdown_target.name.startswith("hexo+markdown-it"):
        return False
    in_text = any(post.is_rendered(span.start) for span, _ in edits)
    return in_text and bool(post.with_edits(edits).template.problems)


def is_surely_repaired(post: Post, problem: TemplateProblem) -> bool:
    """Return whether a text cannot be a template of the site, so that encoding it repairs the page.

    It stops the build because the engine cannot parse it, whatever the site defines. What is run,
    though it prints nothing, may be meant; so may a tag that only newslint does not know.
    """
    if not problem.malformed or problem.effect not in _FATAL:
        return False
    if len(_family(post, problem.start)) > 1:
        return False
    if post.target.name != "eleventy" or post.template_engine == "nunjucks":
        return True
    # A site of Eleventy may read its posts by Nunjucks instead.
    piece = post.body_text[problem.start : problem.start + REACH]
    return templates.is_refused_by_nunjucks(piece)


def may_be_meant(post: Post, problem: TemplateProblem) -> bool:
    """Whether a text looks like a template of the site: a tag, or a name with or without filters.

    ``{{color:red}}`` in a style is run and prints nothing, but no one meant it so.
    """
    if problem.malformed:
        return False
    text = post.body_text[problem.start : problem.end]
    if not text.startswith("{{") or text[2:3] in ("<", "%"):
        return True
    return _NAME.fullmatch(text) is not None


def _family(post: Post, at: int) -> Sequence[int]:
    """Where the tags begin that belong together with the one at an offset of the body; it too."""
    return post.once(_families).get(at, (at,))


def _families(post: Post) -> Mapping[int, Sequence[int]]:
    skipped = [
        Span(one.start, one.end)
        for one in post.tag_blocks
        if one.kind in (templates.BlockKind.RAW, templates.BlockKind.HIDDEN)
    ]
    if post.target.name == "hexo":
        skipped += (span.shift(-post.body_start) for span in post.code_spans)
    found: dict[int, Sequence[int]] = {}
    for family in templates.tag_families(post.body_text, post.target.name, sorted(skipped)):
        starts = [span.start for span in family]
        found |= dict.fromkeys(starts, starts)
    return found
