"""FM023."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import (
    Bad,
    Effect,
    Field,
    Finding,
    FrontMatterRule,
    Good,
    Impact,
    RuleOptions,
    Severity,
    SiteAnswer,
    Span,
    msg,
)
from newslint_rules.front_matter import _impact
from newslint_rules.front_matter._examples import GOOD_MATTER, example
from newslint_rules.front_matter._fast_path import is_unusual
from newslint_rules.front_matter._key_problems import key_problems

if TYPE_CHECKING:
    from newslint import FrontMatter, Post

_LAYOUTS = (
    "article", "base", "blog", "default", "home", "index", "layout", "main", "news", "note", "page",
    "post", "posts", "single", "wrapper",
)  # fmt: skip
_IMPACTS = {Effect.SITE_DIES: Impact.BUILD, Effect.POST_LOST: Impact.POST}
_TAGS = frozenset({"unknown-tag", "bad-tag"})


class ReservedKey(FrontMatterRule):
    """A key must not be reserved by the target, and a value must not have a tag that it refuses.

    `content: x` replaces the article in Hexo, and stops the build of Eleventy; `page:` and
    `pagination:` are reserved by Eleventy, `_build:` by Hugo. A YAML tag such as `!ruby/object` or
    `!!js/function` makes the loader create an object, and is refused: the post is lost, or the
    build stops. Scraped fields may have such names by accident.

    The rule also checks `layout:`. If the site has no layout of that name, Eleventy stops the
    build, and Jekyll writes the article without a layout (a warning). In a site that newslint can
    read, its layouts are looked up. Elsewhere the option `layouts` lists them, and a name with a
    folder or extension (`layouts/post.njk`) is assumed to exist.

    Rename the key; write the value without its tag.
    """

    code, name, severity = "FM023", "reserved-key", Severity.ERROR
    impact = Impact.BUILD
    applies_to = is_unusual
    targets = ("hexo", "jekyll", "hugo", "eleventy")

    class Options(RuleOptions):
        """What the site has."""

        layouts: tuple[str, ...] = Field(
            _LAYOUTS, description="The names of the site's layouts, without extension."
        )

    bad = [
        Bad(
            example("author", "author: Wire\n⟦content⟧: x"),
            message="the value of content replaces the article",
        ),
        Bad("---\n⟦content⟧: x\ndate: 2021-12-02T14:50:58Z\n---\n", target="eleventy"),
        Bad(
            example("author", "author: Wire\n⟦x⟧: !ruby/object:Gem::Installer\n  i: x"),
            message="the tag !ruby/object:Gem::Installer is unknown",
        ),
        Bad(example("author", "author: Wire\n⟦x⟧: !!js/function 'function(){}'")),
        Bad(
            "---\n⟦layout⟧: nope\ndate: 2021-12-02T14:50:58Z\n---\n",
            target="eleventy",
            message="layout 'nope' is unknown; if the site does not have it, the build stops",
        ),
    ]
    good = [
        Good(GOOD_MATTER),
        Good(example("author", "author: Wire\ncontent: x"), target="jekyll"),
        Good(example("author", "author: !!str Wire")),
        Good("---\nlayout: post\ndate: 2021-12-02T14:50:58Z\n---\n", target="eleventy"),
        Good(
            "---\nlayout: story\ndate: 2021-12-02T14:50:58Z\n---\n",
            target="eleventy",
            options={"layouts": ["story"]},
        ),
    ]

    def check(self, front_matter: FrontMatter, post: Post) -> Iterable[Finding]:
        for problem in key_problems(front_matter, post):
            if problem.kind == "reserved":
                yield self.finding(
                    front_matter.key_span((problem.key,)),
                    problem.message,
                    impact=_IMPACTS.get(problem.outcome, Impact.CONTENT),
                )
        yield from self._layout(front_matter, post)
        base = front_matter.bounds.content.start
        for found in front_matter.problems:
            if found.kind in _TAGS:
                span = _key_at(front_matter, base + found.offset)
                impact = _impact.unreadable(post)
                yield self.finding(span, found.message, impact=impact)

    def _layout(self, front_matter: FrontMatter, post: Post) -> Iterable[Finding]:
        from newslint import reserved_keys

        layout = front_matter.data.get("layout")
        effect = reserved_keys.UNKNOWN_LAYOUT.get(post.target.name)
        if not isinstance(layout, str) or layout in ("", "none") or effect is None:
            return
        answer = self._answer(layout, post)
        if answer is SiteAnswer.YES:
            return
        if answer is SiteAnswer.NO:
            told = msg("the site has no layout {layout!r}, so ", layout=layout[:40])
        else:
            told = msg(
                "layout {layout!r} is unknown; if the site does not have it, ",
                layout=layout[:40],
            )
        dies = effect is Effect.SITE_DIES
        told += msg("the build stops") if dies else msg("the article is written without a layout")
        is_sure = dies and (post.site is None or answer is SiteAnswer.NO)
        severity = None if is_sure else Severity.WARNING
        yield self.finding(
            front_matter.key_span(("layout",)),
            told,
            severity=severity,
            impact=_IMPACTS.get(effect, Impact.CONTENT),
        )

    def _answer(self, layout: str, post: Post) -> SiteAnswer:
        """Whether the site has a layout; YES where no one can tell and it is likely there."""
        if post.site is None:
            is_likely = layout.lower() in self.options.layouts or "." in layout or "/" in layout
            return SiteAnswer.YES if is_likely else SiteAnswer.UNKNOWN
        if layout in self.options.layouts and self.options.layouts != _LAYOUTS:
            return SiteAnswer.YES
        answer = post.site.lookup("layout", layout).answer
        # Themes of Jekyll are gems, of which the site holds nothing: most posts name their layouts.
        is_theme = answer is SiteAnswer.UNKNOWN and post.target.name == "jekyll"
        return SiteAnswer.YES if is_theme else answer


def _key_at(front_matter: FrontMatter, offset: int) -> Span:
    """The span of the key whose value begins at an offset; a value may begin after its tag."""
    for entry in front_matter.walk():
        if offset in (entry.value.start, entry.key.start):
            return entry.key
    return front_matter.bounds.opening
