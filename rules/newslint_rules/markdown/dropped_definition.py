"""MD006."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Good, Impact, PostRule, Severity, Span
from newslint_rules.markdown._signs import has_signs

if TYPE_CHECKING:
    from newslint import Post


class DroppedDefinition(PostRule):
    r"""Text must not be read as a definition, which is not shown.

    `[label]: URL` defines the URL of a link and is not shown. Text in this form is lost: in Jekyll
    all text after the colon, in other generators a single word. A footnote `[^1]: …` is shown only
    if a reference `[^1]` exists. In Jekyll, `{:toc}` replaces the list that it belongs to, and
    empty lines do not end a list.

    Write `\[Update]: …`, add the reference, or put a line `^` before the list that `{:toc}`
    replaces.
    """

    code, name, severity = "MD006", "dropped-definition", Severity.WARNING
    impact = Impact.CONTENT
    applies_to = has_signs
    targets = ("hexo", "jekyll", "hugo", "eleventy")

    bad = [
        Bad(
            "Text.\n\n⟦[Update]: we have changed the hours⟧\n",
            path="post.md",
            target="jekyll",
            message="text not shown: the line is read as a link definition",
        ),
        Bad("Text.\n\n⟦[Note]: important⟧\n", path="post.md"),
        Bad(
            "Text.\n\n⟦[^1]: A note to which no mark leads.⟧\n",
            path="post.md",
            target="hugo",
            message="footnote not shown: there is no reference [^1]",
        ),
        Bad(
            "⟦* one\n* two⟧\n\n* contents\n{:toc}\n\n# A\n",
            path="post.md",
            target="jekyll",
            message="list not shown: {:toc} replaces it with the table of contents",
        ),
    ]
    good = [
        Good("Text.\n\n[Update]: we have changed the hours\n", path="post.md"),
        Good("See [a] and [^1].\n\n[a]: b\n[^1]: A note.\n", path="post.md", target="jekyll"),
        Good("[//]: # (a comment)\n[c]: https://a.cn/\n", path="post.md", target="hugo"),
        Good("* contents\n{:toc}\n\n# A\n", path="post.md", target="jekyll"),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        if "]" not in post.signs and "{" not in post.signs:
            return ()
        if not post.is_modelled_markdown:
            return ()
        return self._found(post)

    def _found(self, post: Post) -> Iterator[Finding]:
        from newslint import markdown

        for one in markdown.find_dropped(post.markdown_text, post.markdown_target.name):
            yield self.finding(Span(one.start, one.end).shift(post.body_start), one.detail)
