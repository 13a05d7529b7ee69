"""What a template engine would do with the text of a post, as plain values."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Effect(StrEnum):
    """What becomes of the site, the post or the text, from worst to mildest."""

    SITE_DIES = "site-dies"
    """The build stops; no post is written."""
    POST_LOST = "post-lost"
    """This post is not written; the others are."""
    CUT = "cut"
    """The post ends where the text stands; what follows is gone."""
    EXECUTED = "executed"
    """The text is run and replaced by its result (often nothing)."""
    DROPPED = "dropped"
    """The post is built without its front matter: no title, no categories, dated now."""
    PRINTED = "printed"
    """The front matter is shown to the reader as text, and read by nobody."""
    SKIPPED = "skipped"
    """The file is no page of the site: copied as it is, or left out without a word."""
    WRONG = "wrong"
    """Built, but something else is shown than what was written."""


class TemplateProblem(NamedTuple):
    """One piece of text that a template engine does not leave as it is.

    ``start`` and ``end`` are offsets in code points of the text that was scanned; ``start`` is
    the opening delimiter. ``code`` is true where the expression reaches for the engine's
    own code (``constructor``, ``process``, …) and the engine lets it. ``detail`` says in
    a writer's words what the engine makes of it, without naming the generator.
    """

    start: int
    end: int
    effect: Effect
    detail: str
    code: bool = False
