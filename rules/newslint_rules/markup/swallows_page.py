"""HTML011."""

from __future__ import annotations

from collections.abc import Iterator

from newslint import (
    Bad,
    Finding,
    Fix,
    Good,
    Impact,
    Post,
    PostRule,
    Problem,
    ProblemKind,
    Safety,
    Span,
    lazy,
    msg,
)
from newslint_rules.markup._problems import has_problems, problems

_FEW = 20
"""Findings of a post for which a fix is looked for: each is tried."""

_TAG = lazy.pattern(r"</?[a-zA-Z]")


class SwallowsPage(PostRule):
    """A comment, style, script or text field is not closed, so the rest of the page is lost.

    Browsers read everything after it as a comment, CSS or the text of a form: the rest of the
    article and of the page, up to the footer, is not shown. The same applies to `<title>`, `<xmp>`,
    `<iframe>`, `<noscript>`, `<template>` and `<plaintext>`, and to a tag that is truncated or
    whose quote is not closed.

    Close it. The fix closes it before the next tag; check whether that is the right place.
    """

    code, name, fix = "HTML011", "swallows-page", Safety.UNSAFE
    impact = Impact.CONTENT
    applies_to = has_problems
    bad = [
        Bad(
            "<p>one</p>\n⟦<!--⟧ ad start\n<p>two</p>\n",
            fixed="<p>one</p>\n<!-- ad start-->\n<p>two</p>\n",
            message="this comment is not closed, so the rest of the page is lost",
        ),
        Bad(
            '<div>⟦<style type="text/css">⟧.a&#123;&#125;\n<p>two</p></div>\n',
            fixed='<div><style type="text/css">.a&#123;&#125;</style>\n<p>two</p></div>\n',
            message="<style> is not closed, so the rest of the page is lost",
        ),
        Bad("⟦<script>⟧go()\n<p>two</p>\n", fixed="<script>go()</script>\n<p>two</p>\n"),
        Bad("<p>⟦<textarea>⟧x", fixed="<p><textarea>x</textarea>"),
        Bad(
            '<p>⟦<a⟧ href="https://a.cn/>link</a> text</p>\n',
            fixed='<p><a href="https://a.cn/">link</a> text</p>\n',
            message="the tag <a> is not closed, so the rest of the page is lost",
        ),
        Bad("<p>one</p>\n⟦<p⟧", fixed="<p>one</p>\n<p>"),
    ]
    good = [
        Good("<!-- one --><style>.a&#123;&#125;</style><textarea></textarea>\n"),
        Good("<script>if (a < b) document.write('<!--')</script>\n"),
        Good("An arrow <-- or `<!--` is text.\n", path="post.md"),
    ]

    def check(self, post: Post) -> Iterator[Finding]:
        for number, problem in enumerate(problems(post, ProblemKind.SWALLOWS)):
            html, start = post.html.html, problem.span.start
            whole = html[start : problem.span.end].endswith(">")
            if html.startswith("<!", start) or html.startswith("<?", start):
                what = msg("this comment")
            else:
                what = f"<{problem.name}>" if whole else msg("the tag <{name}>", name=problem.name)
            yield self.finding(
                problem.span.shift(post.body_start),
                msg("{what} is not closed, so the rest of the page is lost", what=what),
                self._closing(post, problem, whole) if number < _FEW else None,
            )

    def _closing(self, post: Post, problem: Problem, whole: bool) -> Fix | None:
        html, (start, end) = post.html.html, problem.span
        token = post.html.token_at(start)
        if problem.name == "plaintext" or token is None or token.span.start != start:
            return None  # Nothing ends the one; the other is in what only Markdown takes for text.
        if not problem.name:
            content = "-->" if html.startswith("<!--", start) else ">"
            at = _before_tag(html, end)
        elif whole:
            content = f"</{problem.name}>"
            at = _before_tag(html, end, new_line=problem.name == "script")
            if problem.name in ("noscript", "template"):
                at = len(html.rstrip())
        elif "<" in problem.name:
            return None  # It is text rather than a tag: HTML012 says so.
        else:
            content, at = _tag_end(html, start)
        span = Span(at, at).shift(post.body_start)
        if span.start and post.is_code(span.start - 1):
            return None  # What is in a Markdown code sample closes nothing.
        closed = post.with_text(post.text[: span.start] + content + post.text[span.start :])
        if any(
            one.span.start == start and one.name == problem.name
            for one in problems(closed, ProblemKind.SWALLOWS)
        ):
            return None  # An end tag counts for nothing there, as in a table.
        if any(one.span.start == at for one in problems(closed, ProblemKind.STRAY)):
            return None  # The Markdown renderer does not take the start tag for one.
        return self.make_fix("Close the element", (span, content))


def _before_tag(html: str, start: int, *, new_line: bool = False) -> int:
    """Return where the text before the next tag ends; ``new_line``: a tag that begins a line."""
    for tag in _TAG.finditer(html, start):
        at = tag.start()
        while at > start and html[at - 1] in " \t\r\n":
            at -= 1
        if not new_line or "\n" in html[at : tag.start()]:
            return at
    return len(html.rstrip())


def _tag_end(html: str, start: int) -> tuple[str, int]:
    """Return what closes a tag that runs to the end of the text, and where."""
    close = html.find(">", start)
    if close < 0:
        end = len(html.rstrip())
        quote = next((q for q in "\"'" if html.count(q, start, end) % 2), "")
        return f"{quote}>", end
    # A ">" is inside the value whose quote is not closed.
    quote = next((q for q in "\"'" if html.count(q, start, close) % 2), '"')
    return quote, close
