"""HTML003."""

from __future__ import annotations

from collections.abc import Iterator

from newslint import Bad, Finding, Good, Post, PostRule, ProblemKind, Severity, msg
from newslint_rules.markup._problems import has_problems, problems


class MisnestedElement(PostRule):
    """An element ends after the element in which it began.

    Browsers split such an element in two, or ignore one of the end tags: text becomes bold, or part
    of a link, that should not be. If blocks overlap (`<div><section></div></section>`), the last
    end tag closes an element of the layout; this is an error.

    Close the elements in the reverse order of their start tags.
    """

    code, name, severity = "HTML003", "misnested-element", Severity.WARNING
    applies_to = has_problems
    bad = [
        Bad(
            "<p><b>bold ⟦<i>⟧both</b> italic</i></p>\n",
            message="<i> begins in <b> and ends after it; close <i> first",
        ),
        Bad("<p>⟦<b>⟧one</p><p>two</b></p>\n"),
        Bad("<b>⟦<p>⟧text</b></p>\n"),
        Bad(
            "<div>⟦<section>⟧text</div></section>\n",
            message="<section> begins in <div> and ends after it, where </section> closes an "
            "element of"
            " the layout; close <section> first",
        ),
        Bad("⟦<h2>⟧title</h3>\n", message="<h2> is closed by </h3>; write </h2>"),
    ]
    good = [
        Good("<p><b>bold <i>both</i></b> <i>italic</i></p>\n"),
        Good("<div><p>one</div>\n"),
    ]

    def check(self, post: Post) -> Iterator[Finding]:
        for problem in problems(post, ProblemKind.MISNESTED):
            tag, other = problem.name, problem.other
            if tag != other and tag[0] == other[0] == "h" and tag[1:].isdigit():
                message = msg(
                    "<{tag}> is closed by </{other}>; write </{tag}>", tag=tag, other=other
                )
            elif problem.leaks:
                message = msg(
                    "<{tag}> begins in <{other}> and ends after it, where </{tag}> closes an"
                    " element of the layout; close <{tag}> first",
                    tag=tag,
                    other=other,
                )
            else:
                message = msg(
                    "<{tag}> begins in <{other}> and ends after it; close <{tag}> first",
                    tag=tag,
                    other=other,
                )
            yield self.finding(
                problem.span.shift(post.body_start),
                message,
                severity=Severity.ERROR if problem.leaks else None,
            )
