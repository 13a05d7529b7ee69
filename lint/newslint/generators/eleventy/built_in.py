"""The tags and filters that Eleventy and its engines bring along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newslint.generators.eleventy.plugins import LIQUID, NUNJUCKS
from newslint.generators.site_roles import BUNDLE_TAGS

_BUILT_IN: Mapping[tuple[str, str], str] = {
    ("tag", ""): " ".join(sorted(BUNDLE_TAGS)),
    (
        "tag",
        LIQUID,
    ): "# assign block break capture case comment continue cycle decrement echo for if"
    " include increment layout liquid raw render tablerow unless",
    ("tag", NUNJUCKS): "asyncAll asyncEach block call extends filter for from if ifAsync import"
    " include macro raw set setAsync switch verbatim",
    ("filter", ""): "getCollectionItem getCollectionItemIndex getNextCollectionItem"
    " getPreviousCollectionItem inputPathToUrl log renderTransforms slug slugify url",
}
_BLOCKS = frozenset(
    (  # noqa: SIM905
        "block capture case comment for if raw tablerow unless asyncAll asyncEach call filter"
        " ifAsync macro setAsync switch verbatim"
    ).split()
)
_EITHER = frozenset({"layout", "set"})
_INNER: Mapping[str, str] = {LIQUID: "else elsif when", NUNJUCKS: "case default elif else elseif"}
"""The tags that divide others."""


def names() -> Iterator[tuple[str, str, str, bool | None]]:
    """Yield each name: its kind, the name, its engine (empty for all), whether it has an end."""
    for (kind, engine), names in _BUILT_IN.items():
        for name in names.split():
            paired = None if name in _EITHER else name in _BLOCKS
            yield kind, name, engine, paired
    for engine, names in _INNER.items():
        for name in names.split():
            yield "tag", name, engine, False
    from newslint.generators.liquidjs.filters import FILTERS as LIQUID_FILTERS
    from newslint.generators.nunjucks.filters import FILTERS as NUNJUCKS_FILTERS

    for engine, filters in ((LIQUID, LIQUID_FILTERS), (NUNJUCKS, NUNJUCKS_FILTERS)):
        for name in filters:
            yield "filter", name, engine, None
