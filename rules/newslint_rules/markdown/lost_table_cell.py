"""MD004."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Good, Impact, PostRule, Severity, Span, msg

if TYPE_CHECKING:
    from newslint import Post


class LostTableCell(PostRule):
    r"""A row of a Markdown table must not have more cells than the table has columns.

    The head says how many columns a table has. Hexo, Hugo and Eleventy leave out what a row has
    beyond them: readers see nothing of it, and no column is missed. Often a `|` within a cell, in
    code too, is one too many.

    Give the head a cell for each column, or write `\|` for a bar within a cell. Jekyll's
    renderer shows all cells.
    """

    code, name, severity = "MD004", "lost-table-cell", Severity.WARNING
    impact = Impact.CONTENT
    targets = ("hexo", "hugo", "eleventy")

    bad = [
        Bad(
            "| a | b |\n| - | - |\n| one | two | ⟦three is lost⟧ |\n",
            path="post.md",
            message="text not shown: the table has 2 columns, and this is in none of them",
        ),
        Bad(
            "| a | b |\n| - | - |\n| `x | y` | ⟦two⟧ |\n",
            path="post.md",
            target="eleventy",
        ),
    ]
    good = [
        Good("| a | b |\n| - | - |\n| one | two |\n| `x \\| y` | two | |\n", path="post.md"),
        Good("| a | b |\n| - | - |\n| 1 | 2 | 3 |\n", path="post.md", target="jekyll"),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        if not post.is_markdown or "|" not in post.text:
            return ()
        if post.site is not None and not post.site.renderer.modelled:
            return ()
        return self._lost(post)

    def _lost(self, post: Post) -> Iterator[Finding]:
        from newslint.generators.markdown.lost_cells import lost_cells

        target = post.target
        for start, end, columns in lost_cells(post.markdown_text, target.name, target.version):
            told = msg(
                "text not shown: the table has {columns} columns, and this is in none of them",
                columns=columns,
            )
            yield self.finding(Span(start, end).shift(post.body_start), told)
