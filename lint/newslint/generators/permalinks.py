"""The file that each generator writes a post to, on a site of default settings.

Measured with Hexo 5.4.2 to 8.1.2, Jekyll 4.3.1, Hugo 0.111.3 and Eleventy 3.1.8. A site's own
pattern (``permalink`` of ``_config.yml``, ``permalinks`` of Hugo) is not known here.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime

from newslint.core import lazy

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
_PLACEHOLDER = lazy.pattern(r":([a-z_]+)")
_HUGO_SPACES = lazy.pattern(r"\s+")
_HUGO_PERCENT = lazy.pattern(r"%(?![0-9A-Fa-f]{2})")


def rough(path: str, data: Mapping[str, object], target: str) -> str | None:
    """A cheap key: posts whose addresses are the same have the same one. None for no address.

    ``path`` is the post's, ``data`` what its front matter says under `KEYS`.
    """
    if target == "hexo":
        fixed = _hexo_fixed(data)
        if fixed is None:
            return _stem(_below(path, "_posts"))
        dated = _DATE_FOLDERS.match(fixed)
        return dated[1] if dated else fixed
    if target == "jekyll" and not data.get("permalink"):
        name = _JEKYLL_NAME.search(path)
        return None if name is None else _jekyll_slug(str(data.get("slug") or name[2]))
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


def _day(data: Mapping[str, object], target: str, name: str) -> datetime | None:
    from newslint.generators.dates import missing_date, read_date

    value = data.get("date")
    if value is None:
        return missing_date(target, name).instant
    return read_date(value, str(value), False, target, name=name).instant


# Hexo.


def _hexo_fixed(data: Mapping[str, object]) -> str | None:
    """The file that ``permalink`` names, as the router normalises it."""
    value = data.get("permalink") or data.get("__permalink")
    if not isinstance(value, str):
        return None
    path = value.replace("\\", "/").partition("?")[0].lstrip("/")
    return _page(path)


def _hexo(path: str, data: Mapping[str, object]) -> str | None:
    fixed = _hexo_fixed(data)
    if fixed is not None:
        return fixed
    day = _day(data, "hexo", path)
    return None if day is None else f"{day:%Y/%m/%d}/{_stem(_below(path, '_posts'))}/index.html"


# Jekyll.


def _jekyll_slug(text: str) -> str:
    """``Utils.slugify`` in its mode "pretty", letters left as they are."""
    slug = re.sub("-{2,}", "-", "".join(map(_jekyll_character, text.rstrip("."))))
    return slug.removeprefix("-").removesuffix("-")


def _jekyll_character(character: str) -> str:
    if character.isascii():
        return character if character.isalnum() or character in "._~!$&'()+,;=@" else "-"
    category = unicodedata.category(character)
    return character if category[0] in "LM" or category == "Nd" else "-"


def _jekyll(path: str, data: Mapping[str, object]) -> str | None:
    name = _JEKYLL_NAME.search(path)
    if name is None:
        return None
    permalink = data.get("permalink")
    pattern = permalink if isinstance(permalink, str) and permalink else None
    day = _day(data, "jekyll", path)
    if day is None:
        return None
    parts = {
        "categories": "/".join(dict.fromkeys(one.lower() for one in _categories(path, data))),
        "year": f"{day:%Y}", "month": f"{day:%m}", "day": f"{day:%d}",
        "i_month": str(day.month), "i_day": str(day.day), "short_year": f"{day:%y}",
        "hour": f"{day:%H}", "minute": f"{day:%M}", "second": f"{day:%S}",
        "title": _jekyll_slug(str(data.get("slug") or name[2])),
        "output_ext": ".html",
    }  # fmt: skip
    url = _filled(pattern or "/:categories/:year/:month/:day/:title:output_ext", parts)
    if url is None:
        return None
    url = re.sub("/{2,}", "/", f"/{url}".replace("..", "/").replace("./", ""))
    found = _page(url[1:])
    return found if found.endswith(".html") else f"{found}.html"


def _filled(pattern: str, parts: Mapping[str, str]) -> str | None:
    """A pattern with its placeholders filled; None where one is not known here."""
    names = {match[1] for match in _PLACEHOLDER.finditer(pattern)}
    if not names <= parts.keys():
        return None
    return _PLACEHOLDER.sub(lambda match: parts[match[1]], pattern)


def _categories(path: str, data: Mapping[str, object]) -> Iterator[str]:
    """The folders above ``_posts``, and what the front matter says."""
    above, found, _ = f"/{path}".partition("/_posts/")
    if found:
        yield from filter(None, above.split("/"))
    category = data.get("category")
    if category is not None:
        yield str(category)
    categories = data.get("categories")
    if isinstance(categories, str):
        yield from categories.split()
    elif isinstance(categories, list):
        yield from (str(one) for one in categories if one is not None)


# Hugo.


def hugo_name(text: str) -> str:
    """What Hugo's ``MakePathSanitized`` leaves of a name: letters, digits, some signs."""
    kept = "".join(c if c.isspace() or _in_hugo_path(c) else "" for c in text)
    kept = _HUGO_PERCENT.sub("", kept)
    return _HUGO_SPACES.sub("-", kept).lower()


def _in_hugo_path(character: str) -> bool:
    if character in "./\\_#+~-@%":
        return True
    return unicodedata.category(character)[0] == "M" or (
        character.isalpha() or unicodedata.category(character) == "Nd"
    )


def _hugo(path: str, data: Mapping[str, object]) -> str | None:
    url, slug = data.get("url"), data.get("slug")
    if isinstance(url, str) and url:
        found = url.lstrip("/")
        last = found.rpartition("/")[2]
        return _page(found) if not last or "." in last else f"{found}/index.html"
    folder, _, name = _below(path, "content").rpartition("/")
    stem = _stem(name)
    if stem in ("index", "_index"):
        if isinstance(slug, str) and slug and stem == "index":
            folder = posixpath.join(posixpath.dirname(folder), slug)
        return posixpath.join(hugo_name(folder), "index.html")
    if isinstance(slug, (str, int)) and not isinstance(slug, bool) and slug != "":
        stem = str(slug)
    return posixpath.normpath(posixpath.join(hugo_name(folder), hugo_name(stem), "index.html"))


# Eleventy.


def _eleventy(path: str, data: Mapping[str, object]) -> str | None:
    permalink = data.get("permalink")
    if isinstance(permalink, str) and permalink:
        if "{{" in permalink or "{%" in permalink:
            return None
        return posixpath.normpath(_page(permalink).lstrip("/"))
    folder, _, name = path.rpartition("/")
    stem = _stem(name)
    if stem == "index" or stem == posixpath.basename(folder):
        stem = ""
    return posixpath.join(folder, stem, "index.html")


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
