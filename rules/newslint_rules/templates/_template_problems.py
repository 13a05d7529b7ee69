"""What the target's template engine does with a post, and how to keep it away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newslint import Safety, Span, say
from newslint.core import lazy
from newslint.generators.effects import Effect, TemplateProblem
from newslint.html.tokenizer import Token, TokenKind

if TYPE_CHECKING:
    from newslint import Post

GENERATORS = {"hexo": "Hexo", "jekyll": "Jekyll", "hugo": "Hugo", "eleventy": "Eleventy"}
"""The targets with a template engine, as their makers write them."""

_OPENING = lazy.pattern(r"(?:\\?\{){2,}|\\?\{(?=\\?[%#])|(?<=#)\\?\}|#(?=\\?\})")
_CLOSINGS = {"{": lazy.pattern(r"(?:\\?\}){2,}"), "%": lazy.pattern(r"(?<=%)\\?\}")}
_CLOSINGS["#"] = lazy.pattern(r"(?<=#)\\?\}")
_ANY_OPENING = lazy.pattern(r"\{\\?[{%#]")
_CONTENT = lazy.pattern(r"\{[{%]-?(.{0,300}?)-?[%}]\}", re.DOTALL)
_TAG = lazy.pattern(r"\{%-?[ \t\r\n]*+([a-z_]++)[^%]*+%\}")
SUMMARY_END = "<!--more-->"
"""What Hugo takes for the end of a summary."""
_GUARD = lazy.pattern(r"\{%-?[ \t]*+(?:end)?raw[ \t]*+-?%\}")
_OTHER = say("{generator} shows something else here")
_DECODED = frozenset({"textarea", "title"})
"""Raw text in which a browser decodes character references (RCDATA)."""
_ENTITIES = str.maketrans({"{": "&#123;", "}": "&#125;", "\\": ""})
_EFFECTS = {
    Effect.SITE_DIES: say("{generator} stops the whole build here"),
    Effect.POST_LOST: say("{generator} does not write this post"),
    Effect.CUT: say("{generator} cuts the post off here"),
    Effect.EXECUTED: say("{generator} takes this for a template"),
}


def may_have_any(post: Post) -> bool:
    """Whether a body has anything that a generator may run; the trigger of the rules."""
    body = post.body_text
    # One character is found ten times faster than a word, and few posts have the mark.
    return "{" in body or "}" in body or ("!" in body and SUMMARY_END in body)


def problems(post: Post, *, code: bool) -> Iterator[TemplateProblem]:
    """The problems of a post's body, in its offsets: those that reach for code, or the others."""
    body = post.body_text
    if not may_have_any(post):
        return
    if _is_switched_off(post):
        return
    for problem in post.target.template_problems(body, markdown=post.is_markdown):
        if problem.code == code:
            yield problem


def guards(post: Post) -> Iterator[Span]:
    """The ``{% raw %}`` and ``{% endraw %}`` of a body."""
    if "{%" in post.body_text:
        for match in _GUARD.finditer(post.body_text):
            yield Span(*match.span()).shift(post.body_start)


def working_tags(post: Post, told: list[TemplateProblem]) -> Iterator[tuple[Span, str]]:
    """The tags of Hexo's own in a body that do what they are made for, with their names.

    ``told`` are the problems of the body: what they speak of is left out, as is code.
    """
    if "{%" not in post.body_text or _is_switched_off(post):
        return
    from newslint.generators.hexo.tags import TAGS

    for match in _TAG.finditer(post.body_text):
        start = match.start()
        if match[1] not in TAGS or any(one.start <= start < one.end for one in told):
            continue
        if not any(a <= start + post.body_start < b for a, b in post.code_spans):
            yield Span(*match.span()).shift(post.body_start), match[1]


def words(post: Post, problem: TemplateProblem) -> str:
    """What the generator makes of a problem, in a writer's words."""
    effect = _EFFECTS.get(problem.effect, _OTHER)
    told = say(effect, generator=generator(post))
    return say("{name}: {words}", name=told, words=problem.detail)


def generator(post: Post) -> str:
    """The target's name, with its version where it is known."""
    name = GENERATORS.get(post.target.name, post.target.name)
    return name if post.target.version is None else f"{name} {post.target.version}"


def content(post: Post, problem: TemplateProblem) -> str:
    """What stands between the delimiters, the white space around it left out."""
    match = _CONTENT.match(post.body_text, problem.start)
    return match[1].strip() if match else ""


def _is_switched_off(post: Post) -> bool:
    """Whether the front matter tells the generator to leave the body alone.

    Read off their sources: Hexo's post.js wants a boolean, Jekyll's document.rb false, Eleventy's
    TemplateRender.js a list of engines, of which HTML and Markdown run nothing.
    """
    header = post.front_matter
    if header is None or not header.data:
        return False
    if post.target.name == "hexo" and "disableNunjucks" in header.data:
        start, end = header.value_span(("disableNunjucks",))
        return post.text[start:end] in ("true", "True", "TRUE")
    if post.target.name == "jekyll":
        return header.data.get("render_with_liquid") is False
    if post.target.name == "eleventy" and "templateEngineOverride" in header.data:
        engines = str(header.data["templateEngineOverride"] or "").lower().split(",")
        return "liquid" not in (engine.strip() for engine in engines)
    return False


_REACH = 5_000
"""Characters behind an opening delimiter in which its closing one is looked for."""


def encoded(post: Post, problem: TemplateProblem) -> tuple[list[tuple[Span, str]], Safety]:
    """The edits that keep the engine away and leave the page as it is written; none where none can.

    Braces become character references in text, in attribute values and in comments. In a style
    a blank between the two characters does it, in which CSS sees no difference but in a string.
    In a script, in Markdown's code and in a tag's name there is no way.
    """
    html, at = post.html.html, problem.start
    if post.is_code(at + post.body_start):
        return [], Safety.SAFE
    token = post.html.token_at(at)
    if token is not None and token.kind is TokenKind.TEXT and token.name == "style":
        return _spaced(post, token, at)
    end = _context_end(post, token, at)
    opening = None if end is None else _OPENING.match(html, at, end)
    if end is None or opening is None:
        return [], Safety.SAFE
    if opening[0] == "#":
        opening = _CLOSINGS["#"].match(html, at + 1, end)
        assert opening is not None
    found = [opening]
    if opening[0].endswith("{"):
        kind = html[opening.end() : opening.end() + 2].lstrip("\\")[:1]
        double = opening[0].count("{") > 1
        end = min(end, opening.end() + _REACH)
        closing = _CLOSINGS["{" if double else kind].search(html, opening.end(), end)
        inner = _ANY_OPENING.search(html, opening.end(), end)
        if closing and not (inner and inner.start() < closing.start()):
            found.append(closing)
    shift = post.body_start
    return [(Span(*m.span()).shift(shift), m[0].translate(_ENTITIES)) for m in found], Safety.SAFE


def _context_end(post: Post, token: Token | None, at: int) -> int | None:
    """Where the text, value or comment ends that holds an offset; None where nothing is decoded."""
    if token is None:
        return post.html.next_start(at)
    if token.kind is TokenKind.COMMENT:
        return token.span.end
    if token.kind is TokenKind.TEXT:
        return token.span.end if token.name in _DECODED else None
    if token.kind is TokenKind.START:
        attribute = post.html.attribute_at(token, at)
        if attribute and attribute.value:
            if attribute.value_span.start <= at < attribute.value_span.end:
                return attribute.value_span.end
    return None


def _spaced(post: Post, style: Token, at: int) -> tuple[list[tuple[Span, str]], Safety]:
    """A blank after the first character of each delimiter of a run; unsafe within a string."""
    html = post.html.html
    run = re.compile(r"\{+[%#{]|#\}").match(html, at, style.span.end)
    if run is None:
        return [], Safety.SAFE
    before = html[style.span.start : at]
    quoted = before.count('"') % 2 or before.count("'") % 2
    edits = [(Span(place, place).shift(post.body_start), " ") for place in range(at + 1, run.end())]
    return edits, Safety.UNSAFE if quoted else Safety.SAFE
