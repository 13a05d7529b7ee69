"""What the rules about tags have in common: they look at posts in which something is wrong."""

from __future__ import annotations

from newslint import Post


def has_problems(post: Post) -> bool:
    """Whether anything is wrong with a post's tags."""
    return bool(post.structure.problems)
