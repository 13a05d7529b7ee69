"""ED002."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Good, PostRule, RuleOptions, Severity, msg
from newslint_rules.editor._credit_lines import EditorOptions, credit_lines, grammar

if TYPE_CHECKING:
    from newslint import Post


class EmptyEditorLine(PostRule):
    """The editor line must contain a name.

    `责任编辑：` without a name usually means that the scraper lost the name, often because the
    original site fills it in with a script.

    Write the name, or remove the line if the article has another editor line.
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
        empty = [
            (line, credit.role)
            for line in credit_lines(post, self.grammar, *self.places)
            for credit in line.credits
            if not credit.name
        ]
        if not empty:
            return ()
        # Of a label that is twice in one element it is reported once.
        found = dict.fromkeys((line.place(post), role) for line, role in empty)
        return [self.finding(place, msg("{role} has no name", role=role)) for place, role in found]
