"""The kinds of values that a front matter field may have."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pydantic import BaseModel


class FieldKind(NamedTuple):
    """What a field may hold: text, a date, an address, texts in a list; and whether it is required.

    ``other`` says that it may hold a list, mapping, number or bool as well.
    """

    text: bool = False
    date: bool = False
    url: bool = False
    texts: bool = False
    other: bool = False
    required: bool = False
    model: type[BaseModel] | None = None
