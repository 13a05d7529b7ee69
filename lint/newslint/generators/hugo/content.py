"""How Hugo processes a file of a content folder, by its path.

Measured with Hugo 0.111.3, 0.152.2, 0.161.1 and 0.162 to 0.168. All leave out the second of two
files of one name; which one that is differs, and the later versions count where none is known.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from newslint.core.messages import msg

MEDIA_TYPES = {
    "md": "text/markdown", "markdown": "text/markdown", "mdown": "text/markdown",
    "html": "text/html", "htm": "text/html", "org": "text/org",
    "adoc": "text/asciidoc", "asciidoc": "text/asciidoc", "ad": "text/asciidoc",
    "rst": "text/rst", "pandoc": "text/pandoc", "pdc": "text/pandoc",
}  # fmt: skip
"""The suffixes of content files (in lower case), each with its media type."""


class ContentPath(NamedTuple):
    """A content file, its path below the content folder taken apart.

    ``folder`` is that of the file, ``base`` its name without language and suffix; a file without a
    language in its name has that of its mount.
    """

    folder: str
    base: str
    suffix: str
    language: str

    @property
    def kind(self) -> str:
        """The kind of page: page, section or home."""
        if self.base != "_index":
            return "page"
        return "section" if self.folder else "home"

    @property
    def is_leaf(self) -> bool:
        """Whether the file makes its folder a page bundle."""
        return self.base == "index"

    @property
    def name(self) -> str:
        """The page's own name: of a bundle, that of its folder."""
        return posixpath.basename(self.folder) if self.is_leaf else self.base

    @property
    def parent(self) -> str:
        """The folder that the page is in: of a bundle, the one above its own."""
        return posixpath.dirname(self.folder) if self.is_leaf else self.folder

    @property
    def section(self) -> str:
        """The first folder, empty for a page of the root."""
        if self.kind == "home":
            return ""
        return (self.folder if self.kind == "section" else self.parent).partition("/")[0]

    @property
    def logical(self) -> str:
        """The path that cascades and links name, with a slash before it."""
        if self.kind != "page":
            return normal(f"/{self.folder}")
        return normal(f"/{self.parent}/{self.name}" if self.parent else f"/{self.name}")


def normal(path: str) -> str:
    """Return a logical path: in lower case, with hyphens for spaces."""
    return lower(path).replace(" ", "-")


def lower(text: str) -> str:
    """Lower case as Go has it: each character by itself."""
    return text.lower() if text.isascii() else "".join(char.lower()[0] for char in text)


def is_content(name: str) -> bool:
    """Return whether a file's name ends in a suffix of content."""
    return name.rpartition(".")[2].lower() in MEDIA_TYPES and "." in name


def content_path(path: str, languages: Mapping[str, bool], language: str) -> ContentPath | None:
    """Take the path of a content file apart; None where it is no content file.

    ``languages`` has the codes that a name may end in, ``language`` that of the mount.
    """
    folder, _, name = path.rpartition("/")
    stem, _, suffix = name.rpartition(".")
    suffix = suffix.lower()
    if not stem or suffix not in MEDIA_TYPES:
        return None
    base, dot, last = stem.rpartition(".")
    if dot and base and last.lower() in languages:
        return ContentPath(folder, base, suffix, last.lower())
    return ContentPath(folder, stem, suffix, language)


@dataclass(frozen=True, slots=True)
class Names:
    """What a folder's listing says: its bundle file, and the files that give way to another.

    ``twins`` maps the name of such a file to that of the one that Hugo builds.
    """

    bundle: str | None
    twins: Mapping[str, str]

    def instead(self, name: str) -> str:
        """Return why a file that gives way to another is not built."""
        other = self.twins[name]
        if "/" in other:  # folders are read in parallel (measured: mostly the bundle stays)
            return msg("Hugo builds either this file or {other}", other=other)
        return msg("Hugo builds {other} instead", other=other)


def names(
    listed: list[str], languages: Mapping[str, bool], language: str, *, is_old: bool = False
) -> Names:
    """Read the names of a content folder's files.

    Of two files of one base name and language Hugo keeps the one whose suffix is the later in the
    alphabet, then the one whose name is the earlier; of index and _index it keeps index. With
    ``is_old`` (before 0.123) it keeps the first name of index and _index, the last of others.
    """
    first: dict[tuple[str, str], str] = {}
    twins: dict[str, str] = {}
    bundle = None
    files = [(one, content_path(one, languages, language)) for one in listed]
    content = [
        (one, parts)
        for one, parts in files
        if parts is not None and one[0] not in ".#" and languages.get(parts.language, True)
    ]
    content.sort(key=lambda pair: pair[0])
    if is_old:
        indexes = [pair for pair in content if pair[1].base in ("index", "_index")]
        content = [*indexes, *reversed([pair for pair in content if pair not in indexes])]
    else:
        # Stable sorts: leaf bundles, then by suffix downwards, then names upwards.
        content.sort(key=lambda pair: pair[1].suffix, reverse=True)
        content.sort(key=lambda pair: not pair[1].is_leaf)
    for name, parts in content:
        key = "index" if parts.base == "_index" else normal(parts.base)
        kept = first.setdefault((key, parts.language), name)
        if kept != name:
            twins[name] = kept
        elif parts.is_leaf and bundle is None:
            bundle = name
    return Names(bundle, twins)
