"""Errors of a schema."""

from __future__ import annotations

from typing import NamedTuple

from newslint.core.finding import Severity

Path = tuple[str | int, ...]


class SchemaError(NamedTuple):
    """One complaint. ``kind`` is missing, type, value, empty, date or unknown.

    ``path`` leads to the value, or to the key that is missing.
    """

    path: Path
    kind: str
    message: str
    purpose: str = ""
    """What a key that is missing is for, in parentheses, where the schema describes it."""
    severity: Severity | None = None
    """The severity that the schema gives it; None for the rule's own."""
