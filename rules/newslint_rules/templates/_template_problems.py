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
    Token,
    TokenKind,
    lazy,
    msg,
    templates,
)

if TYPE_CHECKING:
    from newslint import Post


_OPENING = lazy.pattern(r"(?:\\?\{){2,}|\\?\{(?=\\?[%#])|(?<=#)\\?\}|#(?=\\?\})")
_CLOSINGS = {"{": lazy.pattern(r"(?:\\?\}){2,}"), "%": lazy.pattern(r"(?<=%)\\?\}")}
_CLOSINGS["#"] = lazy.pattern(r"(?<=#)\\?\}")
_ANY_OPENING = lazy.pattern(r"\{\\?[{%#]")
_CONTENT = lazy.pattern(r"\{[{%]-?(.{0,300}?)-?[%}]\}", re.DOTALL)
_TAG = lazy.pattern(r"\{%-?[ \t\r\n]*+([a-z_]++)[^%]*+%\}")
SUMMARY_END = "<!--more-->"
"""What Hugo takes for the end of a summary."""
_NAME = lazy.pattern(
    r"\{\{-?\s*+(?:[\w.\[\]-]|\"[^\"]*+\"|'[^']*+')++\s*+(?:\|.*)?-?\}\}", re.DOTALL
)
"""``{{ … }}`` with a name or a text in it, and filters perhaps."""
_GUARD = lazy.pattern(r"\{%-?[ \t]*+(?:end)?raw[ \t]*+-?%\}")
_LIQUID = r"\{%-?\s*+(?P<end>end)?(?P<name>highlight|raw|comment)\b[^%]*+(?:%(?!\})[^%]*+)*+%\}"
_VERBATIM = {
    "hexo": lazy.pattern(
        r"\{%-?\s*+(?P<end>end)?(?P<name>code|codeblock|raw|verbatim)\b"
        r"[^%]*+(?:%(?!\})[^%]*+)*+%\}"
    ),
    "jekyll": lazy.pattern(_LIQUID),
    "eleventy": lazy.pattern(_LIQUID),
    "hugo": lazy.pattern(r"\{\{[<%]\s*+(?P<end>/)?\s*+(?P<name>highlight)\b"),
}
"""The tags that show what stands between them as it is written."""
_OTHER = msg("{generator} changes this text")
_DECODED = frozenset({"textarea", "title"})
"""Raw text in which a browser decodes character references (RCDATA)."""
_BRACES = str.maketrans({"{": "&#123;", "}": "&#125;"})
_ENTITIES = {**_BRACES, ord("\\"): ""}
_EFFECTS = {
    Effect.SITE_DIES: msg("{generator} stops the build here"),
    Effect.POST_LOST: msg("{generator} does not write this post"),
    Effect.CUT: msg("{generator} truncates the post here"),
    Effect.EXECUTED: msg("{generator} reads this as a template"),
}


def may_have_any(post: Post) -> bool:
    """Whether a body has anything that a generator may run; the applies_to of the rules."""
    body = post.body_text
    # One character is found ten times faster than a word, and few posts have the mark.
    return "{" in body or "}" in body or ("!" in body and SUMMARY_END in body)


def problems(post: Post, *, code: bool) -> Iterator[TemplateProblem]:
    """The problems of a post's body, in its offsets: those that reach for code, or the others."""
    if may_have_any(post):
        for problem in post.template.problems:
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
    """What the generator makes of a problem, in a writer's words."""
    effect = _EFFECTS.get(problem.effect, _OTHER)
    told = msg(effect, generator=generator(post))
    return msg("{name}: {words}", name=told, words=problem.detail)


def is_fatal(problem: TemplateProblem) -> bool:
    """Whether a problem stops the build or takes the post from the site."""
    return problem.effect in _FATAL


def impact(problem: TemplateProblem) -> Impact:
    """What a problem costs."""
    return _IMPACTS.get(problem.effect, Impact.CONTENT)


_IMPACTS = {Effect.SITE_DIES: Impact.BUILD, Effect.POST_LOST: Impact.POST}


def generator(post: Post) -> str:
    """The target's name, with its version where it is known."""
    name = templates.GENERATORS.get(post.target.name, post.target.name)
    return f"{name} {post.target.number}".rstrip()


def content(post: Post, problem: TemplateProblem) -> str:
    """What stands between the delimiters, the white space around it left out."""
    match = _CONTENT.match(post.body_text, problem.start)
    return match[1].strip() if match else ""


_REACH = 5_000
"""Characters behind an opening delimiter in which its closing one is looked for."""
_LARGEST_FAMILY = 100
"""Tags that belong together, or braces in a row, of which each gets a fix that changes them all."""
_FATAL = frozenset({Effect.SITE_DIES, Effect.POST_LOST, Effect.CUT})

Edits = list[tuple[Span, str]]


def encoded(post: Post, problem: TemplateProblem) -> tuple[Edits, Safety]:
    """The edits that keep the engine away and show the text as it is written; none where none can.

    Braces become character references in text, in attribute values and in comments. In a style
    a blank between the two characters does it, in which CSS sees no difference but in a string.
    In a script, in code and in a tag's name there is no way. Tags that belong together are encoded
    together, or not at all: half a pair would stop the build.
    """
    edits: Edits = []
    safety = Safety.SAFE
    family = _family(post, problem.start)
    if len(family) > _LARGEST_FAMILY:
        return [], Safety.SAFE
    for at in family:
        made, kind = _encoded_at(post, at)
        if not made:
            return [], Safety.SAFE
        edits += made
        safety = kind if kind is Safety.UNSAFE else safety
    return edits, safety


def is_surely_repaired(post: Post, problem: TemplateProblem) -> bool:
    """Whether a text cannot be a template of the site, so that encoding it repairs the page.

    It stops the build because the engine cannot parse it, whatever the site defines. What is run,
    though it prints nothing, may be meant; so may a tag that only newslint does not know.
    """
    if not problem.malformed or problem.effect not in _FATAL:
        return False
    if len(_family(post, problem.start)) > 1:
        return False
    if post.target.name != "eleventy":
        return True
    # A site of Eleventy may read its posts by Nunjucks instead.
    piece = post.body_text[problem.start : problem.start + _REACH]
    return templates.is_refused_by_nunjucks(piece)


def may_be_meant(post: Post, problem: TemplateProblem) -> bool:
    """Whether a text looks like a template of the site: a tag, or a name with or without filters.

    ``{{color:red}}`` in a style is run and prints nothing, but nobody meant it so.
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


def _encoded_at(post: Post, at: int) -> tuple[Edits, Safety]:
    """The edits of one delimiter and the one that closes it; see `encoded`."""
    html = post.html.html
    if post.is_code(at + post.body_start) or _is_guarded(post, at):
        return [], Safety.SAFE
    token = post.html.token_at(at)
    if token is not None and token.kind is TokenKind.TEXT and token.name == "style":
        edits, safety = _spaced(post, token, at)
        # A blank line in it has made text of a style.
        return edits, Safety.UNSAFE if post.is_rendered(at + post.body_start) else safety
    end = _context_end(post, token, at)
    in_markdown = post.is_rendered(at + post.body_start)
    rendered = token is None and in_markdown
    if rendered and not html.startswith("\\", at) and _is_escaped(html, at):
        at -= 1
    found = _delimiters(html, at, end) if end is not None else []
    if not found or (rendered and _in_image(html, at)):
        return [], Safety.SAFE
    table = _ENTITIES if rendered or post.target.name == "hexo" else _BRACES
    edits = [(Span(*m.span()).shift(post.body_start), m[0].translate(table)) for m in found]
    if in_markdown and post.target.name == "hexo" and post.target.major in (None, 6):
        # Hexo 6 shows the letters of an entity in the text of Markdown.
        return ([], Safety.SAFE) if post.target.version else (edits, Safety.UNSAFE)
    return edits, Safety.SAFE


def _delimiters(html: str, at: int, end: int) -> list[re.Match[str]]:
    """The delimiter at an offset and the one that closes it, if that comes before ``end``."""
    opening = _OPENING.match(html, at, end)
    if opening is None:
        return []
    if opening[0] == "#":
        opening = _CLOSINGS["#"].match(html, at + 1, end)
        assert opening is not None
    if not opening[0].endswith("{"):
        return [opening]
    kind = html[opening.end() : opening.end() + 2].lstrip("\\")[:1]
    double = opening[0].count("{") > 1
    end = min(end, opening.end() + _REACH)
    closing = _CLOSINGS["{" if double else kind].search(html, opening.end(), end)
    inner = _ANY_OPENING.search(html, opening.end(), end)
    is_closed = closing and not (inner and inner.start() < closing.start())
    return [opening, closing] if closing and is_closed else [opening]


def _is_escaped(html: str, at: int) -> bool:
    """Whether a backslash before an offset is Markdown's, and no escaped one itself."""
    before = html[max(0, at - 100) : at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _in_image(html: str, at: int) -> bool:
    """Whether an offset may lie in the text of a Markdown image.

    Hugo shows the letters of an entity there, and Eleventy nothing (measured).
    """
    start = max(html.rfind("![", 0, at), html.rfind("\n\n", 0, at))
    return html.startswith("![", start) and "](" not in html[start:at]


def _is_guarded(post: Post, at: int) -> bool:
    """Whether an offset of the body lies between tags that show code or raw text."""
    return any(start < at < end for start, end in post.once(_guarded))


def _guarded(post: Post) -> list[Span]:
    """What stands between such tags by their names alone: a tag that breaks the build may keep the
    engine from seeing that they are closed, and they are once it is mended.
    """
    tags = _VERBATIM.get(post.target.name)
    found: list[Span] = []
    name, start = "", 0
    for match in tags.finditer(post.body_text) if tags else ():
        if not name and match["end"] is None:
            name, start = match["name"], match.end() - 1
        elif name and match["end"] is not None and match["name"] == name:
            found.append(Span(start, match.start()))
            name = ""
    return [*found, Span(start, len(post.body_text))] if name else found


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


def _spaced(post: Post, style: Token, at: int) -> tuple[Edits, Safety]:
    """A blank after the first character of each delimiter of a run; unsafe within a string."""
    html = post.html.html
    run = re.compile(r"\{+[%#{]|#\}").match(html, at, style.span.end)
    if run is None or run.end() - at > _LARGEST_FAMILY:
        return [], Safety.SAFE
    before = html[style.span.start : at]
    quoted = before.count('"') % 2 or before.count("'") % 2
    edits = [(Span(place, place).shift(post.body_start), " ") for place in range(at + 1, run.end())]
    return edits, Safety.UNSAFE if quoted else Safety.SAFE
