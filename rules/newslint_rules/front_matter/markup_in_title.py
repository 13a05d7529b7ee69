"""FM015."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import (
    Bad,
    Field,
    Finding,
    FrontMatterRule,
    Good,
    Impact,
    RuleOptions,
    Severity,
    lazy,
    msg,
)
from newslint_rules.front_matter._examples import GOOD_MATTER, example
from newslint_rules.front_matter._fast_path import is_unusual

if TYPE_CHECKING:
    from newslint import FrontMatter, Post

_TAG = lazy.pattern(
    r"</?(?:a|b|big|br|center|div|em|font|h[1-6]|i|img|li|mark|p|s|script|small|span|strong|style"
    r"|sub|sup|u|ul)(?:\s[^<>]*+)?/?>",
    re.IGNORECASE,
)
_ENTITY = lazy.pattern(
    r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|(?P<name>[A-Za-z][A-Za-z0-9]{1,31}));"
)


class MarkupInTitle(FrontMatterRule):
    """A title must be text, not HTML.

    Layouts escape the title, so readers see `<b>` and `&amp;` as text; so do lists of posts, feeds
    and search engines. `&#123;` for a brace is only needed in the body, since no generator runs
    templates in a title.

    Write the characters themselves, in quotes: `&` for `&amp;`, `{` for `&#123;`.
    """

    code, name, severity = "FM015", "markup-in-title", Severity.WARNING
    impact = Impact.CONTENT
    applies_to = is_unusual

    class Options(RuleOptions):
        """Which fields."""

        fields: tuple[str, ...] = Field(("title",), description="The plain text fields to check.")

    bad = [
        Bad(
            example("title", "⟦title⟧: 'A <b>bold</b> title'"),
            message="title contains the HTML tag <b>, which readers see as text",
        ),
        Bad(
            example("title", "⟦title⟧: 'Salt &amp; pepper'"),
            message="title contains the entity &amp;, which readers see as text",
        ),
        Bad(example("title", "⟦title⟧: '&#123;x&#125;'")),
    ]
    good = [
        Good(GOOD_MATTER),
        Good(example("title", "title: 'AT&T; 1 < 2; List<String>; {{ x }}'")),
    ]

    def check(self, front_matter: FrontMatter, post: Post) -> Iterable[Finding]:
        for field in self.options.fields:
            value = front_matter.data.get(field)
            if not isinstance(value, str) or not ("<" in value or "&" in value):
                continue
            tag, entity = _TAG.search(value), _entity(value)
            if tag is None and entity is None:
                continue
            what = (
                msg("the HTML tag {tag}", tag=tag[0][:40])
                if tag
                else msg("the entity {entity}", entity=entity)
            )
            # Liquid prints a title as it is; many themes of Jekyll and Eleventy leave it so.
            message = (
                msg(
                    "{field} contains {what}, which readers see as text if the theme escapes it",
                    field=field,
                    what=what,
                )
                if post.target.name in ("jekyll", "eleventy")
                else msg(
                    "{field} contains {what}, which readers see as text", field=field, what=what
                )
            )
            yield self.finding(front_matter.key_span((field,)), message)


def _entity(value: str) -> str | None:
    from html.entities import html5

    for match in _ENTITY.finditer(value):
        if match["name"] is None or f"{match['name']};" in html5:
            return match[0]
    return None
