"""The rules for some posts, grouped by what they check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from newslint.core.finding import Safety
from newslint.html.tree import IMPLIED
from newslint.linter.rule import (
    ArchiveRule,
    ElementRule,
    FrontMatterRule,
    OnlineRule,
    PostRule,
    Rule,
    SuppressionRule,
)

if TYPE_CHECKING:
    from newslint.core.finding import Finding
    from newslint.post.post import Post

_KINDS_KEPT = 1000
"""Maximum number of sets of names for which the tags are cached: a site's posts have few dozens."""


Condition = Callable[["Post"], object]
"""Returns whether a rule may report anything in a post: `PostRule.applies_to`."""


class RuleSet:
    """The rules that are on for some posts, grouped by what they check. Used for many posts."""

    def __init__(
        self, rules: Iterable[Rule], known: Mapping[str, type[Rule]] | None = None
    ) -> None:
        """``known`` are all rules by code, on or off; by default all installed ones."""
        self.rules: tuple[Rule, ...] = tuple(rules)
        self._known = known
        self.codes = frozenset(rule.code for rule in self.rules)
        self.front_matter = [rule for rule in self.rules if isinstance(rule, FrontMatterRule)]
        self.archive = [rule for rule in self.rules if isinstance(rule, ArchiveRule)]
        self.online = [rule for rule in self.archive if isinstance(rule, OnlineRule)]
        self.elements = [rule for rule in self.rules if isinstance(rule, ElementRule)]
        self.of_posts = [*_checks_of_posts(self.rules)]
        tags = {tag for rule in self.elements for tag in rule.tags}
        self.tags: Sequence[str] = ("*",) if "*" in tags else tuple(sorted(tags))
        self._asked_of_tag = {
            tag: [one.might_report for one in self.elements if tag in one.tags] for tag in tags
        }
        self._needs_tree = not tags.isdisjoint({"*", *IMPLIED})
        self._among: dict[frozenset[str], Sequence[str]] = {}
        self.never_safe = frozenset(one.code for one in self.rules if one.fix is Safety.UNSAFE)
        """The codes of the rules whose best fix is unsafe."""
        self.suppressions = [rule for rule in self.rules if isinstance(rule, SuppressionRule)]

    def tags_among(self, names: frozenset[str] | None) -> Sequence[str]:
        """Return the tags to visit in a body with tags of these names; all tags for None.

        lxml takes longer to search for forty tags than all rules take to check them.
        """
        if names is None or "*" in self.tags:
            return self.tags
        wanted = self._among.get(names)
        if wanted is None:
            wanted = tuple(tag for tag in self.tags if tag in names or tag in IMPLIED)
            if len(self._among) < _KINDS_KEPT:
                self._among[names] = wanted
        return wanted

    def might_report(self, post: Post) -> bool:
        """Return whether a rule may find anything in an element."""
        seen = None if self._needs_tree else post.structure.quick_tags(self._asked_of_tag)
        if seen is None:
            return True
        for name, attributes, text in seen:
            if attributes is None:
                return True
            for might_report in self._asked_of_tag[name]:
                if might_report(name, attributes, text, post):
                    return True
        return False

    @cached_property
    def known(self) -> Mapping[str, type[Rule]]:
        """All rules by code, on or off, that a suppression may name."""
        from newslint.linter import registry

        known = registry.rules() if self._known is None else self._known
        return {**known, **{rule.code: type(rule) for rule in self.rules}}

    @cached_property
    def measuring(self) -> tuple[Rule, ...]:
        """The rules with metrics; those that are off have their default options."""
        here = {rule.code: rule for rule in self.rules}
        measuring = (
            (code, rule) for code, rule in self.known.items() if rule.metrics is not Rule.metrics
        )
        return tuple(here[code] if code in here else rule() for code, rule in measuring)


def _checks_of_posts(
    rules: Iterable[Rule],
) -> Iterator[tuple[Rule, Condition | None, Callable[[Post], Iterable[Finding]]]]:
    """Yield the rules that check posts, or text outside of elements, with condition and check."""
    for rule in rules:
        if isinstance(rule, PostRule):
            # From the class: as an attribute of the instance, the function would be a method.
            yield rule, type(rule).applies_to, rule.check
        elif isinstance(rule, ElementRule):
            if type(rule).check_post is not ElementRule.check_post:
                yield rule, None, rule.check_post
