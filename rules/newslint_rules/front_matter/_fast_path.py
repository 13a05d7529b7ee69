"""Front matter that is as most is, of which many rules have nothing to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newslint import reserved_keys

if TYPE_CHECKING:
    from newslint import Post

_SIGNS = ("<", "&", "\\", "..", "ttp:", "TTP:")
"""What markup, addresses and paths that rules are about have in them, or a way to write them."""


def is_uncommon(post: Post) -> bool:
    """Whether a post may lack front matter that every target reads, between fences as all use them.

    Where it was read line by line it is there, it is not empty, and it parses.
    """
    header = post.front_matter
    return header is None or not header.simple


def is_unusual(post: Post) -> bool:
    """Whether front matter that parses may have anything that the rules with this applies_to speak
    of.

    It has not where the schema and the target have nothing to say of it, all its keys are the usual
    ones, none of its values and items is empty, and no markup and no odd address is in it.
    """
    header = post.front_matter
    # Of usual keys no target has anything to say.
    if (
        header is None
        or not header.simple
        or not reserved_keys.is_usual(header.data)
        or post.schema_errors
    ):
        return True
    data, text = header.data, header.text
    if not data["title"] or not data.get("date"):
        return True
    for name in ("categories", "tags"):
        items = data.get(name, ())
        if items.__class__ is str or "" in items:
            return True
    if post.target.name == "jekyll" and "?" in text:
        return True
    for sign in _SIGNS:  # noqa: SIM110  (any() takes three times as long)
        if sign in text:
            return True
    return False
