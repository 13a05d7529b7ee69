"""The file that Jekyll 4.3 writes a document or page to (``url.rb``, ``url_drop.rb``, ``page.rb``).

Dates are those of the site's ``timezone``, and of a machine in UTC where it has none.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from newslint.core import lazy
from newslint.generators.jekyll.options import Collection, JekyllOptions
from newslint.generators.jekyll.roles import POST_NAME

_NAME = lazy.pattern(r":([a-z_]+)")
_PLAIN = frozenset("._~!$&'()+,;=@")
_DATES = {
    "year": "%Y", "month": "%m", "day": "%d", "hour": "%H", "minute": "%M", "second": "%S",
    "short_month": "%b", "long_month": "%B", "short_year": "%y", "w_year": "%G", "week": "%V",
    "w_day": "%u", "short_day": "%a", "long_day": "%A", "y_day": "%j",
}  # fmt: skip


class UnknownAddressError(ValueError):
    """An address that is not modelled, or that Jekyll refuses."""


class JekyllPermalinks:
    """Where Jekyll writes the files of one site."""

    def __init__(self, options: JekyllOptions) -> None:
        self.options = options
        self._zone: tzinfo | None = None

    def post(self, path: str, data: Mapping[str, Any], suffix: str = ".html") -> str | None:
        """Return the file that a post is written to, None where that is not known.

        ``path`` is relative to the folder of collections.
        """
        folders = _folders_above(path)
        return self._document(
            path, data, self.options.post_permalink, "posts", folders, "_posts", suffix
        )

    def document(
        self, path: str, data: Mapping[str, Any], collection: Collection, suffix: str
    ) -> str | None:
        """The file that a document of a collection is written to, None where it is not known."""
        pattern = collection.permalink or self._with_style("/:collection/:path")
        folder = f"_{collection.label}"
        return self._document(path, data, pattern, collection.label, [], folder, suffix)

    def page(self, path: str, data: Mapping[str, Any], suffix: str) -> str | None:
        """Return the file that a page is written to; ``path`` is relative to the source."""
        folder, name = posixpath.split(path)
        base = posixpath.splitext(name)[0].rstrip(".")
        pattern = data.get("permalink")
        if not isinstance(pattern, str) or not pattern:
            if suffix not in (".html", ".htm", ".xhtml"):
                pattern = "/:path/:basename:output_ext"
            elif base == "index":
                pattern = "/:path/"
            else:
                pattern = self._with_style("/:path/:basename")
        values = {"path": folder, "basename": base, "output_ext": suffix}
        url = _clean(_put(pattern, values))
        return f"{url[1:]}index{suffix}" if url.endswith("/") else _file(url, suffix)

    def copied(self, path: str, collection: Collection) -> str:
        """Return where a file of a collection goes that is no document."""
        stem, suffix = posixpath.splitext(path)
        values = {
            "collection": collection.label, "path": stem.replace(f"_{collection.label}", "", 1),
            "output_ext": "", "name": posixpath.basename(stem), "title": "",
        }  # fmt: skip
        pattern = collection.permalink or self._with_style("/:collection/:path")
        return _clean(_put(pattern, values)).removesuffix("/")[1:] + suffix

    def _with_style(self, pattern: str) -> str:
        """The permalink of pages and collections, which follow the style of posts a little."""
        style = self.options.permalink
        if style == "pretty":
            return f"{pattern}/"
        if style in ("date", "ordinal", "none"):
            return f"{pattern}:output_ext"
        pattern += "/" if style.endswith("/") else ""
        return pattern + (":output_ext" if style.endswith(":output_ext") else "")

    def _document(
        self,
        path: str,
        data: Mapping[str, Any],
        pattern: str,
        label: str,
        folders: list[str],
        special: str,
        suffix: str,
    ) -> str | None:
        own = data.get("permalink")
        pattern = own if isinstance(own, str) and own else pattern
        values = _Values(self, path, data, label, folders, special, suffix)
        try:
            filled = _NAME.sub(lambda match: values.filled(match[1]), pattern)
        except UnknownAddressError:
            return None
        return _file(_clean(filled), suffix)

    def moment(self, path: str, data: Mapping[str, Any]) -> datetime:
        """The date of a document. Raises UnknownAddressError for none, or one that is not read."""
        value = data.get("date")
        if value is None:
            return _day_of_name(path)
        if isinstance(value, datetime):
            return self._local(value if value.tzinfo else value.replace(tzinfo=UTC))
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day, tzinfo=UTC)
        from newslint.generators.dates import read_date

        reading = read_date(value, str(value), False, "jekyll")
        if reading.instant is None:
            raise UnknownAddressError("date")
        instant = reading.instant
        if reading.naive:
            return instant
        return self._local(instant if instant.tzinfo else instant.replace(tzinfo=UTC))

    def _local(self, instant: datetime) -> datetime:
        if self.options.timezone is None:
            return instant.astimezone(UTC)
        from zoneinfo import ZoneInfo

        try:
            self._zone = self._zone or ZoneInfo(self.options.timezone)
            return instant.astimezone(self._zone)
        except (ValueError, KeyError, OSError, OverflowError) as error:
            raise UnknownAddressError(self.options.timezone) from error


def _day_of_name(path: str) -> datetime:
    name = POST_NAME.match(posixpath.basename(path))
    if name is None:
        raise UnknownAddressError("date")
    year, month, day = (int(part) for part in name["date"].split("-"))
    year += 0 if year > 99 else 2000 if year < 69 else 1900
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError as error:
        raise UnknownAddressError("date") from error


class _Values:
    """What the names of a permalink represent, each made when it is asked for."""

    def __init__(
        self,
        permalinks: JekyllPermalinks,
        path: str,
        data: Mapping[str, Any],
        label: str,
        folders: list[str],
        special: str,
        suffix: str,
    ) -> None:
        self.permalinks = permalinks
        self.path, self.data, self.label = path, data, label
        self.folders, self.special, self.suffix = folders, special, suffix

    def filled(self, name: str) -> str:
        """The text for ``:name``. Raises UnknownAddressError for a name that Jekyll lacks."""
        found = self._of(name)
        if found is None and name.endswith("_"):
            found = self._of(name[:-1])
            return f"{found}_" if found is not None else self._refuse(name)
        return found if found is not None else self._refuse(name)

    def _refuse(self, name: str) -> str:
        raise UnknownAddressError(name)

    def _of(self, name: str) -> str | None:
        if name in _DATES:
            day = self.permalinks.moment(self.path, self.data)
            return f"{day.year:04}" if name == "year" else day.strftime(_DATES[name])
        if name in ("i_day", "i_month"):
            day = self.permalinks.moment(self.path, self.data)
            return str(day.day if name == "i_day" else day.month)
        if name in ("title", "slug"):
            return slugify(self._slug(), pretty=name == "title")
        if name in ("categories", "slugified_categories"):
            found = list(dict.fromkeys(self._categories()))
            if name == "slugified_categories":
                return "/".join(dict.fromkeys(slugify(one, pretty=False) for one in found))
            return "/".join(dict.fromkeys(one.lower() for one in found))
        stem = posixpath.splitext(self.path)[0]
        return {
            "collection": self.label,
            "output_ext": self.suffix,
            "path": stem.replace(self.special, "", 1).rstrip("."),
            "name": slugify(posixpath.basename(stem), pretty=False),
        }.get(name)

    def _slug(self) -> str:
        slug = self.data.get("slug")
        if slug is not None:
            if not isinstance(slug, str):
                raise UnknownAddressError("slug")
            return slug
        name = posixpath.basename(self.path)
        dated = POST_NAME.match(name)
        return (dated["slug"] if dated else posixpath.splitext(name)[0]).rstrip(".")

    def _categories(self) -> Iterator[str]:
        yield from self.folders
        categories = self.data.get("categories")
        if isinstance(categories, str):
            yield from categories.split()
        elif isinstance(categories, list):
            yield from (_word(one) for one in categories if one is not None)
        category = self.data.get("category")
        if category is not None:
            yield from map(_word, category if isinstance(category, list) else [category])


def _put(pattern: str, values: Mapping[str, str]) -> str:
    for key, value in values.items():
        pattern = pattern.replace(f":{key}", value)
    return pattern


def _word(value: Any) -> str:
    if isinstance(value, (list, Mapping)):
        raise UnknownAddressError("categories")
    return str(value)


def _folders_above(path: str) -> list[str]:
    """Return the folders above ``_posts`` or ``_drafts``, which are categories."""
    parts = path.split("/")[:-1]
    at = next((i for i, part in enumerate(parts) if part in ("_posts", "_drafts")), 0)
    return [part for part in parts[:at] if part]


def slugify(text: str, *, pretty: bool) -> str:
    """``Utils.slugify``: in the mode "pretty" with the letters as they are, else in small ones."""
    kept = "".join(_kept(one, _PLAIN if pretty else frozenset()) for one in text)
    slug = re.sub("-{2,}", "-", kept).removeprefix("-").removesuffix("-")
    return slug if pretty else slug.lower()


def _kept(character: str, signs: frozenset[str]) -> str:
    if character.isascii():
        return character if character.isalnum() or character in signs else "-"
    category = unicodedata.category(character)
    return character if category[0] in "LM" or category == "Nd" else "-"


def _clean(url: str) -> str:
    """``URL.sanitize_url``."""
    return re.sub("/{2,}", "/", f"/{url}".replace("..", "/").replace("./", ""))


def _file(url: str, suffix: str) -> str:
    path = url[1:]
    if not path or path.endswith("/"):
        return f"{path}index.html"
    return path if path.endswith(suffix) else path + suffix
