"""The tags that Hexo adds to Nunjucks, by version (``plugins/tag/index.js``, 5.4.2 to 8.1.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from newslint.core import lazy
from newslint.core.messages import msg

NEVER = 99
"""A version that does not exist yet."""


@dataclass(frozen=True, slots=True)
class HexoTag:
    """A tag: whether it has an end tag, and how many arguments it needs to do anything.

    ``since`` and ``until`` are the major versions that have it, both included; from the version
    ``parses`` on its arguments are read as addresses.
    """

    block: bool = False
    needs: int = 0
    since: int = 5
    until: int = 8
    parses: int = NEVER


_BLOCK = HexoTag(block=True)
_CODE = HexoTag(block=True, parses=8)
_NAMED = HexoTag(needs=1)
_LINKED = HexoTag(needs=1, parses=5)
_UNTIL_6 = HexoTag(needs=1, until=6)
_SINCE_7 = HexoTag(needs=1, since=7, parses=7)

TAGS: dict[str, HexoTag] = {
    **dict.fromkeys(("quote", "blockquote", "pullquote"), _BLOCK),
    **dict.fromkeys(("code", "codeblock"), _CODE),
    **dict.fromkeys(("iframe", "img", "image", "a", "link", "anchor"), _LINKED),
    **dict.fromkeys(("include_code", "post_path", "post_link"), _NAMED),
    **dict.fromkeys(("asset_path", "asset_link", "asset_img", "asset_image"), _NAMED),
    **dict.fromkeys(("gist", "jsfiddle", "youtube", "vimeo"), _UNTIL_6),
    **dict.fromkeys(("url_for", "full_url_for"), _SINCE_7),
}

_ADDRESS = lazy.pattern(r"[A-Za-z][A-Za-z0-9+.-]*+://(?P<host>[^/?#\\]*+)(?P<path>[^?#]*+)")
_PORT = lazy.pattern(r":(?P<port>[0-9]*+)\Z")
_NO_HOST = lazy.pattern(r"[\x00-\x20<>@\[\]^|%:\\]")
_BAD_PERCENT = lazy.pattern(r"%(?![0-9A-Fa-f]{2})")
_NUMBERS = lazy.pattern(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")


def tag(name: str, version: int) -> HexoTag | None:
    """Return the tag of that name in a version, or None: Nunjucks then stops the build."""
    found = TAGS.get(name)
    return found if found and found.since <= version <= found.until else None


def failure(name: str, arguments: Sequence[str], version: int) -> str | None:
    """Return why the tag stops the build when it is given these arguments; None if it does not."""
    if name == "post_link" and version >= 6:
        if not arguments:
            return msg("“post_link” requires the name of a post")
        return msg("unless the site has a post “{arguments}”", arguments=arguments[0][:60])
    found = tag(name, version)
    if found and version >= found.parses:
        bad = next((text for text in arguments if is_bad_address(text, version)), None)
        if bad is not None:
            return msg("“{bad}” is not a URL", bad=bad[:60])
    return None


def is_bad_address(address: str, version: int) -> bool:
    """Return whether an address with ``://`` is one that ``new URL()`` throws on (WHATWG URL, 4.4).

    Hexo builds links, images and frames by it, and does not catch the error; Hexo 8 does not
    catch that of ``decodeURI`` either.
    """
    match = _ADDRESS.match(address)
    if match is None:
        return False
    if version >= 8 and not _decodes(match["path"]):
        return True
    host = match["host"].rpartition("@")[2]
    port = _PORT.search(host)
    if port:
        host = host[: port.start()]
        if port["port"] and int(port["port"][:6]) > 65_535:
            return True
    if host.startswith("[") and host.endswith("]"):
        return re.fullmatch(r"\[[0-9A-Fa-f:.]+\]", host) is None
    numbers = _NUMBERS.fullmatch(host)
    if numbers:
        return any(int(number) > 255 for number in host.split("."))
    return _NO_HOST.search(host) is not None


def _decodes(path: str) -> bool:
    if _BAD_PERCENT.search(path):
        return False
    try:
        unquote(path, errors="strict")
    except UnicodeDecodeError:
        return False
    return True
