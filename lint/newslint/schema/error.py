"""What a schema says of a post."""

from __future__ import annotations

from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class SchemaError:
    """One complaint. ``kind`` is missing, type, value, empty, date or unknown.

    ``path`` leads to the value, or to the key that is missing.
    """

    path: Path
    kind: str
    message: str
