"""Where Hugo writes a page: `url`, `permalinks`, `slug`, `uglyURLs` and the folders.

Measured with Hugo 0.111.3 to 0.168.0. Where they differ, as in runs of spaces, the later counts.
"""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import unquote_plus

from newslint.core import lazy
from newslint.generators.hugo import days
from newslint.generators.hugo.content import ContentPath, lower, normal
from newslint.generators.hugo.patterns import glob
from newslint.generators.hugo.settings import Addresses, Rule
from newslint.generators.hugo_hiding import hiding_keys
from newslint.generators.target import Version

IsSection = Callable[[str], bool]
"""Whether a folder below the content folder is a section of its own."""

_ATTRIBUTE = lazy.pattern(r":(\w+)(\[[^\]]+\])?")
_CUT = lazy.pattern(r"\[(?:(\d+|last)?(:)?(\d+|last)?)\]")
_PLAIN = lazy.pattern(r"[A-Za-z0-9./\\_#+~@-]*+")
_HEX = lazy.pattern(r"[0-9A-Fa-f]{2}")


class _UnknownError(Exception):
    """The address rests on something that is not known."""


def is_hidden(data: Mapping[str, Any], version: Version | None = None) -> bool:
    """Return whether the front matter may keep the page from being written, its date apart."""
    return any(hiding_keys(data, version))


def output(
    page: ContentPath, data: Mapping[str, Any], addresses: Addresses, is_section: IsSection
) -> str | None:
    """The file that a page is written to, relative to the output folder; None where not known.

    ``data`` is the page's front matter; whether it hides the page is not looked at.
    """
    if not addresses.known or page.kind in addresses.disabled_kinds:
        return None
    try:
        lowered = {key.lower(): value for key, value in data.items()}
        return _Writer(page, lowered, addresses, is_section).output()
    except _UnknownError:
        return None


def sanitized(text: str, addresses: Addresses) -> str:
    """Return what Hugo's ``MakePathSanitized`` leaves of a path: letters, digits, some signs.

    A run of white space becomes a hyphen, unless one is there already.
    """
    if _PLAIN.fullmatch(text):
        return text.lower() if addresses.lower else text
    kept: list[str] = []
    waiting = hyphen = False
    for at, char in enumerate(text):
        if _is_allowed(text, at, char):
            hyphen = char == "-"
            if waiting and not hyphen:
                kept.append("-")
            waiting = False
            kept.append(char)
        elif kept and not hyphen and char.isspace():
            waiting = True
    found = "".join(kept)
    if not addresses.accents:
        found = _without_accents(found)
    return lower(found) if addresses.lower else found


def _is_allowed(text: str, at: int, char: str) -> bool:
    if char in "./\\_#+~-@":
        return True
    if char == "%":
        return _HEX.match(text, at + 1) is not None
    if char.isascii():
        return char.isalnum()
    category = unicodedata.category(char)
    return category[0] in "LM" or category == "Nd"


def _without_accents(text: str) -> str:
    split = unicodedata.normalize("NFD", text)
    return unicodedata.normalize(
        "NFC", "".join(c for c in split if unicodedata.category(c) != "Mn")
    )


class _Writer:
    """Works out the address of one page."""

    def __init__(
        self,
        page: ContentPath,
        data: Mapping[str, Any],
        addresses: Addresses,
        is_section: IsSection,
    ) -> None:
        self.page, self.data, self.addresses = page, data, addresses
        self.is_section = is_section
        self.is_ugly = (
            addresses.ugly
            if isinstance(addresses.ugly, bool)
            else page.section.lower() in addresses.ugly
        )

    def output(self) -> str:
        url = self.data.get("url")
        if url is not None and not isinstance(url, str):
            raise _UnknownError
        if url and self.page.kind != "home":
            return self._stated(url)
        if self.page.kind != "page" and self._has("slug"):
            raise _UnknownError  # looked at since Hugo 0.166
        expanded = self._expanded()
        folder = self._path(self.page.folder)
        if self.page.kind != "page":
            parts = [expanded or folder, "index.html"]
        else:
            parts = self._page_parts(expanded)
        found = "/".join(sanitized(part, self.addresses) for part in parts if part.strip("/"))
        return self._prefixed(posixpath.normpath(found).lstrip("/"))

    def _page_parts(self, expanded: str) -> list[str]:
        """Return the folders and the file of a page without ``url``."""
        name = self._slug() or self._path(self.page.name)
        parts = [expanded] if expanded else [self._path(self.page.parent), name]
        ugly = self.is_ugly or (not expanded and name == "index" and not self.page.is_leaf)
        if not ugly:
            return [*parts, "index.html"]
        return [*parts[:-1], f"{parts[-1].rstrip('/')}.html"]

    def _stated(self, url: str) -> str:
        """Return the file that ``url`` names, which is not sanitised."""
        if ":" in url:
            url = unquote_plus(self._filled(url)) or url
        if ".." in url:
            url = posixpath.normpath(posixpath.join("/", url))
        path = "/".join(part for part in url.split("/") if part)
        if url.endswith("/") or "." not in url:
            path = f"{path}/index.html" if path else "index.html"
        absolute = url.startswith("/") and not self.addresses.always
        given = f"{self.addresses.prefix}/"
        return path if absolute or path.startswith(given) else self._prefixed(path)

    def _prefixed(self, path: str) -> str:
        return f"{self.addresses.prefix}/{path}" if self.addresses.prefix else path

    def _path(self, path: str) -> str:
        return normal(path) if self.addresses.lower else path

    def _slug(self) -> str:
        slug = self.data.get("slug")
        if slug is None or slug == "":
            return "" if "slug" in self.data else self._slug_of_file()
        if isinstance(slug, str):
            return slug.strip("-")
        if isinstance(slug, int) and not isinstance(slug, bool):
            return str(slug)
        raise _UnknownError

    # permalinks

    def _expanded(self) -> str:
        """Return the pattern of ``permalinks`` that is in force, filled; empty for none."""
        rule = next((one for one in self.addresses.rules if self._applies(one)), None)
        if rule is None:
            return ""
        return posixpath.normpath(unquote_plus(self._filled(rule.pattern)))

    def _applies(self, rule: Rule) -> bool:
        page = self.page
        if rule.section is None:
            kinds = not rule.kind or glob(rule.kind)(page.kind)
            return kinds and (not rule.path or glob(rule.path)(page.logical))
        if rule.kind != page.kind:
            return False
        wanted = rule.section.lower()
        logical = page.logical
        if "/" in wanted and logical.startswith(f"/{wanted}/"):
            raise _UnknownError  # before Hugo 0.16x such a key fits nothing
        return page.section.lower() == wanted

    def _filled(self, pattern: str) -> str:
        """A pattern with what its attributes represent, each replaced where it comes first."""
        text = pattern.replace(r"\:", "\0")
        for match in list(_ATTRIBUTE.finditer(text)):
            text = text.replace(match[0], self._attribute(match[1], match[2] or ""), 1)
        return text.replace("\0", ":")

    def _attribute(self, name: str, cut: str) -> str:
        known: dict[str, Callable[[], str]] = {
            "section": lambda: self._path(self.page.section),
            "title": lambda: self._clean(self._title()),
            "slug": lambda: self._clean(self._slug() or self._title()),
            "filename": lambda: self._clean(self._file_name()),
            "slugorfilename": lambda: self._clean(self._slug() or self._file_name()),
            "contentbasename": lambda: self._clean(self.page.name),
            "slugorcontentbasename": lambda: self._clean(self._slug() or self.page.name),
        }
        if name == "sections":
            return "/".join(_cut(self._sections(), cut))
        if cut:
            raise _UnknownError
        return known[name]() if name in known else self._day(name)

    def _clean(self, text: str) -> str:
        return sanitized(text, self.addresses)

    def _title(self) -> str:
        title = self.data.get("title")
        if self.page.kind != "page" and not title:
            raise _UnknownError  # made of the folder's name, in the plural
        if title is None:
            return ""
        if isinstance(title, str) and "/" not in title:  # a folder, or since Hugo 0.16x a hyphen
            return title
        if isinstance(title, int) and not isinstance(title, bool):
            return str(title)
        raise _UnknownError

    def _file_name(self) -> str:
        return "" if self.page.base == "_index" else self.page.name

    def _sections(self) -> list[str]:
        """Return the sections that the page is in: the first folder, and those with a list page."""
        folder = self.page.folder if self.page.kind == "section" else self.page.parent
        parts = self._path(folder).split("/") if folder else []
        raw = folder.split("/") if folder else []
        while len(raw) > 1 and not self.is_section("/".join(raw)):
            raw.pop()
        return parts[: len(raw)]

    def _day(self, name: str) -> str:
        text = days.formatted(self._date(), name)
        if text is None:
            raise _UnknownError
        return text

    def _date(self) -> date:
        for key in self.addresses.date_keys:
            if key == ":filename":
                found = days.of_file(self.page.name)[0]
                if found is not None:
                    return found
            elif key.startswith(":"):
                raise _UnknownError
            elif self._has(key):
                day = days.as_written(self.data[key])
                if day is None:
                    raise _UnknownError
                return day
        return days.NONE

    def _has(self, key: str) -> bool:
        return self.data.get(key) not in (None, "")

    def _slug_of_file(self) -> str:
        """Return the slug in the file's name, where the date is taken from there too."""
        for key in self.addresses.date_keys:
            if key == ":filename":
                day, slug = days.of_file(self.page.name)
                return "" if day is None else slug
            if self._has(key):
                break
        return ""


def _cut(parts: list[str], cut: str) -> list[str]:
    """Return the part of a list that ``[1:]``, ``[:2]``, ``[0]`` or ``[last]`` names."""
    if not cut:
        return parts
    match = _CUT.fullmatch(cut)
    if match is None:
        raise _UnknownError
    if match[2] is None:
        at = len(parts) - 1 if match[1] == "last" else int(match[1] or 0)
        return parts[at : at + 1]
    start = len(parts) - 1 if match[1] == "last" else int(match[1] or 0)
    end = (
        len(parts) if match[3] is None else len(parts) - 1 if match[3] == "last" else int(match[3])
    )
    return parts[start:end]
