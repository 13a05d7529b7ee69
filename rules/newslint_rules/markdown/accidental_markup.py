"""MD003."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Good, Impact, PostRule, Safety, Severity, Span
from newslint_rules.markdown._body_edits import in_file
from newslint_rules.markdown._signs import begins_lines, has_signs

if TYPE_CHECKING:
    from newslint import Post


def _may_have_any(post: Post) -> bool:
    """Return whether a body has a sign that texts use for other purposes too."""
    signs = post.signs
    if "~" in signs or "*" in signs or post.target.name == "jekyll":
        return True
    return begins_lines(post)


class AccidentalMarkup(PostRule):
    r"""Text must not become markup by accident.

    Markdown interprets signs that texts use for other purposes, and readers no longer see them
    (measured):

    | text | target | what readers see |
    | --- | --- | --- |
    | `costs 5~7, number 100~200` | Hexo, Hugo 0.152 and later | text between ~ struck through |
    | `a*b + c*d` | all | `ab + cd`, the middle in italics |
    | a line `2027. Tickets are sold` within a paragraph | Jekyll | a list that begins with 1 |
    | a paragraph directly above a line of dashes | Hexo, Hugo, Eleventy | a heading |
    | a bar in a paragraph: `![a \| b](c.png)`, `$$P(A\|B)$$` | Jekyll | a table, no image |
    | ```` ``` ruby Gemfile ```` | Jekyll | the fence as text, and the text after the code as code |

    Put a backslash before the sign, or an empty line before the line of dashes. The rule only
    reports text that is unlikely to be markup: a ~ directly after a word, a * between letters or
    digits.

    The fix does this. It is unsafe, since the page changes. After a fence, the fix keeps the
    language only.
    """

    code, name, severity = "MD003", "accidental-markup", Severity.WARNING
    impact = Impact.CONTENT
    fix = Safety.UNSAFE
    applies_to = has_signs
    targets = ("hexo", "jekyll", "hugo", "eleventy")

    bad = [
        Bad(
            "It costs 5⟦~7, in all 100~⟧200.\n",
            fixed="It costs 5\\~7, in all 100\\~200.\n",
            path="post.md",
            message="the text between two ~ is struck through; write \\~",
        ),
        Bad(
            "So c1⟦*g(n)<=c2*⟧g(n).\n",
            fixed="So c1\\*g(n)<=c2\\*g(n).\n",
            path="post.md",
            target="eleventy",
        ),
        Bad(
            "The fair opens at the end of\n⟦2027. Tickets are sold now.⟧\n",
            fixed="The fair opens at the end of\n2027\\. Tickets are sold now.\n",
            path="post.md",
            target="jekyll",
        ),
        Bad(
            "⟦This is the end\nof the first part.⟧\n---\n\nMore.\n",
            fixed="This is the end\nof the first part.\n\n---\n\nMore.\n",
            path="post.md",
            target="hugo",
        ),
        Bad(
            "⟦![one | two](a.png⟧)\n",
            fixed="![one \\| two](a.png)\n",
            path="post.md",
            target="jekyll",
            message="image not shown: kramdown turns a line with | into a table; write \\|",
        ),
        Bad(
            '⟦``` ruby Gemfile⟧\ngem "a"\n```\n',
            fixed='``` ruby\ngem "a"\n```\n',
            path="post.md",
            target="jekyll",
        ),
    ]
    good = [
        Good("It costs 5\\~7, in all 100\\~200, or ~about~ that.\n", path="post.md"),
        Good("It costs 5~7, in all 100~200.\n", path="post.md", target="jekyll"),
        Good("A word in *italics*, 2 * 3 * 4, and `a*b*c`.\n", path="post.md"),
        Good("1. one\n   more\n2. two\n", path="post.md", target="jekyll"),
        Good("Heading\n---\n\nText.\n", path="post.md", target="hugo"),
        Good("one | two\n--- | ---\n1 | 2\n", path="post.md", target="jekyll"),
        Good('```ruby\ngem "a"\n```\n', path="post.md", target="jekyll"),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        if not (_may_have_any(post) and post.is_modelled_markdown):
            return ()
        return self._found(post)

    def _found(self, post: Post) -> Iterator[Finding]:
        from newslint import markdown

        for one in markdown.find_accidents(post.markdown_text, *post.markdown_target):
            edits = in_file(post, one.edits)
            fix = self.make_fix("Escape the text", *edits) if edits else None
            yield self.finding(Span(one.start, one.end).shift(post.body_start), one.detail, fix)
