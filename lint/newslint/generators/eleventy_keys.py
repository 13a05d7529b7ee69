"""Keys of front matter that Eleventy itself reads, and the values that break its build."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from newslint.core.messages import msg
from newslint.generators.effects import Effect
from newslint.generators.eleventy import overrides
from newslint.generators.key_problem import KeyProblem, is_text, kind_name, title_problems
from newslint.generators.target import Version, major

_PAGE_KEYS = frozenset(
    (  # noqa: SIM905
        "date inputPath fileSlug filePathStem outputFileExtension templateSyntax url outputPath"
    ).split()
)

_ENGINES = frozenset({"liquid", "njk", "11ty.js", "11ty.cjs", "11ty.mjs"})
_ENGINES_OF_2 = frozenset({"ejs", "haml", "handlebars", "hbs", "mustache", "pug"})


_BARE_FILES = frozenset({"_redirects", "_headers", ".htaccess"})
"""The files that a permalink may name though they have no extension (Eleventy's TemplateMap.js)."""


def eleventy_problems(
    data: Mapping[str, object], version: Version | None = None
) -> Iterator[KeyProblem]:
    """Yield the keys with which a post of Eleventy breaks, or its page becomes another one.

    Measured with Eleventy 2.0.1, which reserves fewer keys and writes pages without an extension,
    and 3.1.8.
    """
    is_2 = major(version) == 2
    yield from _eleventy_reserved(data, is_2)
    yield from _eleventy_paging(data)
    yield from _eleventy_permalink(data, is_2)
    layout = data.get("layout")
    if layout and not is_text(layout):
        message = msg("layout is {kind}; it must be the name of a layout", kind=kind_name(layout))
        yield KeyProblem("layout", "type", Effect.SITE_DIES, message)
    tags = data.get("tags")
    if (tags or (is_2 and tags is not None)) and not isinstance(tags, (str, list)):
        message = msg("tags is {kind}; it must be a text or a list", kind=kind_name(tags))
        yield KeyProblem("tags", "type", Effect.SITE_DIES, message)
    yield from _eleventy_engine(data.get(overrides.KEY), is_2)
    yield from title_problems(data)


def _eleventy_reserved(data: Mapping[str, object], is_2: bool) -> Iterator[KeyProblem]:
    taken = [] if is_2 else [key for key in ("content", "collections") if key in data]
    page = data.get("page")
    if isinstance(page, Mapping):
        if not is_2 and _PAGE_KEYS & page.keys():
            taken.append("page")
    elif page is not None and not (is_2 and isinstance(page, list)):
        taken.append("page")
    if not is_2 and isinstance(data.get("eleventy"), Mapping):
        taken.append("eleventy")
    for key in taken:
        message = msg("{key} is a reserved key of the generator", key=key)
        yield KeyProblem(key, "reserved", Effect.SITE_DIES, message)


def _eleventy_engine(value: object, is_2: bool) -> Iterator[KeyProblem]:
    """Yield what Eleventy refuses: no text, an unknown language, two that are templates."""
    if value is None or value is False or value == "" or value == 0:
        return
    names = set(overrides.names(value)) - overrides.PLAIN - {""}
    known = _ENGINES | (_ENGINES_OF_2 if is_2 else frozenset())
    if not isinstance(value, str) or not names <= known:
        message = msg("templateEngineOverride is not the name of a template language")
        yield KeyProblem(overrides.KEY, "reserved", Effect.SITE_DIES, message)
    elif len(names) > 1:
        message = msg("templateEngineOverride names two template languages")
        yield KeyProblem(overrides.KEY, "reserved", Effect.SITE_DIES, message)


def _eleventy_paging(data: Mapping[str, object]) -> Iterator[KeyProblem]:
    paging = data.get("pagination")
    if not paging:
        return
    source = paging.get("data") if isinstance(paging, Mapping) else None
    root = str(source).partition(".")[0]
    if root == "collections":
        return
    found = data.get(root) if source else None
    if not isinstance(paging, Mapping) or not isinstance(found, (list, Mapping)):
        message = msg("pagination requires a list to split into pages")
        yield KeyProblem("pagination", "reserved", Effect.SITE_DIES, message)


def _eleventy_permalink(data: Mapping[str, object], is_2: bool) -> Iterator[KeyProblem]:
    value = data.get("permalink")
    if isinstance(value, Mapping) and "build" in value:
        value = value["build"]
    if value is None or value is False or value == "":
        return
    if isinstance(value, Mapping):
        message = msg("permalink is a mapping, so the post has no page")
        yield KeyProblem("permalink", "type", Effect.SKIPPED, message)
        return
    if is_2 and _is_joined(value):
        return
    if not isinstance(value, str):
        message = msg("permalink is {kind}; it must be a text", kind=kind_name(value))
        yield KeyProblem("permalink", "type", Effect.SITE_DIES, message)
        return
    if (templated := templated_permalink(value, "liquid")) is not None:
        yield from templated
        return
    name = value.rpartition("/")[2]
    if (
        name
        and not is_2
        and name not in _BARE_FILES
        and not re.search(r"[^.]\.[^.]+\Z", name)
        and not data.get("eleventyAllowMissingExtension")
    ):
        message = msg("permalink must end in / or in a file name with an extension, such as .html")
        yield KeyProblem("permalink", "type", Effect.SITE_DIES, message)


def _is_joined(value: object) -> bool:
    """Return whether Eleventy 2 makes an address of a value that is no text."""
    if isinstance(value, list):
        return bool(value) and not any("{{" in str(one) or "{%" in str(one) for one in value)
    return isinstance(value, (int, float, date)) and value is not True


def templated_permalink(
    value: object, engine: str, defines: Callable[[str], bool] | None = None
) -> list[KeyProblem] | None:
    """Return the problems of a permalink that is a template; None where it is none.

    ``defines`` says whether a site may have the names in a tag or an output of the engine's.
    """
    if isinstance(value, Mapping):
        value = value.get("build")
    if not isinstance(value, str) or ("{{" not in value and "{%" not in value):
        return None
    from newslint.generators import liquidjs, nunjucks

    is_liquid = engine != "nunjucks"
    found = liquidjs.scan(value, markdown=False) if is_liquid else nunjucks.read_plain(value)
    for problem in found:
        if problem.effect is not Effect.SITE_DIES:
            continue
        may_work = not is_liquid if defines is None else defines(value[problem.start : problem.end])
        if not (problem.undefined and may_work):
            message = msg("permalink is rendered as a template: {detail}", detail=problem.detail)
            return [KeyProblem("permalink", "type", Effect.SITE_DIES, message)]
    return []
