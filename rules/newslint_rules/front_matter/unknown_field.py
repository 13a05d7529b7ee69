"""FM009."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Field, Finding, FrontMatterRule, Good, RuleOptions, Severity, msg, schema
from newslint_rules.front_matter._examples import GOOD_MATTER, example

if TYPE_CHECKING:
    from newslint import FrontMatter, Post


class UnknownField(FrontMatterRule):
    """A key should be a field of the schema.

    No generator reports a misspelled key. It ignores the key, and the setting has no effect (`tag`
    instead of `tags`, `commnets: false`).

    The rule is off by default, since many layouts have custom fields. List them in
    `[schema.fields]` or in the option `allow`. The preset `minimal` has no fields, and reports
    nothing.
    """

    code, name, severity, default = "FM009", "unknown-field", Severity.WARNING, False

    class Options(RuleOptions):
        """Keys that are fine."""

        allow: tuple[str, ...] = Field(
            (), description="Keys to allow in addition to those of the schema."
        )

    bad = [
        Bad(
            example("author", "author: Wire\n⟦tumbnail⟧: 'https://img.example.net/1.jpg'"),
            message="'tumbnail' is not a field of the schema; did you mean 'thumbnail'?",
        ),
        Bad(example("author", "author: Wire\n⟦source⟧: x")),
    ]
    good = [
        Good(GOOD_MATTER),
        Good(example("author", "author: Wire\nsource: x"), options={"allow": ["source"]}),
    ]

    def check(self, front_matter: FrontMatter, post: Post) -> Iterable[Finding]:
        known = schema.fields_of(post.schema)
        unknown = front_matter.data.keys() - known
        if not unknown or not _speaks_of_fields(post):
            return
        allowed = set(self.options.allow) | {
            error.path[0] for error in post.schema_errors if error.path
        }
        if post.target.name == "hugo":
            allowed |= {key for key in unknown if key.lower() in {name.lower() for name in known}}
        for key in front_matter.data:
            if key in unknown and key not in allowed:
                nearest = schema.near(key, known)
                hint = msg("; did you mean {nearest!r}?", nearest=nearest) if nearest else ""
                message = msg("{key!r} is not a field of the schema{hint}", key=key, hint=hint)
                yield self.finding(front_matter.key_span((key,)), message)


def _speaks_of_fields(post: Post) -> bool:
    """Return whether the schema means to know the fields there are."""
    from newslint import schema

    return post.schema is not schema.MinimalPost
