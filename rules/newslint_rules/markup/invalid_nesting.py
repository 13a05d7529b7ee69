"""HTML008."""

from __future__ import annotations

from collections.abc import Iterator

from newslint import Bad, Finding, Good, Post, PostRule, Problem, ProblemKind, Severity, msg
from newslint_rules.markup._problems import has_problems, problems


class InvalidNesting(PostRule):
    """An element stands where the HTML parser does not let it stand.

    A browser ends a `<p>` where a `<div>`, `<pre>`, `<ul>` or another block begins, and makes an
    empty paragraph of the `</p>` behind it: the block loses the paragraph's style and there are
    gaps. It ends an `<a>` at the next `<a>`, moves what stands between the rows of a table out of
    it, and drops `<td>` and `<tr>` outside of a table. Where an end tag then closes an element of
    the layout, it is an error.

    Close the outer element first, or use a `<div>` instead of the `<p>`.
    """

    code, name, severity = "HTML008", "invalid-nesting", Severity.WARNING
    applies_to = has_problems
    bad = [
        Bad(
            "<p>text ⟦<div>⟧block</div></p>\n",
            message="<div> cannot stand in <p>: a browser ends the <p> here",
        ),
        Bad('<a href="/1">one ⟦<a href="/2">⟧two</a></a>\n'),
        Bad("<p>one⟦<p>⟧two</p></p>\n"),
        Bad(
            "<table>⟦<div>⟧text</div><tr><td>cell</td></tr></table>\n",
            message="<div> cannot stand in <table>: a browser moves it in front of the table",
        ),
        Bad(
            "<div>⟦<td>⟧cell</td></div>\n",
            message="<td> stands outside of a table: a browser drops the tag",
        ),
    ]
    good = [
        Good("<p>one<div>two</div>\n"),
        Good("<table><tr><td><p>one</p><div>two</div></td></tr></table>\n"),
        Good('<a href="/1"><div>block</div></a>\n'),
        Good("<ul><li>one<ul><li>two</ul></ul>\n"),
    ]

    def check(self, post: Post) -> Iterator[Finding]:
        for problem in problems(post, ProblemKind.NESTING):
            yield self.finding(
                problem.span.shift(post.body_start),
                _message(problem),
                severity=Severity.ERROR if problem.leaks else None,
            )


def _message(problem: Problem) -> str:
    tag, other = problem.name, problem.other
    if not other:
        return msg("<{tag}> stands outside of a table: a browser drops the tag", tag=tag)
    if other in ("table", "tbody", "tfoot", "thead", "tr"):
        return msg(
            "<{tag}> cannot stand in <{other}>: a browser moves it in front of the table",
            tag=tag,
            other=other,
        )
    if other == "form":
        return "<form> cannot stand in <form>: a browser drops the inner one"
    return msg(
        "<{tag}> cannot stand in <{other}>: a browser ends the <{other}> here", tag=tag, other=other
    )
