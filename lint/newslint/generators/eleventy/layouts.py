"""The layouts of an Eleventy site, whose front matter is data of the pages that they show."""

from __future__ import annotations

import posixpath

from newslint.core.messages import msg
from newslint.generators.eleventy.data import COMPUTED_DATA
from newslint.generators.eleventy.options import Options
from newslint.generators.site import Answer, Definition
from newslint.generators.site.files import SiteFiles
from newslint.generators.site.parsing import front_matter, section

_FORMATS = ("liquid", "md", "njk", "html", "11ty.js", "11ty.cjs", "11ty.mjs", "webc")


class Layouts:
    """Finds layouts by their names, and the names that each gives to a page."""

    def __init__(self, files: SiteFiles, options: Options) -> None:
        self.files, self.options = files, options
        self._names: dict[str, frozenset[str]] = {}

    def find(self, name: str) -> Definition:
        """Return whether a layout is there."""
        place = self.options.layouts or self.options.includes or self.options.input
        wanted = self.options.aliases.get(name, name)
        for suffix in ("", *(f".{one}" for one in _FORMATS)):
            path = posixpath.normpath(posixpath.join(place, wanted + suffix))
            if "." in posixpath.basename(path) and self.files.exists(path):
                return Definition(Answer.YES, path)
        if self.options.computed_aliases or self.options.gaps:
            reason = (*self.options.gaps, msg("layout aliases are computed"))[0]
            return Definition(Answer.UNKNOWN, reason=reason)
        return Definition(Answer.NO)

    def names(self, layout: str) -> frozenset[str]:
        """Return the names in the front matter of a layout and of those around it."""
        if layout not in self._names:
            self._names[layout] = self._read(layout)
        return self._names[layout]

    def _read(self, layout: str) -> frozenset[str]:
        names: set[str] = set()
        seen: set[str] = set()
        while layout not in seen and (path := self.find(layout).source):
            seen.add(layout)
            data = front_matter(self.files.text(path) or "", "eleventy")
            names.update(map(str, (*data, *section(data, COMPUTED_DATA))))
            layout = str(data.get("layout", ""))
        return frozenset(names)
