"""Front matter settings that hide a post, and those that a target ignores."""

from __future__ import annotations

from collections.abc import Mapping

from newslint.core.messages import msg
from newslint.generators.hugo_changes import DATES, PAGES
from newslint.generators.hugo_hiding import hiding_keys
from newslint.generators.target import GENERATORS, Version

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
        return all(hiding_keys(data, version))
    return target == "eleventy" and data.get("permalink") is False


def hiding_key(
    data: Mapping[str, object], target: str, version: Version | None = None
) -> str | None:
    """The key that asks the target to leave the post out, which it does; None where none does."""
    if not hides(data, target, version):
        return None
    if target == "hugo":
        return hiding_keys(data, version)[-1][0]
    return "permalink" if target == "eleventy" else "published"


def ignored_switches(
    data: Mapping[str, object], target: str, version: Version | None = None
) -> list[tuple[str, str]]:
    """The switches that ask to hide the post, though the target publishes it: key, and why."""
    if target not in GENERATORS or hides(data, target, version):
        return []
    found = _of_some_versions(data, version) if target == "hugo" else []
    told = {key for key, _ in found}
    if "draft" not in told and _says(data.get("draft"), _YES):
        found.append(("draft", msg("the post is published, since draft is ignored")))
    is_date = target == "hugo" and DATES.may_hold(version)
    if "published" in data.keys() - told and not is_date and _says(data["published"], _NO):
        found.append(("published", msg("the post is published")))
    return found


def _of_some_versions(data: Mapping[str, object], version: Version | None) -> list[tuple[str, str]]:
    """Return the switches that some versions of Hugo obey and others do not."""
    older, *newer = hiding_keys(data, version)
    words = msg("the post is published")
    found = [
        (key, PAGES.named(words, version))
        for key in older
        if any(key not in keys for keys in newer)
        and key.lower() != "published"  # a date, which stops the build
    ]
    gained = dict.fromkeys(key for keys in newer for key in keys if key not in older)
    found += [(key, PAGES.named(words, version, with_it=False)) for key in gained]
    if not found and _says(data.get("draft"), _YES):
        value = data["draft"]
        found.append(("draft", msg("the post is published, since {value} is text", value=value)))
    return found


def _says(value: object, words: tuple[object, ...]) -> bool:
    value = value.lower() if isinstance(value, str) else value
    return isinstance(value, (bool, int, str)) and value in words
