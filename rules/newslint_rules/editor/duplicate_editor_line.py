"""ED003."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newslint import (
    Bad,
    Finding,
    Fix,
    Good,
    PostRule,
    RuleOptions,
    Safety,
    Severity,
    Span,
    TokenKind,
    msg,
    with_line,
)
from newslint_rules.editor._credit_lines import CreditLine, EditorOptions, credit_lines, grammar

if TYPE_CHECKING:
    from newslint import Post


class DuplicateEditorLine(PostRule):
    """The editor should be named once.

    Two lines for the same role mean that the scraper fetched the line of the page and that of the
    feed, or that the post contains two articles. Which name is right cannot be decided
    automatically.

    Keep one line. Different roles (`责任编辑`, `网络编辑`) are not duplicates. The unsafe fix
    removes the second line if it is identical to the first and has its own block.
    """

    code, name, severity = "ED003", "duplicate-editor-line", Severity.WARNING
    house = True
    fix = Safety.UNSAFE
    Options = EditorOptions
    bad = [
        Bad(
            "<p>责编：张三</p><p>正文。</p>⟦<p>⟧责任编辑：李四</p>",
            message="duplicate line for 责任编辑: 李四, after 张三",
        ),
        Bad(
            "<p>正文。</p><p>责编：张三</p>⟦<p>⟧责编：张三</p>",
            fixed="<p>正文。</p><p>责编：张三</p>",
        ),
    ]
    good = [
        Good("<p>正文。</p><p>责任编辑：张三</p><p>网络编辑：李四</p>"),
        Good("<p>正文。</p><p>责任编辑：张三</p>"),
    ]

    def __init__(
        self, options: RuleOptions | None = None, severity: Severity | None = None
    ) -> None:
        super().__init__(options, severity)
        self.grammar = grammar(self.options.roles, self.options.patterns)
        self.places = self.options.head, self.options.tail

    def check(self, post: Post) -> Iterable[Finding]:
        lines = credit_lines(post, self.grammar, *self.places)
        if len(lines) < 2 and not (lines and len(lines[0].credits) > 1):
            return ()
        return self.repeated(lines, post)

    def repeated(self, lines: Iterable[CreditLine], post: Post) -> Iterator[Finding]:
        """Yield each line for a role that an earlier one was for."""
        first: dict[str, tuple[CreditLine, str]] = {}
        for line in lines:
            for credit in line.credits:
                if not credit.name:
                    continue
                before = first.setdefault(credit.role, (line, credit.name))
                if before == (line, credit.name):
                    continue
                message = msg(
                    "duplicate line for {role}: {name}, after {before}",
                    role=credit.role,
                    name=credit.name,
                    before=before[1],
                )
                fix = None
                if before[0] is not line and before[0].text == line.text:
                    fix = self.removal(line, post)
                yield self.finding(line.place(post), message, fix)
                break

    def removal(self, line: CreditLine, post: Post) -> Fix | None:
        """Take the block of a line out, where it holds that line and nothing else."""
        block = line.block(post)
        if " ".join("".join(map(str, block.itertext("*"))).split()) != line.text:
            return None
        start = post.html.start_tag(block)
        if start is None:
            return None
        depth = 0
        for token in post.html.tokens:
            if token.span.start < start.span.start or token.name != start.name:
                continue
            depth += {TokenKind.START: 1, TokenKind.END: -1}.get(token.kind, 0)
            if depth == 0:
                span = Span(start.span.start, token.span.end).shift(post.html.start)
                return self.make_fix("Remove the second line", (with_line(post.text, span), ""))
        return None
