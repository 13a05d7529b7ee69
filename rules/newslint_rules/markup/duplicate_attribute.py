"""HTML004."""

from __future__ import annotations

from collections.abc import Iterator

from newslint import Bad, Finding, Good, Post, PostRule, Safety, Severity, join_and, plural


def _repeats(post: Post) -> bool:
    """Whether a tag has two attributes of one name."""
    return bool(post.repeated_attributes)


class DuplicateAttribute(PostRule):
    """An element has the same attribute twice.

    A browser takes the first and drops the second, so that the second `class` or `style` does
    nothing. Scrapers make such tags when they add an attribute without looking.

    The fix removes the second one, which changes nothing. If both were wanted, put their values
    together first.
    """

    code, name, severity, fix = "HTML004", "duplicate-attribute", Severity.WARNING, Safety.SAFE
    applies_to = _repeats
    bad = [
        Bad(
            '⟦<p class="a" class="b">⟧text</p>\n',
            fixed='<p class="a">text</p>\n',
            message="class is given twice: a browser takes the first only",
        ),
        Bad(
            '⟦<img SRC=a.png alt="" src="b.png" ALT=x>⟧\n',
            fixed='<img SRC=a.png alt="">\n',
            message="src and alt are given twice: a browser takes the first only",
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
                "{names} is given twice: a browser takes the first only",
                "{names} are given twice: a browser takes the first only",
                names=join_and(names),
            )
            edits = post.cut_attributes(repeated)
            fix = self.make_fix("Remove the second", *edits) if edits else None
            yield self.finding(tag.span, message, fix)
