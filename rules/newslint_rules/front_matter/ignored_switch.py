"""FM024."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, FrontMatterRule, Good, Severity, say
from newslint_rules.front_matter._examples import GOOD_MATTER, example
from newslint_rules.front_matter._fast_path import is_unusual

if TYPE_CHECKING:
    from newslint import Header, Post

_SWITCHES = frozenset({"draft", "published", "_build"})


class IgnoredSwitch(FrontMatterRule):
    """A post that asks not to be published should not be.

    Each generator has its own switch, and does not look at those of the others: `draft: true` hides
    a post from Hugo alone, `published: false` from Hexo and Jekyll, and from Eleventy neither does.
    Who counts on the wrong one publishes the draft.

    Use the target's own switch, or keep drafts out of the folder of posts (`_drafts`). Where the
    target does leave the post out, an info says so: no page is made of it.
    """

    code, name, severity = "FM024", "ignored-switch", Severity.WARNING
    trigger = is_unusual
    targets = ("hexo", "jekyll", "hugo", "eleventy")
    bad = [
        Bad(
            example("author", "author: Wire\n⟦draft⟧: true"),
            message="draft: the post is published all the same: draft is not looked at",
        ),
        Bad(example("author", "author: Wire\n⟦published⟧: false"), target="eleventy"),
        Bad(example("author", "author: Wire\n⟦draft⟧: true"), target="jekyll"),
        Bad(
            example("author", "author: Wire\n⟦draft⟧: true"),
            target="hugo",
            message="draft: the post is left out of the site, as it asks",
        ),
        Bad(example("author", "author: Wire\n⟦published⟧: false")),
    ]
    good = [
        Good(GOOD_MATTER),
        Good(example("author", "author: Wire\ndraft: false")),
    ]

    def check(self, front_matter: Header, post: Post) -> Iterable[Finding]:
        data = front_matter.data
        if _SWITCHES.isdisjoint(data) and data.get("permalink") is not False:
            return
        from newslint.generators.reserved_keys import hiding_key, ignored_switches

        if (hiding := hiding_key(data, post.target.name)) is not None:
            message = say("{hiding}: the post is left out of the site, as it asks", hiding=hiding)
            yield self.finding(front_matter.key_span((hiding,)), message, severity=Severity.INFO)
        for key, why in ignored_switches(data, post.target.name):
            yield self.finding(
                front_matter.key_span((key,)), say("{name}: {words}", name=key, words=why)
            )
