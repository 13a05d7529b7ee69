"""The file that each generator writes a post to, on a site of default settings.

Measured with Hexo 5.4.2 to 8.1.2, Jekyll 4.3.1, Hugo 0.111.3 and Eleventy 3.1.8. A site's own
pattern (``permalink`` of ``_config.yml``, ``permalinks`` of Hugo) is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

from newslint.core import lazy

if TYPE_CHECKING:
    from newslint.generators.hexo.permalinks import HexoPermalinks
    from newslint.generators.jekyll.permalinks import JekyllPermalinks

KEYS: dict[str, tuple[str, ...]] = {
    "hexo": ("permalink", "__permalink", "date", "published"),
    "jekyll": ("permalink", "slug", "date", "categories", "category", "published"),
    "hugo": ("url", "slug", "draft", "published"),
    "eleventy": ("permalink",),
}
"""The keys of the front matter that have a say in a post's address."""

_DATE_FOLDERS = lazy.pattern(r"\d{4,}/\d\d/\d\d/(.+)/index\.html\Z", re.DOTALL)
_SUFFIX = lazy.pattern(r"\.[^./]*\Z")
_JEKYLL_NAME = lazy.pattern(r"(\d{2,4}-\d{1,2}-\d{1,2})-([^/]*)\.[^./]+\Z")


def rough(path: str, data: Mapping[str, object], target: str) -> str | None:
    """A cheap key: posts whose addresses are the same have the same one. None for no address.

    ``path`` is the post's, ``data`` what its front matter says under `KEYS`.
    """
    if target == "hexo":
        fixed = data.get("permalink") or data.get("__permalink")
        if not isinstance(fixed, str):
            return _stem(_below(path, "_posts"))
        from newslint.generators.hexo.permalinks import routed

        fixed = routed(fixed)
        dated = _DATE_FOLDERS.match(fixed)
        return dated[1] if dated else fixed
    if target == "jekyll" and not data.get("permalink"):
        from newslint.generators.jekyll.permalinks import slugify

        name = _JEKYLL_NAME.search(path)
        return None if name is None else slugify(str(data.get("slug") or name[2]), pretty=True)
    found = address(path, data, target)
    if target == "jekyll" and found is not None:
        return _SUFFIX.sub("", found.rpartition("/")[2])
    return found


def address(path: str, data: Mapping[str, object], target: str) -> str | None:
    """The file of the output folder that the post is written to, None where that is not known.

    A post that its front matter hides has none.
    """
    from newslint.generators.reserved_keys import hides

    writer = _WRITERS.get(target)
    return None if writer is None or hides(data, target) else writer(path, data)


def _stem(path: str) -> str:
    return _SUFFIX.sub("", path)


def _below(path: str, folder: str) -> str:
    """A path below the first folder of that name, or all of it."""
    _, found, rest = f"/{path}".partition(f"/{folder}/")
    return rest if found else path


def _page(path: str) -> str:
    return f"{path}index.html" if path == "" or path.endswith("/") else path


# Hexo.


def _hexo(path: str, data: Mapping[str, object]) -> str | None:
    return _hexo_permalinks().post(_below(path, "_posts"), data)


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


def said(data: Mapping[str, object], target: str) -> tuple[object, ...]:
    """The values under `KEYS` of a target, small and picklable, the last empty ones left out."""
    values = [_small(data.get(key)) if key in data else None for key in KEYS.get(target, ())]
    while values and values[-1] is None:
        values.pop()
    return tuple(values)


def _small(value: object) -> object:
    """A value as plain data, without the classes of time zones, which a cache does not take."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).replace(tzinfo=None)
    if isinstance(value, (str, int, float, date)):
        return value
    if isinstance(value, list):
        return [one if isinstance(one, str) else str(one) for one in value[:50] if one is not None]
    return None


def restored(values: tuple[object, ...], target: str) -> dict[str, object]:
    """The keys and values again that `said` gave."""
    return {k: v for k, v in zip(KEYS.get(target, ()), values, strict=False) if v is not None}
