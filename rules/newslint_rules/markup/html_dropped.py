"""HTML014."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Good, Impact, PostRule, Severity, Span, msg

if TYPE_CHECKING:
    from newslint import Post

_SAFE = {"hugo.toml": 'baseURL = "https://example.org/"\n'}
_UNSAFE = {"hugo.toml": "[markup.goldmark.renderer]\nunsafe = true\n"}


class HtmlDropped(PostRule):
    """HTML in Markdown must reach the page.

    Hugo leaves HTML out of Markdown files unless `markup.goldmark.renderer.unsafe` is true in the
    site's configuration: a block of HTML is lost with its text and images, of tags within a line
    only the text between them stays.

    Set `unsafe = true` in `hugo.toml`, name the file `.html`, or write Markdown. Only the first
    loss is reported, the first image or text if there is one. It is an error if an image or text is
    lost, and a warning if only tags are. Where no configuration of a Hugo site is found, nothing is
    reported.
    """

    code, name, severity = "HTML014", "html-dropped", Severity.ERROR
    impact = Impact.CONTENT
    targets = ("hugo",)
    bad = [
        Bad(
            "---\ntitle: x\n---\nText\n\n⟦<div><p>More</p></div>⟧\n",
            path="content/posts/a.md",
            target="hugo",
            files=_SAFE,
            message="text not shown: Hugo leaves HTML out of Markdown; "
            "set markup.goldmark.renderer.unsafe to true",
        ),
        Bad(
            "---\ntitle: x\n---\nText <b>bold</b> ⟦<img src='a.png' alt=''>⟧\n",
            path="content/posts/a.md",
            target="hugo",
            files=_SAFE,
            message="image not shown: Hugo leaves HTML out of Markdown; "
            "set markup.goldmark.renderer.unsafe to true",
        ),
    ]
    good = [
        Good("---\ntitle: x\n---\n<p>Text</p>\n", path="content/posts/a.md", target="hugo"),
        Good(
            "---\ntitle: x\n---\n<p>Text</p>\n",
            path="content/posts/a.md",
            target="hugo",
            files=_UNSAFE,
        ),
        Good(
            "---\ntitle: x\n---\nText `<b>` and <!--more--> more\n",
            path="content/posts/a.md",
            target="hugo",
            files=_SAFE,
        ),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        if post.site is None or post.site.raw_html or not post.is_markdown:
            return
        from newslint import markdown

        losses = list(markdown.find_losses(post.markdown_text))
        if not losses:
            return
        first = next((one for one in losses if one.what), losses[0])
        words = msg("Hugo leaves HTML out of Markdown; set markup.goldmark.renderer.unsafe to true")
        told = {"image": msg("image not shown: {words}", words=words)}
        told["text"] = msg("text not shown: {words}", words=words)
        span = Span(first.start, first.end).shift(post.body_start)
        severity = None if first.what else Severity.WARNING
        yield self.finding(span, told.get(first.what, words), severity=severity)
