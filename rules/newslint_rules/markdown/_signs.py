"""Quick looks at a Markdown body, so that it is not read where there is nothing to be found."""

from __future__ import annotations

from newslint import Post, lazy

_SIGN = lazy.pattern(r"\n[ \t]*+[#*+-]")
"""Begins with a character, and so is found many times faster than with ``^``."""


def has_signs(post: Post) -> bool:
    """Return whether a body may have any Markdown; the applies_to of the rules."""
    return bool(post.signs) or post.has_marked_lines or post.target.name == "jekyll"


def begins_lines(post: Post) -> bool:
    """Return whether a line of the body begins with the sign of a heading, a list or a rule."""
    return post.has_marked_lines and post.once(_begins_lines)


def _begins_lines(post: Post) -> bool:
    text = post.markdown_text
    return text.lstrip(" \t")[:1] in _SIGNS or _SIGN.search(text) is not None


_SIGNS = ("#", "*", "+", "-")
