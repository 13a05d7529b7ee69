"""A change that a Markdown renderer makes to HTML."""

from __future__ import annotations

from typing import NamedTuple


class Change(NamedTuple):
    """A piece of a post's HTML that the page shows otherwise.

    ``start`` and ``end`` are offsets in code points of the text that was given; ``detail`` says in
    a writer's words what becomes of it, without naming the generator. ``code`` is true
    where tags are shown as code (MD001), false for everything else (MD002). ``checked`` is false
    where the text was too long to be looked at. ``loss`` says what readers lose, empty where only
    looks change. ``stops`` is true where the build stops.
    """

    start: int
    end: int
    detail: str
    code: bool = False
    checked: bool = True
    loss: str = ""
    stops: bool = False
