"""HTML014."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Good, Impact, PostRule, Severity, Span, msg

if TYPE_CHECKING:
    from newslint import Post

_SAFE = {"hugo.toml": 'baseURL = "https://example.org/"\n'}
_ESCAPED = {
    "_config.yml": "markdown:\n  render:\n    html: false\n",
    "package.json": '{"dependencies": {"hexo": "8.0.0", "hexo-renderer-markdown-it": "7.1.1"}}',
}
_UNSAFE = {"hugo.toml": "[markup.goldmark.renderer]\nunsafe = true\n"}


class HtmlDropped(PostRule):
    """HTML in Markdown must reach the page.

    Hugo leaves HTML out of Markdown files unless `markup.goldmark.renderer.unsafe` is true in the
    site's configuration: a block of HTML is lost with its text and images, of tags within a line
    only the text between them stays.

    Hexo with hexo-renderer-markdown-it shows HTML as source if `markdown.render.html` is false in
    `_config.yml`, and with `typographer`, which is on by default, it also loses every code block
    between fences.

    Set `unsafe = true` in `hugo.toml` or `html: true` in `_config.yml`, name the file `.html`, or
    write Markdown. Only the first loss is reported, the first image, text or code block if there is
    one. It is an error if one of them is lost, and a warning if only tags are. Where no
    configuration of a site is found, nothing is reported.
    """

    code, name, severity = "HTML014", "html-dropped", Severity.ERROR
    impact = Impact.CONTENT
    targets = ("hugo", "hexo")
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
        Bad(
            "Text ⟦<img src='a.png' alt=''>⟧\n",
            path="source/_posts/a.md",
            files=_ESCAPED,
            message="image not shown: markdown.render.html is false, and HTML is shown as source",
        ),
        Bad(
            "Text <b>bold</b>\n\n⟦```\ncode\n```⟧\n",
            path="source/_posts/a.md",
            files=_ESCAPED,
            message="code block not shown: Hexo loses it with markdown.render.html false and "
            "typographer true",
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
        Good("Text `<b>` and <https://a.cn/>\n", path="source/_posts/a.md", files=_ESCAPED),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        if not post.drops_html:
            return
        from newslint import markdown

        target, version = post.markdown_target
        if target == "hexo":
            return  # another renderer, whose way to leave HTML out is not known
        losses = list(markdown.find_losses(post.markdown_text, target, version))
        if not losses:
            return
        first = next((one for one in losses if one.what), losses[0])
        span = Span(first.start, first.end).shift(post.body_start)
        severity = None if first.what else Severity.WARNING
        words = _OF_HUGO if target == "hugo" else _OF_HEXO
        yield self.finding(span, words[first.what], severity=severity)


_LEFT_OUT = msg("Hugo leaves HTML out of Markdown; set markup.goldmark.renderer.unsafe to true")
_PRINTED = msg("markdown.render.html is false, and HTML is shown as source")
_OF_HUGO = {
    "image": msg("image not shown: {words}", words=_LEFT_OUT),
    "embed": msg("embed not shown: {words}", words=_LEFT_OUT),
    "text": msg("text not shown: {words}", words=_LEFT_OUT),
    "": _LEFT_OUT,
}
_OF_HEXO = {
    "image": msg("image not shown: {words}", words=_PRINTED),
    "embed": msg("embed not shown: {words}", words=_PRINTED),
    "code": msg(
        "code block not shown: Hexo loses it with markdown.render.html false and typographer true"
    ),
    "": _PRINTED,
}
