"""The gems of a Gemfile that Jekyll loads by itself: those of the group ``jekyll_plugins``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from newslint.core import lazy
from newslint.generators.site.settings import inside

_GEM = lazy.pattern(
    r"""(?:^|[{;(\s])gem[ \t(]+(?:(['"])(?P<name>[\w.-]++)\1)?(?P<rest>[^\n;}]*+)"""
)
_PATH = lazy.pattern(r"""(?:\bpath:|:path\s*=>)\s*(['"])(?P<path>[^'"]++)\1""")
_COMMENT = lazy.pattern(r"(?:^|\s)#.*")
_OPENS = lazy.pattern(r"(?:if|unless|case|begin|while|until|def)\b|.*\bdo\b\s*(?:\|[^|]*\|)?\s*\Z")
_GROUP = lazy.pattern(r"group\b.*\bjekyll_plugins\b")
_PLUGINS = "jekyll_plugins"
_LINE_LIMIT = 2_000


class Gemfile(NamedTuple):
    """What a Gemfile says: the gems that are loaded, and the folders of gems in the site itself.

    ``is_open`` says that it may load others, by code that is not read.
    """

    gems: tuple[str, ...]
    paths: Mapping[str, str]
    is_open: bool


def read(text: str) -> Gemfile:
    """Return what a Gemfile says."""
    gems: list[str] = []
    paths: dict[str, str] = {}
    is_open = False
    groups = [False]
    for line in text.splitlines()[:_LINE_LIMIT]:
        code = _COMMENT.sub("", line).strip()
        is_group = _GROUP.match(code) is not None
        for gem in _GEM.finditer(code):
            loaded = groups[-1] or is_group or _PLUGINS in gem["rest"]
            if gem["name"] is None:
                is_open |= loaded
                continue
            if loaded:
                gems.append(gem["name"])
            place = _PATH.search(gem["rest"])
            if place is not None and (folder := inside(place["path"])):
                paths[gem["name"]] = folder
        is_open |= code.startswith("eval_gemfile")
        if code == "end" and len(groups) > 1:
            groups.pop()
        elif _OPENS.match(code) and not code.endswith(" end"):
            groups.append(groups[-1] or is_group)
    return Gemfile(tuple(gems), paths, is_open)
