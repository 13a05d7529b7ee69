"""The kinds of values that a front matter field may have."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pydantic import BaseModel


class FieldKind(NamedTuple):
    """What a field may contain: text, a date, a URL, a list of texts; and whether it is required.

    ``other`` is true if it may also be a list, mapping, number or bool.
    """

    text: bool = False
    date: bool = False
    url: bool = False
    texts: bool = False
    other: bool = False
    required: bool = False
    model: type[BaseModel] | None = None
