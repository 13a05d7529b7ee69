"""Posts and pages without a body that need none: lists, redirects, what is not published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from newslint import Role, lazy
from newslint_rules.markup._whole_page import is_whole_page

if TYPE_CHECKING:
    from newslint import Post

_REDIRECT = lazy.pattern(r"(?i:redirect|external)(?:[_-]?(?i:to|url|link))?\Z")
_ARTICLE_LAYOUTS = frozenset(
    {"", "article", "base", "blog", "default", "draft", "false", "main", "news", "none", "page",
     "post", "posts", "single", "story", "true"}
)  # fmt: skip
"""The names of layouts that show a body; others show a list, data or a search."""


def needs_no_body(post: Post) -> bool:
    """Return whether a post without a body is as it is meant."""
    header = post.front_matter
    if header is None and (_is_code(post) or is_whole_page(post)):
        return True
    if header is not None and header.error is not None:
        return False
    data: Mapping[str, Any] = {**post.given, **(header.data if header is not None else {})}
    if any(_REDIRECT.match(str(key)) for key in data):
        return True
    if _is_list(post, data) or ("aliases" in data and "title" not in data):
        return True
    if post.site is None or not post.site_path:
        return False
    return _is_unpublished(post, data) or _is_made_of_data(post, data)


def _is_code(post: Post) -> bool:
    """Return whether the front matter is a program, which may give the layout all of the page."""
    return post.site is not None and post.bounds is not None and post.bounds.form == "js"


def _is_list(post: Post, data: Mapping[str, Any]) -> bool:
    """Return whether the page lists others: by its name, or by the layout that it asks for."""
    name = post.name.rpartition("/")[2]
    if post.target.name == "hugo" and name.startswith("_index."):
        return True
    if post.target.name == "eleventy" and "pagination" in data:
        return True
    keys = ("layout", "type") if post.target.name in ("hexo", "hugo") else ("layout",)
    return any(_lists(data.get(key)) for key in keys)


def _lists(layout: object) -> bool:
    """Whether a layout or type, with or without a folder and suffix, is that of no article."""
    if not isinstance(layout, str):
        return False
    return layout.rpartition("/")[2].partition(".")[0].lower() not in _ARTICLE_LAYOUTS


def _is_unpublished(post: Post, data: Mapping[str, Any]) -> bool:
    from newslint import reserved_keys

    assert post.site is not None
    return post.site.role(post.site_path).role is Role.DRAFT or reserved_keys.hides(
        data, post.target.name
    )


def _is_made_of_data(post: Post, data: Mapping[str, Any]) -> bool:
    """Return whether the layout makes the page of the front matter, or a script does."""
    assert post.site is not None
    # The layout of a translation that does not exist yet shows the original.
    if ("title" not in data and data) or post.site.is_translation(post.site_path):
        return True
    for value in data.values():
        if isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
            return True
    if post.is_page and post.has_tag("script"):
        return True
    post.depends_on_site = True
    return not post.site.shows_body(post.site_path)
