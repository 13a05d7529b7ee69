"""ED001."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Good, PostRule, RuleOptions, Severity, msg
from newslint_rules.editor._chinese_credits import people
from newslint_rules.editor._credit_lines import EditorOptions, credit_lines, grammar

if TYPE_CHECKING:
    from newslint import InferredOptions, Observation, Observations, Post


class MissingEditorLine(PostRule):
    """A post must name its editor.

    The editor is responsible for the article: readers and lawyers look for the line. It also shows
    that the scraper fetched the article to its end.

    Write the name on a line of its own, preferably the last: `责任编辑：刘万里 SF014`. The rule
    recognizes a role, a separator and a short value, at the beginning of a line or in parentheses
    at its end, in the first or last lines of the article: `责编：蒋烨`, `编辑：张三`,
    `（责任编辑：金子棋）`, `网络编辑丨李四`, `責任編輯：王五`, `Editing by Ann Lee`,
    `(Reporting by A; Editing by B)`. ED002 reports a line without a name.

    Configure other roles and patterns with the options `roles` and `patterns`. For a folder whose
    posts have no such line, ignore the rule in `[[overrides]]`.
    """

    code, name, severity = "ED001", "missing-editor-line", Severity.ERROR
    house = True
    Options = EditorOptions
    bad = [
        Bad("⟦⟧<p>正文。</p>", message="no line names the editor, such as 责任编辑：刘万里"),
        Bad("⟦⟧<p>【责任编辑挑出的好文】今天的新闻。</p>"),
        Bad("⟦⟧<p>Editing by hand is slow.</p>"),
    ]
    good = [
        Good("<p>正文。</p><p>责任编辑：刘万里 SF014</p>"),
        Good("<p>正文（责编：赵安妮(实习生)、李栋)</p>"),
        Good("<p>Text. (Reporting by Ann Lee; Editing by Bo Roe)</p>"),
        Good("正文。\n\n责编：张三\n", path="post.md"),
        Good("<p>\udcd4\udcf0\udcb1\udce0\uff1a\udcc1\udcf5</p>"),
        Good("---\ntitle: never closed\n<p>责任编辑：刘万里</p>\n"),
        Good("<p>正文。</p><p>整理：张三</p>", options={"patterns": ["^整理："]}),
    ]

    def __init__(
        self, options: RuleOptions | None = None, severity: Severity | None = None
    ) -> None:
        super().__init__(options, severity)
        self.grammar = grammar(self.options.roles, self.options.patterns)
        self.places = self.options.head, self.options.tail

    def check(self, post: Post) -> Iterable[Finding]:
        if post.bounds is not None and post.bounds.closing is None:
            return ()  # FM002's: the line is in front matter that goes on to the end
        if not post.source.is_utf8 or post.source.utf16_or_32:
            return ()  # TXT001's: no one can read yet who is named
        if credit_lines(post, self.grammar, *self.places):
            return ()
        message = msg("no line names the editor, such as 责任编辑：刘万里")
        return (self.finding(post.start_span(), message),)

    def metrics(self, post: Post) -> Iterator[tuple[str, str]]:
        if not post.source.is_utf8 or post.source.utf16_or_32:
            return
        for line in credit_lines(post, self.grammar, *self.places):
            for credit in line.credits:
                if credit.role not in self.grammar.patterns:
                    yield from (("editors", name) for name in people(credit.name))

    @classmethod
    def observe(cls, post: Post) -> Iterable[Observation]:
        from newslint_rules.editor import _inference

        return _inference.observe(post, cls.Options.head, cls.Options.tail)

    @classmethod
    def infer_options(cls, seen: Observations) -> InferredOptions | None:
        from newslint_rules.editor import _inference

        return _inference.infer_options(seen)
