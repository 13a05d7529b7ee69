"""What front matter that a target cannot use costs, by target (measured)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newslint import Impact
from newslint_rules.front_matter._examples import complaints

if TYPE_CHECKING:
    from newslint import Post

UNREADABLE = {
    "hexo": Impact.POST,
    "jekyll": Impact.CONTENT,
    "hugo": Impact.BUILD,
    "eleventy": Impact.BUILD,
}
"""Hexo drops the post, Jekyll publishes it without title and date, the others stop."""

DUPLICATE = {"hexo": Impact.POST, "jekyll": Impact.CONTENT, "hugo": Impact.BUILD,
             "eleventy": Impact.BUILD}  # fmt: skip
"""A key given twice; Hugo stops since 0.152 and takes the last value before."""

BAD_DATE = {"hexo": Impact.CONTENT, "jekyll": Impact.BUILD, "hugo": Impact.CONTENT,
            "eleventy": Impact.BUILD}  # fmt: skip
"""A date that the target does not read."""


def is_sound(post: Post) -> bool:
    """Whether the target reads the front matter without a complaint."""
    header = post.front_matter
    if header is None or header.error is not None or header.problems or header.key_problems:
        return False
    return not complaints(post, "date")
