"""The default preset without pydantic, for posts that clearly fit it.

Nearly every post does, and importing pydantic takes longer than linting many posts. If `News.fits`
cannot decide, the model `newslint.post.schema.presets.NewsPost` does; a property test compares the
two.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from newslint.core import lazy
from newslint.post.schema.field_kind import FieldKind

if TYPE_CHECKING:
    from pydantic import BaseModel

_ADDRESS = lazy.pattern(r"https?://[A-Za-z0-9][!-~]*\Z")
"""A URL in ASCII, as nearly all are."""

_DATES = (str, datetime.date, datetime.datetime)


def _is_texts(value: object) -> bool:
    return value.__class__ is list and bool(value) and all(map(_is_filled, value))


def _is_filled(value: object) -> bool:
    # White space beyond ASCII differs between Python and Rust; letters are not in either.
    return value.__class__ is str and (
        value[:1].isalnum() or (value.isascii() and bool(value.strip(" \t\n\r\v\f")))
    )


def _is_address(value: object) -> bool:
    return value.__class__ is str and _ADDRESS.match(value) is not None


_FITS: dict[str, Callable[[Any], bool]] = {
    "title": _is_filled,
    "categories": _is_texts,
    "headimg": _is_address,
    "author": _is_filled,
    "comments": lambda value: value.__class__ is bool,
    "date": lambda value: value.__class__ in _DATES,
    "thumbnail": _is_address,
}


class News:
    """A placeholder for `NewsPost`, which is imported on first use."""

    kinds: ClassVar[dict[tuple[str, ...], FieldKind]] = {
        ("title",): FieldKind(text=True, required=True),
        ("categories",): FieldKind(texts=True, required=True),
        ("headimg",): FieldKind(url=True, required=True),
        ("author",): FieldKind(text=True, required=True),
        ("comments",): FieldKind(other=True, required=True),
        ("date",): FieldKind(date=True, required=True),
        ("thumbnail",): FieldKind(url=True, required=True),
    }

    @property
    def model(self) -> type[BaseModel]:
        """The pydantic model."""
        from newslint.post.schema.presets import NewsPost

        return NewsPost

    def fits(self, data: Mapping[str, Any]) -> bool:
        """Return whether the model certainly accepts the data; False means unknown."""
        for name, is_right in _FITS.items():
            if name not in data or not is_right(data[name]):
                return False
        return True


NEWS = News()
"""The schema if the configuration sets none."""
