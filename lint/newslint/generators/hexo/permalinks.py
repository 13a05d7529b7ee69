"""The file that Hexo writes a post or page to, by the permalink settings of its site.

Dates are those of a machine in UTC, like that of a CI service: Hexo writes ``:year`` and the like
in the time zone of the machine that builds, after it has moved dates by ``timezone``.
"""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from newslint.core.lazy import cached_property
from newslint.generators.dates import shown_date
from newslint.generators.hexo.options import HexoOptions
from newslint.generators.hexo.plugins import ANY_FIELD
from newslint.generators.hexo.slugs import UnknownNameError, filler, parameters, parse_name, slugize

_DATE_PARTS: Mapping[str, Callable[[datetime], str]] = {
    "year": lambda day: f"{day.year:04}",
    "month": lambda day: f"{day.month:02}",
    "day": lambda day: f"{day.day:02}",
    "hour": lambda day: f"{day.hour:02}",
    "minute": lambda day: f"{day.minute:02}",
    "second": lambda day: f"{day.second:02}",
    "i_month": lambda day: str(day.month),
    "i_day": lambda day: str(day.day),
    "timestamp": lambda day: str(int(day.timestamp())),
}
_DATED = _DATE_PARTS.keys() | {"hash"}
_NOT_MODELLED = frozenset(
    (  # noqa: SIM905
        "path permalink full_source asset_dir tags categories date updated raw content excerpt"
        " more _content photos prev next site"
    ).split()
)
_FROM_NAME = frozenset(("title", "year", "month", "day", "i_month", "i_day", "hash"))
"""Names of ``new_post_name`` that are no front matter."""


class HexoPermalinks:
    """Where Hexo writes the posts of one site.

    ``abbrlink`` says that hexo-abbrlink is installed; ``unknown`` are names to which a plug-in may
    give values, `ANY_FIELD` for all.
    """

    def __init__(
        self,
        options: HexoOptions,
        version: int | None,
        *,
        abbrlink: bool = False,
        unknown: frozenset[str] = frozenset(),
    ) -> None:
        self.options = options
        self.names = parameters(options.permalink)
        self.fill = filler(options.permalink)
        self.dated = self.names & _DATED
        self.day_parts = [(name, _DATE_PARTS[name]) for name in self.dated - {"hash"}]
        self.others = self.names - _DATED - {"title"}
        self.name_rule = posixpath.splitext(options.new_post_name)[0]
        self.adds_slash = options.post_asset_folder and version not in (5, 6)
        self.abbrlink = abbrlink
        self.is_known = ANY_FIELD not in unknown and not self.names & unknown

    def slug(self, name: str) -> str:
        """Return the slug of a post, by its path below ``_posts``. Raises UnknownNameError."""
        return parse_name(self.name_rule, posixpath.splitext(name)[0])["title"]

    def has_day(self, name: str) -> bool:
        """Return whether the name of a post says its day, by ``new_post_name``."""
        try:
            said = parse_name(self.name_rule, posixpath.splitext(name)[0])
        except UnknownNameError:
            return False
        return _day_of_name(said) is not None

    def post(self, name: str, data: Mapping[str, Any]) -> str | None:
        """Return the file that a post is written to, None where that is not known.

        ``name`` is the path below ``_posts``.
        """
        try:
            fixed = self._fixed(data)
            path = fixed if fixed is not None else self._filled(name, data)
        except (UnknownNameError, KeyError):
            return None
        if self.adds_slash and not path.endswith(("/", ".html")):
            path += "/"
        return routed(path)

    def plain_slug(self, name: str) -> str | None:
        """Return the slug of a post whose path says no more, None if the router changes it."""
        slug = without_suffix(name)
        return None if "?" in slug or "\\" in slug else slug

    def by_date(self, slug: str, date: object) -> str | None:
        """Return the file of a post with a slug and a date, by a permalink of these two alone."""
        try:
            values = self._dates({"date": date}, {})
        except UnknownNameError:
            return None
        return routed(self.fill({**values, "title": slug}))

    def _fixed(self, data: Mapping[str, Any]) -> str | None:
        value = data.get("permalink") or data.get("__permalink")
        if value and not isinstance(value, str):
            raise UnknownNameError("permalink")
        return value or None

    def _filled(self, name: str, data: Mapping[str, Any]) -> str:
        said = parse_name(self.name_rule, without_suffix(name))
        if not self.is_known:
            raise UnknownNameError(self.options.permalink)
        values = {"title": said["title"]}
        if self.dated:
            values |= self._dates(data, said)
        if self.others:
            values["name"] = posixpath.basename(said["title"])
            data = {**data, **{key: value for key, value in said.items() if key not in _FROM_NAME}}
            for key in self.others - {"name"}:
                values[key] = self._value(key, name, data, said["title"])
        return self.fill(values)

    def _value(self, key: str, name: str, data: Mapping[str, Any], slug: str) -> str:
        """Return what a name that is no part of the date represents."""
        if key in _NOT_MODELLED or (key == "id" and data.get("id") is None):
            raise UnknownNameError(key)
        if key == "post_title":
            return slugize(self._title(data, slug), 1)
        if key == "category":
            return self._category(data)
        if key == "abbrlink" and self.abbrlink and data.get("layout", "post") == "post":
            if not data.get("abbrlink") or self._abbrlink.get("force"):
                return self._sum(data, slug)
        fixed = {"slug": slug, "source": f"_posts/{name}"}.get(key)
        if fixed is not None:
            return fixed
        if key in data:
            return as_text(data[key])
        if key in ("layout", "comments", "published"):
            return {"layout": "post"}.get(key, "true")
        if key in self.options.permalink_defaults:
            return as_text(self.options.permalink_defaults[key])
        return "undefined"

    def _title(self, data: Mapping[str, Any], slug: str) -> str:
        if "title" not in data and self.options.data.get("use_slug_as_post_title"):
            return slug
        title = data.get("title")
        return "" if title is None else as_text(title)

    def _sum(self, data: Mapping[str, Any], slug: str) -> str:
        """Return the sum of the title that hexo-abbrlink 2 writes to a post without one.

        It notices that a decimal sum is taken, and then takes the next one, but no hexadecimal one.
        """
        settings = self._abbrlink
        if settings.get("rep") != "hex":
            raise UnknownNameError("abbrlink")
        title = self._title(data, slug).encode("utf-8", "replace")
        return f"{zlib.crc32(title) if settings.get('alg') == 'crc32' else crc16(title):x}"

    @cached_property
    def _abbrlink(self) -> Mapping[str, Any]:
        """The settings of hexo-abbrlink."""
        settings = self.options.data.get("abbrlink")
        return settings if isinstance(settings, Mapping) else {}

    def _category(self, data: Mapping[str, Any]) -> str:
        given = data.get("categories") or data.get("category") or []
        items = given if isinstance(given, list) else [given]
        nested = [item for item in items if isinstance(item, list)]
        if nested and len(items) > 1:  # the category that any post of the site named last
            raise UnknownNameError("category")
        chain = [as_text(one) for one in (nested[0] if nested else items) if one not in (None, "")]
        if not chain:
            return self.options.default_category
        case, names = self.options.filename_case, self.options.category_map
        return "/".join(slugize(as_text(names.get(one) or one), case) for one in chain)

    def _dates(self, data: Mapping[str, Any], said: Mapping[str, str]) -> Mapping[str, str]:
        day = self._day(data, said)
        values = {name: write(day) for name, write in self.day_parts}
        if "hash" in self.dated:
            import hashlib

            text = f"{said['title']}{_DATE_PARTS['timestamp'](day)}"
            digest = hashlib.sha1(text.encode(), usedforsecurity=False)
            values["hash"] = digest.hexdigest()[:12]
        return values

    def _day(self, data: Mapping[str, Any], said: Mapping[str, str]) -> datetime:
        value = data.get("date")
        if isinstance(value, datetime):
            day: datetime | None = value
        else:
            day = shown_date(value, "hexo") if value else None
        if day is None and not value:
            day = _day_of_name(said)
        if day is None:  # the day on which the file was made
            raise UnknownNameError("date")
        if day.tzinfo is not UTC:
            day = day.astimezone(UTC) if day.tzinfo else day.replace(tzinfo=UTC)
        return _moved(day, self.options.timezone) if self.options.timezone else day


def without_suffix(path: str) -> str:
    """As ``splitext`` of posixpath, in half of the time: asked for every post."""
    stem, _, suffix = path.rpartition(".")
    # The dots that begin the name of a file begin no suffix.
    return stem if "/" not in suffix and stem.rpartition("/")[2].strip(".") else path


def _day_of_name(said: Mapping[str, str]) -> datetime | None:
    month, day = said.get("month") or said.get("i_month"), said.get("day") or said.get("i_day")
    if not (said.get("year") and month and day):
        return None
    try:
        return datetime(int(said["year"]), int(month), int(day), tzinfo=UTC)
    except ValueError:
        return None


def _moved(day: datetime, timezone: str) -> datetime:
    """Return a date as Hexo moves it by the site's ``timezone``, on a machine in UTC."""
    from zoneinfo import ZoneInfo

    try:
        offset = day.astimezone(ZoneInfo(timezone)).utcoffset()
        return day - offset if offset else day
    except (ValueError, KeyError, OSError, OverflowError) as error:
        raise UnknownNameError(timezone) from error


def crc16(data: bytes) -> int:
    """CRC-16/ARC: polynomial 0x8005 reflected, from 0."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return crc


def as_text(value: Any) -> str:
    """Return a value as JavaScript writes it into a text. Raises UnknownNameError for dates."""
    if isinstance(value, str):
        return value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        from newslint.generators.yaml.js_checks import js_string

        return js_string(value)
    if isinstance(value, list):
        return ",".join("" if one is None else as_text(one) for one in value)
    if isinstance(value, Mapping):
        return "[object Object]"
    raise UnknownNameError(type(value).__name__)


def renamed(inner: str, suffix: str) -> str:
    """Where a file of the source folder goes that has no address of its own, but a new suffix."""
    return routed(posixpath.splitext(inner)[0] + suffix)


def page(inner: str, suffix: str, data: Mapping[str, Any]) -> str | None:
    """Return the file that a page is written to; ``suffix`` is that of what becomes of it."""
    path = data.get("permalink")
    if not path:
        return renamed(inner, suffix)
    if not isinstance(path, str):
        return None
    path += "index" if path.endswith("/") else ""
    return routed(path if posixpath.splitext(path)[1] else path + suffix)


def routed(path: str) -> str:
    """Return an address as Hexo's router normalises it."""
    path = path.replace("\\", "/").partition("?")[0].lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path
