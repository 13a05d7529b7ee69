"""The front matter models: presets, fields from the configuration, and a site's own model.

Models are pydantic's; they are built when first asked for, once. What a model says of a post comes
back as `SchemaError`, in words for writers.
"""

from __future__ import annotations

from newslint.schema.build import build, fields_of
from newslint.schema.check import DateField, SchemaError, check, date_fields
from newslint.schema.fields import FieldKind, kinds
from newslint.schema.presets import HexoPost, HugoPost, JekyllPost, MinimalPost, NewsPost
from newslint.schema.settings import FieldSettings, SchemaSettings

__all__ = [
    "DateField",
    "FieldKind",
    "FieldSettings",
    "HexoPost",
    "HugoPost",
    "JekyllPost",
    "MinimalPost",
    "NewsPost",
    "SchemaError",
    "SchemaSettings",
    "build",
    "check",
    "date_fields",
    "fields_of",
    "kinds",
]
