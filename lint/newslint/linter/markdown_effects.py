"""Check whether edits change how Markdown reads the text around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from newslint.core.finding import Edit
from newslint.html.tokenizer import TokenKind
from newslint.linter.edits import Moved, replaced
from newslint.post.post import Post

_TAGS = frozenset({TokenKind.START, TokenKind.END})
_LINE_ENDS = frozenset({"\n", "\r\n", "\r"})


def changes(post: Post, edits: Sequence[Edit]) -> bool:
    """Return whether the target's Markdown renderer makes a different page after the edits."""
    body = post.body_text
    if any("\r" in (body[slice(*edit.span)], edit.content) for edit in edits):
        # A lone CR does not end a line for Hugo, nor in newslint's model of code.
        after = post.with_text(post.text[: post.body_start] + replaced(body, edits))
        if post.target.name == "hugo" or len(after.code_spans) != len(post.code_spans):
            return True
    text_edits = [edit for edit in edits if not _is_plain(post, body, edit)]
    if not text_edits:
        return False
    if not post.is_modelled_markdown:
        return True
    from newslint.generators.markdown import pages

    new = replaced(body, text_edits)
    unseen = all(pages.is_unseen(body[slice(*one.span)] + one.content) for one in text_edits)
    moved = Moved(text_edits)
    tags = [one for one in post.html.tokens if one.kind in _TAGS and moved.removes(one.span)]
    removed = Counter(one.name for one in tags if one.kind is TokenKind.START)
    is_changed = pages.differ(body, new, *post.markdown_target, tags_only=not unseen, gone=removed)
    return is_changed and not is_restored(post, body, new)


def is_restored(post: Post, body: str, new: str) -> bool:
    """Return whether Markdown shows the post's own HTML only after the edits.

    False if text may be lost: an unclosed tag or comment that was text for Markdown hid nothing.
    """
    if not post.markdown_changes or post.drops_html:
        return False
    from newslint.generators.markdown import dom_equal
    from newslint.generators.markdown.changes import passes

    if not (passes(new, *post.markdown_target) and dom_equal.same(body, new)):
        return False
    after = post.with_text(post.text[: post.body_start] + new)
    new_problems = Counter(one.kind for one in after.structure.problems)
    new_problems.subtract(one.kind for one in post.structure.problems)
    return max(new_problems.values(), default=0) <= 0


def _is_plain(post: Post, body: str, edit: Edit) -> bool:
    """Return whether an edit does not matter to Markdown: inside a tag, or a changed line end."""
    token = post.html.token_at(edit.span.start)
    if token is not None and token.kind in _TAGS:
        # A line end inside a tag may end a paragraph of Markdown.
        inside = token.span.start < edit.span.start and edit.span.end < token.span.end
        return inside and not any(end in edit.content for end in "\r\n")
    return body[edit.span.start : edit.span.end] in _LINE_ENDS and edit.content in _LINE_ENDS
