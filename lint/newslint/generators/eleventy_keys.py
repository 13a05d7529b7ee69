"""Keys of front matter that Eleventy itself reads, and the values that break its build."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from newslint.core.messages import msg
from newslint.generators.effects import Effect
from newslint.generators.key_problem import KeyProblem, is_text, kind_name, title_problems

_PAGE_KEYS = frozenset(
    (  # noqa: SIM905
        "date inputPath fileSlug filePathStem outputFileExtension templateSyntax url outputPath"
    ).split()
)

_ENGINES = frozenset(
    (  # noqa: SIM905
        "html md liquid njk 11ty.js 11tydata.js js cjs mjs false"
    ).split()
)


def eleventy_problems(data: Mapping[str, object]) -> Iterator[KeyProblem]:
    """The keys with which a post of Eleventy breaks, or its page becomes another one."""
    for key in ("content", "collections"):
        if key in data:
            yield KeyProblem(
                key,
                "reserved",
                Effect.SITE_DIES,
                msg("{key} is a reserved key of the generator", key=key),
            )
    page = data.get("page")
    if "page" in data and page is not None:
        taken = _PAGE_KEYS & page.keys() if isinstance(page, Mapping) else {"page"}
        if taken:
            message = msg("page is a reserved key of the generator")
            yield KeyProblem("page", "reserved", Effect.SITE_DIES, message)
    if isinstance(data.get("eleventy"), Mapping):
        message = msg("eleventy is a reserved key of the generator")
        yield KeyProblem("eleventy", "reserved", Effect.SITE_DIES, message)
    yield from _eleventy_paging(data)
    yield from _eleventy_permalink(data)
    layout = data.get("layout")
    if layout and not is_text(layout):
        message = msg("layout is {kind}; it must be the name of a layout", kind=kind_name(layout))
        yield KeyProblem("layout", "type", Effect.SITE_DIES, message)
    tags = data.get("tags")
    if tags and not isinstance(tags, (str, list)):
        message = msg("tags is {kind}; it must be a text or a list", kind=kind_name(tags))
        yield KeyProblem("tags", "type", Effect.SITE_DIES, message)
    yield from _eleventy_engine(data.get("templateEngineOverride"))
    yield from title_problems(data)


def _eleventy_engine(value: object) -> Iterator[KeyProblem]:
    if not value:
        return
    names = value.split(",") if isinstance(value, str) else ["?"]
    if any(name.strip() not in _ENGINES for name in names):
        message = msg("templateEngineOverride is not the name of a template language")
        yield KeyProblem("templateEngineOverride", "reserved", Effect.SITE_DIES, message)


def _eleventy_paging(data: Mapping[str, object]) -> Iterator[KeyProblem]:
    paging = data.get("pagination")
    if not paging:
        return
    source = paging.get("data") if isinstance(paging, Mapping) else None
    found = data.get(str(source).partition(".")[0]) if source else None
    if not isinstance(paging, Mapping) or not isinstance(found, (list, Mapping)):
        message = msg("pagination requires a list to split into pages")
        yield KeyProblem("pagination", "reserved", Effect.SITE_DIES, message)


def _eleventy_permalink(data: Mapping[str, object]) -> Iterator[KeyProblem]:
    value = data.get("permalink")
    if value is None or value is False or value == "":
        return
    if isinstance(value, Mapping):
        message = msg("permalink is a mapping, so the post has no page")
        yield KeyProblem("permalink", "type", Effect.SKIPPED, message)
        return
    if not isinstance(value, str):
        message = msg("permalink is {kind}; it must be a text", kind=kind_name(value))
        yield KeyProblem("permalink", "type", Effect.SITE_DIES, message)
        return
    if "{{" in value or "{%" in value:
        yield from _eleventy_templated(value)
        return
    name = value.rpartition("/")[2]
    if (
        name
        and not re.search(r"[^.]\.[^.]+\Z", name)
        and not data.get("eleventyAllowMissingExtension")
    ):
        message = msg("permalink must end in / or in a file name with an extension, such as .html")
        yield KeyProblem("permalink", "type", Effect.SITE_DIES, message)


def _eleventy_templated(value: str) -> Iterator[KeyProblem]:
    from newslint.generators import liquidjs

    for problem in liquidjs.scan(value, markdown=False):
        if problem.effect is Effect.SITE_DIES:
            message = msg("permalink is rendered as a template: {detail}", detail=problem.detail)
            yield KeyProblem("permalink", "type", Effect.SITE_DIES, message)
            return
