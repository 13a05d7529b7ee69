"""What front matter that a target cannot use costs, by target (measured)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newslint import Effect, Impact
from newslint_rules.front_matter._examples import complaints

if TYPE_CHECKING:
    from newslint import Post

_UNREADABLE = {
    "hexo": Impact.POST,
    "jekyll": Impact.CONTENT,
    "hugo": Impact.BUILD,
    "eleventy": Impact.BUILD,
}
"""Hexo drops the post, Jekyll publishes it without title and date, the others stop."""

_LOST = {Effect.SITE_DIES: Impact.BUILD, Effect.POST_LOST: Impact.POST}


def unreadable(post: Post) -> Impact | None:
    """Return what front matter costs that the target cannot read."""
    if post.site is not None and "front_matter" in post.site.strictness:
        return Impact.BUILD
    return _UNREADABLE.get(post.target.name)


def of_effect(effect: Effect) -> Impact:
    """Return what an effect on one post costs."""
    return _LOST.get(effect, Impact.CONTENT)


def of_bad_date(post: Post, effect: Effect | None) -> Impact | None:
    """Return what a date costs that the target does not read, or reads as another one."""
    if post.target.name == "html":
        return None
    if effect is not None:
        return of_effect(effect)
    from newslint import dates

    return Impact.BUILD if dates.stops_build(*post.target) else Impact.CONTENT


def is_sound(post: Post) -> bool:
    """Return whether the target reads the front matter without an error."""
    header = post.front_matter
    if header is None or header.error is not None or header.problems or header.key_problems:
        return False
    return not complaints(post, "date") and not any(
        error.path == ("date",) for error in complaints(post, "type")
    )
