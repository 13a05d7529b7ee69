"""The types of front matter values. All are strict: a number is no text, ``"false"`` no bool."""

from __future__ import annotations

import datetime
from typing import Annotated, Any

from pydantic import Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

URL_PATTERN = r"^\s*[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#]+\S*\s*$"
"""An http or https address with a host and without white space; that around it is FM016's."""

Text = Annotated[str, Field(strict=True)]
"""Any text."""

FilledText = Annotated[str, Field(strict=True, pattern=r"\S")]
"""Text that is not blank."""

Url = Annotated[str, Field(strict=True, pattern=URL_PATTERN, json_schema_extra={"format": "uri"})]
"""An http or https address."""

Switch = Annotated[bool, Field(strict=True)]
"""True or false."""

Integer = Annotated[int, Field(strict=True)]
"""An integer."""

Number = Annotated[float, Field(strict=True)]
"""A number; a complete one too."""

Mapping = dict[str, Any]
"""Keys and values of any kind."""

TextList = list[FilledText]
"""A list of texts, none of them blank."""

TextOrList = Text | TextList
"""One text, or a list of them."""

DATE_MARK = "newslint-date"
"""In the metadata of a field: its value must be a date that the target reads."""

DATE_ERROR = "newslint_date_type"
"""The error type of a value that no target could take for a date."""


def _date(value: object) -> object:
    """Dates, texts and numbers pass: which of them is a date is the target's to say."""
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
"""A date, in a form that the target reads: which form that is, `newslint.generators.dates` says."""
