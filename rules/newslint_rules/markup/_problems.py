"""What the rules about tags have in common: they look at posts in which something is wrong."""

from __future__ import annotations

from newslint import Finding, Post, Problem, ProblemKind, msg
from newslint_rules.markup._whole_page import on_page


def has_problems(post: Post) -> bool:
    """Return whether anything is wrong with a post's tags."""
    return bool(post.html_problems)


def problems(post: Post, kind: ProblemKind) -> list[Problem]:
    """Return what is wrong with a post's tags, of one kind; nothing if none reaches the page."""
    if post.drops_html:
        return []
    return [problem for problem in post.html_problems if problem.kind is kind]


def judged(finding: Finding, post: Post) -> Finding:
    """Return the finding, as a warning with its reason where a layout may have the other tag.

    An HTML page of a site and its layout are written together; the Markdown of a page is not.
    """
    if post.is_markdown:
        return finding
    message = msg(
        "{message} (a warning, since the layout of a page may have the other tag)",
        message=finding.message,
    )
    return on_page(finding, post, message)
