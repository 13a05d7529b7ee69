"""Problems of front matter keys, and the kind of a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


def is_text(value: object) -> bool:
    """Return whether a value is text."""
    return isinstance(value, str)


def kind_name(value: object) -> str:
    """Return the type of a value in a writer's words."""
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


def title_problems(data: Mapping[str, object]) -> Iterator[KeyProblem]:
    """Yield a title that is a list or a mapping."""
    title = data.get("title")
    if isinstance(title, (list, Mapping)):
        message = msg(
            "title is {kind}, and is not shown as written; put it in quotes",
            kind=kind_name(title),
        )
        yield KeyProblem("title", "type", Effect.WRONG, message)
