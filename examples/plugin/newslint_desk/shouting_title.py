"""DESK001 shouting-title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newslint import (
    Bad,
    Field,
    Finding,
    FrontMatter,
    FrontMatterRule,
    Good,
    Post,
    RuleOptions,
    Safety,
    Severity,
    Span,
)

_MARKS = re.compile(r"[!?！？]+")


class ShoutingTitle(FrontMatterRule):
    """A headline does not shout.

    `Snow!!!` looks like an advertisement in every list of posts. Leave one mark, or as many as
    the option `most` allows.
    """

    code = "DESK001"
    name = "shouting-title"
    severity = Severity.WARNING
    fix = Safety.UNSAFE  # it changes what a person wrote
    url = "https://desk.example/rules/shouting-title"  # reports and editors link to it

    class Options(RuleOptions):
        """What the table [rules.DESK001] of newslint.toml may say."""

        most: int = Field(1, ge=1, description="Marks in a row that are no shouting.")

    bad = (
        Bad("---\ntitle: Snow⟦!!!⟧\n---\n", fixed="---\ntitle: Snow!\n---\n"),
        Bad("---\ntitle: 下雪了⟦？！⟧\n---\n", fixed="---\ntitle: 下雪了？\n---\n"),
    )
    good = (
        Good("---\ntitle: Snow!\n---\n"),
        Good("---\ntitle: Snow!!\n---\n", options={"most": 2}),
        Good("---\nauthor: Li!!!\n---\n"),
    )

    def check(self, front_matter: FrontMatter, post: Post) -> Iterator[Finding]:
        """Look at the title, as it stands in the file."""
        entry = front_matter.entries.get(("title",))
        if entry is None:
            return
        most = self.options.most
        for match in _MARKS.finditer(post.text, *entry.value):
            if len(match[0]) > most:
                span = Span(*match.span())
                fix = self.make_fix("Leave one mark", (span, match[0][0]))
                yield self.finding(span, f"the headline shouts: {match[0]}", fix)
