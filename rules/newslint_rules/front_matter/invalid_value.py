"""FM007."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from newslint import Bad, Finding, FrontMatterRule, Good, Severity, msg
from newslint_rules.front_matter._examples import GOOD_MATTER, complaints, example, key_span
from newslint_rules.front_matter._fast_path import is_unusual

if TYPE_CHECKING:
    from newslint import FrontMatter, Post


class InvalidValue(FrontMatterRule):
    """A value must be one that the schema allows.

    It is of the right type, and still wrong: an address without `http://` or `https://`, which the
    browser looks for on your own site; a text that does not match the field's pattern, a number
    out of bounds, a choice that is none.

    `[schema.fields]` says what is allowed. A key that the site's own model forbids is told here,
    too.

    Jekyll's categories get a warning where they come out otherwise than they are written: a text
    is split at its blanks, and a `?` cuts off the address of the post, which they are part of.
    """

    code, name, severity = "FM007", "invalid-value", Severity.ERROR
    applies_to = is_unusual
    bad = [
        Bad(
            example("headimg", "⟦headimg⟧: img/1.jpg"),
            message="headimg has no http:// or https:// address",
        ),
        Bad(example("thumbnail", "⟦thumbnail⟧: '//img.example.net/1.jpg'")),
        Bad(example("thumbnail", "⟦thumbnail⟧: 'https://img.example.net/a b.jpg'")),
    ]
    good = [Good(GOOD_MATTER), Good(example("headimg", "headimg: HTTPS://img.example.net/1.jpg"))]

    def check(self, front_matter: FrontMatter, post: Post) -> Iterable[Finding]:
        if post.schema_errors:
            for error in (*complaints(post, "value"), *complaints(post, "unknown")):
                span = key_span(front_matter, error.path)
                yield self.finding(span, error.message, severity=error.severity)
        if post.target.name == "jekyll":
            for key, told in _jekyll_lists(front_matter.data):
                yield self.finding(front_matter.key_span((key,)), told, severity=Severity.WARNING)


def _jekyll_lists(data: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The keys of Jekyll's lists that come out otherwise, and how (docs/generators.md, row 19)."""
    for key in ("categories", "tags"):
        value = data.get(key)
        if isinstance(value, str) and len(words := value.split()) > 1:
            yield (
                key,
                msg(
                    "{key} is split at its blanks ({words}): write a list",
                    key=key,
                    words=" / ".join(words)[:60],
                ),
            )
    categories = data.get("categories")
    items = categories if isinstance(categories, list) else [categories]
    if "permalink" not in data and any(isinstance(item, str) and "?" in item for item in items):
        yield "categories", msg("the ? of a category cuts off the address of the post")
