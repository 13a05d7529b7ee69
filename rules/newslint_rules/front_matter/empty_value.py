"""FM008."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newslint import Bad, Finding, FrontMatterRule, Good, Severity, msg, schema
from newslint_rules.front_matter import _generated_values, _scalars
from newslint_rules.front_matter._examples import GOOD_MATTER, complaints, example, key_span
from newslint_rules.front_matter._fast_path import is_unusual

if TYPE_CHECKING:
    from newslint import FrontMatter, Post


class EmptyValue(FrontMatterRule):
    """A required field must not be empty.

    The site shows a post without a title, an image without a URL, or a section without posts. An
    empty item of a list creates a category or tag without a name in Jekyll; Hexo and Hugo leave it
    out (measured). In a list that is not required, it is a warning.

    Set the field. If the field may be empty, set `required = false` in `[schema.fields.NAME]`. If
    the target then uses a title or date of its own, the finding is a warning.
    """

    code, name, severity = "FM008", "empty-value", Severity.ERROR
    applies_to = is_unusual
    bad = [
        Bad(example("thumbnail", "⟦thumbnail⟧: ''"), message="thumbnail is empty"),
        Bad(example("title", "⟦title⟧:")),
        Bad(
            example("title", "⟦title⟧: #1 of all"),
            message="title is empty, since the text after # is a comment; put the text in quotes",
        ),
        Bad(example("categories", "⟦categories⟧:\n - World\n -")),
        Bad(example("categories", "⟦categories⟧: []")),
    ]
    good = [Good(GOOD_MATTER), Good(example("title", "title: '0'"))]

    def check(self, front_matter: FrontMatter, post: Post) -> Iterable[Finding]:
        for error in complaints(post, "empty"):
            comment = _comment(front_matter, post, error.path)
            span = key_span(front_matter, error.path)
            is_spare = isinstance(error.path[-1], int) and not _is_required(
                str(error.path[0]), post
            )
            severity = Severity.WARNING if is_spare else error.severity
            yield self.finding(span, error.message + comment, severity=severity)
        for key in _with_empty_items(front_matter, post):
            message = msg("an item of {key} is empty", key=key)
            yield self.finding(front_matter.key_span((key,)), message, severity=Severity.WARNING)
        for key, words in _generated_values.missing(front_matter, post, empty=True):
            if not _scalars.is_comment(front_matter, post, (key,)):  # FM022's
                message = msg("{key} is empty: {words}", key=key, words=words)
                yield self.finding(
                    front_matter.key_span((key,)), message, severity=Severity.WARNING
                )


def _is_required(field: str, post: Post) -> bool:
    kind = schema.kinds(post.schema).get((field,))
    return kind is None or kind.required


def _comment(front_matter: FrontMatter, post: Post, path: tuple[str | int, ...]) -> str:
    if _scalars.is_comment(front_matter, post, path):
        return msg(", since the text after # is a comment; put the text in quotes")
    return ""


def _with_empty_items(front_matter: FrontMatter, post: Post) -> Iterator[str]:
    """Yield the lists with an empty item of which the schema says nothing."""
    for key in ("categories", "tags") if post.target.name != "hugo" else ():
        items = front_matter.data.get(key)
        if isinstance(items, list) and (None in items or "" in items):
            if not any(error.path[:1] == (key,) for error in post.schema_errors):
                yield key
