"""The content that Hugo refuses, which ends the complete build: ``security.allowContent``.

Measured: HTML is refused by Hugo 0.162 and later, Org by 0.166 and later, unless the configuration
allows it. A list of its own allows what it names and nothing else, Markdown included; with
``! `` before a pattern it refuses what the pattern names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newslint.core.messages import msg
from newslint.generators.hugo.content import MEDIA_TYPES
from newslint.generators.hugo.patterns import regex
from newslint.generators.hugo.versions import Versions
from newslint.generators.site.parsing import section, texts

_SINCE = {"text/html": 162, "text/org": 166}
_LISTS_SINCE = 162


def refused(values: Mapping[str, Any], versions: Versions) -> dict[str, str]:
    """Return the suffixes that some version of Hugo which may build the site refuses, and why."""
    stated = section(values, "security")
    if "allowcontent" not in stated:
        return {
            suffix: msg(
                "Hugo 0.{minor} and later refuse {kind} in the content folder and stop the"
                " build; allow it with security.allowContent, or write Markdown",
                minor=since,
                kind=kind,
            )
            for suffix, kind in MEDIA_TYPES.items()
            if (since := _SINCE.get(kind)) is not None and versions.since(since) is not False
        }
    if versions.since(_LISTS_SINCE) is False:
        return {}
    patterns = [one.strip() for one in texts(stated["allowcontent"]) if one.strip()]
    return {
        suffix: msg(
            "security.allowContent does not allow {kind}; Hugo 0.{minor} and later stop the build",
            kind=kind,
            minor=_LISTS_SINCE,
        )
        for suffix, kind in MEDIA_TYPES.items()
        if not _accepts(patterns, kind)
    }


def _accepts(patterns: list[str], kind: str) -> bool:
    """Whether a list lets a media type through; a pattern that is not known lets all through."""
    if not patterns or "none" in patterns:
        return False
    denied = [regex(one[2:]) for one in patterns if one.startswith("! ")]
    allowed = [regex(one) for one in patterns if not one.startswith("! ")]
    if any(match is not None and match(kind) for match in denied):
        return False
    return not allowed or any(match is None or match(kind) for match in allowed)
