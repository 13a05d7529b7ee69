"""HTML001."""

from __future__ import annotations

from collections.abc import Iterator

from newslint import (
    Bad,
    Finding,
    Good,
    Impact,
    Post,
    PostRule,
    ProblemKind,
    Severity,
    markdown,
    msg,
)
from newslint_rules.markup import _text_tags
from newslint_rules.markup._problems import has_problems, judged, problems


class UnclosedElement(PostRule):
    """An element that needs an end tag has none.

    The post is in the middle of a page. An unclosed `<div>` contains everything that the layout has
    after it, so the footer moves into the article; an unclosed `<b>` or `<a>` makes the rest of the
    page bold, or a link. Jekyll's Markdown prints the following end tags as text; a block element
    within a line of text is printed too, and is a warning. So is a `<span>` within a text in
    Markdown, which ends with the paragraph, and with Jekyll a `<b>`.

    The rule does not report end tags that are optional in the HTML standard (`</p>`, `</li>`,
    `</td>`, `</option>` …), nor void elements such as `<br/>` and `<img/>`. It reports `<div/>`,
    since HTML has no self-closing elements and browsers read it as `<div>`. HTML011 reports
    unclosed comments, `<style>` and `<script>`; HTML012 reports names that browsers do not know
    (`List<String>`).

    Write the end tag where the element should end, or remove the start tag. In an HTML page of the
    site that is not a post, the finding is a warning, since its layout may have the end tag; a page
    with template statements such as `{% for %}` or `{% include %}` is not checked.
    """

    code, name = "HTML001", "unclosed-element"
    impact = Impact.CONTENT
    applies_to = has_problems
    bad = [
        Bad(
            '<div>\n⟦<section class="open">⟧<p>never closed</p>\n</div>\n',
            message="<section> is not closed; add </section>",
        ),
        Bad("<p>a ⟦<b>⟧bold word</p>\n<p>and all the rest</p>\n"),
        Bad('⟦<div class="line"/>⟧\n<p>text</p>\n'),
        Bad('<p>⟦<a href="/1">⟧one <a href="/2">two</a></p>\n'),
        Bad("⟦<a href='/1'>⟧one\n", path="post.md"),
        Bad(
            "Write ⟦<div>⟧ here.\n",
            path="post.md",
            target="jekyll",
            message="<div> is not closed, so Jekyll prints it as text; remove it, or write &lt; if "
            "it is meant as text",
        ),
    ]
    good = [
        Good("<ul><li>one<li>two</ul>\n<p>one<p>two\n"),
        Good("<table><tr><td>one<td>two<tr><td>three</table>\n"),
        Good('<p>one<br/>two <img src="a.png" alt=""/></p>\n<hr>\n'),
        Good('<svg viewBox="0 0 1 1"><path d="M0 0"/><circle r="1"/></svg>\n'),
        Good("See <https://a.cn/> or `List<String>`.\n", path="post.md"),
    ]

    def check(self, post: Post) -> Iterator[Finding]:
        for problem in problems(post, ProblemKind.UNCLOSED):
            at = problem.span.start
            if at in _text_tags.found(post).starts or _text_tags.in_sample(
                post, at + post.body_start
            ):
                continue
            tag = problem.name
            span = problem.span.shift(post.body_start)
            if self.severity_in_force is self.severity and at in post.once(_printed):
                message = msg(
                    "<{tag}> is not closed, so Jekyll prints it as text; remove it, or write &lt;"
                    " if it is meant as text",
                    tag=tag,
                )
                yield self.finding(span, message, severity=Severity.WARNING)
                continue
            if at in post.once(_closed):
                if post.target.name == "jekyll" and post.text.endswith("/>", 0, span.end):
                    continue
                message = msg(
                    "<{tag}> is not closed, so it ends with the paragraph; add </{tag}>", tag=tag
                )
                yield self.finding(span, message, None, Severity.WARNING, Impact.HOUSE)
                continue
            message = msg("<{tag}> is not closed; add </{tag}>", tag=tag)
            yield judged(self.finding(span, message), post)


def _closed(post: Post) -> frozenset[int]:
    """Return where in the body tags are whose elements end with their paragraph."""
    if not post.is_modelled_markdown or post.markdown_target.name == "html":
        return frozenset()
    code = [span.shift(-post.body_start) for span in post.code_spans]
    return markdown.tags_closed(post.markdown_text, code, *post.markdown_target)


def _printed(post: Post) -> frozenset[int]:
    """Return where in the body tags are that Markdown shows as the text that they may be."""
    if not post.is_modelled_markdown:
        return frozenset()
    code = [span.shift(-post.body_start) for span in post.code_spans]
    return markdown.tags_as_text(post.markdown_text, code, post.markdown_target.name)
