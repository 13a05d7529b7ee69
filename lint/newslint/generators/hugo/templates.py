"""The templates of a Hugo site and its modules: shortcodes, layouts, partials, render hooks."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from newslint.core.messages import msg
from newslint.generators.hugo.built_in import BUILT_IN
from newslint.generators.hugo.configuration import join
from newslint.generators.hugo.inner_text import has_inner, shows_source
from newslint.generators.hugo.modules import Mount
from newslint.generators.hugo.versions import Versions
from newslint.generators.site import Answer, Definition
from newslint.generators.site.files import RecordedFiles

INLINE = ".inline"
"""The end of the name of a shortcode that the post itself defines."""
_DEPTH = 6
_FILE_LIMIT = 5_000

_LOWER_SINCE = 146
"""The version since which names of shortcodes are compared without regard to case, and lie in
``_shortcodes`` too."""


@dataclass(frozen=True, slots=True)
class Shortcode:
    """A shortcode's template, whether it has inner text, and whether it shows that as source."""

    source: str
    paired: bool
    shows_source: bool = False


@dataclass(frozen=True)
class Templates:
    """The templates by their path below ``layouts``, and what is missing to know them all."""

    files: Mapping[str, str] = field(default_factory=dict)
    shortcodes: Mapping[str, Shortcode] = field(default_factory=dict)
    folded: Mapping[str, Shortcode] = field(default_factory=dict)
    """The shortcodes by their names in lower case."""
    layouts: Mapping[str, str] = field(default_factory=dict)
    versions: Versions = field(default_factory=Versions)
    runs_inline: bool = False
    """Whether posts may define shortcodes of their own: ``{{< name.inline >}}``."""
    missing: str = ""
    """Why a name that is not found may exist nevertheless; empty where it is not."""

    def shortcode(self, name: str) -> Definition:
        """Return whether a shortcode of this name is there."""
        if name.endswith(INLINE):
            return Definition(Answer.YES if self.runs_inline else Answer.NO)
        own = self.shortcodes.get(name)
        if own is not None:
            return Definition(Answer.YES, own.source, paired=own.paired)
        folded = self.folded.get(name.lower())
        if folded is not None:
            ignores_case = self.versions.since(_LOWER_SINCE)
            if ignores_case is False:
                return self._built_in(name) or self._absent()
            if ignores_case:
                return Definition(Answer.YES, folded.source, paired=folded.paired)
            reason = msg(
                "before Hugo 0.{minor}, {source} has a name in another letter case",
                minor=_LOWER_SINCE,
                source=folded.source,
            )
            return Definition(Answer.UNKNOWN, folded.source, reason, folded.paired)
        return self._built_in(name) or self._absent()

    def shows_source(self, name: str) -> bool:
        """Return whether a shortcode shows its inner text as it is written."""
        found = self.shortcodes.get(name) or self.folded.get(name.lower())
        return found is not None and found.shows_source

    def layout(self, name: str) -> Definition:
        """Return whether a template bears the name that ``layout`` gives."""
        source = self.layouts.get(name.lower().rpartition("/")[2].removesuffix(".html"))
        if source is not None:
            return Definition(Answer.YES, source)
        if self.missing:
            return self._absent()
        return Definition(Answer.NO, reason=msg("Hugo uses its default template instead"))

    def partial(self, name: str) -> Definition:
        """Return whether a partial template is there."""
        stem = name.removesuffix(".html")
        for folder in ("partials", "_partials"):
            for suffix in (".html", ""):
                source = self.files.get(f"{folder}/{stem}{suffix}")
                if source is not None:
                    return Definition(Answer.YES, source)
        return self._absent()

    def _absent(self) -> Definition:
        if self.missing:
            return Definition(Answer.UNKNOWN, reason=self.missing)
        return Definition(Answer.NO)

    def _built_in(self, name: str) -> Definition | None:
        if name not in BUILT_IN:
            return None
        since, until, paired = BUILT_IN[name]
        if until is not None:
            gone = self.versions.since(until)
            reason = msg("Hugo 0.{minor} removed it", minor=until)
            if gone is not False:
                answer = Answer.NO if gone else Answer.UNKNOWN
                return Definition(answer, "Hugo", reason, paired)
        is_there = self.versions.since(since)
        if is_there is not True:
            reason = msg("Hugo supports it since 0.{minor}", minor=since)
            answer = Answer.UNKNOWN if is_there is None else Answer.NO
            return Definition(answer, "Hugo", reason, paired)
        return Definition(Answer.YES, "Hugo", paired=paired)


def collect(
    files: RecordedFiles,
    mounts: Iterable[Mount],
    versions: Versions,
    missing: str,
    runs_inline: bool,
) -> Templates:
    """Read the templates that are mounted, the site's own before those of its modules."""
    found: dict[str, str] = {}
    for mount in mounts:
        if mount.component == "layouts":
            for below, source in _walk(files, mount.source, _DEPTH):
                found.setdefault(join(mount.target, below).rstrip("/"), source)
            if len(found) >= _FILE_LIMIT:
                missing = missing or msg("the site has more templates than newslint reads")
    shortcodes: dict[str, Shortcode] = {}
    layouts: dict[str, str] = {}
    for path, source in found.items():
        name = _shortcode_name(path)
        if name is not None:
            is_read = path.startswith("shortcodes/") or versions.since(_LOWER_SINCE) is not False
            if is_read and name not in shortcodes:
                text = files.text(source) or ""
                shortcodes[name] = Shortcode(source, has_inner(text), shows_source(text))
        elif not path.startswith(("partials/", "_partials/")) and "_markup/" not in path:
            layouts.setdefault(posixpath.basename(path).partition(".")[0].lower(), source)
    folded = {name.lower(): one for name, one in shortcodes.items()}
    return Templates(found, shortcodes, folded, layouts, versions, runs_inline, missing)


def _walk(files: RecordedFiles, folder: str, depth: int) -> Iterator[tuple[str, str]]:
    """Yield the files below a folder: the path below it, empty for a file itself, and the path."""
    entries = files.entries(folder)
    if not entries and depth == _DEPTH and "." in posixpath.basename(folder):
        if files.exists(folder):
            yield "", folder
        return
    for entry in entries[:_FILE_LIMIT]:
        path = join(folder, entry.name)
        if not entry.is_folder:
            yield entry.name, path
        elif depth:
            for below, source in _walk(files, path, depth - 1):
                yield f"{entry.name}/{below}", source


def _shortcode_name(path: str) -> str | None:
    """Return the name of the shortcode that a template is, or None."""
    inside = f"/{path}"
    if path.startswith("shortcodes/"):
        below = path[len("shortcodes/") :]
    elif "/_shortcodes/" in inside:
        below = inside.partition("/_shortcodes/")[2]
    else:
        return None
    folder, _, name = below.rpartition("/")
    stem = name.partition(".")[0]
    return join(folder, stem) if stem else None
