"""HTML005."""

from __future__ import annotations

from collections.abc import Iterator

from newslint import Bad, Finding, Good, Post, PostRule, Severity, lazy, msg

_IDS = lazy.pattern(r"(?<=[ \t\n\r\f])id=(?:\"([^\"]*+)\"|'([^']*+)'|([^ \t\n\r\f]++))")


def _may_repeat(post: Post) -> bool:
    """Return whether an id may exist twice."""
    text = post.attribute_text
    if text.count("id=") < 2:
        return False
    ids = ["".join(groups) for groups in _IDS.findall(text)]
    return len(ids) > len(set(ids)) or "&" in "".join(ids)


class DuplicateId(PostRule):
    """Two elements have the same id.

    A link to `#id` leads to the first element only, and a style or script for one of them applies
    to the other. Pages that combine several scraped parts have such ids.

    Rename or remove the second id, and the links to it.
    """

    code, name, severity = "HTML005", "duplicate-id", Severity.WARNING
    applies_to = _may_repeat
    bad = [
        Bad(
            '<p id="a">one</p>\n⟦<p id="a">⟧two</p>\n',
            message='duplicate id "a"; links to it lead to the first element only',
        ),
        Bad("<img id=0 alt=''>⟦<img ID='0' alt=''>⟧⟦<p id=0>⟧x</p>\n"),
    ]
    good = [
        Good('<p id="a">one</p>\n<p id="A">two</p>\n<p id="">three</p><p id="">four</p>\n'),
        Good('<p data-id="a" id="a">id="a" id="a"</p>\n<!-- <p id="a"> -->\n'),
    ]

    def check(self, post: Post) -> Iterator[Finding]:
        seen: set[str] = set()
        if post.has_varying_tags:
            return
        for tag in post.tags():
            value = tag.attributes.get("id")
            if not value:
                continue
            if value in seen:
                yield self.finding(
                    tag.span,
                    msg(
                        'duplicate id "{value}"; links to it lead to the first element only',
                        value=value,
                    ),
                )
            seen.add(value)
