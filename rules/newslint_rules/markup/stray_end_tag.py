"""HTML002."""

from __future__ import annotations

from collections.abc import Iterator

from newslint import (
    Bad,
    Finding,
    Good,
    Impact,
    Post,
    PostRule,
    Problem,
    ProblemKind,
    Safety,
    Severity,
    msg,
    with_line,
)
from newslint_rules.markup import _text_tags
from newslint_rules.markup._problems import has_problems, judged, problems

_VOID = frozenset(
    {
        "area", "base", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
        "track", "wbr",
    }
)  # fmt: skip
"""The elements without an end tag, other than ``br``."""


class StrayEndTag(PostRule):
    """An end tag has no start tag in the post.

    The post is in the middle of a page. A stray `</div>` or `</section>` closes the element of the
    layout that contains the article, and the rest of the page is misplaced: this is an error.
    Jekyll's Markdown prints stray end tags as text: this is an error too.

    Browsers ignore a stray `</b>`, `</span>` or `</img>`, create an empty paragraph for a stray
    `</p>`, and a line break for `</br>`. These do no harm to the page, and are warnings with the
    impact `house`.

    Remove the tag, or write the missing start tag. In an HTML page of the site that is not a post,
    the finding is a warning, since its layout may have the start tag; a page with template
    statements such as `{% for %}` or `{% include %}` is not checked.
    """

    code, name, fix = "HTML002", "stray-end-tag", Safety.UNSAFE
    impact = Impact.CONTENT
    applies_to = has_problems
    bad = [
        Bad(
            "<p>stray</p>⟦</section>⟧\n<p>next</p>\n",
            fixed="<p>stray</p>\n<p>next</p>\n",
            message="</section> has no start tag, so it closes an element of the layout",
        ),
        Bad("<div>\n<p>one</p>\n</div>\n⟦</div>⟧\n", fixed="<div>\n<p>one</p>\n</div>\n"),
        Bad(
            "<p>one ⟦</b>⟧word</p>\n",
            fixed="<p>one word</p>\n",
            message="</b> has no start tag",
        ),
        Bad("<p>one</p>⟦</p>⟧\n", fixed="<p>one</p>\n"),
        Bad(
            "<p>one</p><![CDATA[ raw <b>x⟦</b>⟧ ]]>\n",
            message="<![CDATA[ is a comment to browsers: text up to > is lost; write &lt;",
        ),
        Bad(
            "<p>one⟦</br>⟧two</p>\n",
            fixed="<p>one<br>two</p>\n",
            message="</br> is not a tag; write <br>",
        ),
        Bad(
            '<p><img src="a.png" alt="">⟦</img>⟧</p>\n',
            fixed='<p><img src="a.png" alt=""></p>\n',
            message="<img> takes no end tag; remove </img>",
        ),
    ]
    good = [
        Good("<div><p>one<p>two</div>\n"),
        Good("<ul><li>one</li><li>two</ul>\n"),
        Good("<p>no tag: <!-- </div> --></p>\n"),
        Good("Write `</div>` at the end.\n", path="post.md"),
    ]

    def check(self, post: Post) -> Iterator[Finding]:
        for problem in problems(post, ProblemKind.STRAY):
            span = problem.span.shift(post.body_start)
            if problem.span.start in _text_tags.found(post).starts:
                continue
            message, edit = msg("Remove the end tag"), (with_line(post.text, span), "")
            if problem.name == "br":
                message, edit = msg("Write <br>"), (span, "<br>")
            if _is_in_cdata(post, span.start):
                told = msg("<![CDATA[ is a comment to browsers: text up to > is lost; write &lt;")
                yield self.finding(span, told)
                continue
            shown, severity = self._effect(problem, post)
            impact = Impact.HOUSE if severity is Severity.WARNING else None
            found = self.finding(span, shown, self.make_fix(message, edit), severity, impact)
            yield judged(found, post)

    def _effect(self, problem: Problem, post: Post) -> tuple[str, Severity | None]:
        tag = problem.name
        nothing = msg("</{tag}> has no start tag", tag=tag)
        if post.target.name == "jekyll" and post.is_modelled_markdown:
            return msg("{nothing}, so Jekyll prints it as text", nothing=nothing), None
        if problem.leaks:
            return msg("{nothing}, so it closes an element of the layout", nothing=nothing), None
        if self.severity_in_force is not self.severity:
            return nothing, None
        if tag in _VOID:
            told = msg("<{tag}> takes no end tag; remove </{tag}>", tag=tag)
            return told, Severity.WARNING
        if tag == "br":
            return msg("</br> is not a tag; write <br>"), Severity.WARNING
        if tag == "p":
            return msg(
                "{nothing}, so browsers create an empty paragraph", nothing=nothing
            ), Severity.WARNING
        return nothing, Severity.WARNING


def _is_in_cdata(post: Post, offset: int) -> bool:
    """Return whether an offset is between ``<![CDATA[`` and ``]]>``, which HTML does not know."""
    opening = post.text.rfind("<![CDATA[", post.body_start, offset)
    return opening >= 0 and "]]>" not in post.text[opening:offset]
