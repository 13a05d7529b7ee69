"""What front matter that a target cannot use costs, by target (measured)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newslint import Impact
from newslint.generators.effects import Effect
from newslint.generators.hugo_changes import PAGES

if TYPE_CHECKING:
    from newslint import Post

UNREADABLE = {
    "hexo": Impact.POST,
    "jekyll": Impact.CONTENT,
    "hugo": Impact.BUILD,
    "eleventy": Impact.BUILD,
}
"""Hexo drops the post, Jekyll publishes it without title and date, the others stop."""

_LOST = {Effect.SITE_DIES: Impact.BUILD, Effect.POST_LOST: Impact.POST}


def of_effect(effect: Effect) -> Impact:
    """What an effect on one post costs."""
    return _LOST.get(effect, Impact.CONTENT)


def of_bad_date(post: Post) -> Impact | None:
    """What a date costs that the target does not read."""
    if post.target.name == "hugo":
        return Impact.BUILD if PAGES.may_hold(post.target.version) else Impact.CONTENT
    return _BAD_DATE.get(post.target.name)


_BAD_DATE = {"hexo": Impact.CONTENT, "jekyll": Impact.BUILD, "eleventy": Impact.BUILD}
