"""The site generators that will build a post, and what each makes of a text.

A `Target` is a name and a version. What it does is measured from the real generators and lives,
as data and pure functions, in the modules of this package; they are imported when asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newslint.core.errors import UsageError
from newslint.core.messages import msg

if TYPE_CHECKING:
    from newslint.generators.effects import TemplateReading

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

    def read_template(
        self, body: str, *, markdown: bool, engine: str | None = ""
    ) -> TemplateReading:
        """What the target's template engine would execute or choke on in a body, and its blocks.

        ``engine`` is that of Eleventy for the file: ``liquid``, ``nunjucks``, None for none, or
        empty for the default.
        """
        if engine is None:
            body = ""
        if self.name == "hexo":
            from newslint.generators import nunjucks

            return nunjucks.read(body, version=self.version, markdown=markdown)
        if self.name == "jekyll":
            from newslint.generators import liquid

            return liquid.read(body, markdown=markdown)
        if self.name == "hugo":
            from newslint.generators.hugo import shortcodes

            return shortcodes.read(body, markdown=markdown)
        if self.name == "eleventy" and engine == "nunjucks":
            from newslint.generators import nunjucks

            return nunjucks.read_plain(body)
        if self.name == "eleventy":
            from newslint.generators import liquidjs

            return liquidjs.read(body, markdown=markdown)
        from newslint.generators.effects import TemplateReading

        return TemplateReading([], [])
