"""HTML008."""

from __future__ import annotations

from collections.abc import Iterator

from newslint import Bad, Finding, Good, Post, PostRule, Problem, ProblemKind, Severity, msg
from newslint_rules.markup._problems import has_problems, problems


class InvalidNesting(PostRule):
    """An element is at a place that the HTML parser does not allow.

    Browsers end a `<p>` where a `<div>`, `<pre>`, `<ul>` or another block begins, and create an
    empty paragraph for the `</p>` after it: the block loses the style of the paragraph, and there
    are gaps. They end an `<a>` at the next `<a>`, move text between the rows of a table out of the
    table, and drop `<td>` and `<tr>` outside of a table. If an end tag then closes an element of
    the layout, the finding is an error.

    Close the outer element first, or use a `<div>` instead of the `<p>`.
    """

    code, name, severity = "HTML008", "invalid-nesting", Severity.WARNING
    applies_to = has_problems
    bad = [
        Bad(
            "<p>text ⟦<div>⟧block</div></p>\n",
            message="<div> is not allowed in <p>; browsers end the <p> here",
        ),
        Bad('<a href="/1">one ⟦<a href="/2">⟧two</a></a>\n'),
        Bad("<p>one⟦<p>⟧two</p></p>\n"),
        Bad(
            "<table>⟦<div>⟧text</div><tr><td>cell</td></tr></table>\n",
            message="<div> is not allowed in <table>; browsers move it before the table",
        ),
        Bad(
            "<div>⟦<td>⟧cell</td></div>\n",
            message="<td> is outside of a table; browsers drop the tag",
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
        return msg("<{tag}> is outside of a table; browsers drop the tag", tag=tag)
    if other in ("table", "tbody", "tfoot", "thead", "tr"):
        return msg(
            "<{tag}> is not allowed in <{other}>; browsers move it before the table",
            tag=tag,
            other=other,
        )
    if other == "form":
        return msg("<form> is not allowed in <form>; browsers drop the inner form")
    return msg(
        "<{tag}> is not allowed in <{other}>; browsers end the <{other}> here", tag=tag, other=other
    )
