"""FM024."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, FrontMatterRule, Good, Impact, Severity, msg
from newslint.generators.site_roles import Role
from newslint_rules.front_matter._examples import GOOD_MATTER, example
from newslint_rules.front_matter._fast_path import is_unusual

if TYPE_CHECKING:
    from newslint import FrontMatter, Post

_SWITCHES = frozenset({"draft", "published", "_build", "build", "headless"})


class IgnoredSwitch(FrontMatterRule):
    """A post that asks not to be published should not be.

    Each generator has its own switch, and does not look at those of the others: `draft: true` hides
    a post from Hugo alone, `published: false` from Hexo and Jekyll, and from Eleventy neither does.
    Who counts on the wrong one publishes the draft.

    The site's settings count: `unpublished` of Jekyll and `buildDrafts` of Hugo publish all, a
    preprocessor `drafts` of Eleventy drops what has `draft: true`.

    Use the target's own switch, or keep drafts out of the folder of posts (`_drafts`). Where the
    target does leave the post out, an info says so: no page is made of it.
    """

    code, name, severity = "FM024", "ignored-switch", Severity.WARNING
    impact = Impact.POST
    applies_to = is_unusual
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

    def check(self, front_matter: FrontMatter, post: Post) -> Iterable[Finding]:
        data = front_matter.data
        if _SWITCHES.isdisjoint(data) and data.get("permalink") is not False:
            return
        from newslint.generators.reserved_keys import hiding_key, ignored_switches

        hiding = hiding_key(data, *post.target)
        if hiding is not None and hiding in data:
            yield self._of_hiding(front_matter, post, hiding)
        if _is_draft(post):
            return
        for key, why in ignored_switches(data, *post.target):
            if key == "draft" and post.target.name == "eleventy" and _drops_drafts(post):
                yield self._left_out(front_matter, key)
            else:
                words = msg("{name}: {words}", name=key, words=why)
                yield self.finding(front_matter.key_span((key,)), words)

    def _of_hiding(self, front_matter: FrontMatter, post: Post, key: str) -> Finding:
        if not _builds_all_the_same(front_matter, post, key):
            return self._left_out(front_matter, key)
        why = msg("the post is published all the same: the site's settings say so")
        return self.finding(
            front_matter.key_span((key,)), msg("{name}: {words}", name=key, words=why)
        )

    def _left_out(self, front_matter: FrontMatter, key: str) -> Finding:
        message = msg("{hiding}: the post is left out of the site, as it asks", hiding=key)
        return self.finding(front_matter.key_span((key,)), message, severity=Severity.INFO)


def _is_draft(post: Post) -> bool:
    """Whether the post lies where drafts lie, and is left out for that."""
    return post.site is not None and post.site.role(post.site_path).role is Role.DRAFT


def _drops_drafts(post: Post) -> bool:
    return post.site is not None and not post.site.drafts


def _builds_all_the_same(front_matter: FrontMatter, post: Post, key: str) -> bool:
    """Whether the site publishes a post that its front matter hides."""
    site = post.site
    if site is None:
        return False
    if key == "draft":
        return site.drafts and post.target.name == "hugo"
    from newslint.generators.site import merged

    data = merged(site, post.site_path, front_matter.data)
    return post.target.name == "jekyll" and site.output(post.site_path, data) is not None
