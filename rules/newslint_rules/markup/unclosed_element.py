"""HTML001."""

from __future__ import annotations

from collections.abc import Iterator

from newslint import Bad, Finding, Good, Impact, Post, PostRule, ProblemKind, msg
from newslint_rules.markup import _text_tags
from newslint_rules.markup._problems import has_problems, problems


class UnclosedElement(PostRule):
    """An element that needs an end tag has none.

    The post stands in the middle of a page. An open `<div>` takes in all that the layout has
    below it, so that the footer slips into the article; an open `<b>` or `<a>` makes the rest of
    the page bold, or a link. Jekyll's Markdown prints the following end tags as text.

    End tags that the HTML standard lets you leave out (`</p>`, `</li>`, `</td>`, `</option>` …)
    are not asked for, and `<br/>` and `<img/>` are whole. `<div/>` is not: HTML knows no
    self-closing elements, and a browser reads a plain `<div>`. A comment, `<style>` or `<script>`
    that is never closed is HTML011, a name that no browser knows (`List<String>`) HTML012.

    Write the end tag where the element should end, or remove the start tag.
    """

    code, name = "HTML001", "unclosed-element"
    impact = Impact.CONTENT
    applies_to = has_problems
    bad = [
        Bad(
            '<div>\n⟦<section class="open">⟧<p>never closed</p>\n</div>\n',
            message="<section> is never closed: write </section> where it should end",
        ),
        Bad("<p>a ⟦<b>⟧bold word</p>\n<p>and all the rest</p>\n"),
        Bad('⟦<div class="line"/>⟧\n<p>text</p>\n'),
        Bad('<p>⟦<a href="/1">⟧one <a href="/2">two</a></p>\n'),
        Bad("⟦<a href='/1'>⟧one\n", path="post.md"),
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
            yield self.finding(
                problem.span.shift(post.body_start),
                msg("<{tag}> is never closed: write </{tag}> where it should end", tag=tag),
            )
