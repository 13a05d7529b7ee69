"""MD004."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Good, Impact, PostRule, Severity, Span, msg
from newslint_rules.markdown._signs import has_signs

if TYPE_CHECKING:
    from newslint import Post


class LostTableCell(PostRule):
    r"""A row of a Markdown table must not have more cells than the table has columns.

    The head defines the number of columns of a table. Hexo, Hugo and Eleventy drop the additional
    cells of a row, and readers do not see them. Often the reason is a `|` within a cell, also in
    code.

    Add a cell to the head for each column, or write `\|` for a bar within a cell. Jekyll's renderer
    shows all cells.
    """

    code, name, severity = "MD004", "lost-table-cell", Severity.WARNING
    impact = Impact.CONTENT
    applies_to = has_signs
    targets = ("hexo", "hugo", "eleventy")

    bad = [
        Bad(
            "| a | b |\n| - | - |\n| one | two | ⟦three is lost⟧ |\n",
            path="post.md",
            message="text not shown: the table has only 2 columns",
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
        if "|" not in post.signs or not post.is_modelled_markdown:
            return ()
        return self._lost(post)

    def _lost(self, post: Post) -> Iterator[Finding]:
        from newslint import markdown

        found = markdown.find_lost_cells(post.markdown_text, *post.markdown_target)
        for start, end, columns in found:
            told = msg(
                "text not shown: the table has only {columns} columns",
                columns=columns,
            )
            yield self.finding(Span(start, end).shift(post.body_start), told)
