"""Where posts are written: by the site that they are in, else by the target's default settings."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from newslint import Role

if TYPE_CHECKING:
    from newslint import Post

BUILT = (Role.POST, Role.PAGE)
"""The roles of files of which a page is made today."""


@cache
def permalinks() -> Any:
    """Return the module of permalinks, which a run over one post does not import."""
    from newslint import permalinks

    return permalinks


def output_of(post: Post, probe: str = "") -> str | None:
    """The file of the output folder that a post is written to; None for none, or one not known.

    ``probe`` is a path to take in the place of the post's own.
    """
    data = post.data
    site, path = post.site, post.site_path
    if site is None or not path:
        address: str | None = permalinks().address(probe or post.name, data, post.target.name)
        return address
    if site.role(path).role not in BUILT:
        return None
    return site.output(probe or path, data)


def small_date(value: object) -> object:
    """A date as plain data, without the classes of time zones, which a cache does not take."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).replace(tzinfo=None)
    return value if isinstance(value, (str, date)) else None


def site_folder(post: Post) -> str:
    """Return the root of the post's site as seen from the project, empty where that is the same."""
    if post.site is None or not post.name.endswith(f"/{post.site_path}"):
        return ""
    return post.name[: -len(post.site_path)]
