"""Switches in front matter that hide a post, and those that a target does not read."""

from __future__ import annotations

from collections.abc import Mapping

from newslint.core.messages import msg
from newslint.generators.target import GENERATORS

_YES = (True, 1, "true", "yes", "on", "1")

_NO = (False, 0, "false", "no", "off", "0")


def hides(data: Mapping[str, object], target: str) -> bool:
    """Whether the target leaves the post out because its front matter says so, its date apart."""
    published, draft = data.get("published", True), data.get("draft")
    if target == "hexo":
        return published is not None and (not published or published in ("false", "0"))
    if target == "jekyll":
        return published is False or published is None
    if target == "hugo":
        build = data.get("_build")
        render = build.get("render", True) if isinstance(build, Mapping) else True
        return _go_true(draft) or published in _GO_FALSE or render in (False, "never", "link")
    return target == "eleventy" and data.get("permalink") is False


_GO_FALSE = (None, False, 0, "0", "f", "F", "false", "FALSE", "False")


def _go_true(value: object) -> bool:
    """Go's ``cast.ToBool``: a number that is not 0, or a text that says true."""
    if isinstance(value, str):
        return value in ("1", "t", "T", "true", "TRUE", "True")
    return bool(value) and isinstance(value, (bool, int))


def hiding_key(data: Mapping[str, object], target: str) -> str | None:
    """The key that asks the target to leave the post out, which it does; None where none does."""
    if not hides(data, target):
        return None
    candidates = ("permalink",) if target == "eleventy" else ("published", "draft")
    if target == "hugo":
        candidates = ("draft",) if _go_true(data.get("draft")) else ("published", "_build")
    return next((key for key in candidates if key in data), None)


def ignored_switches(data: Mapping[str, object], target: str) -> list[tuple[str, str]]:
    """The switches that ask to hide the post, though the target publishes it: key, and why."""
    if target not in GENERATORS or hides(data, target):
        return []
    found = []
    if _says(data.get("draft"), _YES):
        found.append(("draft", msg("the post is published, since draft is ignored")))
    if "published" in data and _says(data["published"], _NO):
        found.append(("published", msg("the post is published")))
    return found


def _says(value: object, words: tuple[object, ...]) -> bool:
    value = value.lower() if isinstance(value, str) else value
    return isinstance(value, (bool, int, str)) and value in words
