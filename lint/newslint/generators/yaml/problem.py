"""A problem of YAML that the target does not accept."""

from __future__ import annotations

from typing import NamedTuple

from newslint.generators.effects import Effect


class YamlProblem(NamedTuple):
    """One thing that a target does not take as its author wrote it.

    ``offset`` and ``end`` are code points of the YAML that was loaded. ``kind`` is syntax,
    duplicate-key, unknown-tag, bad-tag, alias, symbol, number, merge, key, null-key, depth or
    not-a-mapping.
    ``message`` says it in a writer's words. ``value`` bounds the text that would be
    right in quotes, where quotes are the likely remedy.
    """

    offset: int
    end: int
    kind: str
    outcome: Effect
    message: str
    value: tuple[int, int] | None = None
