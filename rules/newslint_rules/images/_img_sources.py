"""Where an image comes from: the attributes of an ``<img>`` that say so, and edits of its tag."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from newslint import lazy

if TYPE_CHECKING:
    from lxml import etree


_SILENT = frozenset({"no-referrer", "same-origin"})
"""Policies by which an image of another site is fetched without a Referer."""

LAZY = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-actualsrc",
    "data-lazy",
    "data-lazyload",
    "data-original-src",
    "data-croporisrc",
    "data-backsrc",
    "data-actual-src",
    "data-real-src",
    "data-img-src",
    "data-imgsrc",
    "data-image-src",
    "data-cfsrc",
    "data-echo",
    "data-url",
    "data-hi-res-src",
    "data-large-file",
    "data-orig-file",
    "data-ks-lazyload",
    "lazy-src",
    "lazyload",
    "real_src",
    "_src",
    "original",
    "zoomfile",
    "file",
)
"""Attributes in which scripts for lazy loading keep an image's address, the likeliest first."""

LAZY_SETS = ("data-srcset", "data-lazy-srcset", "data-original-set")
"""The same for a list of addresses, as in ``srcset``."""

_EVERY_LAZY = frozenset((*LAZY, *LAZY_SETS))

_LAZY_SIGNS = ("data-", "lazy", "_src", "original", "file")
"""One of these is in each of the names."""

_EDGES = "".join(map(chr, range(0x21)))
_NOT_AN_ADDRESS = lazy.pattern(
    r"[\[{<]|(?:true|false|null|undefined|none|[0-9]*+)\Z", re.IGNORECASE
)
_NOTHING = lazy.pattern(
    r"(?:#.*|(?:about|blob|cid|javascript):.*|data:,?)?\Z", re.IGNORECASE | re.DOTALL
)
_BETWEEN = lazy.pattern(r",[ \t\r\n\f]++|(?<![ \t\r\n\f])[ \t\r\n\f]++[0-9.]++[wx][ \t\r\n\f]*+,")
"""What is between two addresses of a ``srcset``; each run of spaces is looked at once."""
SCHEME = lazy.pattern(r"[a-z][a-z0-9+.-]*+:", re.IGNORECASE)


def is_silent(img: etree._Element) -> bool:
    """Return whether an ``<img>`` that shows an image of another site sends that one no Referer."""
    return (img.get("referrerpolicy") or "").lower() in _SILENT


def tidy(value: str | None) -> str:
    """An address as a browser reads it: no white space around it, no line ends or tabs in it."""
    if not value:
        return ""
    value = value.strip(_EDGES)
    if "\n" in value or "\t" in value or "\r" in value:
        value = value.translate({9: None, 10: None, 13: None})
    return value


def is_nothing(address: str) -> bool:
    """Return whether a tidy address shows no image: empty, ``#``, ``about:blank`` …"""
    return address[:4].lower() != "http" and _NOTHING.match(address) is not None


def candidates(srcset: str | None) -> list[str]:
    """Return the addresses of a ``srcset``."""
    found = []
    for part in _BETWEEN.split(srcset or ""):
        words = part.split()
        if words and not is_nothing(words[0].strip(",")):
            found.append(words[0].strip(","))
    return found


def attributes_of(img: etree._Element) -> Mapping[str, str]:
    """Return the attributes of an element as text."""
    return {str(name): str(value) for name, value in img.attrib.items()}


def may_be_lazy(text: str) -> bool:
    """Return whether the attributes of some tags, as one text, may be for lazy loading."""
    for sign in _LAZY_SIGNS:  # noqa: SIM110  (any() takes three times as long)
        if sign in text:
            return True
    return False


def lazy_source(
    attributes: Mapping[str, str], more: tuple[str, ...] = ()
) -> tuple[str, str] | None:
    """Return the attribute for lazy loading of an image that contains an address, and that address.

    ``more`` are names to look at before those that are known.
    """
    if not more and _EVERY_LAZY.isdisjoint(attributes):
        return None
    for name in (*more, *LAZY):
        address = tidy(attributes.get(name))
        if address and not is_nothing(address) and not _NOT_AN_ADDRESS.match(address):
            if "." in address or "/" in address:
                return name, address
    for name in LAZY_SETS:
        if found := candidates(attributes.get(name)):
            return name, found[0]
    return None


def fetched(img: etree._Element) -> str:
    """Return the address that is fetched for an image, tidy; empty where nothing is.

    ``src``, else the first of ``srcset``, else what a lazy-loading script would put there, else
    the first source of the ``<picture>`` around it. Inline images (``data:``) fetch nothing.
    """
    src = tidy(img.get("src"))
    if not is_nothing(src) and src[:5].lower() != "data:":
        return src
    if found := candidates(img.get("srcset")):
        return found[0]
    if hidden := lazy_source(attributes_of(img)):
        return hidden[1]
    parent = img.getparent()
    while parent is not None and parent.tag == "source":
        parent = parent.getparent()  # libxml2 takes a <source> for a container.
    if parent is not None and parent.tag == "picture":
        for source in parent.iter("source"):
            if found := candidates(source.get("srcset")):
                return found[0]
    return ""


@lru_cache(maxsize=256)
def certain(src: str | None) -> str:
    """Return what `fetched` gives for an ``<img>`` with this ``src``, wherever it is.

    Empty where that is not certain. Kept, since each rule asks for each image of a few posts.
    """
    return src if src and src[:4] == "http" and src[-1] > " " and src.isprintable() else ""
