"""The effects of a template engine on the text of a post, as plain values."""

from __future__ import annotations

from enum import Enum, StrEnum, auto
from typing import NamedTuple

from newslint.core import lazy

_NAMED = lazy.pattern(r"\{%-?\s*+[^\W\d]")

PROBLEM_LIMIT = 1_000
"""Problems found in the templates of a post before the rest of it is left for the next time."""


class Effect(StrEnum):
    """What becomes of the site, the post or the text, from worst to mildest."""

    SITE_DIES = "site-dies"
    """The build stops; no post is written."""
    POST_LOST = "post-lost"
    """This post is not written; the others are."""
    CUT = "cut"
    """The post ends where the text is; what follows is gone."""
    EXECUTED = "executed"
    """The text is run and replaced by its result (often nothing)."""
    DROPPED = "dropped"
    """The post is built without its front matter: no title, no categories, dated now."""
    PRINTED = "printed"
    """The front matter is shown to the reader as text, and read by no one."""
    SKIPPED = "skipped"
    """The file is no page of the site: copied as it is, or left out silently."""
    WRONG = "wrong"
    """Built, but something else is shown than what was written."""


class TemplateProblem(NamedTuple):
    """One piece of text that a template engine does not leave as it is.

    ``start`` and ``end`` are offsets in code points of the text that was scanned; ``start`` is
    the opening delimiter. ``code`` is true where the expression reaches for the engine's
    own code (``constructor``, ``process``, …) and the engine lets it. ``detail`` says in
    a writer's words what the engine makes of it, without naming the generator. ``malformed`` is
    true where the engine cannot even parse the text, whatever tags, filters, variables and files
    the site defines: such text is no template of the site. ``undefined`` is true where the engine
    lacks what a site may define: a tag, filter, shortcode, file or post of that name.
    """

    start: int
    end: int
    effect: Effect
    detail: str
    code: bool = False
    malformed: bool = False
    undefined: bool = False


class BlockKind(Enum):
    """What becomes of the text between a tag and its end tag."""

    CODE = auto()
    """Shown to the reader as it is written, tags of HTML included."""
    RAW = auto()
    """Put into the page as it is: HTML, but no template."""
    HIDDEN = auto()
    """A comment: on no page."""
    MARKUP = auto()
    """No block, but a single tag of the engine, in which ``<`` begins no element."""


class TagBlock(NamedTuple):
    """A tag, its end tag and what is between them, as the target's engine pairs them.

    ``outer_start`` to ``outer_end`` is all of it, ``start`` to ``end`` what is between the
    tags; all are offsets of the body.
    """

    kind: BlockKind
    outer_start: int
    start: int
    end: int
    outer_end: int


class TemplateReading(NamedTuple):
    """What an engine makes of a body: what it does not leave as it is, and the blocks in it."""

    problems: list[TemplateProblem]
    blocks: list[TagBlock]


def is_named_tag(text: str, start: int) -> bool:
    """Whether a complete ``{% name … %}`` begins at an offset: a tag that a site may define."""
    return _NAMED.match(text, start) is not None and text.find("%}", start) >= 0
