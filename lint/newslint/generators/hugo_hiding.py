"""Keys that keep Hugo from writing a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newslint.generators.hugo_changes import DATES, PAGES
from newslint.generators.hugo_keys import FALSE_WORDS, TRUE_WORDS
from newslint.generators.target import Version

_NO = (None, False, 0, *FALSE_WORDS)


def ways(version: Version | None) -> Iterator[tuple[bool, bool]]:
    """Yield whether `PAGES` and `DATES` are in force, for each way to read that may be meant."""
    for new in PAGES.in_force(version):
        for dated in DATES.in_force(version):
            if new or not dated:
                yield new, dated


def hiding_keys(data: Mapping[str, object], version: Version | None) -> list[tuple[str, ...]]:
    """The keys that keep a page from being written, for each way to read that may be in force.

    The older way comes first.
    """
    values = {key.lower(): (key, value) for key, value in data.items()}

    def value(name: str) -> object:
        return values.get(name, (name, None))[1]

    found = []
    for new, dated in ways(version):
        hiding = {"draft": _is_true(value("draft"))}
        for name in ("_build", "build") if new else ("_build",):
            hiding[name] = _unrendered(value(name))
        if new:
            hiding["headless"] = _is_true(value("headless"))
        if "published" in values:
            hidden = (None,) if dated else _NO
            hiding["published"] = value("published") in hidden
        found.append(tuple(values[name][0] for name, is_so in hiding.items() if is_so))
    return found


def is_unbuilt(data: Mapping[str, object], version: Version | None = None) -> bool:
    """Return whether the front matter may keep a page out of the build, so that no link finds it.

    A page that is built and not written is found.
    """
    return any(key.lower() not in _UNWRITTEN for keys in hiding_keys(data, version) for key in keys)


_UNWRITTEN = frozenset({"_build", "build", "headless"})


def _unrendered(build: object) -> bool:
    return isinstance(build, Mapping) and build.get("render", True) in (False, "never", "link")


def _is_true(value: object) -> bool:
    """Go's ``cast.ToBool``: a number that is not 0, or a text that says true."""
    if isinstance(value, str):
        return value in TRUE_WORDS
    return bool(value) and isinstance(value, (bool, int))
