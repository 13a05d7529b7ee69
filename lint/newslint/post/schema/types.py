"""The types of front matter values. All are strict: numbers are not text."""

from __future__ import annotations

import datetime
from typing import Annotated, Any

from pydantic import Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

URL_PATTERN = r"^\s*[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#]+\S*\s*$"
"""An http or https URL with a host and without white space; FM016 reports space around it."""

Text = Annotated[str, Field(strict=True)]
"""Any text."""

FilledText = Annotated[str, Field(strict=True, pattern=r"\S")]
"""Text that is not empty or white space."""

Url = Annotated[str, Field(strict=True, pattern=URL_PATTERN, json_schema_extra={"format": "uri"})]
"""An http or https address."""

Switch = Annotated[bool, Field(strict=True)]
"""True or false."""

Integer = Annotated[int, Field(strict=True)]
"""An integer."""

Number = Annotated[float, Field(strict=True)]
"""A number, also an integer."""

Mapping = dict[str, Any]
"""A mapping with any keys and values."""

TextList = list[FilledText]
"""A list of texts, none of them empty or white space."""

Terms = Text | list[Text]
"""The terms of a taxonomy: one, or a list, in which empty ones are skipped."""

TextOrList = Text | TextList
"""One text, or a list of them."""

DATE_MARK = "newslint-date"
"""Metadata of a field whose value must be a date that the target reads."""

DATE_ERROR = "newslint_date_type"
"""The error type of a value that no target reads as a date."""


def _date(value: object) -> object:
    """Accept dates, texts and numbers; whether they are dates depends on the target."""
    if isinstance(value, bool) or not isinstance(
        value, (str, int, float, datetime.date, datetime.time)
    ):
        raise PydanticCustomError(DATE_ERROR, "must be a date")
    return value


Date = Annotated[
    Any,
    PlainValidator(_date),
    WithJsonSchema({"type": ["string", "number"], "format": "date-time"}),
    DATE_MARK,
]
"""A date in a format that the target reads; see `newslint.generators.dates`."""
