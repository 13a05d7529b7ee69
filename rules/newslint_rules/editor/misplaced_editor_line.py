"""ED004."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Field, Finding, Good, PostRule, RuleOptions, Severity, msg
from newslint_rules.editor._credit_lines import EditorOptions, credit_lines, grammar

if TYPE_CHECKING:
    from newslint import Post


class MisplacedEditorLine(PostRule):
    """The editor line should be at the end of the article.

    Readers look for it there. Text after it is often something that the scraper should not have
    fetched: advertisements, links to other articles, or a second article.

    Move the line to the end, or remove the text after it. The rule is off by default, since many
    sites name the editor at the top.
    """

    code, name, severity, default = (
        "ED004",
        "misplaced-editor-line",
        Severity.WARNING,
        False,
    )

    class Options(EditorOptions):
        """Where the end begins."""

        last: int = Field(5, ge=1, description="The number of lines that count as the end.")

    bad = [
        Bad(
            "⟦<p>⟧责编：张三</p><p>一。</p><p>二。</p>",
            options={"last": 2},
            message="the editor line is not in the last 2 lines of the article",
        ),
    ]
    good = [
        Good("<p>一。</p><p>责编：张三</p><p>分享</p>"),
        Good("<p>一。</p>"),
    ]

    def __init__(
        self, options: RuleOptions | None = None, severity: Severity | None = None
    ) -> None:
        super().__init__(options, severity)
        self.grammar = grammar(self.options.roles, self.options.patterns)

    def check(self, post: Post) -> Iterable[Finding]:
        lines = credit_lines(post, self.grammar, 0, None)
        last = self.options.last
        if not lines or lines[-1].number < last:
            return ()
        message = msg("the editor line is not in the last {last} lines of the article", last=last)
        return (self.finding(lines[-1].place(post), message),)
