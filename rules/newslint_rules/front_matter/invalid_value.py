"""FM007."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, FrontMatterRule, Good, Severity
from newslint_rules.front_matter.places import GOOD_MATTER, complaints, example, key_span

if TYPE_CHECKING:
    from newslint import Header, Post


class InvalidValue(FrontMatterRule):
    """A value must be one that the schema allows.

    It is of the right type, and still wrong: an address without `http://` or `https://`, which the
    browser looks for on your own site; a text that does not match the field's pattern, a number
    out of bounds, a choice that is none.

    `[schema.fields]` says what is allowed. A key that the site's own model forbids is told here,
    too.
    """

    code, name, severity = "FM007", "invalid-value", Severity.ERROR
    bad = [
        Bad(
            example("headimg", "⟦headimg⟧: img/1.jpg"),
            message="headimg has no http:// or https:// address",
        ),
        Bad(example("thumbnail", "⟦thumbnail⟧: '//img.example.net/1.jpg'")),
        Bad(example("thumbnail", "⟦thumbnail⟧: 'https://img.example.net/a b.jpg'")),
    ]
    good = [Good(GOOD_MATTER), Good(example("headimg", "headimg: HTTPS://img.example.net/1.jpg"))]

    def check(self, front_matter: Header, post: Post) -> Iterable[Finding]:
        if not post.schema_errors:
            return ()
        return [
            self.finding(key_span(front_matter, error.path), error.message)
            for error in (*complaints(post, "value"), *complaints(post, "unknown"))
        ]
