"""MD003."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Good, Impact, PostRule, Safety, Severity, Span

if TYPE_CHECKING:
    from newslint import Post


class AccidentalMarkup(PostRule):
    r"""Text must not become markup by accident.

    Markdown gives meaning to signs that texts use otherwise, and readers then miss them (measured):

    | text | target | what readers see |
    | --- | --- | --- |
    | `costs 5~7, number 100~200` | Hexo, Hugo from 0.152 on | the text between the ~ struck out |
    | `a*b + c*d` | all | `ab + cd`, the middle in italics |
    | a line `2027. Tickets are sold` within a paragraph | Jekyll | a list that begins with 1 |
    | a paragraph right above a line of dashes | Hexo, Hugo, Eleventy | a heading |
    | a bar in a paragraph: `![a \| b](c.png)`, `$$P(A\|B)$$` | Jekyll | a table; the image is cut |
    | ```` ``` ruby Gemfile ```` | Jekyll | the fence as text, and what follows the code as code |

    Put a backslash before the sign, or a blank line before the line of dashes. Reported is only
    what hardly anybody means: a ~ with a word right before it, a * between letters or figures.

    The fix does so, and is unsafe, since the page changes. After a fence it leaves the language.
    """

    code, name, severity = "MD003", "accidental-markup", Severity.WARNING
    impact = Impact.CONTENT
    fix = Safety.UNSAFE
    targets = ("hexo", "jekyll", "hugo", "eleventy")

    bad = [
        Bad(
            "It costs 5⟦~7, in all 100~⟧200.\n",
            fixed="It costs 5\\~7, in all 100\\~200.\n",
            path="post.md",
            message="the text between two ~ is struck out: write \\~",
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
            message="image not shown: kramdown makes a table of a line with |: write \\|",
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
        if not post.is_markdown or (post.site is not None and not post.site.renderer.modelled):
            return ()
        return self._found(post)

    def _found(self, post: Post) -> Iterator[Finding]:
        from newslint.generators.markdown.accidents import accidents

        shift = post.body_start
        for one in accidents(post.markdown_text, post.target.name, post.target.version):
            edits = [(Span(start, end).shift(shift), text) for start, end, text in one.edits]
            fix = self.make_fix("Write the text so that it is no markup", *edits) if edits else None
            yield self.finding(Span(one.start, one.end).shift(shift), one.detail, fix)
