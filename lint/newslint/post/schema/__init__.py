"""The front matter models: presets, fields from the configuration, and a site's own model.

Models are pydantic models, each built on first use. Their errors are returned as `SchemaError`,
with messages for authors.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from newslint.core.did_you_mean import near
from newslint.post.schema.errors import SchemaError
from newslint.post.schema.field_kind import FieldKind
from newslint.post.schema.fields import fields_of, generator_fields, kinds
from newslint.post.schema.news_fast_path import NEWS, News
from newslint.post.schema.severities import severity_of_missing
from newslint.post.schema.validate import DateField, check, date_fields

if TYPE_CHECKING:
    from newslint.post.schema.builder import build
    from newslint.post.schema.presets import HexoPost, HugoPost, JekyllPost, MinimalPost, NewsPost
    from newslint.post.schema.settings import FieldSettings, SchemaSettings
    from newslint.post.schema.wording import kind_of, name_of, shown

__all__ = [
    "NEWS",
    "DateField",
    "FieldKind",
    "FieldSettings",
    "HexoPost",
    "HugoPost",
    "JekyllPost",
    "MinimalPost",
    "News",
    "NewsPost",
    "SchemaError",
    "SchemaSettings",
    "build",
    "check",
    "date_fields",
    "fields_of",
    "generator_fields",
    "kind_of",
    "kinds",
    "name_of",
    "near",
    "severity_of_missing",
    "shown",
]

_LAZY = {"build": "builder", "FieldSettings": "settings", "SchemaSettings": "settings"}
_LAZY |= dict.fromkeys(("HexoPost", "HugoPost", "JekyllPost", "MinimalPost", "NewsPost"), "presets")
_LAZY |= dict.fromkeys(("kind_of", "name_of", "shown"), "wording")
"""Names that few runs need, with their modules: imported on first use."""


def __getattr__(name: str) -> object:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)
    globals()[name] = value
    return value
