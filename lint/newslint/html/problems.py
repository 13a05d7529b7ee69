"""Problems of tags, with their location."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from newslint.core.span import Span


class ProblemKind(Enum):
    """What is wrong with a tag."""

    UNCLOSED = auto()
    """A start tag of an element that needs an end tag and has none."""
    STRAY = auto()
    """An end tag that closes nothing."""
    MISNESTED = auto()
    """The start tag of an element that ends after the one in which it began."""
    NESTING = auto()
    """The start tag of an element that is not allowed where it is."""
    DOCUMENT = auto()
    """A doctype, ``<html>``, ``<head>`` or ``<body>``."""
    SWALLOWS = auto()
    """The beginning of a comment, raw text or tag that never ends: it hides the text after it."""


class Problem(NamedTuple):
    """One error: ``span`` is the tag, ``name`` its name (empty for a comment).

    ``other`` is the element that it conflicts with. ``leaks`` is true if a browser closes an
    element around the post. ``end`` is the end tag that belongs to a DOCUMENT tag.
    """

    kind: ProblemKind
    span: Span
    name: str = ""
    other: str = ""
    leaks: bool = False
    end: Span | None = None
