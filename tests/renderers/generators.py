"""The generators by the names of newslint's targets, and builds in which each failure has a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple

from . import eleventy, hexo, hugo, jekyll
from .build import BuildResult

Build = Callable[[dict[str, bytes]], BuildResult]
MARKDOWN_IT = f"hexo@8+{hexo.MARKDOWN_IT}"
"""Hexo with another Markdown renderer. The site names it, so that newslint's target is Hexo 8."""
TARGETS = (
    *(f"hexo@{version}" for version in sorted(hexo.VERSIONS, reverse=True)),
    MARKDOWN_IT,
    jekyll.TARGET,
    *(f"hugo@{version}" for version in hugo.VERSIONS),
    "eleventy",
    "eleventy@2",
)
HEXO = tuple(one for one in TARGETS if one.startswith("hexo"))
MARKED = tuple(one for one in HEXO if one != MARKDOWN_IT)
HUGO = tuple(one for one in TARGETS if one.startswith("hugo"))
ELEVENTY = tuple(one for one in TARGETS if one.startswith("eleventy"))
NUNJUCKS = "eleventy@3+njk"
"""Eleventy where Nunjucks reads Markdown and HTML. It is no target of the samples that do not depend
on the template engine."""
BUILDS = (*TARGETS, NUNJUCKS)
"""All that `builder` builds."""
CONTROL = {
    "control.html": b"---\ntitle: control\ndate: 2021-01-01T00:00:00Z\n---\n<p>control</p>\n"
}
"""A sound post in each build: where it is not written, the complete site is gone."""


class Parts(NamedTuple):
    """A target of the tests: the generator, its version, and what of it the site chooses.

    ``variant`` is Hexo's Markdown renderer, or the engine of Eleventy's templates.
    """

    name: str
    version: str
    variant: str

    @property
    def target(self) -> str:
        """The target as newslint has it."""
        return f"{self.name}@{self.version}" if self.version else self.name


def parts(target: str) -> Parts:
    """Take a target such as ``hexo@8+markdown-it`` apart."""
    name, _, rest = target.partition("@")
    version, _, variant = rest.partition("+")
    return Parts(name, version, variant)


def available(target: str) -> str | None:
    """None if the generator of a target can run, else the reason as a message."""
    name, version, variant = parts(target)
    if name == "hexo":
        return hexo.available(int(version or 8), variant or hexo.MARKED)
    if name == "eleventy":
        return eleventy.available(int(version or 3))
    if name == "hugo":
        return hugo.available(version or hugo.NEWEST)
    return jekyll.available()


def builder(target: str, *, patient: bool = False) -> Build:
    """The function that builds posts for a target.

    A patient one goes on after a post that kills the site, and names it; Hugo has no plug-ins, and
    stays as it is.
    """
    name, version, variant = parts(target)
    if name == "hexo":
        return partial(
            hexo.build,
            version=int(version or 8),
            renderer=variant or hexo.MARKED,
            patient=patient,
        )
    if name == "eleventy":
        return partial(eleventy.build, version=int(version or 3), engine=variant, patient=patient)
    if name == "hugo":
        return partial(hugo.build, version=version or hugo.NEWEST)
    return partial(jekyll.build, patient=patient)


def build_all(
    target: str,
    posts: dict[str, bytes],
    alone: Callable[[str], bool],
    *,
    size: int = 100,
    jobs: int = 2,
) -> Iterator[tuple[str, BuildResult]]:
    """Each post with the build that tells its fate, in no order.

    The builds are patient ones; one of many posts that fails nevertheless is halved until it holds
    one. ``alone`` says of which posts it is expected: those are built one by one at once. ``size``
    is how many posts one build holds.
    """
    build = builder(target, patient=True)
    single = [name for name in posts if alone(name)]
    many = [name for name in posts if not alone(name)]
    groups = [[name] for name in single]
    groups += [many[at : at + size] for at in range(0, len(many), size)]

    def run(names: list[str]) -> list[tuple[str, BuildResult]]:
        result = build({**CONTROL, **{name: posts[name] for name in names}})
        if result.exit_code == 0 and not all(name in result.pages for name in CONTROL):
            result = BuildResult(1, result.log + "\nthe sound post is not written", {})
        if result.exit_code == 0 or len(names) == 1:
            failed = {name: BuildResult(1, words) for name, words in result.failed.items()}
            return [(name, failed.get(name, result)) for name in names]
        half = len(names) // 2
        return run(names[:half]) + run(names[half:])

    with ThreadPoolExecutor(jobs) as pool:
        for results in pool.map(run, groups):
            yield from results


def build_alone(target: str, name: str, content: bytes) -> BuildResult:
    """A build that contains nothing but a post and the sound one, by the generator as it is."""
    return builder(target)({**CONTROL, name: content})
