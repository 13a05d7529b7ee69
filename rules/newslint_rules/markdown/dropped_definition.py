"""MD006."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Good, Impact, PostRule, Severity, Span

if TYPE_CHECKING:
    from newslint import Post


class DroppedDefinition(PostRule):
    r"""Text must not be taken for a definition, which is on no page.

    `[label]: address` defines the address of a link and is not shown. A line that begins so without
    being meant so is lost: in Jekyll whatever follows the colon, elsewhere a single word. A note
    `[^1]: …` is shown only where a mark `[^1]` leads to it. In Jekyll `{:toc}` replaces the whole
    list that it belongs to, and blank lines do not end a list.

    Write `\[Update]: …`, add the mark, or put a line `^` before the list that `{:toc}` replaces.
    """

    code, name, severity = "MD006", "dropped-definition", Severity.WARNING
    impact = Impact.CONTENT
    targets = ("hexo", "jekyll", "hugo", "eleventy")

    bad = [
        Bad(
            "Text.\n\n⟦[Update]: we have changed the hours⟧\n",
            path="post.md",
            target="jekyll",
            message="text not shown: the line is taken for the definition of a link",
        ),
        Bad("Text.\n\n⟦[Note]: important⟧\n", path="post.md"),
        Bad(
            "Text.\n\n⟦[^1]: A note to which no mark leads.⟧\n",
            path="post.md",
            target="hugo",
            message="note not shown: no mark [^1] leads to it",
        ),
        Bad(
            "⟦* one\n* two⟧\n\n* contents\n{:toc}\n\n# A\n",
            path="post.md",
            target="jekyll",
            message="list not shown: {:toc} puts the table of contents in its place",
        ),
    ]
    good = [
        Good("Text.\n\n[Update]: we have changed the hours\n", path="post.md"),
        Good("See [a] and [^1].\n\n[a]: b\n[^1]: A note.\n", path="post.md", target="jekyll"),
        Good("[//]: # (a comment)\n[c]: https://a.cn/\n", path="post.md", target="hugo"),
        Good("* contents\n{:toc}\n\n# A\n", path="post.md", target="jekyll"),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        if not post.is_markdown or (post.site is not None and not post.site.renderer.modelled):
            return ()
        return self._found(post)

    def _found(self, post: Post) -> Iterator[Finding]:
        from newslint.generators.markdown.definitions import dropped

        for one in dropped(post.markdown_text, post.target.name):
            yield self.finding(Span(one.start, one.end).shift(post.body_start), one.detail)
