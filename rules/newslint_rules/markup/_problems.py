"""What the rules about tags have in common: they look at posts in which something is wrong."""

from __future__ import annotations

from newslint import Post, Problem, ProblemKind


def has_problems(post: Post) -> bool:
    """Return whether anything is wrong with a post's tags."""
    return bool(post.html_problems)


def problems(post: Post, kind: ProblemKind) -> list[Problem]:
    """Return what is wrong with a post's tags, of one kind."""
    return [problem for problem in post.html_problems if problem.kind is kind]
