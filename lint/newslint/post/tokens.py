"""Count the parts of a post that take memory each, before anything is parsed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newslint.core import lazy
from newslint.core.messages import msg

if TYPE_CHECKING:
    from newslint.core.limits import Limits
    from newslint.post.post import Post

_OF_BODY = "<{"
"""Characters that begin an object of a tokenizer: a tag, a template, a block of CSS."""
_OF_FRONT_MATTER = "\n,:=[{"
"""Characters that begin or end a value."""
_CONTROLS = lazy.pattern(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\xad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f"
    "\\ufeff]"
)
"""Characters that a fix may remove or replace, each with an edit."""


def too_many(post: Post, limits: Limits) -> str | None:
    """Return why a post would take too much memory, as a message, or None."""
    limit = limits.tokens
    if len(post.text) <= limit:
        return None
    count = _count(post)
    if count <= limit:
        return None
    return msg(
        "has {count:,} tags, braces, front matter values and control characters, more than the"
        " limit of {limit:,} (limits.tokens)",
        count=count,
        limit=limit,
    )


def _count(post: Post) -> int:
    text, body = post.text, post.body_start
    count = sum(text.count(sign, body) for sign in _OF_BODY)
    count += sum(text.count(sign, 0, body) for sign in _OF_FRONT_MATTER)
    if not text.isascii():
        count += sum(1 for _ in _CONTROLS.finditer(text))
    return count + _odd_line_ends(text)


def _odd_line_ends(text: str) -> int:
    """Return the number of line ends that differ from the most frequent one."""
    both = text.count("\r\n")
    kinds = both, text.count("\n") - both, text.count("\r") - both
    return sum(kinds) - max(kinds)
