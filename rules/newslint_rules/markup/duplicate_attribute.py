"""HTML004."""

from __future__ import annotations

from collections.abc import Iterator

from newslint import Bad, Finding, Good, Post, PostRule, Safety, Severity, join_and, msg
from newslint.html.outline import Tag
from newslint.html.tokenizer import Attribute


def _may_repeat(post: Post) -> bool:
    """Whether a tag may have two attributes of one name."""
    structure = post.structure
    # A name and one attribute are two words, whatever blank stands between them.
    return structure.names is None or any(
        len(head.split(None, 2)) > 2 and structure.attributes(head) is None
        for _, head in structure.attributed
    )


class DuplicateAttribute(PostRule):
    """An element has the same attribute twice.

    A browser takes the first and drops the second, so that the second `class` or `style` does
    nothing. Scrapers make such tags when they add an attribute without looking.

    The fix removes the second one, which changes nothing. If both were wanted, put their values
    together first.
    """

    code, name, severity, fix = "HTML004", "duplicate-attribute", Severity.WARNING, Safety.SAFE
    applies_to = _may_repeat
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
        for tag in post.structure.tags:
            if len(tag.attributes) > 1 and (repeated := _repeated(tag)):
                yield self._finding(post, tag, repeated)

    def _finding(self, post: Post, tag: Tag, repeated: list[Attribute]) -> Finding:
        names = list(dict.fromkeys(attribute.name for attribute in repeated))
        told = msg(
            "duplicate attribute {names}; browsers use the first only", names=join_and(names)
        )
        if len(names) > 1:
            told = msg(
                "duplicate attributes {names}; browsers use the first of each only",
                names=join_and(names),
            )
        edits = post.cut_attributes(repeated)
        mend = self.make_fix("Remove the second", *edits) if edits else None
        return self.finding(tag.token.span.shift(post.body_start), told, mend)


def _repeated(tag: Tag) -> list[Attribute]:
    seen: set[str] = set()
    repeated = []
    for attribute in tag.attributes:
        if attribute.name in seen:
            repeated.append(attribute)
        seen.add(attribute.name)
    return repeated
