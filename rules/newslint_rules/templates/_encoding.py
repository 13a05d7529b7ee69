"""The edits that write a template's delimiters as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newslint import (
    Safety,
    Span,
    lazy,
)

if TYPE_CHECKING:
    from newslint import Post

from typing import TYPE_CHECKING

from newslint import (
    Token,
    TokenKind,
)

if TYPE_CHECKING:
    from newslint import Post


_OPENING = lazy.pattern(r"(?:\\?\{){2,}|\\?\{(?=\\?[%#])|(?<=#)\\?\}|#(?=\\?\})")

_ANY_OPENING = lazy.pattern(r"\{\\?[{%#]")

_LIQUID = (
    r"\{%-?\s*+(?P<end>end)?(?P<name>highlight|raw|comment|verbatim)\b[^%]*+(?:%(?!\})[^%]*+)*+%\}"
)

_VERBATIM = {
    "hexo": lazy.pattern(
        r"\{%-?\s*+(?P<end>end)?(?P<name>code|codeblock|raw|verbatim)\b"
        r"[^%]*+(?:%(?!\})[^%]*+)*+%\}"
    ),
    "jekyll": lazy.pattern(_LIQUID),
    "eleventy": lazy.pattern(_LIQUID),
    "hugo": lazy.pattern(r"\{\{[<%]\s*+(?P<end>/)?\s*+(?P<name>highlight)\b"),
}
"""The tags that show what is between them as it is written."""

_DECODED = frozenset({"textarea", "title"})
"""Raw text in which a browser decodes character references (RCDATA)."""

_BRACES = str.maketrans({"{": "&#123;", "}": "&#125;"})

_ENTITIES = {**_BRACES, ord("\\"): ""}


def delimiter_edits(post: Post, at: int) -> tuple[Edits, Safety]:
    """Return the edits of one delimiter and the one that closes it; see `encoded`."""
    html = post.html.html
    if post.is_code(at + post.body_start) or _is_guarded(post, at):
        return [], Safety.SAFE
    token = post.html.token_at(at)
    if token is not None and token.kind is TokenKind.TEXT and token.name == "style":
        edits, safety = _spaced(post, token, at)
        # An empty line in it has made text of a style.
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
        opening = CLOSINGS["#"].match(html, at + 1, end)
        assert opening is not None
    if not opening[0].endswith("{"):
        return [opening]
    kind = html[opening.end() : opening.end() + 2].lstrip("\\")[:1]
    double = opening[0].count("{") > 1
    end = min(end, opening.end() + REACH)
    closing = CLOSINGS["{" if double else kind].search(html, opening.end(), end)
    inner = _ANY_OPENING.search(html, opening.end(), end)
    is_closed = closing and not (inner and inner.start() < closing.start())
    return [opening, closing] if closing and is_closed else [opening]


def _is_escaped(html: str, at: int) -> bool:
    """Return whether a backslash before an offset is Markdown's, and no escaped one itself."""
    before = html[max(0, at - 100) : at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _in_image(html: str, at: int) -> bool:
    """Return whether an offset may are in the text of a Markdown image.

    Hugo shows the letters of an entity there, and Eleventy nothing (measured).
    """
    start = max(html.rfind("![", 0, at), html.rfind("\n\n", 0, at))
    return html.startswith("![", start) and "](" not in html[start:at]


def _is_guarded(post: Post, at: int) -> bool:
    """Return whether an offset of the body lies between tags that show code or raw text."""
    return any(start < at < end for start, end in post.once(_guarded))


def _guarded(post: Post) -> list[Span]:
    """What is between such tags by their names alone: a tag that breaks the build may keep the
    engine from seeing that they are closed, and they are once it is fixed.
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
    if run is None or run.end() - at > LARGEST_FAMILY:
        return [], Safety.SAFE
    before = html[style.span.start : at]
    quoted = before.count('"') % 2 or before.count("'") % 2
    edits = [(Span(place, place).shift(post.body_start), " ") for place in range(at + 1, run.end())]
    return edits, Safety.UNSAFE if quoted else Safety.SAFE


CLOSINGS = {"{": lazy.pattern(r"(?:\\?\}){2,}"), "%": lazy.pattern(r"(?<=%)\\?\}")}

REACH = 5_000
"""Characters after an opening delimiter in which its closing one is looked for."""

LARGEST_FAMILY = 100
"""Tags that belong together, or braces in a row, of which each gets a fix that changes them all."""

Edits = list[tuple[Span, str]]
