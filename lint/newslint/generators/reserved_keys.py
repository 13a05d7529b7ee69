"""Keys of the front matter that mean something else to a generator than to the writer.

All measured with the real generators: keys that replace the body or break
the build, values of a type that does, switches that a target ignores, and addresses that leave
the output folder.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from newslint.core.messages import msg
from newslint.generators import hugo_keys
from newslint.generators.effects import Effect
from newslint.generators.eleventy_keys import eleventy_problems, templated_permalink
from newslint.generators.key_problem import KeyProblem, is_text, kind_name, title_problems
from newslint.generators.switches import hides, hiding_key, ignored_switches
from newslint.generators.target import GENERATORS, Version, major

__all__ = [
    "UNKNOWN_LAYOUT",
    "KeyProblem",
    "escaping_permalink",
    "hides",
    "hiding_key",
    "ignored_switches",
    "is_usual",
    "key_problems",
    "templated_permalink",
]


UNKNOWN_LAYOUT = {"jekyll": Effect.WRONG, "eleventy": Effect.SITE_DIES}
"""What a ``layout`` does that the site has not; Hexo and Hugo take their default then."""

_PLACEHOLDERS = frozenset(
    (  # noqa: SIM905
        "collection output_ext path name title slug categories slugified_categories year month"
        " day hour minute second i_day i_month short_month long_month short_year w_year week"
        " w_day short_day long_day y_day"
    ).split()
)


def key_problems(
    data: Mapping[str, object], target: str, version: Version | None = None
) -> list[KeyProblem]:
    """Return what the keys of ``data``, as `yaml_dialect.load` gives them, do to the post."""
    if is_usual(data):
        return []
    checker = CHECKERS.get(target)
    problems = [] if checker is None else list(checker(data, version))
    if target == "jekyll" and data.get("title") in ([], {}):
        problems = [problem for problem in problems if problem.key != "title"]  # shown as written
    if target in GENERATORS:
        told = {problem.key for problem in problems}
        problems += (problem for problem in _lists(data, target) if problem.key not in told)
    if target == "hexo" and major(version) in (None, 8) and not _decodes(data.get("permalink")):
        message = msg("permalink contains a % that does not begin an escape sequence; write %25")
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


def _hexo(data: Mapping[str, object], version: Version | None) -> Iterator[KeyProblem]:
    if data.get("content") is not None:
        message = msg("the value of content replaces the article")
        yield KeyProblem("content", "reserved", Effect.WRONG, message)
    for key in ("content", "excerpt", "more", "id"):
        if key in data and data[key] is None:
            message = msg("{key} is empty; set a text, or remove the field", key=key)
            yield KeyProblem(key, "type", Effect.POST_LOST, message)
    if data.get("_id") is not None:
        yield KeyProblem(
            "_id", "reserved", Effect.POST_LOST, msg("_id is a reserved key of the generator")
        )
    for key in ("permalink", "__permalink"):
        if data.get(key) and not is_text(data[key]):
            message = msg("{key} is {kind}; it must be a text", key=key, kind=kind_name(data[key]))
            yield KeyProblem(key, "type", Effect.POST_LOST, message)
    yield from title_problems(data)
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
            message = msg("an item of {key} is a mapping, not a text; put it in quotes", key=key)
            yield KeyProblem(key, "type", Effect.WRONG, message)
        elif isinstance(items, list) and any(isinstance(item, list) for item in items):
            if target == "hugo" or (target != "hexo" and key == "categories"):
                message = msg("an item of {key} is a list, not a text", key=key)
                yield KeyProblem(key, "type", Effect.WRONG, message)


def _jekyll(data: Mapping[str, object], version: Version | None) -> Iterator[KeyProblem]:
    for key in ("permalink", "slug"):
        if data.get(key) and not is_text(data[key]):
            message = msg("{key} is {kind}; it must be a text", key=key, kind=kind_name(data[key]))
            yield KeyProblem(key, "type", Effect.SITE_DIES, message)
    permalink = data.get("permalink")
    if isinstance(permalink, str):
        yield from _jekyll_placeholders(permalink, data)
    categories = data.get("categories")
    if categories is not None and not isinstance(categories, (str, list)):
        message = msg(
            "categories is {kind}; it must be a text or a list", kind=kind_name(categories)
        )
        yield KeyProblem("categories", "type", Effect.DROPPED, message)
    layout = data.get("layout")
    if layout is not None and not is_text(layout) and layout is not False:
        message = msg("layout is {kind}; it must be the name of a layout", kind=kind_name(layout))
        yield KeyProblem("layout", "type", Effect.WRONG, message)
    if "published" in data and data["published"] is None:
        message = msg("published is empty, which hides the post")
        yield KeyProblem("published", "type", Effect.SKIPPED, message)
    yield from title_problems(data)


def _jekyll_placeholders(permalink: str, data: Mapping[str, object]) -> Iterator[KeyProblem]:
    for match in re.finditer(r":([a-z_]+)", permalink):
        name = match[1]
        if not {name, name.removesuffix("_")} & (_PLACEHOLDERS | data.keys()):
            message = msg("permalink contains :{name}, which has no value", name=name)
            yield KeyProblem("permalink", "type", Effect.SITE_DIES, message)
            return


CHECKERS: dict[str, Callable[[Mapping[str, object], Version | None], Iterable[KeyProblem]]] = {
    "hexo": _hexo,
    "jekyll": _jekyll,
    "hugo": hugo_keys.problems,
    "eleventy": eleventy_problems,
}

# Switches.


def escaping_permalink(data: Mapping[str, object], target: str) -> str | None:
    """Return the key whose path leaves the output folder, or None; Hexo and Eleventy write there.

    Hexo turns backslashes round, drops what follows a ``?``, and joins the rest to its folder.
    Eleventy keeps what begins with ``/`` inside, and with ``permalinkBypassOutputDir`` nothing.
    """
    if target == "eleventy":
        return _escapes_eleventy(data)
    if target != "hexo":
        return None
    for key in ("permalink", "__permalink"):
        value = data.get(key)
        if isinstance(value, str):
            path = value.replace("\\", "/").partition("?")[0].lstrip("/")
            if posixpath.normpath(path).split("/")[0] == "..":
                return key
    return None


def _escapes_eleventy(data: Mapping[str, object]) -> str | None:
    value = data.get("permalink")
    path = value.get("build") if isinstance(value, Mapping) else value
    if not isinstance(path, str):
        return None
    if data.get("permalinkBypassOutputDir"):
        return "permalinkBypassOutputDir"
    leaves = not path.startswith("/") and posixpath.normpath(path).split("/")[0] == ".."
    return "permalink" if leaves else None
