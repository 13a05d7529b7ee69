"""The severities of schema violations, if the settings define them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from newslint.core.finding import Severity
from newslint.post.schema.errors import Path, SchemaError
from newslint.post.schema.fields import kinds

if TYPE_CHECKING:
    from pydantic import BaseModel

    from newslint.post.schema.news_fast_path import News
    from newslint.post.schema.settings import SchemaSettings

READ_AS_DATES = frozenset({"date", "updated", "lastmod", "publishDate", "expiryDate"})
"""Keys that generators read as dates; others are only used by layouts."""


class _Severities(NamedTuple):
    default: Severity | None
    by_field: dict[tuple[str, ...], Severity]

    def of(self, path: Path) -> Severity | None:
        """Return the severity at a path: that of the nearest field around it."""
        keys = tuple(str(part) for part in path)
        for end in range(len(keys), 0, -1):
            if (found := self.by_field.get(keys[:end])) is not None:
                return found
        return self.default


_known: dict[type[BaseModel], _Severities] = {}


def graded(model: type[BaseModel], settings: SchemaSettings) -> type[BaseModel]:
    """Return a model with the severities of the settings, or the model itself."""
    by_field = {
        tuple(name.split(".")): field.severity
        for name, field in settings.fields.items()
        if field.severity is not None
    }
    if settings.severity is None and not by_field:
        return model
    from pydantic import create_model

    # The preset itself keeps its severities.
    own = create_model(model.__name__, __base__=model)
    _known[own] = _Severities(settings.severity, by_field)
    return own


def severity_of_missing(model: type[BaseModel] | News) -> Severity | None:
    """Return the worst severity of a missing required field; None for the rule's own."""
    severities = _known.get(model) if isinstance(model, type) else None
    if severities is None:
        return None
    required = [path for path, kind in kinds(model).items() if kind.required]
    found = [severities.of(path) for path in required]
    worst = [one for one in found if one is not None]
    return min(worst, key=lambda one: one.rank) if len(worst) == len(found) > 0 else None


def with_severity(
    errors: Iterable[SchemaError], model: type[BaseModel] | News
) -> tuple[SchemaError, ...]:
    """Return the errors of a model, each with the severity that its settings define.

    An invalid date in a key that generators read is always an error.
    """
    severities = _known.get(model) if isinstance(model, type) else None
    if severities is None:
        return tuple(errors)
    return tuple(
        one
        if one.kind != "missing" and one.path and one.path[0] in READ_AS_DATES
        else one._replace(severity=severities.of(one.path))
        for one in errors
    )
