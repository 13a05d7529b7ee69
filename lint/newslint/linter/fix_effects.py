"""Check whether edits change more of a page than the places where they are.

The text outside of the edits must keep its meaning: tags, attributes, character references and URLs
for browsers, template tags and Markdown for the site generator. In doubt the answer is yes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import chain

from newslint.core import lazy
from newslint.core.finding import Edit
from newslint.core.span import Span
from newslint.generators.markdown.inline_html import without_text_tags
from newslint.html.outline import Structure
from newslint.html.tokenizer import (
    URL_ATTRIBUTES,
    Attribute,
    Token,
    TokenKind,
    attributes,
    scheme,
    tokens,
)
from newslint.html.tree import Body
from newslint.linter import markdown_effects, suppressions, template_effects
from newslint.linter.edits import Moved, replaced, touch
from newslint.post.post import Post

_REFERENCE = lazy.pattern(r"&#?+[0-9A-Za-z]*+\Z")
_LONGEST_REFERENCE = 40
"""More code points than the longest reference has (``&CounterClockwiseContourIntegral;``)."""

_LONGEST_INDENT = 100
"""Maximum code points before a code fence in its line."""
_FENCE = lazy.pattern(rf"[ \t>*+\-0-9.)]{{0,{_LONGEST_INDENT}}}+(?:`{{3}}|~{{3}})")
"""A code fence, possibly in quotes and lists; Hexo also reads fences in HTML files."""
_AUTOLINK = lazy.pattern(r"<[a-z][a-z0-9+.-]*+:[^\s<>]*+>", re.IGNORECASE)
_TAGS = frozenset({TokenKind.START, TokenKind.END})
_LINE_ENDS = frozenset({"\n", "\r\n", "\r"})


def changes_elsewhere(post: Post, edits: Sequence[Edit]) -> bool:
    """Return whether edits (sorted, in offsets of the file) change the body outside of them.

    Changes of the front matter are not considered.
    """
    inside = _of_body(post, edits)
    if not inside:
        return False
    old = post.html.html
    new = replaced(old, inside)
    moved = Moved(inside)
    return (
        _tags_change(old, post.html.tokens, new, moved, is_markdown=post.is_markdown)
        or (
            post.is_markdown
            and _prose_changes(post, old, new, moved)
            and not _restores_html(post, inside)
        )
        or any(_joins(new, at, post.target.name) for span in moved.inserted for at in {*span})
        or _fences_change(old, new, moved)
        or template_effects.are_within_templates(old, inside, post.target.name)
        or (post.is_markdown and markdown_effects.changes(post, inside))
    )


def are_ambiguous(post: Post, edits: Sequence[Edit]) -> bool:
    """Return whether an edit is in a tag that Markdown reads differently from browsers."""
    if not post.is_markdown or post.structure.names is not None:
        return False
    prose = post.once(_prose_tokens)
    for edit in _of_body(post, edits):
        raw = post.html.token_at(edit.span.start)
        if raw is not None and _is_autolink(post.html.html, raw):
            continue
        at = bisect_right(prose, edit.span.start, key=lambda one: one.span.start) - 1
        inside = [
            one is not None
            and one.kind in _TAGS
            and one.span.start < edit.span.start < one.span.end
            for one in (raw, prose[at] if at >= 0 else None)
        ]
        if any(inside) and not (all(inside) and raw and raw.span == prose[at].span):
            return not _become_tags(post, edits)
    return False


def _prose_tokens(post: Post) -> Sequence[Token]:
    """Return the tags as Markdown reads them."""
    return [*tokens(without_text_tags(post.html.html, post.target.name))]


def _become_tags(post: Post, edits: Sequence[Edit]) -> bool:
    """Return whether the edited tags are unchanged for browsers, and become tags for Markdown."""
    from newslint.generators.markdown import dom_equal

    inside = _of_body(post, edits)
    old = post.html.html
    new = replaced(old, inside)
    if not dom_equal.same(old, new):
        return False
    starts = {token.span.start for token in tokens(without_text_tags(new, post.target.name))}
    moved = Moved(inside)
    raw = [post.html.token_at(edit.span.start) for edit in inside]
    return all(token is None or moved.start(token.span.start) in starts for token in raw)


def _restores_html(post: Post, edits: Sequence[Edit]) -> bool:
    """Return whether Markdown shows the post's own HTML only after the edits."""
    body = post.body_text
    return markdown_effects.is_restored(post, body, replaced(body, edits))


def makes_tags(post: Post, edits: Sequence[Edit]) -> bool:
    """Return whether text before an edit becomes a tag or comment because of the edit."""
    inside = _of_body(post, edits)
    if not inside or "<" not in post.html.html:
        return False
    moved = Moved(inside)
    known = {(moved.start(token.span.start), token.name) for token in post.structure.tokens}
    joints = sorted({at for span in moved.inserted for at in span})
    after = post.with_text(replaced(post.text, edits))
    for token in after.structure.tokens:
        first = bisect_right(joints, token.span.start)
        end = token.span.end + (not token.closed)
        is_joined = first < len(joints) and joints[first] < end
        if is_joined and token.kind is not TokenKind.TEXT:
            if (token.span.start, token.name) not in known:
                return True
    return False


def _of_body(post: Post, edits: Sequence[Edit]) -> list[Edit]:
    """Return the edits in the body, in offsets of the body."""
    start = post.body_start
    return [
        Edit(edit.span.shift(-start), edit.content) for edit in edits if edit.span.start >= start
    ]


def _tags_change(
    old: str, before: Sequence[Token], new: str, moved: Moved, *, is_markdown: bool = False
) -> bool:
    """Return whether a tag, comment or raw text outside of the edits changes.

    With ``is_markdown``, the URLs of autolinks may change, since browsers do not see them as tags.
    """
    after = tokens(new)
    following = next(after, None)
    for token in before:
        if moved.removes(token.span):
            continue
        span = Span(moved.start(token.span.start), moved.end(token.span.end))
        while following is not None and following.span.start < span.start:
            if not moved.inserts(following.span):
                return True
            following = next(after, None)
        if following is None or not _is_same_tag(token, following, span):
            return True
        if inside := moved.within(token.span):
            if token.kind is TokenKind.END and not all(_is_blank(old, edit) for edit in inside):
                return True
            is_link = is_markdown and _is_autolink(old, token) and _is_autolink(new, following)
            if not is_link and _attributes_change(old, token, new, following, moved):
                return True
        following = next(after, None)
    rest = chain(() if following is None else (following,), after)
    return not all(moved.inserts(token.span) for token in rest)


def _prose_changes(post: Post, old: str, new: str, moved: Moved) -> bool:
    """Return whether tags as Markdown reads them change outside of the edits."""
    if post.structure.names is not None and Structure(Body(new, 0)).names is not None:
        return False  # Only plain tags, which Markdown reads like a browser.
    name = post.target.name
    plain, other = without_text_tags(old, name), without_text_tags(new, name)
    return (plain, other) != (old, new) and _tags_change(plain, [*tokens(plain)], other, moved)


def _is_autolink(text: str, token: Token) -> bool:
    """Return whether a tag is a URL in angle brackets: an autolink or link destination."""
    return _AUTOLINK.fullmatch(text, token.span.start, token.span.end) is not None


def _is_blank(old: str, edit: Edit) -> bool:
    return not (old[slice(*edit.span)] + edit.content).strip()


def _is_same_tag(old: Token, new: Token, span: Span) -> bool:
    same = (new.kind, new.name, new.closed, new.self_closing) == (
        old.kind, old.name, old.closed, old.self_closing
    )  # fmt: skip
    return same and new.span == span


def _attributes_change(old: str, token: Token, new: str, other: Token, moved: Moved) -> bool:
    """Return whether an attribute outside of the edits changes."""
    if token.kind is not TokenKind.START:
        return False
    after = {one.span.start: one for one in attributes(new, other)}
    for attribute in attributes(old, token):
        if moved.removes(attribute.span):
            continue
        twin = after.pop(moved.start(attribute.span.start), None)
        if twin is None or twin.name != attribute.name:
            return True
        if not moved.within(attribute.span):
            if twin.value != attribute.value or twin.quote != attribute.quote:
                return True
        elif _address_changes(attribute, twin, moved):
            return True
    return not all(moved.inserts(one.span) for one in after.values())


def _address_changes(old: Attribute, new: Attribute, moved: Moved) -> bool:
    """Return whether an edit inside a URL changes its scheme."""
    if old.name not in URL_ATTRIBUTES or moved.removes(old.value_span):
        return False
    return scheme(old.value or "") != scheme(new.value or "")


def _joins(text: str, at: int, target: str) -> bool:
    """Return whether the texts joined at an offset form a reference, delimiter or fence."""
    head = text[max(at - _LONGEST_REFERENCE, 0) : at]
    if "&" in head and (reference := _REFERENCE.search(head)):
        from html import unescape

        tail = text[at : at + _LONGEST_REFERENCE]
        if unescape(reference[0] + tail) != unescape(reference[0]) + unescape(tail):
            return True
    around = text[max(at - 2, 0) : at + 2]
    middle = min(at, 2)
    for delimiter in template_effects.DELIMITERS.get(target, ()):
        first = around.find(delimiter)
        while first >= 0:
            if first < middle < first + len(delimiter):
                return True
            first = around.find(delimiter, first + 1)
    return False


def _fences_change(old: str, new: str, moved: Moved) -> bool:
    """Return whether a line at an end of an edit becomes the beginning of a code fence."""
    for edit, span in zip(moved.edits, moved.inserted, strict=True):
        for before, after in zip(edit.span, span, strict=True):
            if _opens_fence(old, before) != _opens_fence(new, after):
                return True
    return False


def _opens_fence(text: str, at: int) -> bool:
    """Return whether the line of an offset begins with a code fence that includes the offset."""
    start = max(at - _LONGEST_INDENT, 0)
    head = text[start:at]
    line = max(head.rfind("\n"), head.rfind("\r")) + 1
    if start and not line:
        return False
    fence = _FENCE.match(text, start + line)
    return fence is not None and at <= fence.end()


def moves_suppressions(post: Post, edits: Sequence[Edit]) -> bool:
    """Return whether edits create a suppression, or change the lines that one applies to."""
    mark = suppressions.MARK
    if replaced(post.text, edits).count(mark) > post.text.count(mark):
        return True
    if mark not in post.text:
        return False
    ranges = [
        (one.comment, Span(one.comment.start, one.scope.end))
        for one in suppressions.parse(post, {})
        if one.verb.endswith("-line")
    ]
    for edit in edits:
        old = post.text[slice(*edit.span)]
        if old in _LINE_ENDS and edit.content in _LINE_ENDS:
            continue
        if "\n" not in old + edit.content and "\r" not in old + edit.content:
            continue
        for comment, about in ranges:
            is_removed = edit.span.start <= comment.start and comment.end <= edit.span.end
            if not is_removed and touch(edit.span, about):
                return True
    return False
