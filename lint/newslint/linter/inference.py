"""Infer the options of a rule from existing posts, for `newslint init`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

__all__ = ["ENOUGH", "TOO_OFTEN", "USUAL", "InferredOptions", "Observation", "Observations"]

ENOUGH = 10
"""Minimum number of posts for an inference; with fewer, one accident is more than a tenth."""

USUAL = 0.95
"""The share of posts from which something is the rule and the others are exceptions: in generated
archives, a few posts in a hundred are defective, and optional fields are missing in many more than
one in twenty."""

TOO_OFTEN = 1 / 3
"""The share of posts above which a rule's findings are noise, and the rule is ignored."""

Observation = tuple[str, str]
"""A kind, named by the rule, and a value that a rule observed in a post."""


class Observations(NamedTuple):
    """What a rule observed: the number of posts, and the number of posts with each observation."""

    posts: int
    words: Mapping[Observation, int]

    def of_kind(self, kind: str) -> list[tuple[str, int]]:
        """Return the values of a kind with their counts, the most frequent first."""
        found = [(word, count) for (one, word), count in self.words.items() if one == kind]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))


class InferredOptions(NamedTuple):
    """Inferred options of a rule, spelled as in the configuration, and notes for readers.

    A note is a line without its ``#``; it may contain any text of posts. With ``by_section`` the
    options may differ by section, so that they are inferred for each section too. ``select`` names
    rules that are off by default for a site's preset, and fit the posts.
    """

    options: Mapping[str, Any] = MappingProxyType({})
    notes: tuple[str, ...] = ()
    by_section: bool = False
    select: tuple[str, ...] = ()
