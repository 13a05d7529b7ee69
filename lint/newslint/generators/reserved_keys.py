"""Keys of the front matter that mean something else to a generator than to the writer.

All measured with the real generators: keys that replace the body or break
the build, values of a type that does, switches that a target ignores, and addresses that leave
the output folder.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping

from newslint.core.messages import msg
from newslint.generators import hugo_keys
from newslint.generators.effects import Effect
from newslint.generators.hugo_changes import PAGES, Change
from newslint.generators.key_problem import KeyProblem, kind_of
from newslint.generators.target import Version, major

UNPARSED = {
    ("hexo", "json"): Effect.PRINTED,
    ("hugo", "json"): Effect.SITE_DIES,
    ("hugo", "toml"): Effect.SITE_DIES,
    ("eleventy", "json"): Effect.SITE_DIES,
    ("eleventy", "js"): Effect.SITE_DIES,
}
"""What a header in another form than YAML does where it does not parse, by target and form."""

UNKNOWN_LAYOUT = {"jekyll": Effect.WRONG, "eleventy": Effect.SITE_DIES}
"""What a ``layout`` does that the site has not; Hexo and Hugo take their default then."""

_PLACEHOLDERS = frozenset(
    (  # noqa: SIM905
        "collection output_ext path name title slug categories slugified_categories year month"
        " day hour minute second i_day i_month short_month long_month short_year w_year week"
        " w_day short_day long_day y_day"
    ).split()
)
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


def key_problems(
    data: Mapping[str, object], target: str, version: Version | None = None
) -> list[KeyProblem]:
    """What the keys of ``data``, as `yaml_dialect.load` gives them, do to the post."""
    if is_usual(data):
        return []
    if target == "hugo":
        problems = [*hugo_keys.problems(data, version), *_title(data)]
    else:
        checker = _CHECKERS.get(target)
        problems = [] if checker is None else list(checker(data))
    if target == "jekyll" and data.get("title") in ([], {}):
        problems = [problem for problem in problems if problem.key != "title"]  # shown as written
    if target in _TARGETS:
        told = {problem.key for problem in problems}
        problems += (problem for problem in _lists(data, target) if problem.key not in told)
    if target == "hexo" and major(version) in (None, 8) and not _decodes(data.get("permalink")):
        message = msg("permalink has a % that begins no code of a character: write %25")
        problems.append(KeyProblem("permalink", "type", Effect.POST_LOST, message))
    return problems


_USUAL = frozenset(
    (  # noqa: SIM905
        "title categories tags author comments date updated headimg thumbnail description"
        " keywords subtitle source cover"
    ).split()
)
"""The keys of nearly every post. No target takes one of them for something else but the first
three, and those only where they are neither texts nor lists of texts."""


def is_usual(data: Mapping[str, object]) -> bool:
    """Whether front matter certainly has no problem: a tenth of the time of looking for each."""
    if not data.keys() <= _USUAL or data.get("title").__class__ is not str:
        return False
    for name in ("categories", "tags"):
        items = data.get(name, "")
        if items.__class__ is list:
            # all() over generators takes twice as long, and every post is asked.
            for item in items:
                if item.__class__ is not str:
                    return False
        elif items.__class__ is not str:
            return False
    return True


def _decodes(value: object) -> bool:
    """Whether JavaScript's ``decodeURI`` takes a text: Hexo 8 puts every permalink through it."""
    if not isinstance(value, str) or "%" not in value:
        return True
    from urllib.parse import unquote

    try:
        unquote(value, errors="strict")
    except UnicodeDecodeError:
        return False
    return re.search("%(?![0-9A-Fa-f]{2})", value) is None


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _hexo(data: Mapping[str, object]) -> Iterator[KeyProblem]:
    if data.get("content") is not None:
        message = msg("the value of content replaces the whole article")
        yield KeyProblem("content", "reserved", Effect.WRONG, message)
    for key in ("content", "excerpt", "more", "id"):
        if key in data and data[key] is None:
            message = msg("{key} is empty, and must be a text or left out", key=key)
            yield KeyProblem(key, "type", Effect.POST_LOST, message)
    if data.get("_id") is not None:
        yield KeyProblem("_id", "reserved", Effect.POST_LOST, msg("_id is the generator's own key"))
    for key in ("permalink", "__permalink"):
        if data.get(key) and not _is_text(data[key]):
            message = msg("{key} is {kind}; it must be a text", key=key, kind=kind_of(data[key]))
            yield KeyProblem(key, "type", Effect.POST_LOST, message)
    yield from _title(data)
    for key in ("categories", "tags"):
        if isinstance(data.get(key), Mapping):
            message = msg("{key} is a mapping, and is shown as [object Object]", key=key)
            yield KeyProblem(key, "type", Effect.WRONG, message)


def _lists(data: Mapping[str, object], target: str) -> Iterator[KeyProblem]:
    """``- a: b`` among the categories is a mapping, which no generator shows as it is written.

    A list within the list is Hexo's form for a path of categories; Jekyll shows it as code.
    """
    for key in ("categories", "tags"):
        items = data.get(key)
        if isinstance(items, Mapping):
            message = msg("{key} is a mapping; it must be a text or a list", key=key)
            yield KeyProblem(key, "type", Effect.WRONG, message)
        if isinstance(items, list) and any(isinstance(item, Mapping) for item in items):
            message = msg("an item of {key} is a mapping, not a text: put it in quotes", key=key)
            yield KeyProblem(key, "type", Effect.WRONG, message)
        elif isinstance(items, list) and any(isinstance(item, list) for item in items):
            if target == "hugo" or (target != "hexo" and key == "categories"):
                message = msg("an item of {key} is a list, not a text", key=key)
                yield KeyProblem(key, "type", Effect.WRONG, message)


def _title(data: Mapping[str, object]) -> Iterator[KeyProblem]:
    title = data.get("title")
    if isinstance(title, (list, Mapping)):
        message = msg(
            "title is {kind}, and is not shown as it is written: put it in quotes",
            kind=kind_of(title),
        )
        yield KeyProblem("title", "type", Effect.WRONG, message)


def _jekyll(data: Mapping[str, object]) -> Iterator[KeyProblem]:
    for key in ("permalink", "slug"):
        if data.get(key) and not _is_text(data[key]):
            message = msg("{key} is {kind}; it must be a text", key=key, kind=kind_of(data[key]))
            yield KeyProblem(key, "type", Effect.SITE_DIES, message)
    permalink = data.get("permalink")
    if isinstance(permalink, str):
        yield from _jekyll_placeholders(permalink, data)
    categories = data.get("categories")
    if categories is not None and not isinstance(categories, (str, list)):
        message = msg("categories is {kind}; it must be a text or a list", kind=kind_of(categories))
        yield KeyProblem("categories", "type", Effect.DROPPED, message)
    layout = data.get("layout")
    if layout is not None and not _is_text(layout) and layout is not False:
        message = msg("layout is {kind}; it must be the name of a layout", kind=kind_of(layout))
        yield KeyProblem("layout", "type", Effect.WRONG, message)
    if "published" in data and data["published"] is None:
        message = msg("published is empty, which hides the post")
        yield KeyProblem("published", "type", Effect.SKIPPED, message)
    yield from _title(data)


def _jekyll_placeholders(permalink: str, data: Mapping[str, object]) -> Iterator[KeyProblem]:
    for match in re.finditer(r":([a-z_]+)", permalink):
        name = match[1]
        if not {name, name.removesuffix("_")} & (_PLACEHOLDERS | data.keys()):
            message = msg("permalink has :{name}, which stands for nothing", name=name)
            yield KeyProblem("permalink", "type", Effect.SITE_DIES, message)
            return


def _eleventy(data: Mapping[str, object]) -> Iterator[KeyProblem]:
    for key in ("content", "collections"):
        if key in data:
            yield KeyProblem(
                key, "reserved", Effect.SITE_DIES, msg("{key} is the generator's own key", key=key)
            )
    page = data.get("page")
    if "page" in data and page is not None:
        taken = _PAGE_KEYS & page.keys() if isinstance(page, Mapping) else {"page"}
        if taken:
            message = msg("page is the generator's own key")
            yield KeyProblem("page", "reserved", Effect.SITE_DIES, message)
    if isinstance(data.get("eleventy"), Mapping):
        message = msg("eleventy is the generator's own key")
        yield KeyProblem("eleventy", "reserved", Effect.SITE_DIES, message)
    yield from _eleventy_paging(data)
    yield from _eleventy_permalink(data)
    layout = data.get("layout")
    if layout and not _is_text(layout):
        message = msg("layout is {kind}; it must be the name of a layout", kind=kind_of(layout))
        yield KeyProblem("layout", "type", Effect.SITE_DIES, message)
    tags = data.get("tags")
    if tags and not isinstance(tags, (str, list)):
        message = msg("tags is {kind}; it must be a text or a list", kind=kind_of(tags))
        yield KeyProblem("tags", "type", Effect.SITE_DIES, message)
    yield from _eleventy_engine(data.get("templateEngineOverride"))
    yield from _title(data)


def _eleventy_engine(value: object) -> Iterator[KeyProblem]:
    if not value:
        return
    names = value.split(",") if isinstance(value, str) else ["?"]
    if any(name.strip() not in _ENGINES for name in names):
        message = msg("templateEngineOverride does not name a template language")
        yield KeyProblem("templateEngineOverride", "reserved", Effect.SITE_DIES, message)


def _eleventy_paging(data: Mapping[str, object]) -> Iterator[KeyProblem]:
    paging = data.get("pagination")
    if not paging:
        return
    source = paging.get("data") if isinstance(paging, Mapping) else None
    found = data.get(str(source).partition(".")[0]) if source else None
    if not isinstance(paging, Mapping) or not isinstance(found, (list, Mapping)):
        message = msg("pagination splits a list into pages, and this names none")
        yield KeyProblem("pagination", "reserved", Effect.SITE_DIES, message)


def _eleventy_permalink(data: Mapping[str, object]) -> Iterator[KeyProblem]:
    value = data.get("permalink")
    if value is None or value is False or value == "":
        return
    if isinstance(value, Mapping):
        message = msg("permalink is a mapping: the post gets no page")
        yield KeyProblem("permalink", "type", Effect.SKIPPED, message)
        return
    if not isinstance(value, str):
        message = msg("permalink is {kind}; it must be a text", kind=kind_of(value))
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
            message = msg("permalink is run as a template: {detail}", detail=problem.detail)
            yield KeyProblem("permalink", "type", Effect.SITE_DIES, message)
            return


_CHECKERS: dict[str, Callable[[Mapping[str, object]], Iterator[KeyProblem]]] = {
    "hexo": _hexo,
    "jekyll": _jekyll,
    "eleventy": _eleventy,
}

_TARGETS = frozenset((*_CHECKERS, "hugo"))

# Switches.

_YES = (True, 1, "true", "yes", "on", "1")
_NO = (False, 0, "false", "no", "off", "0")


def hides(data: Mapping[str, object], target: str, version: Version | None = None) -> bool:
    """Whether the target leaves the post out because its front matter says so, its date apart.

    Where versions of it differ, it must be so in all.
    """
    published = data.get("published", True)
    if target == "hexo":
        return published is not None and (not published or published in ("false", "0"))
    if target == "jekyll":
        return published is False or published is None
    if target == "hugo":
        return all(hugo_keys.hiding_keys(data, version))
    return target == "eleventy" and data.get("permalink") is False


def hiding_key(
    data: Mapping[str, object], target: str, version: Version | None = None
) -> str | None:
    """The key that asks the target to leave the post out, which it does; None where none does."""
    if not hides(data, target, version):
        return None
    if target == "hugo":
        return hugo_keys.hiding_keys(data, version)[-1][0]
    candidates = ("permalink",) if target == "eleventy" else ("published",)
    return next((key for key in candidates if key in data), None)


def ignored_switches(
    data: Mapping[str, object], target: str, version: Version | None = None
) -> list[tuple[str, str]]:
    """The switches that ask to hide the post, though the target publishes it: key, and why."""
    if target not in _TARGETS or hides(data, target, version):
        return []
    found = []
    if target == "hugo":
        older, *newer = hugo_keys.hiding_keys(data, version)
        found += [
            (key, _some_publish(PAGES, True))
            for key in older
            if newer and key.lower() != "published"
        ]
        found += [(key, _some_publish(PAGES, False)) for keys in newer for key in keys]
        if _says(data.get("draft"), _YES) and not found:
            value = data["draft"]
            found.append(("draft", msg("the post is published: {value} is a text", value=value)))
    told = {key for key, _ in found}
    if "draft" not in told and _says(data.get("draft"), _YES):
        found.append(("draft", msg("the post is published all the same: draft is not looked at")))
    is_date = target == "hugo" and PAGES.may_hold(version)
    if "published" in data.keys() - told and not is_date and _says(data["published"], _NO):
        found.append(("published", msg("the post is published all the same")))
    return found


def _some_publish(change: Change, with_it: bool) -> str:
    return change.named(msg("the post is published all the same"), None, with_it=with_it)


def _says(value: object, words: tuple[object, ...]) -> bool:
    value = value.lower() if isinstance(value, str) else value
    return isinstance(value, (bool, int, str)) and value in words


def escaping_permalink(data: Mapping[str, object], target: str) -> str | None:
    """The key whose path leaves the output folder, or None. Only Hexo writes there.

    Hexo turns backslashes round, drops what follows a ``?``, and joins the rest to its folder.
    """
    if target != "hexo":
        return None
    for key in ("permalink", "__permalink"):
        value = data.get(key)
        if isinstance(value, str):
            path = value.replace("\\", "/").partition("?")[0].lstrip("/")
            if posixpath.normpath(path).split("/")[0] == "..":
                return key
    return None
