"""The site generator that will build a post: its name and version."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from newslint.core.did_you_mean import hint
from newslint.core.errors import UsageError
from newslint.core.messages import msg

Version: TypeAlias = "tuple[int, ...]"
"""The numbers of a version, as many as are known: ``(7,)``, ``(0, 168)``. They order as such."""

DEBIAN: Version = (4, 3, 1, 0, 0)
"""Jekyll as Debian packages it, ``jekyll@debian``: it reads front matter with Psych, not SafeYAML,
and runs Liquid 5, which the gems of Jekyll do not allow."""
_NAMED = {("jekyll", "debian"): DEBIAN}

VERSIONS: dict[str, tuple[Version, ...]] = {
    "hexo": ((5,), (6,), (7,), (8,)),
    "jekyll": ((3,), (4,), DEBIAN),
    "hugo": ((0, 111), (0, 152), (0, 162), (0, 168)),
    "eleventy": ((2,), (3,)),
    "html": (),
}
"""The targets, and the versions of each that are measured, the oldest first.

A version that lies between two of them, or after the last of its major version, is read by the
changes that were measured up to it.
"""


MARKDOWN_IT = "hexo+markdown-it"
"""How `newslint.generators.markdown` names Hexo with hexo-renderer-markdown-it."""
FOOTNOTES = f"{MARKDOWN_IT}+footnote"
"""The same with the plug-in markdown-it-footnote."""
ESCAPED = f"{MARKDOWN_IT}+escaped"
"""The same without ``html``: it prints tags, and replaces the dashes of the comments that Hexo puts
in place of code and of tags of templates, so that Hexo does not find them again."""

GENERATORS = {"hexo": "Hexo", "jekyll": "Jekyll", "hugo": "Hugo", "eleventy": "Eleventy"}
"""The generators by the name of their target."""


class Target(NamedTuple):
    """A site generator; ``version`` None represents every supported version, read strictly."""

    name: str = "hexo"
    version: Version | None = None

    def __str__(self) -> str:
        return self.name if self.version is None else f"{self.name}@{self.number}"

    @property
    def number(self) -> str:
        """The version as it is written: ``0.168``; empty for every supported version."""
        for (name, word), version in _NAMED.items():
            if (name, version) == self:
                return word
        return ".".join(map(str, self.version or ()))

    @property
    def major(self) -> int | None:
        """The first number of the version; None for every supported version."""
        return major(self.version)

    @classmethod
    def parse(cls, text: str) -> Target:
        """Read a target such as ``hexo``, ``hexo@7`` or ``hugo@0.168``.

        Raises UsageError for an unknown name or version.
        """
        name, at, number = text.strip().partition("@")
        if name not in VERSIONS:
            told = "unknown target {name!r}{hint}"
            raise UsageError(msg(told, name=name, hint=hint(name, VERSIONS)))
        if not at:
            return cls(name)
        version = _NAMED.get((name, number)) or read_version(number)
        if version is None or not is_supported(name, version):
            known = ", ".join(str(cls(name, one)) for one in VERSIONS[name]) or name
            raise UsageError(
                msg(
                    "unknown version in target {text!r}; choose one of {known}",
                    text=text,
                    known=known,
                )
            )
        return cls(name, version)


def major(version: Version | None) -> int | None:
    """Return the first number of a version; None for None."""
    return version[0] if version else None


def read_version(text: str) -> Version | None:
    """Return the numbers of a text such as ``0.168.1``; None where it is no version."""
    parts = text.split(".")
    if not all(part.isascii() and part.isdigit() and len(part) < _LONGEST for part in parts):
        return None
    return tuple(map(int, parts))


_LONGEST = 10


def is_supported(name: str, version: Version) -> bool:
    """Return whether newslint knows what a version of a target does.

    Its major version must be a measured one, and it must not be older than what was measured of it.
    """
    same_major = [one for one in VERSIONS[name] if one[0] == version[0]]
    return bool(same_major) and version >= same_major[0]
