"""FM024."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, FrontMatterRule, Good, Impact, Role, Severity, msg
from newslint_rules.front_matter._examples import GOOD_MATTER, example
from newslint_rules.front_matter._fast_path import is_unusual

if TYPE_CHECKING:
    from newslint import FrontMatter, Post

_SWITCHES = frozenset({"draft", "published", "_build", "build", "headless"})


class IgnoredSwitch(FrontMatterRule):
    """A post that should not be published must use the setting of the target.

    Each generator reads its own setting and ignores those of the others: only Hugo hides a post
    with `draft: true`, only Hexo and Jekyll hide a post with `published: false`, and Eleventy reads
    neither. With the wrong setting, the draft is published.

    The settings of the site count: `unpublished` of Jekyll and `buildDrafts` of Hugo publish all
    posts, and a preprocessor `drafts` of Eleventy drops posts with `draft: true`.

    Use the setting of the target, or keep drafts out of the folder of posts (`_drafts`). If the
    target hides the post, the finding is an info: no page is built.
    """

    code, name, severity = "FM024", "ignored-switch", Severity.WARNING
    impact = Impact.POST
    applies_to = is_unusual
    targets = ("hexo", "jekyll", "hugo", "eleventy")
    bad = [
        Bad(
            example("author", "author: Wire\n⟦draft⟧: true"),
            message="draft: the post is published, since draft is ignored",
        ),
        Bad(example("author", "author: Wire\n⟦published⟧: false"), target="eleventy"),
        Bad(example("author", "author: Wire\n⟦draft⟧: true"), target="jekyll"),
        Bad(
            example("author", "author: Wire\n⟦draft⟧: true"),
            target="hugo",
            message="draft: the post is not published",
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
        from newslint import reserved_keys

        hiding = reserved_keys.hiding_key(data, *post.target)
        if hiding is not None and hiding in data:
            yield self._of_hiding(front_matter, post, hiding)
        if _is_draft(post):
            return
        if post.site is not None and post.site.computes_output(post.site_path):
            return
        for key, why in reserved_keys.ignored_switches(data, *post.target):
            if key == "draft" and post.target.name == "eleventy" and _drops_drafts(post):
                yield self._left_out(front_matter, key)
            else:
                words = msg("{name}: {words}", name=key, words=why)
                yield self.finding(front_matter.key_span((key,)), words)

    def _of_hiding(self, front_matter: FrontMatter, post: Post, key: str) -> Finding:
        if not _builds_all_the_same(front_matter, post, key):
            return self._left_out(front_matter, key)
        why = msg("the post is published because of the settings of the site")
        return self.finding(
            front_matter.key_span((key,)), msg("{name}: {words}", name=key, words=why)
        )

    def _left_out(self, front_matter: FrontMatter, key: str) -> Finding:
        message = msg("{hiding}: the post is not published", hiding=key)
        return self.finding(front_matter.key_span((key,)), message, severity=Severity.INFO)


def _is_draft(post: Post) -> bool:
    """Return whether the post lies where drafts lie, and is left out for that."""
    return post.site is not None and post.site.role(post.site_path).role is Role.DRAFT


def _drops_drafts(post: Post) -> bool:
    return post.site is not None and not post.site.drafts


def _builds_all_the_same(front_matter: FrontMatter, post: Post, key: str) -> bool:
    """Return whether the site publishes a post that its front matter hides."""
    site = post.site
    if site is None:
        return False
    if key == "draft":
        return site.drafts and post.target.name == "hugo"
    return post.target.name == "jekyll" and site.output(post.site_path, post.data) is not None
