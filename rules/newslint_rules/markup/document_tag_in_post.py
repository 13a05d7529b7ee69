"""HTML006."""

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
    Safety,
    msg,
    with_line,
)
from newslint_rules.markup import _text_tags
from newslint_rules.markup._problems import has_problems, problems
from newslint_rules.markup._whole_page import is_whole_page


class DocumentTagInPost(PostRule):
    """A post contains document tags: `<html>`, `<head>`, `<body>` or a doctype.

    The layout already has these tags. Browsers drop a second one, but add its attributes to those
    of the page: a scraped `<body class="dark" onload="…">` changes the complete site, and some
    readers end the page at `</body>`.

    Keep the content of `<body>` and remove the tags. The fix does this. A page of a Jekyll or
    Eleventy site without a layout is a complete document, and is not reported; nor is a document
    without front matter that Hugo before 0.131 copies.
    """

    code, name, fix = "HTML006", "document-tag-in-post", Safety.UNSAFE
    impact = Impact.CONTENT
    applies_to = has_problems
    bad = [
        Bad(
            '⟦<!DOCTYPE html>⟧⟦<html lang="zh">⟧⟦<body class="x">⟧<p>text</p></body></html>\n',
            fixed="<p>text</p>\n",
        ),
        Bad(
            '⟦<body class="x">⟧<p>text</p></body>\n',
            fixed="<p>text</p>\n",
            message="<body> belongs in the layout; a post is only a part of the page body",
        ),
        Bad("<p>text</p>⟦</body>⟧\n", fixed="<p>text</p>\n"),
    ]
    good = [
        Good("<header>text</header>\n<!-- <body> -->\n"),
        Good("A page has one `<body>`.\n", path="post.md"),
    ]

    def check(self, post: Post) -> Iterator[Finding]:
        if post.drops_html or is_whole_page(post):
            return
        for problem in problems(post, ProblemKind.DOCUMENT):
            span = problem.span.shift(post.body_start)
            edits = [(with_line(post.text, span), "")]
            if problem.end is not None:
                end = problem.end.shift(post.body_start)
                edits.append((with_line(post.text, end), ""))
            if _text_tags.in_sample(post, span.start):
                # It is part of a code sample: escaped, not removed (HTML013).
                continue
            what = msg("a doctype") if problem.name == "!doctype" else f"<{problem.name}>"
            yield self.finding(
                span,
                msg(
                    "{what} belongs in the layout; a post is only a part of the page body",
                    what=what,
                ),
                self.make_fix("Remove the tag", *edits),
            )
