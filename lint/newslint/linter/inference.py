"""Infer the options of a rule from existing posts, for `newslint init`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

__all__ = ["ENOUGH", "TOO_OFTEN", "USUAL", "InferredOptions", "Observation", "Observations"]

ENOUGH = 10
"""Posts from which something can be learned; below it a single accident would be a tenth of all."""

USUAL = 0.95
"""The share of posts from which on something is the rule, and the rest are odd: posts of an archive
that a program wrote have a few defects in a hundred, and a field that is optional is left out of
far more than one in twenty."""

TOO_OFTEN = 1 / 3
"""The share of posts above which a rule only makes noise, and is left off."""

Observation = tuple[str, str]
"""What a rule saw in a post: of which kind it is, in the rule's own words, and what it was."""


class Observations(NamedTuple):
    """What a rule saw in some posts: how many there were, and in how many of them each word was."""

    posts: int
    words: Mapping[Observation, int]

    def of_kind(self, kind: str) -> list[tuple[str, int]]:
        """Return the words of a kind with their counts, the most frequent first."""
        found = [(word, count) for (one, word), count in self.words.items() if one == kind]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))


class InferredOptions(NamedTuple):
    """What a rule learned: options, as the configuration spells them, and notes for a reader.

    A note is a line without its ``#``; what it repeats of posts may be anything. ``by_section``
    says that sections may well differ, so that each of them is to be asked too. ``select`` names
    rules that are off by default in a site, and fit the posts.
    """

    options: Mapping[str, Any] = MappingProxyType({})
    notes: tuple[str, ...] = ()
    by_section: bool = False
    select: tuple[str, ...] = ()
