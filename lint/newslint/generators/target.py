"""The site generator that will build a post: its name and version."""

from __future__ import annotations

from typing import NamedTuple

from newslint.core.errors import UsageError
from newslint.core.messages import msg

VERSIONS: dict[str, tuple[int, ...]] = {
    "hexo": (5, 6, 7, 8),
    "jekyll": (4,),
    "hugo": (0,),
    "eleventy": (3,),
    "html": (),
}
"""The targets and the major versions of each that were measured."""


class Target(NamedTuple):
    """A site generator; ``version`` None stands for every supported version, read strictly."""

    name: str = "hexo"
    version: int | None = None

    def __str__(self) -> str:
        return self.name if self.version is None else f"{self.name}@{self.version}"

    @classmethod
    def parse(cls, text: str) -> Target:
        """The target that ``hexo`` or ``hexo@7`` names.

        Raises UsageError for an unknown name or version.
        """
        name, at, version = text.strip().partition("@")
        if name not in VERSIONS:
            known = ", ".join(VERSIONS)
            raise UsageError(
                msg("unknown target {name!r}: choose one of {known}", name=name, known=known)
            )
        if not at:
            return cls(name)
        major = version.split(".")[0]
        if not major.isdecimal() or int(major) not in VERSIONS[name]:
            known = ", ".join(f"{name}@{number}" for number in VERSIONS[name]) or name
            raise UsageError(
                msg(
                    "unknown version in target {text!r}: choose one of {known}",
                    text=text,
                    known=known,
                )
            )
        return cls(name, int(major))
