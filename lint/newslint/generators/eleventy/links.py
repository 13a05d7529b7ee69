"""Resolve URLs in templates of Eleventy: written pages and copied files."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from newslint.core import lazy
from newslint.core.lazy import cached_property
from newslint.generators.eleventy.data import of_template
from newslint.generators.eleventy.options import Options
from newslint.generators.eleventy.roles import Roles
from newslint.generators.site import Answer, Role
from newslint.generators.site.files import ENTRY_LIMIT, SiteFiles

_DEPTH = 30
_READ_LIMIT = 20_000
"""Templates whose front matter is read to know all addresses."""
# No template writes such a file.
_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")

_FILTERED = lazy.pattern(
    r"\{\{-?\s*+(?P<quote>[\"'])(?P<path>/[^\"'{}]*+)(?P=quote)\s*+\|\s*+url\s*+-?\}\}(?P<rest>[^{}]*+)\Z"
)
"""An address with Eleventy's filter that puts the path prefix before it."""

Output = Callable[[str, Mapping[str, Any]], str | None]
Defaults = Callable[[str], Mapping[str, Any]]


class Links:
    """Looks addresses up in the site's folders.

    ``is_open`` says that something that is not known may find what the files do not have;
    ``makes_pages`` that a plug-in writes pages of its own; ``changes_images`` and
    ``changes_links`` that one resolves such addresses itself.
    """

    def __init__(
        self,
        files: SiteFiles,
        options: Options,
        roles: Roles,
        output: Output,
        defaults: Defaults,
        *,
        is_open: bool,
        makes_pages: bool,
        changes_images: bool,
        changes_links: bool,
    ) -> None:
        self.files, self.options, self.roles = files, options, roles
        self._output, self._defaults = output, defaults
        self.is_open, self.makes_pages = is_open, makes_pages
        self.changes_images, self.changes_links = changes_images, changes_links
        self._data: dict[str, Mapping[str, Any]] = {}

    def address(self, address: str, path: str) -> Answer:
        """Return whether an address finds something, seen from a template."""
        if "{" in address:
            filtered = _FILTERED.match(address.strip())
            if filtered is None:
                return Answer.UNKNOWN
            address = filtered["path"] + filtered["rest"]
        wanted = unquote(address.partition("#")[0].partition("?")[0])
        if not wanted:
            return Answer.YES
        prefix = f"/{self.options.prefix}/"
        if wanted.startswith("/"):
            target = wanted.removeprefix(prefix) if self.options.prefix else wanted
        else:
            output = self._output(path, self.data(path))
            if output is None:
                return Answer.UNKNOWN
            target = posixpath.join(posixpath.dirname(output), wanted)
        found = self._served(target)
        if found is Answer.NO and self._is_changed(wanted, path):
            return Answer.UNKNOWN
        return found

    def data(self, path: str) -> Mapping[str, Any]:
        """Return the front matter of a template with its directory data below it."""
        found = self._data.get(path)
        if found is None:
            own = of_template(self.files.text(path) or "")
            found = self._data[path] = {**self._defaults(path), **own}
        return found

    def _is_changed(self, wanted: str, path: str) -> bool:
        """Return whether a plug-in may turn an address into one that works."""
        if wanted.lower().endswith(_IMAGES) and self.changes_images:
            return True
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), wanted.lstrip("/")))
        from_input = posixpath.normpath(posixpath.join(self.options.input, wanted.lstrip("/")))
        return self.changes_links and any(map(self.files.exists, (beside, from_input)))

    def _served(self, target: str) -> Answer:
        is_folder = target.endswith(("/", "/.", "/..")) or target in ("", ".", "..")
        path = posixpath.normpath(target.lstrip("/") or ".")
        path = "" if path == "." else path
        if path.startswith(".."):
            return Answer.NO
        candidates = [posixpath.join(path, "index.html")]
        candidates += [] if is_folder or not path else [path, f"{path}.html"]
        if any(self._is_copied(one) for one in candidates):
            return Answer.YES
        written, is_complete = self.outputs
        if written.intersection(candidates):
            return Answer.YES
        is_image = path.lower().endswith(_IMAGES)
        makes_some = self.makes_pages or not is_complete
        if self.is_open or self.options.computed_copies or (makes_some and not is_image):
            return Answer.UNKNOWN
        return Answer.NO

    def _is_copied(self, path: str) -> bool:
        """Return whether a file is copied to a path."""
        return any(map(self.files.exists, self._sources(path)))

    def _sources(self, path: str) -> Iterator[str]:
        """Yield the files that would be copied to a path."""
        for source, target in self.options.copied.items():
            if any(sign in source for sign in "*?{["):
                original = posixpath.join(self.options.input, path)
                for one in (original, path):
                    if self.roles.is_copied(one):
                        yield one
            elif path == target:
                yield source
            elif not target or path.startswith(f"{target}/"):
                below = path[len(target) :].lstrip("/")
                yield posixpath.join(source, below)
        if path.endswith(tuple(f".{one}" for one in self.options.copied_suffixes)):
            yield posixpath.join(self.options.input, path)

    @cached_property
    def outputs(self) -> tuple[frozenset[str], bool]:
        """The files that all templates are written to, and whether those are all."""
        found: set[str] = set()
        is_complete = True
        left = ENTRY_LIMIT
        for number, path in enumerate(self._walk(self.options.input, _DEPTH)):
            left -= 1
            role = self.roles.role(path).role
            if left < 0 or number > _READ_LIMIT:
                is_complete = False
                break
            if role is Role.TEMPLATE and path.endswith((".11ty.js", ".11ty.cjs", ".11ty.mjs")):
                is_complete = False
            if role not in (Role.POST, Role.PAGE):
                continue
            data = self.data(path)
            output = self._output(path, data)
            if output is not None:
                found.add(output)
            elif data.get("permalink") is not False:
                is_complete = False
        return frozenset(found), is_complete

    def _walk(self, folder: str, depth: int) -> Iterator[str]:
        for entry in self.files.entries(folder):
            path = posixpath.join(folder, entry.name) if folder else entry.name
            if not entry.is_folder:
                yield path
            elif depth and self.roles.enters(path):
                yield from self._walk(path, depth - 1)
