"""FM017."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Field, Finding, FrontMatterRule, Good, RuleOptions, Severity, msg
from newslint_rules.front_matter._examples import GOOD_MATTER, example

if TYPE_CHECKING:
    from newslint import FrontMatter, Post


class CategoryPathMismatch(FrontMatterRule):
    """The categories of a post should match its folders.

    The pipeline saves a post in `<section>/<site>/<feed>/`, and writes the same three names as its
    categories. If they differ, the post was moved by hand, or two feeds were mixed up.

    The rule is off by default, since most sites organize their posts differently. Move the post, or
    correct its categories.
    """

    code, name, severity, default = "FM017", "category-path-mismatch", Severity.WARNING, False

    class Options(RuleOptions):
        """Which field."""

        field: str = Field("categories", description="The field that corresponds to the folders.")

    bad = [
        Bad(
            example("categories", "⟦categories⟧:\n - World\n - Wire"),
            path="posts/Europe/Wire/a.md",
            message="categories are World/Wire, but the post is in Europe/Wire",
        ),
        Bad(example("categories", "⟦categories⟧: [World, Wire]"), path="Wire/a.md"),
    ]
    good = [
        Good(example("categories", "categories:\n - World\n - Wire"), path="posts/World/Wire/a.md"),
        Good(GOOD_MATTER, path="World/a.md"),
    ]

    def check(self, front_matter: FrontMatter, post: Post) -> Iterable[Finding]:
        field = self.options.field
        value = front_matter.data.get(field)
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list) or not value:
            return
        wanted = [str(item).strip() for item in value]
        folders = list(post.path.parent.parts)[-len(wanted) :]
        if folders != wanted:
            place = "/".join(folders) or msg("no folder")
            message = msg(
                "{field} are {wanted}, but the post is in {place}",
                field=field,
                wanted="/".join(wanted),
                place=place,
            )
            yield self.finding(front_matter.key_span((field,)), message)
