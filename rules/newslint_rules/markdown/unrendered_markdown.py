"""MD005."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Good, Impact, PostRule, Safety, Severity, Span, msg
from newslint_rules.markdown._body_edits import in_file
from newslint_rules.markdown._inner_text import inner_texts
from newslint_rules.markdown._signs import begins_lines, has_signs

if TYPE_CHECKING:
    from newslint import Post


def _may_have_any(post: Post) -> bool:
    """Return whether a body has a sign of Markdown."""
    signs = post.signs
    return "]" in signs or "*" in signs or "`" in signs or begins_lines(post)


_OUTSIDE = msg(
    "Markdown is shown as source: the renderer does not read ** between a punctuation mark and a"
    " letter; put the mark outside of the **"
)
"""Where the site keeps no `<strong>`."""


class UnrenderedMarkdown(PostRule):
    """Markdown must not be shown as source.

    Renderers do not read Markdown within a block of HTML: readers see `**bold**` and `![a](b.png)`
    as text, and no image. In Hexo, Hugo and Eleventy, a block ends at an empty line, so Markdown
    after it is rendered. In Jekyll, it ends with its element, with or without empty lines. A
    heading needs a space after its `#` in all generators.

    In prose, one sign too many or too few has the same effect: a space in the URL of an image or
    between `]` and `(`, a full-width `（`, a missing `)`, a URL in `[ ]`, an image label that no
    line defines, the `![[a.png]]` of note programs. In Hexo, Hugo and Eleventy, `**` is no emphasis
    between a punctuation mark and a letter, as in `**注意：**内容` (in Hexo 5 to 7 only for ASCII
    punctuation).

    A closing fence at the end of a line of code closes nothing, and the text after it is shown as
    code.

    Add an empty line before and after the Markdown, or in Jekyll `markdown="1"` to the tag; correct
    the sign; write `<strong>`. The finding is an error if an image is not shown. The fix does this.
    It is unsafe, since the page changes.
    """

    code, name, severity = "MD005", "unrendered-markdown", Severity.WARNING
    impact = Impact.CONTENT
    fix = Safety.UNSAFE
    applies_to = has_signs
    targets = ("hexo", "jekyll", "hugo", "eleventy")

    bad = [
        Bad(
            "<details>\n⟦- one\n- two⟧\n</details>\n",
            fixed="<details>\n\n- one\n- two\n\n</details>\n",
            path="post.md",
            message=(
                "Markdown is shown as source: there is no empty line between it and the HTML before"
                " it"
            ),
        ),
        Bad(
            "<details>\n<summary>More</summary>\n\n⟦![pic](a.png)⟧\n\n</details>\n",
            fixed=(
                '<details markdown="1">\n<summary>More</summary>\n\n![pic](a.png)\n\n</details>\n'
            ),
            path="post.md",
            target="jekyll",
            message=(
                "image not shown: its Markdown is shown as source,"
                " kramdown renders no Markdown within HTML"
            ),
        ),
        Bad('<p align="center">⟦![b](/b.png)⟧</p>\n', path="post.md", target="hugo"),
        Bad(
            "```go\na()⟦```⟧\nText.\n\n```\nb()\n```\n",
            fixed="```go\na()\n```\nText.\n\n```\nb()\n```\n",
            path="post.md",
            target="hugo",
            message=(
                "the text after it is shown as code: a closing ``` must be on a line of its own"
            ),
        ),
        Bad("⟦##Heading⟧\n\nText.\n", fixed="## Heading\n\nText.\n", path="post.md"),
        Bad(
            "⟦![pic](my pic.png)⟧\n",
            fixed="![pic](my%20pic.png)\n",
            path="post.md",
            message=(
                "image not shown: its Markdown is shown as source, the URL contains a space;"
                " write %20"
            ),
        ),
        Bad(
            "⟦![pic][/a.png]⟧\n",
            fixed="![pic](/a.png)\n",
            path="post.md",
            message=(
                "image not shown: its Markdown is shown as source, the URL must be in parentheses"
            ),
        ),
        Bad(
            "⟦![pic][one]⟧\n\n[two]: /a.png\n",
            path="post.md",
            message="image not shown: its Markdown is shown as source, no line defines [one]",
        ),
        Bad("⟦![[a.png|300]]⟧\n", path="post.md", target="jekyll"),
        Bad(
            "⟦**注意：**⟧内容\n",
            fixed="<strong>注意：</strong>内容\n",
            path="post.md",
            message=(
                "Markdown is shown as source: the renderer does not read ** between a punctuation"
                " mark and a letter; write <strong>"
            ),
        ),
    ]
    good = [
        Good("```\na\n```\n\nText ```b``` and ```c```\n", path="post.md"),
        Good("<details>\n\n- one\n- two\n\n</details>\n", path="post.md"),
        Good('<div markdown="1">\n**one**\n</div>\n', path="post.md", target="jekyll"),
        Good("<pre>\n**one** ![b](/b.png)\n</pre>\n", path="post.md"),
        Good("<p>2**3 or *** [1]</p>\n\n#hashtag #other\n", path="post.md"),
        Good("**注意**：内容，**注意：** 内容\n", path="post.md"),
        Good("![pic][one] a[i][j] `![[a.png]]`\n\n[ONE]: /a.png\n", path="post.md"),
        Good('![pic](<my pic.png>) ![pic](a.png "A title")\n', path="post.md"),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        if not (_may_have_any(post) and post.is_modelled_markdown):
            return ()
        return self._found(post)

    def _found(self, post: Post) -> Iterator[Finding]:
        from newslint import markdown

        text, target = post.markdown_text, post.markdown_target
        found = markdown.find_unrendered(text, *target)
        if found and (inner := inner_texts(post)):
            found = markdown.find_unrendered(text, *target, inner)
        for one in found:
            edits = in_file(post, one.edits)
            fix = self.make_fix("Make the Markdown rendered", *edits) if edits else None
            severity = Severity.ERROR if one.images else None
            span = Span(one.start, one.end).shift(post.body_start)
            is_strong = any(text == "<strong>" for _, _, text in one.edits)
            words = _OUTSIDE if is_strong and post.drops_html else one.detail
            yield self.finding(span, words, fix, severity)
