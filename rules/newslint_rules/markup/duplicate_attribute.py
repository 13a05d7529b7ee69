"""HTML004."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from newslint import (
    Attribute,
    Bad,
    Finding,
    Good,
    Post,
    PostRule,
    Safety,
    Severity,
    Span,
    Tag,
    join_and,
    lazy,
    plural,
)

_TEMPLATE = lazy.pattern(r"\{[{%#].*?[}%#]\}", re.DOTALL)
"""What a template engine may replace: its words are attributes to no one."""


def _repeats(post: Post) -> bool:
    """Return whether a tag has two attributes of one name."""
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
        Good('<p {% if a %}class="a"{% endif %} {% if b %}id="b"{% endif %}>text</p>\n'),
        Good("<p title=\"class='a' class='b'\">class=a class=b</p>\n"),
    ]

    def check(self, post: Post) -> Iterator[Finding]:
        for tag, attributes in post.repeated_attributes:
            templates = _templates(post, tag)
            repeated = [one for one in attributes if not _touches(one, templates)]
            if not repeated:
                continue
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


def _templates(post: Post, tag: Tag) -> Sequence[Span]:
    """Return the templates in a tag, in the offsets of attributes."""
    if post.target.name == "html":
        return ()
    start, end = tag.span.shift(-post.body_start)
    return [Span(*found.span()) for found in _TEMPLATE.finditer(post.html.html, start, end)]


def _touches(attribute: Attribute, templates: Sequence[Span]) -> bool:
    """Return whether an attribute is made of a template's words, or contains a part of it."""
    start, end = attribute.span
    last = bisect_left(templates, end, key=lambda one: one.start) - 1
    return last >= 0 and start < templates[last].end
