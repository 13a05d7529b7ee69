"""The generators by the names of newslint's targets, and builds in which each failure has a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from . import eleventy, hexo, hugo, jekyll
from .build import BuildResult

Build = Callable[[dict[str, bytes]], BuildResult]
TARGETS = (
    *(f"hexo@{version}" for version in sorted(hexo.VERSIONS, reverse=True)),
    jekyll.TARGET,
    *(f"hugo@{version}" for version in hugo.VERSIONS),
    "eleventy",
    "eleventy@2",
)
HEXO = tuple(one for one in TARGETS if one.startswith("hexo"))
HUGO = tuple(one for one in TARGETS if one.startswith("hugo"))
ELEVENTY = tuple(one for one in TARGETS if one.startswith("eleventy"))
VARIANTS = {"eleventy+njk": ("eleventy", "njk")}
"""Sites that build posts otherwise than their generator's default: the target, and the engine that
reads Markdown and HTML as templates. newslint reads it from the configuration of the site."""
BUILDS = (*TARGETS, *VARIANTS)
CONTROL = {
    "control.html": b"---\ntitle: control\ndate: 2021-01-01T00:00:00Z\n---\n<p>control</p>\n"
}
"""A sound post in each build: where it is not written, the complete site is gone."""


def plain_target(target: str) -> str:
    """Return the target of newslint that a target or one of `VARIANTS` is built for."""
    return VARIANTS.get(target, (target, ""))[0]


def site_files(target: str) -> dict[str, str]:
    """Return the files that tell newslint what a variant is, by their paths; none for a target."""
    _, engine = VARIANTS.get(target, (target, ""))
    return eleventy.files(engine=engine) if engine else {}


def available(target: str) -> str | None:
    """None if the generator of a target can run, else the reason as a message."""
    name, _, version = plain_target(target).partition("@")
    if name == "hexo":
        return hexo.available(int(version or 8))
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
    plain, engine = VARIANTS.get(target, (target, ""))
    name, _, version = plain.partition("@")
    if name == "hexo":
        return partial(hexo.build, version=int(version or 8), patient=patient)
    if name == "eleventy":
        return partial(eleventy.build, version=int(version or 3), engine=engine, patient=patient)
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
