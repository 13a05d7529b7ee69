"""The file that each generator writes a post to on a site of default settings, and who stays there.

Measured with Hexo 5.4.2 to 8.1.2, Jekyll 4.3.1, Hugo 0.111.3 and Eleventy 3.1.8. A site's own
pattern (``permalink`` of ``_config.yml``, ``permalinks`` of Hugo) is known to its `Site` alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

from newslint.core import lazy
from newslint.generators.switches import hides

if TYPE_CHECKING:
    from newslint.generators.hexo.permalinks import HexoPermalinks
    from newslint.generators.jekyll.permalinks import JekyllPermalinks

__all__ = [
    "address",
    "dated_address",
    "dated_slug",
    "hugo_name",
    "slug_in",
    "stops_hexo",
    "survivor",
]

_DATE_FOLDERS = lazy.pattern(r"\d{4,}/\d\d/\d\d/(.+)/index\.html\Z", re.DOTALL)
_FIXED = ("permalink", "__permalink", "published")
"""The fields besides the date by which Hexo writes a post elsewhere, or not at all."""
_SUFFIX = lazy.pattern(r"\.[^./]*\Z")
_JEKYLL_NAME = lazy.pattern(r"(\d{2,4}-\d{1,2}-\d{1,2})-([^/]*)\.[^./]+\Z")


def address(path: str, data: Mapping[str, object], target: str) -> str | None:
    """The file of the output folder that the post is written to, None where that is not known.

    A post that its front matter hides has none.
    """
    writer = _WRITERS.get(target)
    return None if writer is None or hides(data, target) else writer(path, data)


def _stem(path: str) -> str:
    return _SUFFIX.sub("", path)


def _below(path: str, folder: str) -> str:
    """Return a path below the first folder of that name, or all of it."""
    _, found, rest = f"/{path}".partition(f"/{folder}/")
    return rest if found else path


# Hexo.


def _hexo(path: str, data: Mapping[str, object]) -> str | None:
    return _hexo_permalinks().post(_below(path, "_posts"), data)


def dated_slug(path: str, data: Mapping[str, object]) -> str | None:
    """Return the slug of a post whose `address` on a site of Hexo is made of it and its date.

    None if it is made of anything else. The address takes much longer, and few posts share a slug.
    """
    day = data.get("date")
    if not day or not isinstance(day, (str, date)):
        return None
    for field in _FIXED:
        if field in data:
            return None
    return _hexo_permalinks().plain_slug(_below(path, "_posts"))


def dated_address(slug: str, day: object) -> str | None:
    """Return the `address` of a post with a `dated_slug`."""
    return _hexo_permalinks().by_date(slug, day)


def slug_in(address: str) -> str:
    """Return the slug in an address that begins with the folders of a date; else the address."""
    found = _DATE_FOLDERS.match(address)
    return address if found is None else found[1]


@cache
def _hexo_permalinks() -> HexoPermalinks:
    from newslint.generators.hexo.options import HexoOptions
    from newslint.generators.hexo.permalinks import HexoPermalinks

    return HexoPermalinks(HexoOptions(), None)


# Jekyll.


def _jekyll(path: str, data: Mapping[str, object]) -> str | None:
    if _JEKYLL_NAME.search(path) is None:
        return None
    return _jekyll_permalinks().post(path, data)


@cache
def _jekyll_permalinks() -> JekyllPermalinks:
    from newslint.generators.jekyll.options import JekyllOptions
    from newslint.generators.jekyll.permalinks import JekyllPermalinks

    return JekyllPermalinks(JekyllOptions())


# Hugo: a site without settings.


def hugo_name(text: str) -> str:
    """What Hugo leaves of a name in an address: letters, digits, some signs, hyphens for spaces."""
    from newslint.generators.hugo.permalinks import sanitized
    from newslint.generators.hugo.settings import Addresses

    return sanitized(text, Addresses())


def _hugo(path: str, data: Mapping[str, object]) -> str | None:
    from newslint.generators.hugo import permalinks
    from newslint.generators.hugo.content import content_path
    from newslint.generators.hugo.settings import Addresses

    page = content_path(_below(path, "content"), {}, "en")
    return None if page is None else permalinks.output(page, data, Addresses(), lambda _: False)


# Eleventy: a site without settings.


def _eleventy(path: str, data: Mapping[str, object]) -> str | None:
    from newslint.generators.eleventy.permalinks import output

    folder, _, name = path.rpartition("/")
    return output(folder, _stem(name), data)


_WRITERS: dict[str, Callable[[str, Mapping[str, object]], str | None]] = {
    "hexo": _hexo,
    "jekyll": _jekyll,
    "hugo": _hugo,
    "eleventy": _eleventy,
}


def stops_hexo(url: str, major: int) -> bool:
    """Return whether an image's URL stops the build of a version of Hexo."""
    from newslint.generators.hexo.tags import is_bad_address

    return is_bad_address(url, major)


def survivor(one: tuple[str, object], other: tuple[str, object], target: str) -> bool | None:
    """Return whether the first of two posts stays that are written to one file; None for by chance.

    A post is its path and its date. Measured: Hexo 5 to 8 write the oldest post last, Jekyll 4.3
    the newest one, of one date that whose path comes last; Hugo writes pages side by side.
    """
    first, second = _instant(*one, target), _instant(*other, target)
    if first is None or second is None or target not in ("hexo", "jekyll"):
        return None
    if target == "hexo":
        return None if first == second else first < second
    return one[0] > other[0] if first == second else first > second


def _instant(path: str, value: object, target: str) -> datetime | None:
    """Return the moment of a post by which it is sorted; None where it is no post, or not known."""
    folder = f"/{path}".rpartition("/")[0]
    if "/_posts" not in folder:
        return None
    if value is None and target == "jekyll":
        name = _JEKYLL_NAME.search(path)
        value = name[1] if name else None
    if value is None:
        return None
    from newslint.generators.dates import shown_date

    instant = shown_date(value, target)
    if instant is None:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
