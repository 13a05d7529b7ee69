"""All pages of a Hugo site by their logical paths and addresses, listed when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from newslint.core.lazy import cached_property
from newslint.generators.hugo.configuration import join
from newslint.generators.hugo.content import ContentPath, content_path
from newslint.generators.hugo.modules import Mount
from newslint.generators.hugo.permalinks import is_hidden
from newslint.generators.hugo.roles import Plan, Roles
from newslint.generators.hugo_hiding import is_unbuilt
from newslint.generators.site import Answer, Role
from newslint.generators.site.files import ENTRY_LIMIT, SiteFiles
from newslint.generators.site.parsing import front_matter

_DEPTH = 30
_READ_LIMIT = 20_000
"""Pages whose front matter is read to know all addresses."""

BUILT = (Role.POST, Role.PAGE)
Output = Callable[[str, Mapping[str, Any]], str | None]
Defaults = Callable[[str], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Listed:
    """One page: its file, and its path below the content folder taken apart."""

    path: str
    parts: ContentPath


class Pages:
    """The pages that Hugo builds; ``output`` and ``defaults`` are those of the site."""

    def __init__(
        self, files: SiteFiles, roles: Roles, plan: Plan, output: Output, defaults: Defaults
    ) -> None:
        self.files, self.roles, self.plan = files, roles, plan
        self._output, self._defaults = output, defaults
        self._data: dict[str, Mapping[str, Any]] = {}
        self.is_complete = True
        """Whether all pages are known; false where there are too many, or a template makes some."""

    @cached_property
    def by_path(self) -> dict[str, list[Listed]]:
        """The pages by logical path."""
        found: dict[str, list[Listed]] = {}
        left = ENTRY_LIMIT
        for mount in self.plan.mounts:
            if mount.component != "content":
                continue
            for path in self._walk(mount.source, _DEPTH):
                left -= 1
                parts = self._page(path, mount)
                if parts is not None:
                    found.setdefault(parts.logical, []).append(Listed(path, parts))
                if left < 0:
                    self.is_complete = False
                    return found
        return found

    @cached_property
    def by_name(self) -> dict[str, list[Listed]]:
        """The pages by the last part of their logical path."""
        found: dict[str, list[Listed]] = {}
        for path, listed in self.by_path.items():
            found.setdefault(path.rpartition("/")[2], []).extend(listed)
        return found

    @cached_property
    def outputs(self) -> Mapping[str, str] | None:
        """The files that all pages and their aliases are written to, each with the page's file.

        Of an alias it is empty. None where one is unknown.
        """
        found: dict[str, str] = {}
        count = 0
        for listed in self.by_path.values():
            for one in listed:
                count += 1
                data = self.data(one.path)
                if is_hidden(data):
                    continue
                output = self.output(one.path)
                if output is None or count > _READ_LIMIT:
                    return None
                found[output] = found.get(output) or one.path
                for alias in _aliases(data):
                    found.setdefault(alias, "")
        return found if self.is_complete else None

    def data(self, path: str) -> Mapping[str, Any]:
        """Return the front matter of a page's file, what ``cascade`` gives below it."""
        found = self._data.get(path)
        if found is None:
            own = front_matter(self.files.text(path) or "", "hugo")
            found = self._data[path] = {**self._defaults(path), **own}
        return found

    def output(self, path: str) -> str | None:
        """Return the file that a page is written to; None where that is not known."""
        return self._output(path, self.data(path))

    def is_built(
        self, listed: list[Listed], language: str, *, drafts: bool, future: bool, expired: bool
    ) -> Answer:
        """Return whether one of some pages is of a language and published today.

        The flags say what the build includes.
        """
        answer = Answer.NO
        for one in listed:
            if language and one.parts.language != language:
                continue
            data = self.data(one.path)
            if is_unbuilt(data) and not drafts:
                continue
            if not expired and _is_past(data):
                continue
            if future or not _is_ahead(data):
                return Answer.YES
            answer = Answer.UNKNOWN
        return answer

    def _walk(self, folder: str, depth: int) -> Iterator[str]:
        for entry in self.files.entries(folder):
            path = join(folder, entry.name)
            if not entry.is_folder:
                yield path
            elif depth and self.roles.enters(path):
                yield from self._walk(path, depth - 1)

    def _page(self, path: str, mount: Mount) -> ContentPath | None:
        if path.endswith("_content.gotmpl"):
            self.is_complete = False
        if self.roles.role(path).role not in BUILT:
            return None
        found = self.roles.mount_of(path)
        if found is None or found[0] != mount:
            return None  # another mount has it
        return content_path(found[1], self.plan.languages, mount.language or self.plan.default)


def _aliases(data: Mapping[str, Any]) -> Iterator[str]:
    aliases = data.get("aliases")
    for one in aliases if isinstance(aliases, list) else [aliases]:
        if isinstance(one, str):
            path = one.strip("/")
            yield path if path.endswith(".html") else join(path, "index.html")


def _is_past(data: Mapping[str, Any]) -> bool:
    """Return whether a page has expired."""
    instant = _earliest(data, ("expirydate", "unpublishdate"))
    return instant is not None and instant <= datetime.now(UTC)


def _is_ahead(data: Mapping[str, Any]) -> bool:
    """Return whether a page's date is not reached yet."""
    keys = ("publishdate", "pubdate", "published", "date")
    return any(
        (instant := _earliest(data, (key,))) is not None and instant > datetime.now(UTC)
        for key in keys
    )


def _earliest(data: Mapping[str, Any], keys: tuple[str, ...]) -> datetime | None:
    from newslint.generators.dates import read_date

    found = [
        read_date(value, str(value), False, "hugo").instant
        for key, value in data.items()
        if key.lower() in keys and value is not None
    ]
    return min((one for one in found if one is not None), default=None)
