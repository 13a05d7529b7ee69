"""Texts for messages: the kind of a value, expected values, and suggestions."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from newslint.core.messages import join_or, msg

LONGEST = 60
"""Maximum code points of a value in a message."""


def kind_of(value: object) -> str:
    """Return the kind of a value, to follow *is*: ``a list``."""
    if value is None:
        return msg("empty")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return msg("a number")
    if isinstance(value, str):
        return msg("text")
    if isinstance(value, (datetime.date, datetime.time)):
        return msg("a date")
    if isinstance(value, dict):
        return msg("a mapping of keys to values")
    return msg("a list") if isinstance(value, (list, tuple)) else msg("another type")


def alternatives(expected: str) -> str:
    """Return pydantic's list of choices, ``'a', 'b' or 'c'``, as a translatable message."""
    before, found, last = expected.rpartition(" or ")
    return join_or([*before.split(", "), last]) if found else expected


def shown(value: object) -> str:
    """Return a value for a message: cut, on one line, with active characters escaped."""
    if isinstance(value, (bool, int, float)):
        return str(value).lower()[:LONGEST]
    text = str(value)
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:LONGEST])
    return repr(text + "…" if len(str(value)) > LONGEST else text)


def name_of(path: Iterable[str | int]) -> str:
    """Return the name of a path in the front matter: ``item 2 of categories``, ``seo.title``."""
    name = ""
    for part in path:
        if isinstance(part, int):
            name = (
                msg("item {part} of {name}", part=part + 1, name=name)
                if name
                else msg("item {part}", part=part + 1)
            )
        else:
            name = name + f".{part}" if name else part
    return name or msg("the front matter")
