"""The data that all pages of an Eleventy site have: the files of its data folder."""

from __future__ import annotations

import posixpath

from newslint.core.lazy import cached_property
from newslint.core.messages import msg
from newslint.generators.eleventy.data import COMPUTED_DATA
from newslint.generators.eleventy.definitions import Definitions
from newslint.generators.eleventy.generated_data import DATA_FORMATS, GeneratedData
from newslint.generators.eleventy.options import Options
from newslint.generators.site import Answer, Definition
from newslint.generators.site.files import SiteFiles


class GlobalData:
    """Looks names up in the data folder, and tells where a file that is not there may come from."""

    def __init__(
        self, files: SiteFiles, options: Options, definitions: Definitions, made: GeneratedData
    ) -> None:
        self.files, self.options, self.definitions, self.made = files, options, definitions, made

    def find(self, name: str) -> Definition | None:
        """Return what defines a name, or may define it; None where nothing does."""
        if path := self._file(name):
            return Definition(Answer.YES, path)
        if found := self._computed(name):
            return found
        if path := self.made.source(name):
            reason = msg("the build may write this data ({file})", file=path)
            return Definition(Answer.UNKNOWN, reason=reason)
        if path := self.definitions.runs_before:
            reason = msg("{file} runs code before the build", file=path)
            return Definition(Answer.UNKNOWN, reason=reason)
        return None

    def has(self, name: str) -> bool:
        """Return whether a file or the configuration defines a name."""
        return self._file(name) is not None or bool(self.definitions.find("data", name))

    def computes(self, name: str) -> bool:
        """Return whether the computed data of all pages may have a name."""
        found = self.made.computed
        if found is not None and (name in found.values or found.is_open):
            return name in (self.files.text(found.path) or "")
        return bool(self.definitions.find("data", COMPUTED_DATA))

    def _computed(self, name: str) -> Definition | None:
        """Return a name of the computed data that all pages have (``eleventyComputed``)."""
        for one in self.definitions.find("data", COMPUTED_DATA):
            return Definition(Answer.UNKNOWN, reason=msg("{file} computes values", file=one.source))
        found = self.made.computed
        if found is None or name in found.values:
            return None if found is None else Definition(Answer.YES, found.path)
        reason = msg("{file} computes values", file=found.path)
        return Definition(Answer.UNKNOWN, reason=reason) if found.is_open else None

    def _file(self, name: str) -> str | None:
        """Return the file or folder of a name."""
        folder = self.options.data
        if folder and name in self._folders:
            return posixpath.join(folder, name)
        for suffix in DATA_FORMATS if folder else ():
            path = posixpath.join(folder, f"{name}.{suffix}")
            if self.files.exists(path):
                return path
        return None

    @cached_property
    def _folders(self) -> frozenset[str]:
        entries = self.files.entries(self.options.data)
        return frozenset(one.name for one in entries if one.is_folder)
