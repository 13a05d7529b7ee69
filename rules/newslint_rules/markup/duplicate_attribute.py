"""HTML004."""

from __future__ import annotations

from collections.abc import Iterator

from newslint import Bad, Finding, Good, Post, PostRule, Safety, Severity, join_and, plural


def _repeats(post: Post) -> bool:
    """Whether a tag has two attributes of one name."""
    return bool(post.repeated_attributes)


class DuplicateAttribute(PostRule):
    """An element has a duplicate attribute.

    Browsers use the first attribute and drop the second, so the second `class` or `style` has no
    effect. Scrapers create such tags when they add an attribute without a check.

    The fix removes the second attribute, which changes nothing. If you need both, merge their
    values first.
    """

    code, name, severity, fix = "HTML004", "duplicate-attribute", Severity.WARNING, Safety.SAFE
    applies_to = _repeats
    bad = [
        Bad(
            '⟦<p class="a" class="b">⟧text</p>\n',
            fixed='<p class="a">text</p>\n',
            message="duplicate attribute class; browsers use the first only",
        ),
        Bad(
            '⟦<img SRC=a.png alt="" src="b.png" ALT=x>⟧\n',
            fixed='<img SRC=a.png alt="">\n',
            message="duplicate attributes src and alt; browsers use the first of each only",
        ),
    ]
    good = [
        Good('<p class="a" id="b">text</p>\n'),
        Good("<p title=\"class='a' class='b'\">class=a class=b</p>\n"),
    ]

    def check(self, post: Post) -> Iterator[Finding]:
        for tag, repeated in post.repeated_attributes:
            names = list(dict.fromkeys(attribute.name for attribute in repeated))
            message = plural(
                len(names),
                "duplicate attribute {names}; browsers use the first only",
                "duplicate attributes {names}; browsers use the first of each only",
                names=join_and(names),
            )
            edits = post.cut_attributes(repeated)
            fix = self.make_fix("Remove the second", *edits) if edits else None
            yield self.finding(tag.span, message, fix)
