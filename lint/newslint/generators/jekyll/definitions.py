"""What templates of a Jekyll site may use: tags, filters, includes, layouts and data."""

from __future__ import annotations

import posixpath

from newslint.core.messages import msg
from newslint.generators.jekyll.extensions import Extensions
from newslint.generators.jekyll.options import JekyllOptions
from newslint.generators.liquid.filters import NAMES
from newslint.generators.site import Answer, Definition, Kind
from newslint.generators.site.listing import Listing
from newslint.generators.site.parsing import section

_TAGS: dict[str, bool] = {
    **dict.fromkeys(
        (
            "capture", "case", "comment", "for", "highlight", "if", "ifchanged", "raw", "tablerow",
            "unless",
        ),
        True,
    ),
    **dict.fromkeys(
        (
            "assign", "break", "continue", "cycle", "decrement", "include", "include_relative",
            "increment", "link", "post_url",
        ),
        False,
    ),
}  # fmt: skip
"""The tags of Jekyll 4.3 and all versions of its Liquid, and whether each has an end tag."""
_SINCE_5 = frozenset(("echo", "liquid", "render", "#"))
"""Tags of Liquid 5, which Debian's Jekyll uses, and the gem does not."""


class JekyllDefinitions:
    """The names of one site."""

    def __init__(
        self,
        options: JekyllOptions,
        extensions: Extensions,
        listing: Listing,
        *,
        is_5: bool = False,
    ) -> None:
        """``is_5`` says that the site is built with Liquid 5."""
        self._is_5 = is_5
        self._options = options
        self._extensions = extensions
        self._listing = listing

    def lookup(self, kind: Kind, name: str) -> Definition:
        """Return whether templates of the site may use a name."""
        if kind == "tag":
            return self._tag(name)
        if kind == "filter":
            own = self._extensions.filters.get(name)
            if own is not None or name in NAMES:
                return Definition(Answer.YES, source=own or "jekyll")
            if section(self._options.data, "liquid").get("strict_filters") is not True:
                # Liquid passes the value through a filter that it does not know.
                return Definition(Answer.YES, source="liquid")
            return self._unless_missing(self._extensions.gaps)
        if kind == "include":
            return self._template(self._options.includes_dir, "_includes", name)
        if kind == "layout":
            return self._layout(name)
        if kind == "data":
            stem = f"{self._options.prefix}{self._options.data_dir}/{name}"
            suffixes = (".yml", ".yaml", ".json", ".csv", ".tsv")
            found = next(self._listing.with_suffix(stem, suffixes), None)
            return Definition(Answer.YES, source=found) if found else Definition(Answer.NO)
        return Definition(Answer.NO)

    def _tag(self, name: str) -> Definition:
        own = self._extensions.tags.get(name)
        if own is not None and name in self._extensions.unsure:
            reason = msg("a safe build, as that of GitHub Pages, does not load {file}",
                         file=own.source)  # fmt: skip
            return Definition(Answer.UNKNOWN, reason=reason, paired=own.paired)
        if own is not None:
            return Definition(Answer.YES, source=own.source, paired=own.paired)
        if name in _TAGS:
            return Definition(Answer.YES, source="jekyll", paired=_TAGS[name])
        if name in _SINCE_5 and self._is_5:
            return Definition(Answer.YES, source="jekyll", paired=False)
        return self._unless_missing(self._extensions.gaps)

    def _unless_missing(self, gaps: list[str]) -> Definition:
        if not self._options.is_read:
            return Definition(Answer.UNKNOWN, reason=msg("the configuration cannot be read"))
        return Definition(Answer.UNKNOWN, reason=gaps[0]) if gaps else Definition(Answer.NO)

    def _template(self, folder: str, theirs: str, name: str) -> Definition:
        """Return a file of the site's own folder or of the same folder of its theme."""
        places = [f"{self._options.prefix}{folder}"]
        if self._extensions.theme:
            places.append(f"{self._extensions.theme}/{theirs}")
        for place in places:
            path = posixpath.normpath(f"{place}/{name}")
            if path.startswith(f"{place}/") and self._listing.is_file(path):
                return Definition(Answer.YES, source=path)
        return self._unless_missing(self._missing_theme())

    def _layout(self, name: str) -> Definition:
        if name == "none":
            return Definition(Answer.YES, source="jekyll")
        places = [f"{self._options.prefix}{self._options.layouts_dir}"]
        if self._extensions.theme:
            places.append(f"{self._extensions.theme}/_layouts")
        for place in places:
            folder, _, last = f"{place}/{name}".rpartition("/")
            for entry, is_folder in self._listing.folder(folder).items():
                if not is_folder and entry.rpartition(".")[0] == last:
                    return Definition(Answer.YES, source=f"{folder}/{entry}")
        return self._unless_missing(self._missing_theme())

    def _missing_theme(self) -> list[str]:
        """Return the reason why a template may exist that is not found."""
        options = self._options
        theme = options.theme or options.remote_theme
        if not theme and "github-pages" in self._extensions.gems:
            theme = "jekyll-theme-primer"
        if not theme or self._extensions.theme:
            return []
        return [msg("the theme {theme!r} is not in the folder of the site", theme=theme)]
