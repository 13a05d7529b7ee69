"""HTML010."""

from __future__ import annotations

from collections.abc import Iterator

from newslint import (
    Bad,
    Field,
    Finding,
    Fix,
    Good,
    Post,
    PostRule,
    RuleOptions,
    Safety,
    Severity,
    Span,
    Token,
    msg,
)
from newslint_rules.markup import _text_tags


class LeftoverComment(PostRule):
    """A comment is left over from the page that the post was scraped from.

    Comments such as `<!-- ad start -->` are published with the post: they make the page larger and
    reveal its source. The rule does not report comments that a site generator or newslint reads:
    `<!-- more -->`, `<!-- newslint-disable … -->`.

    The fix removes the comment. In Markdown, the fix is safe only if it cannot change the meaning
    of any line.
    """

    code, name, severity = "HTML010", "leftover-comment", Severity.WARNING
    default, fix = False, Safety.SAFE

    class Options(RuleOptions):
        """The comments that stay."""

        keep: tuple[str, ...] = Field(
            ("more", "excerpt", "toc", "newslint-"),
            description="The beginnings of comments to keep, ignoring letter case and spaces.",
        )

    bad = [
        Bad(
            "<p>one</p>⟦<!-- ad start -->⟧\n<p>two</p>\n",
            fixed="<p>one</p>\n<p>two</p>\n",
            message='leftover comment "ad start"',
        ),
        Bad("⟦<!--[if IE]><p>x</p><![endif]-->⟧<p>one</p>\n", fixed="<p>one</p>\n"),
        Bad(
            "one <!-- keep --> two ⟦<!-- x -->⟧\n",
            fixed="one <!-- keep --> two \n",
            options={"keep": ["keep"]},
        ),
    ]
    good = [
        Good("<p>one</p>\n<!-- more -->\n<!--more-->\n<p>two</p>\n"),
        Good("<!-- newslint-disable IMG001 -->\n<p>one</p>\n"),
        Good("<style>.a{} <!-- .b{} --></style>\n"),
    ]

    def check(self, post: Post) -> Iterator[Finding]:
        html = post.html.html
        keep = tuple(word.lower() for word in self.options.keep)
        for token in post.comments:
            text = html[token.span.start + 4 : token.span.end].rstrip("->!").strip()
            if text.lower().startswith(keep) or _is_sample(post, token):
                continue
            shown = " ".join(text[:60].split())
            yield self.finding(
                token.span.shift(post.body_start),
                msg('leftover comment "{shown}"', shown=shown),
                self._removal(post, token),
            )

    def _removal(self, post: Post, token: Token) -> Fix:
        html, (start, end) = post.html.html, token.span
        if not post.is_markdown:
            templates = any(mark in html[start:end] for mark in ("{%", "{{", "{#"))
            safety = Safety.UNSAFE if templates else Safety.SAFE
            return self.make_fix(
                "Remove the comment", (token.span.shift(post.body_start), ""), safety=safety
            )
        before = html[html.rfind("\n", 0, start) + 1 : start]
        behind = html[end : (html.find("\n", end) + 1 or len(html) + 1) - 1]
        # After text, on one line: the line stays the same kind of block without it.
        inline = bool(before.strip()) and not behind.strip() and "\n" not in html[start:end]
        if inline:
            start -= len(before) - len(before.rstrip())
        span = Span(start, end).shift(post.body_start)
        safety = Safety.SAFE if inline and "{" not in html[start:end] else Safety.UNSAFE
        return self.make_fix("Remove the comment", (span, ""), safety=safety)


def _is_sample(post: Post, token: Token) -> bool:
    """Return whether a comment is what a code sample should show: HTML013 reports it."""
    if not (post.has_tag("pre") or post.has_tag("code")):
        return False
    return _text_tags.in_sample(post, token.span.start + post.body_start)
