"""Errors of a schema."""

from __future__ import annotations

from typing import NamedTuple

from newslint.core.finding import Severity
from newslint.generators.effects import Effect

Path = tuple[str | int, ...]


class SchemaError(NamedTuple):
    """An error. ``kind`` is missing, type, value, empty, date or unknown.

    ``path`` is that of the value or of the missing key.
    """

    path: Path
    kind: str
    message: str
    purpose: str = ""
    """The description of a missing key, in parentheses, if the schema has one."""
    severity: Severity | None = None
    """The severity that the schema sets; None for the rule's own."""
    outcome: Effect | None = None
    """Of a date, what the target does with it; None if that is not known."""
