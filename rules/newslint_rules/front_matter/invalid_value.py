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
    """A value must be allowed by the schema.

    The type is right, but the value is wrong: a URL without `http://` or `https://`, which browsers
    resolve on your own site; a text that does not match the pattern of the field; a number out of
    range; a value that is not one of the choices.

    `[schema.fields]` defines the allowed values. This rule also reports keys that the model of the
    site forbids.

    Categories of Jekyll get a warning if the result differs from the text: Jekyll splits a text at
    its spaces, and a `?` truncates the URL of the post, which contains the categories. In a site of
    Jekyll, words in lower case, such as `css html`, are taken for a list.
    """

    code, name, severity = "FM007", "invalid-value", Severity.ERROR
    applies_to = is_unusual
    bad = [
        Bad(
            example("headimg", "⟦headimg⟧: img/1.jpg"),
            message="headimg is not an http:// or https:// URL",
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
            for key, told in _jekyll_lists(front_matter.data, is_own=post.site is not None):
                yield self.finding(front_matter.key_span((key,)), told, severity=Severity.WARNING)


def _jekyll_lists(data: Mapping[str, object], *, is_own: bool) -> Iterator[tuple[str, str]]:
    """The keys of Jekyll's lists that come out otherwise, and how (docs/generators.md, row 19).

    ``is_own`` says that the post is of a site that newslint reads. Its author means a list by
    words in lower case: Jekyll's manual writes lists so.
    """
    for key in ("categories", "tags"):
        value = data.get(key)
        if isinstance(value, str) and len(words := value.split()) > 1:
            if is_own and value == value.lower() and value.isascii():
                continue
            yield (
                key,
                msg(
                    "{key} is split at spaces ({words}); write a list",
                    key=key,
                    words=" / ".join(words)[:60],
                ),
            )
    categories = data.get("categories")
    items = categories if isinstance(categories, list) else [categories]
    if "permalink" not in data and any(isinstance(item, str) and "?" in item for item in items):
        yield "categories", msg("a ? in a category truncates the URL of the post")
