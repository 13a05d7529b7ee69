"""The tags that Hexo adds to Nunjucks, by version (``plugins/tag/index.js``, 5.4.2 to 8.1.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HexoTag:
    """A tag: whether it has an end tag, and how many arguments it needs to do anything.

    ``since`` and ``until`` are the major versions that have it, both included.
    """

    block: bool = False
    needs: int = 0
    since: int = 5
    until: int = 8


_BLOCK = HexoTag(block=True)
_NEEDS_ONE = HexoTag(needs=1)
_UNTIL_6 = HexoTag(needs=1, until=6)
_SINCE_7 = HexoTag(needs=1, since=7)

TAGS: dict[str, HexoTag] = {
    "quote": _BLOCK, "blockquote": _BLOCK, "code": _BLOCK, "codeblock": _BLOCK,
    "pullquote": _BLOCK,
    "iframe": _NEEDS_ONE, "img": _NEEDS_ONE, "image": _NEEDS_ONE, "include_code": _NEEDS_ONE,
    "a": _NEEDS_ONE, "link": _NEEDS_ONE, "anchor": _NEEDS_ONE, "post_path": _NEEDS_ONE,
    "post_link": _NEEDS_ONE, "asset_path": _NEEDS_ONE, "asset_link": _NEEDS_ONE,
    "asset_img": _NEEDS_ONE, "asset_image": _NEEDS_ONE,
    "gist": _UNTIL_6, "jsfiddle": _UNTIL_6, "youtube": _UNTIL_6, "vimeo": _UNTIL_6,
    "url_for": _SINCE_7, "full_url_for": _SINCE_7,
}  # fmt: skip


def tag(name: str, version: int) -> HexoTag | None:
    """The tag of that name in a version, or None: Nunjucks then stops the build."""
    found = TAGS.get(name)
    return found if found and found.since <= version <= found.until else None


def fails(name: str, arguments: Sequence[str], version: int) -> bool:
    """Whether the tag stops the build for want of arguments."""
    return name == "post_link" and version >= 6 and not arguments
