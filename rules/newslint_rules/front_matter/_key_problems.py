"""The problems of front matter keys in the site of a post: what the site gives is no problem."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newslint import SiteAnswer, reserved_keys

if TYPE_CHECKING:
    from newslint import FrontMatter, Post


def key_problems(front_matter: FrontMatter, post: Post) -> list[reserved_keys.KeyProblem]:
    """Return the keys that mean something else to the target than to the writer."""
    found = front_matter.key_problems
    if not found or post.target.name != "eleventy":
        return found
    return [*_in_site(found, front_matter, post)]


def _in_site(
    found: list[reserved_keys.KeyProblem], front_matter: FrontMatter, post: Post
) -> Iterator[reserved_keys.KeyProblem]:
    for problem in found:
        value = front_matter.data.get(problem.key)
        if problem.key == "pagination" and _has_list(value, post):
            continue
        if problem.key == "permalink" and post.template_engine == "nunjucks":
            # The engine of the post renders its permalink too.
            told = reserved_keys.templated_permalink(value, "nunjucks")
            if told is not None:
                yield from told
                continue
        yield problem


def _has_list(paging: object, post: Post) -> bool:
    """Return whether the site may have the data that a page is split by."""
    source = paging.get("data") if isinstance(paging, dict) else None
    if not isinstance(source, str) or post.site is None:
        return False
    name = source.partition(".")[0].partition("[")[0]
    if name in post.given or post.site.open_defaults(post.site_path):
        return True
    return post.site.lookup("data", name).answer is not SiteAnswer.NO
