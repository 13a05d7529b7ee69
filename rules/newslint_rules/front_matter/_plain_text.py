"""Which unquoted scalars are plainly text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newslint import KeyPath

if TYPE_CHECKING:
    pass


_SPECIAL = frozenset("0123456789+-.~=<")

_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))


def value_at(data: object, path: KeyPath) -> object:
    for part in path:
        if not isinstance(data, dict):
            return None
        data = data.get(part)
    return data


def is_plainly_text(value: Any) -> bool:
    """Return a cheap test, which some texts in quotes fail."""
    if value.__class__ is not str or not value:
        return bool(value == "")
    if value[0] in _SPECIAL or " - " in value:
        return False
    return len(value) > 5 or value.lower() not in _WORDS


def goes_on(text: str, end: int) -> bool:
    """Whether something is right after a value, as in ``{x}#``: quotes would leave it out."""
    return text[end : end + 1] not in ("", " ", "\t", "\r", "\n", ",", "]", "}")
