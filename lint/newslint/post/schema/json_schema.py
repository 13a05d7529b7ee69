"""The schema of the front matter as JSON Schema, for editors' YAML language servers."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.errors import PydanticInvalidForJsonSchema, PydanticUserError

from newslint.core.errors import ConfigError
from newslint.core.messages import msg

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def front_matter_schema(model: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON Schema of a model of front matter.

    A date is text or a number here: the valid formats depend on the target, and FM010 checks them.
    Raises ConfigError for a site's own model that has no JSON Schema.
    """
    try:
        schema = model.model_json_schema(by_alias=True)
    except (PydanticInvalidForJsonSchema, PydanticUserError) as error:
        words = str(error).strip().splitlines()[0]
        raise ConfigError(
            msg("schema.model cannot be expressed in JSON Schema: {words}", words=words)
        ) from None
    _without_date_format(schema)
    # A title that pydantic derives from an attribute is less useful than the key.
    for field in schema.get("properties", {}).values():
        if isinstance(field, dict):
            field.pop("title", None)
    return {"$schema": DIALECT, **schema, "title": "The front matter of a post"}


def _without_date_format(part: object) -> None:
    """Remove ``format``, with which validators require RFC 3339, unlike all targets."""
    if isinstance(part, dict):
        if part.get("format") in ("date-time", "date", "time"):
            del part["format"]
        for inner in part.values():
            _without_date_format(inner)
    elif isinstance(part, list):
        for inner in part:
            _without_date_format(inner)
