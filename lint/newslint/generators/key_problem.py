"""A key of the front matter whose value does harm, and the kinds of values in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from newslint.core.messages import msg
from newslint.generators.effects import Effect


class KeyProblem(NamedTuple):
    """A key whose value does harm. ``kind`` is reserved (the key itself) or type (its value)."""

    key: str
    kind: str
    outcome: Effect
    message: str


def kind_of(value: object) -> str:
    """The type of a value in a writer's words."""
    if isinstance(value, bool):
        return msg("true or false")
    if isinstance(value, (int, float)):
        return msg("a number")
    if isinstance(value, date):
        return msg("a date")
    if isinstance(value, list):
        return msg("a list")
    if isinstance(value, Mapping):
        return msg("a mapping")
    return msg("empty") if value is None else msg("a text")
