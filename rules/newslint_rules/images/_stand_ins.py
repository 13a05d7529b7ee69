"""What is in a page in place of an image until a script loads the real one."""

from __future__ import annotations

import re
from collections import defaultdict
from urllib.parse import unquote

from newslint import Post, lazy
from newslint_rules.images import _img_sources

_NO_NAME = frozenset({"undefined", "null", "nan", "none", "[object object]"})
"""What scripts print for a value that does not exist (ECMA-262, ToString), and Python's None."""

_NAMES = (  # noqa: SIM905
    "1x1 blank dot empty grey gray lazy lazyload loadimg load-img loading pixel placeholder"
    " place-holder spacer transparent trans white"
).split()
_NAMED = lazy.pattern(
    r"\.(?=(?:gif|png|jpe?g|svg|webp)(?:[?#]|\Z))"
    rf"(?:{'|'.join(rf'(?<=[/_.-]{name}[.])' for name in _NAMES)})",
    re.IGNORECASE,
)
"""Begins with a sign that an address has few of: then it is found twice as fast."""
_DEFAULT = lazy.pattern(r"[_-]default\.(?:gif|png|jpe?g|svg|webp)(?:[?#]|\Z)", re.IGNORECASE)


def is_no_name(address: str) -> bool:
    """Return whether the last part of an address is what a script prints for a missing value."""
    if address[-1:] not in "dDlLnNeE]5":
        return False
    return unquote(re.split(r"[?#]", address, maxsplit=1)[0]).rpartition("/")[2].lower() in _NO_NAME


def is_named(address: str, *, lazy_loaded: bool = False) -> bool:
    """Return whether an address has the name of a placeholder.

    ``lazy_loaded`` says that the real address is known, so that weaker names count.
    """
    if _NAMED.search(f"/{address}"):
        return True
    return lazy_loaded and (address[:5].lower() == "data:" or _DEFAULT.search(address) is not None)


def shared(post: Post) -> frozenset[str]:
    """The addresses that several images of a post have as ``src`` and that differ otherwise."""
    return post.once(_shared)


def is_shared(address: str, post: Post) -> bool:
    """Return whether an address is among those that are `shared`."""
    # Most are in a body once at most, and few are written with references.
    is_repeated = post.attribute_text.count(address) > 1 or "&" in address
    return is_repeated and address in shared(post)


def _shared(post: Post) -> frozenset[str]:
    if not _img_sources.may_be_lazy(post.attribute_text):
        return frozenset()
    images = post.tags("img")
    if len(images) < 2:
        return frozenset()
    hidden: dict[str, set[str]] = defaultdict(set)
    for image in images:
        attributes = image.attributes
        found = _img_sources.lazy_source(attributes)
        src = _img_sources.tidy(attributes.get("src"))
        if found is not None and src and found[1] != src:
            hidden[src].add(found[1])
    return frozenset(src for src, addresses in hidden.items() if len(addresses) > 1)
