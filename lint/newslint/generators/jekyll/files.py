"""The files of a Jekyll site by name and address: looked up when a link names one."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import unquote

from newslint.core import lazy
from newslint.core.lazy import cached_property
from newslint.generators.jekyll.extensions import Extensions
from newslint.generators.jekyll.options import JekyllOptions
from newslint.generators.jekyll.permalinks import UnknownAddressError
from newslint.generators.jekyll.roles import HTML, POST_NAME, JekyllRoles
from newslint.generators.site import Answer, Role
from newslint.generators.site.listing import Listing, has_path, resolved
from newslint.generators.site.parsing import front_matter, texts

_SITE = r"\{\{-?\s*+site\.%s\s*+-?\}\}"
_OWN = lazy.pattern(
    rf"(?:{_SITE % 'url'}\s*+)?+{_SITE % 'baseurl'}(?P<based>[^{{}}]*+)\Z"
    rf"|{_SITE % 'url'}(?P<rest>/[^{{}}]*+)\Z"
    r"|\{\{-?\s*+(?P<quote>[\"'])(?P<path>[^\"'{}]*+)(?P=quote)\s*+\|\s*+"
    r"(?:(?P<filter>relative_url|absolute_url)"
    r"|prepend:\s*+site\.baseurl(?:\s*+\|\s*+prepend:\s*+site\.url)?+)\s*+-?\}\}(?P<after>[^{}]*+)\Z"
)
"""An address of the site itself, as posts write it in Liquid."""

Output = Callable[[str, Mapping[str, Any]], str | None]
Moment = Callable[[str, Mapping[str, Any]], datetime]

FILE_LIMIT = 50_000
"""Files whose front matter is read to answer one question."""
_WANTED = lazy.pattern(r"(?P<path>(?:.+/)?)(?P<date>\d+-\d+-\d+)-(?P<slug>.*)\Z")


class JekyllFiles:
    """The files of one site. Nothing is read before it is asked for."""

    def __init__(
        self,
        listing: Listing,
        options: JekyllOptions,
        extensions: Extensions,
        roles: JekyllRoles,
        output: Output,
        moment: Moment,
    ) -> None:
        self.listing = listing
        self.options = options
        self.extensions = extensions
        self.roles = roles
        self.output = output
        self.moment = moment
        self._data: dict[str, Mapping[str, Any]] = {}

    def data(self, path: str) -> Mapping[str, Any]:
        """Return the front matter of a file of the site."""
        if path not in self._data:
            text = self.listing.files.text(path)
            self._data[path] = front_matter(text, "jekyll") if text else {}
        return self._data[path]

    def below(self, folder: str) -> Iterator[str]:
        """Yield the files below a folder of the site that Jekyll reads."""
        waiting, given = [folder], 0
        while waiting:
            here = waiting.pop()
            for name, is_folder in self.listing.folder(here).items():
                path = f"{here}/{name}" if here else name
                if not is_folder:
                    given += 1
                    if given > FILE_LIMIT:
                        return
                    yield path
                elif self._reads(path):
                    waiting.append(path)

    def _reads(self, folder: str) -> bool:
        place = self.roles.place(f"{folder}/x")
        return place.kind != "nothing" or self.roles.enters(folder)

    def post(self, name: str) -> Answer:
        """Return whether ``post_url`` finds a post of that name."""
        match = _WANTED.match(name.removeprefix("/"))
        if match is None:
            return Answer.NO
        start = f"{match['date']}-{match['slug']}."
        container = self.options.collections_dir
        base = self.options.prefix + (f"{container}/" if container else "")
        for folder in (f"{base}_posts/{match['path']}", f"{base}{match['path']}_posts"):
            for entry in self.listing.folder(folder.rstrip("/")):
                path = f"{folder.rstrip('/')}/{entry}"
                if entry.startswith(start) and self.roles.role(path).role is Role.POST:
                    return self._published(path)
        return self._by_day(match["date"], match["slug"])

    def _published(self, path: str) -> Answer:
        from newslint.generators.switches import hides

        data = self.data(path)
        if hides(data, "jekyll") and not self.options.unpublished:
            return Answer.NO
        return Answer.YES if self._shows_future else self._is_due(path, data)

    @property
    def _shows_future(self) -> bool:
        said = self.options.future
        return "github-pages" in self.extensions.gems if said is None else said

    def _is_due(self, path: str, data: Mapping[str, Any]) -> Answer:
        """Whether a post is published by its date; in the time zone of the site, within a day."""
        if self.roles.place(path).kind not in ("posts", "drafts"):
            return Answer.YES
        try:
            moment = self.moment(path, data).replace(tzinfo=UTC)
        except (UnknownAddressError, ValueError):
            return Answer.YES
        ahead = moment - datetime.now(UTC)
        if ahead < timedelta(days=-1):
            return Answer.YES
        return Answer.NO if ahead > timedelta(days=1) else Answer.UNKNOWN

    def _by_day(self, day: str, slug: str) -> Answer:
        """Jekyll's old way: any post of that day and slug, wherever it lies."""
        try:
            year, month, number = (int(part) for part in day.split("-"))
            wanted = date(year, month, number), slug
        except (ValueError, OverflowError):
            return Answer.NO
        path = self._days.get(wanted)
        if path is not None:
            return self._published(path)
        return Answer.UNKNOWN if self.listing.is_full else Answer.NO

    @cached_property
    def _days(self) -> dict[tuple[date, str], str]:
        found: dict[tuple[date, str], str] = {}
        for path in self.below(self.options.prefix.rstrip("/")):
            place = self.roles.place(path)
            if place.kind not in ("posts", "drafts") or self.roles.role(path).role is not Role.POST:
                continue
            data = self.data(path)
            name = POST_NAME.match(path.rpartition("/")[2])
            slug = data.get("slug") or (name["slug"].rstrip(".") if name else "")
            try:
                moment = self.moment(path, data)
            except (UnknownAddressError, ValueError):
                continue
            found.setdefault((date(moment.year, moment.month, moment.day), str(slug)), path)
        return found

    def linked(self, name: str) -> Answer:
        """Return whether ``link`` finds a file; a slash before it represents copied files alone."""
        plain = name.removeprefix("/")
        path = self.options.prefix + plain
        container = self.options.collections_dir
        if container and plain.startswith("_"):
            path = f"{self.options.prefix}{container}/{plain}"
        if self.listing.is_file(path):
            role = self.roles.role(path).role
            if role is Role.ASSET:
                return Answer.YES
            if role in (Role.POST, Role.PAGE) and not name.startswith("/"):
                return self._published(path) if self._is_written(path) else Answer.NO
        return Answer.UNKNOWN if self._has_pages(plain) or self.listing.is_full else Answer.NO

    def _is_document(self, path: str) -> bool:
        """Return whether a file is a post or a document of a collection that is written."""
        place = self.roles.place(path)
        if place.collection is not None:
            return place.collection.output
        return self.roles.role(path).role is Role.POST

    def _is_written(self, path: str) -> bool:
        collection = self.roles.place(path).collection
        return collection is None or collection.output

    def serves(self, address: str, post: str) -> Answer:
        """Return whether an address without host finds something, seen from a post.

        It may begin with the site's own address, as Liquid prints it.
        """
        if "{" in address:
            printed = own_address(address, self.options.baseurl)
            if printed is None:
                return Answer.UNKNOWN
            address = printed
        if not has_path(address):
            return Answer.UNKNOWN
        path = unquote(address.partition("#")[0].partition("?")[0])
        if not path:
            return Answer.YES
        if not path.startswith("/"):
            if self._is_rewritten(path, post):
                return Answer.YES
            here = self.output(post, self.data(post))
            if here is None:
                return Answer.UNKNOWN
            path = f"{self.options.baseurl}/{here.rpartition('/')[0]}/{path}"
        whole, base = resolved(path), self.options.baseurl
        if base and not f"{whole}/".startswith(f"{base}/"):
            return Answer.UNKNOWN  # another site on the same host
        return self._finds(whole[len(base) :].lstrip("/"))

    def _is_rewritten(self, path: str, post: str) -> bool:
        """jekyll-relative-links turns the path of a source file into its address."""
        if "jekyll-relative-links" not in self.extensions.gems:
            return False
        return self.listing.is_file(resolved(f"{post.rpartition('/')[0]}/{path}")[1:])

    def _finds(self, path: str) -> Answer:
        whole = path.rstrip("/")
        source = self.options.prefix + whole
        if not whole or self._is_copied(source, whole):
            return Answer.YES
        if self._has_pages(path):
            return Answer.UNKNOWN
        if any(one in self.outputs for one in (whole, f"{whole}/index.html", f"{whole}.html")):
            return Answer.YES
        suffix = posixpath.splitext(whole)[1].lower()
        is_page = suffix in ("", *HTML)
        is_open = self.listing.is_full or ("" in self.outputs and is_page)
        return Answer.UNKNOWN if is_open else Answer.NO

    def _is_copied(self, source: str, path: str) -> bool:
        """Return whether a file that is no page is written to a path."""
        if not self.listing.is_file(source) or self.roles.role(source).role is not Role.ASSET:
            return False
        return self.output(source, {}) == path

    def _has_pages(self, path: str) -> bool:
        """Return whether a plug-in or theme may write a file of that path."""
        options = self.options
        if (options.theme or options.remote_theme) and path.startswith("assets/"):
            return True
        return any(path.startswith(page) for page in self.extensions.pages)

    @cached_property
    def outputs(self) -> dict[str, str]:
        """The files that are written, each with its source; an empty one for any."""
        found: dict[str, str] = {}
        redirects = "jekyll-redirect-from" in self.extensions.gems
        for number, path in enumerate(self.below(self.options.prefix.rstrip("/"))):
            if number >= FILE_LIMIT - 1:
                found[""] = path
            role = self.roles.role(path).role
            if role not in (Role.POST, Role.PAGE, Role.ASSET):
                continue
            data = self.data(path) if role is not Role.ASSET else {}
            where = self.output(path, data)
            if where is not None:
                found[where] = path
            elif self._is_document(path) and data.get("published") is not False:
                found[""] = path
            if redirects:
                found |= dict.fromkeys(map(_redirect, texts(data.get("redirect_from"))), path)
        return found


def own_address(address: str, baseurl: str) -> str | None:
    """What an address that begins with Liquid prints without the host; None where not known."""
    match = _OWN.match(address.strip())
    if match is None:
        return None
    if match["based"] is not None:
        return baseurl + match["based"]
    if match["rest"] is not None:
        return match["rest"]
    slash = "/" if match["filter"] and not match["path"].startswith("/") else ""
    return f"{baseurl}{slash}{match['path']}{match['after']}"


def _redirect(address: str) -> str:
    path = address.lstrip("/")
    if path.endswith("/") or not path:
        return f"{path}index.html"
    return path if re.search(r"\.[^./]+\Z", path) else f"{path}.html"
