"""ED002."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Good, PostRule, RuleOptions, Severity, msg
from newslint_rules.editor._credit_lines import EditorOptions, credit_lines, grammar

if TYPE_CHECKING:
    from newslint import Post


class EmptyEditorLine(PostRule):
    """The editor's line must have a name in it.

    `责任编辑：` with nothing behind it is what a scraper leaves that lost the name, often because
    a script of the site filled it in. It looks careless, and nobody is named.

    Write the name, or take the line out if the article has another one.
    """

    code, name, severity = "ED002", "empty-editor-line", Severity.ERROR
    house = True
    Options = EditorOptions
    bad = [
        Bad("<p>正文。</p>⟦<p>⟧责任编辑：</p>", message="责任编辑 has no name"),
        Bad("<div>正文。⟦<p>⟧（责编： 审核：王丽）</p></div>"),
        Bad("<p>正文。</p>⟦<p class=e>⟧责任编辑：undefined</p>"),
    ]
    good = [
        Good("<p>正文。</p><p>责任编辑：刘万里 SF014</p>"),
        Good("<table><tr><td>责任编辑：</td><td>刘万里</td></tr></table>"),
        Good("<p>编辑：</p><pre>vim a.txt</pre>"),
    ]

    def __init__(
        self, options: RuleOptions | None = None, severity: Severity | None = None
    ) -> None:
        super().__init__(options, severity)
        self.grammar = grammar(self.options.roles, self.options.patterns)
        self.places = self.options.head, self.options.tail

    def check(self, post: Post) -> Iterable[Finding]:
        empty = (
            (line, credit.role)
            for line in credit_lines(post, self.grammar, *self.places)
            for credit in line.credits
            if not credit.name
        )
        # Of a label that stands twice in one element it is said once.
        found = dict.fromkeys((line.place(post), role) for line, role in empty)
        return [self.finding(place, msg("{role} has no name", role=role)) for place, role in found]
