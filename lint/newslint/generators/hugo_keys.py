"""Keys of the front matter that mean something to Hugo, version by version (measured).

Hugo does not look at the case of keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.effects import Effect
from newslint.generators.hugo_changes import (
    CASCADE,
    CASCADE_LANG,
    CASCADE_LATE,
    CASCADE_WITHOUT,
    EMPTY_PARAMS,
    KIND,
    KIND_FREE,
    OLD_BUILD,
    PAGES,
    PATH_KEYS,
    PATH_KEYS_FREE,
    SITES,
    TYPED_KEYS,
    TYPED_KEYS_FREE,
    Change,
)
from newslint.generators.key_problem import KeyProblem, kind_name, title_problems
from newslint.generators.target import Version
from newslint.generators.yaml.goccy_scalars import resolve

DATE_KEYS = frozenset(
    ("date", "lastmod", "modified", "publishdate", "pubdate", "published", "expirydate",
     "unpublishdate")
)  # fmt: skip
"""The keys that are read as dates, in lower case; older versions ignore one that is none."""

_FORMATS = frozenset(
    ("html", "json", "amp", "calendar", "css", "csv", "robots", "rss", "sitemap",
     "webappmanifest", "markdown")
)  # fmt: skip
_PROGRAMS = {
    "rst": "rst2html", "asciidoc": "Asciidoctor", "asciidocext": "Asciidoctor",
    "adoc": "Asciidoctor", "ad": "Asciidoctor", "pandoc": "Pandoc", "pdc": "Pandoc",
}  # fmt: skip
_MARKUPS = frozenset(("", "md", "markdown", "mdown", "goldmark", "html", "htm", "org"))
_MARKUP_TYPES = frozenset(("text/markdown", "text/html", "text/org"))
_ATTRIBUTE = lazy.pattern(r":(\w+)")
_ATTRIBUTES = frozenset(
    ("year", "month", "monthname", "day", "weekday", "weekdayname", "yearday", "section",
     "sections", "sectionslug", "sectionslugs", "title", "slug", "slugorfilename",
     "slugorcontentbasename", "filename", "contentbasename")
)  # fmt: skip
_NUMBER = lazy.pattern(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\Z")
TRUE_WORDS = ("1", "t", "T", "true", "TRUE", "True")
FALSE_WORDS = ("0", "f", "F", "false", "FALSE", "False")
_PATH_KEYS = frozenset(("path", "lang", "kind"))
_KINDS = ("home", "section")
"""Kinds of pages that are written elsewhere."""


class _Page(NamedTuple):
    """Front matter by its keys in lower case, and the version that reads it."""

    values: Mapping[str, tuple[str, object]]
    version: Version | None

    def problem(
        self, name: str, message: str, *changes: Change, effect: Effect = Effect.SITE_DIES
    ) -> KeyProblem:
        """Return what a key does, since the changes named; the first of them is reported."""
        key = self.values[name][0]
        told = changes[0].named(message, self.version) if changes else message
        return KeyProblem(key, "reserved", effect, told)

    def wrong_type(self, name: str, wanted: str, *changes: Change) -> KeyProblem:
        """Return a value of another type than Hugo wants."""
        key, value = self.values[name]
        message = msg(
            "{key} is a reserved key; its value is {kind}, and must be {wanted}",
            key=key, kind=kind_name(value), wanted=wanted,
        )  # fmt: skip
        return self.problem(name, message, *changes)._replace(kind="type")


def problems(data: Mapping[str, object], version: Version | None) -> Iterator[KeyProblem]:
    """Yield the keys that break the build, or the post, in a version that is meant."""
    page = _Page({key.lower(): (key, value) for key, value in data.items()}, version)
    yield from title_problems(data)
    for name in page.values.keys() & _CHECKS.keys():
        yield from _CHECKS[name](page, page.values[name][1])
    if PATH_KEYS.may_hold(version) and False in PATH_KEYS_FREE.in_force(version):
        for name in page.values.keys() & _PATH_KEYS:
            message = msg(
                "{key} is a reserved key of Hugo 0.{first} to 0.{last}",
                key=page.values[name][0], first=PATH_KEYS.since, last=PATH_KEYS_FREE.without,
            )  # fmt: skip
            yield page.problem(name, message)


def typed_keys(keys: Iterable[str], version: Version | None) -> Iterator[KeyProblem]:
    """Yield the unquoted keys of YAML that are no text to a version that is meant."""
    if not TYPED_KEYS.may_hold(version) or False not in TYPED_KEYS_FREE.in_force(version):
        return
    for key in keys:
        if isinstance(resolve(key), (bool, float)):
            message = msg(
                "put the key {key} in quotes; Hugo 0.{minor} stops the build at it",
                key=key[:40], minor=TYPED_KEYS.since,
            )  # fmt: skip
            yield KeyProblem(key, "reserved", Effect.SITE_DIES, message)


def _old_build(page: _Page, value: object) -> Iterator[KeyProblem]:
    if OLD_BUILD.may_hold(page.version):
        yield page.problem("_build", msg("_build was replaced by build"), OLD_BUILD)
    elif value is not None and not isinstance(value, Mapping):
        yield page.wrong_type("_build", msg("a mapping"))


def _build(page: _Page, value: object) -> Iterator[KeyProblem]:
    if PAGES.may_hold(page.version) and value is not None:
        if not isinstance(value, Mapping):
            yield page.wrong_type("build", msg("a mapping"), PAGES)
        elif not _is_flag(_lower(value).get("publishresources")):
            message = msg("build.publishResources must be true or false")
            yield page.problem("build", message, PAGES)


def _params(page: _Page, value: object) -> Iterator[KeyProblem]:
    if not PAGES.may_hold(page.version) or isinstance(value, Mapping):
        return
    if value is None:
        if False in EMPTY_PARAMS.in_force(page.version):
            yield page.problem("params", msg("params is empty, and must be a mapping"))
    else:
        yield page.wrong_type("params", msg("a mapping"), PAGES)


def _cascade(page: _Page, value: object) -> Iterator[KeyProblem]:
    is_strict = CASCADE_LATE.may_hold(page.version) or (
        CASCADE.may_hold(page.version) and False in CASCADE_WITHOUT.in_force(page.version)
    )
    if is_strict and value is not None and not isinstance(value, (Mapping, list)):
        yield page.wrong_type("cascade", msg("a mapping or a list of mappings"), CASCADE)
    for one in value if isinstance(value, list) else [value]:
        inner = _lower(one) if isinstance(one, Mapping) else {}
        target = inner.get("target", inner.get("_target"))
        lang = _lower(target).get("lang") if isinstance(target, Mapping) else None
        if lang and CASCADE_LANG.may_hold(page.version):
            message = msg("cascade.target.lang was replaced by cascade.target.sites.matrix")
            yield page.problem("cascade", message, CASCADE_LANG)
        if is_strict:
            yield from _cascade_level(page, inner)


def _cascade_level(page: _Page, inner: Mapping[str, object]) -> Iterator[KeyProblem]:
    for name in ("target", "build"):
        if inner.get(name) is not None and not isinstance(inner[name], Mapping):
            message = msg("cascade.{name} must be a mapping", name=name)
            yield page.problem("cascade", message, CASCADE)
    for name in sorted(_PATH_KEYS & inner.keys()):
        message = msg("cascade must not set {name}", name=name)
        yield page.problem("cascade", message, CASCADE)
    if "_build" in inner and OLD_BUILD.may_hold(page.version):
        yield page.problem("cascade", msg("_build was replaced by build"), OLD_BUILD)


def _kind(page: _Page, value: object) -> Iterator[KeyProblem]:
    if not KIND.may_hold(page.version) or False not in KIND_FREE.in_force(page.version):
        return
    name = "" if value is None else str(value).lower()
    if name not in ("", "page"):
        effect = Effect.SKIPPED if name in _KINDS else Effect.SITE_DIES
        message = msg(
            "kind must be page in Hugo 0.{first} to 0.{last}",
            first=KIND.since, last=KIND_FREE.without,
        )  # fmt: skip
        yield page.problem("kind", message, effect=effect)


def _sites(page: _Page, value: object) -> Iterator[KeyProblem]:
    if SITES.may_hold(page.version) and value is not None:
        if not isinstance(value, Mapping):
            yield page.wrong_type("sites", msg("a mapping"), SITES)
            return
        for name, inner in _lower(value).items():
            is_known = name in ("matrix", "complements")
            if is_known and inner is not None and not isinstance(inner, Mapping):
                message = msg("sites.{name} must be a mapping", name=name)
                yield page.problem("sites", message, SITES)


def _sitemap(page: _Page, value: object) -> Iterator[KeyProblem]:
    if not PAGES.may_hold(page.version) or not isinstance(value, Mapping):
        return
    inner = _lower(value)
    priority = inner.get("priority")
    if isinstance(priority, (list, Mapping)) or (
        isinstance(priority, str) and not _NUMBER.match(priority)
    ):
        yield page.problem("sitemap", msg("sitemap.priority must be a number"), PAGES)
    if not _is_flag(inner.get("disable")):
        yield page.problem("sitemap", msg("sitemap.disable must be true or false"), PAGES)
    for key in ("filename", "changefreq"):
        if isinstance(inner.get(key), (list, Mapping)):
            yield page.problem("sitemap", msg("sitemap.{key} must be a text", key=key), PAGES)


def _markup(page: _Page, value: object) -> Iterator[KeyProblem]:
    if value is None or isinstance(value, (list, Mapping)):
        return
    name = str(value).lower()
    program = _PROGRAMS.get(name)
    if program is not None:
        message = msg(
            "markup requires the program {program}, which is not allowed", program=program
        )
        yield page.problem("markup", message)
    elif PAGES.may_hold(page.version) and name not in _MARKUPS | _MARKUP_TYPES:
        message = msg("markup is not a language that Hugo renders: {name}", name=name[:40])
        yield page.problem("markup", message, PAGES)


def _url(page: _Page, value: object) -> Iterator[KeyProblem]:
    if not isinstance(value, str):
        return
    if value.startswith("http") and "://" in value:
        message = msg("url must be a path on this site, not a full URL")
        yield page.problem("url", message)
        return
    unknown = next((one[1] for one in _ATTRIBUTE.finditer(value) if _is_unknown(one[1])), None)
    if unknown is not None and PAGES.may_hold(page.version):
        message = msg("url contains :{name}, which has no value", name=unknown[:40])
        yield page.problem("url", message, PAGES)


def _is_unknown(attribute: str) -> bool:
    """Whether ``:name`` is no attribute; numbers are layouts of dates."""
    return attribute.lower() not in _ATTRIBUTES and not attribute[0].isdigit()


def _aliases(page: _Page, value: object) -> Iterator[KeyProblem]:
    for alias in value if isinstance(value, list) else [value]:
        if not isinstance(alias, str) or not alias:
            continue
        if alias.startswith(("http://", "https://")):
            message = msg("an alias must be a path on this site, not a full URL")
            yield page.problem("aliases", message)
        elif _is_root(alias):
            yield page.problem("aliases", msg("an alias must not be the root of the site"))


def _is_root(alias: str) -> bool:
    """Whether an alias leads to the root: absolute, or out of the page's folder ``posts``."""
    depth = 0 if alias.startswith("/") else 1
    parts = [part for part in alias.split("/") if part not in ("", ".")]
    for part in parts:
        depth = max(depth - 1, 0) if part == ".." else depth + 1
    return depth == 0


def _outputs(page: _Page, value: object) -> Iterator[KeyProblem]:
    if value is None or value == "" or isinstance(value, Mapping):
        return
    formats = [str(name).lower() for name in (value if isinstance(value, list) else [value])]
    unknown = [name for name in formats if name not in _FORMATS]
    if unknown:
        message = msg("outputs contains an unknown format: {unknown}", unknown=unknown[0][:40])
        yield page.problem("outputs", message)
    elif formats and "html" not in formats:
        message = msg("outputs does not contain html, so the post has no page")
        yield page.problem("outputs", message, effect=Effect.SKIPPED)


def _published(page: _Page, value: object) -> Iterator[KeyProblem]:
    if value is None:
        message = msg("published is empty, which hides the post")
        yield KeyProblem(page.values["published"][0], "type", Effect.SKIPPED, message)


_CHECKS = {
    "_build": _old_build, "build": _build, "params": _params, "cascade": _cascade,
    "kind": _kind, "sites": _sites, "sitemap": _sitemap, "markup": _markup, "url": _url,
    "aliases": _aliases, "outputs": _outputs, "published": _published,
}  # fmt: skip


def _lower(value: Mapping[object, object]) -> dict[str, object]:
    return {str(key).lower(): one for key, one in value.items()}


def _is_flag(value: object) -> bool:
    """Return whether Hugo takes a value for true or false."""
    return (
        value is None or isinstance(value, (bool, int)) or value in ("", *TRUE_WORDS, *FALSE_WORDS)
    )
