"""What a target makes up for a title or date that a post does not give: FM005's and FM008's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newslint import msg

if TYPE_CHECKING:
    from newslint import FrontMatter, Post

SUBSTITUTES = {
    "hexo": ("date", msg("the post gets the date of its file, which changes with each checkout")),
    "hugo": ("date", msg("the post gets a date in the year 1")),
    "eleventy": (
        "date",
        msg("the post gets the date of its file, which changes with each checkout"),
    ),
    "jekyll": ("title", msg("the title is taken from the file name")),
}
"""By target: the key, and what is in for it (docs/generators.md, rows 16m, 16n, 18e)."""

_OTHER_DATES = frozenset({"publishdate", "pubdate", "published", "lastmod", "modified"})
"""What Hugo dates a post by where it has no ``date``."""
_DATED_NAME = re.compile(r"\d{4}-\d\d-\d\d")
"""Hexo reads it where the site's ``new_post_name`` says so."""


def missing(front_matter: FrontMatter, post: Post, *, empty: bool) -> Iterator[tuple[str, str]]:
    """The key that the post lacks, or leaves ``empty``, and what the target makes up for it."""
    data = front_matter.data
    if not data or post.target.name not in SUBSTITUTES or post.is_page:
        return
    key, words = SUBSTITUTES[post.target.name]
    none = (None, "", False) if post.target.name == "hexo" else (None, "")
    if data.get(key) not in none or (key in data) is not empty:
        return
    if any(error.path == (key,) for error in post.schema_errors):
        return
    if _is_given(post, key, empty=empty):
        return
    if post.target.name == "hugo" and not _OTHER_DATES.isdisjoint(map(str.lower, data)):
        return
    if not empty and ((key == "date" and _is_in_name(post)) or _needs_none(post)):
        return
    yield key, words


def _is_given(post: Post, key: str, *, empty: bool) -> bool:
    """Return whether the site has a value for a key that the post has not, or may have one."""
    site, path = post.site, post.site_path
    if site is None or not path:
        return False
    if not empty and site.open_defaults(path):
        return True
    fills = not empty or post.target.name == "jekyll"
    others = ("date", *_OTHER_DATES) if post.target.name == "hugo" else (key,)
    return (fills and any(map(post.is_given, others))) or (key == "date" and site.dates(path))


def _needs_none(post: Post) -> bool:
    """Return whether a file of a site has no such key by design.

    Hexo dates a draft when it publishes it; collections of Jekyll beside the posts hold entries of
    any kind; pages of a manual have no dates, and Eleventy's templates with a ``pagination`` are
    lists.
    """
    if post.site is None or not post.site_path:
        return False
    folders = post.site_path.split("/")[:-1]
    if post.target.name == "jekyll":
        return not {"_posts", "_drafts"}.intersection(folders)
    if post.target.name == "hexo" and "_drafts" in folders:
        return True
    is_template = post.path.suffix in (".njk", ".liquid") or "pagination" in post.data
    if post.target.name == "eleventy" and is_template:
        return True
    return not post.site.dates_others(post.site_path)


def _is_in_name(post: Post) -> bool:
    """Whether the target finds the date in the name of the file, on a site of default settings."""
    from newslint import dates

    if post.site is not None and post.target.name == "hexo":
        return False  # ``new_post_name`` is known
    if post.target.name == "hexo":
        return _DATED_NAME.match(post.path.name) is not None
    return dates.missing_date(post.target.name, post.path.name).outcome is None
