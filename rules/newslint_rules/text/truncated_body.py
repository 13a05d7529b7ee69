"""TXT005."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import (
    Bad,
    Field,
    Finding,
    Good,
    Impact,
    PostRule,
    RuleOptions,
    Severity,
    Span,
    lazy,
    msg,
)

if TYPE_CHECKING:
    from lxml import etree

    from newslint import Post

_WORDS = (
    "read more", "continue reading", "keep reading", "read the rest", "read full article",
    "read the full", "阅读全文", "查看全文", "展开全文", "查看原文", "点击阅读",
    "閱讀全文", "閱讀更多", "繼續閱讀", "阅读更多", "继续阅读",
)  # fmt: skip
_ELLIPSES = ("[…", "[...", "[&", "［…", "(more…)", "（更多…", "(more...)", "…]")
_END = r"[\s.。…!！)）\]］】>»›→⟶▶🡒\-–—]*+$"
_CUT = lazy.pattern(
    rf"(?:\[\s*(?:…|\.\.\.)\s*\]|［…+］|\(more\s?(?:…|\.\.\.)\)){_END}", re.IGNORECASE
)
_FEED_TAIL = lazy.pattern(
    r"\s*(?:The post|The article|文章) [^\n]{1,300} "
    r"(?:appeared first on|first appeared on) [^\n]{1,200}$"
    r"|\s*[（(【]?(?:责任编辑|责编|编辑|責任編輯)[:：][^\n]{0,40}$"
)
_BLOCKS = frozenset({"p", "div", "li", "br", "h1", "h2", "h3", "h4", "section", "td"})
_SPACE = lazy.pattern(r"[^\S\n]+")
_MARKDOWN_LINK = lazy.pattern(r"\]\([^)\s]*+\)(?=\W*+$)")
_SIGNS = tuple(
    (sign[0], sign)
    for sign in ("[", "［", "阅", "閱", "全文", "原文", "查看", "ead", "READ", "(more", "（更多")
)
"""One of these is in each of the words. Single characters are quickly looked for."""
_TAIL = 600
"""Code points at the end of a post in which a 'read more' can stand, its markup included."""
_LOOKED_AT = 2000
"""Code points of shown text that are looked at: patterns of white space stay cheap."""


class TruncatedBody(PostRule):
    """A post must not end in a "read more" link.

    The feed contains only the beginning of its articles, and the rest is on the original site:
    readers get a few lines and a link.

    Scrape the article itself, or write a note in your own words. The rule checks the last words:
    the text of a link such as "Continue reading …", or `[…]`. An editor line and the "appeared
    first on" of WordPress feeds may follow. `<!-- more -->` belongs to the generator and is not
    reported.
    """

    code, name, severity = "TXT005", "truncated-body", Severity.WARNING
    impact = Impact.CONTENT

    class Options(RuleOptions):
        """More words."""

        words: tuple[str, ...] = Field((), description="More words at the end of a truncated post.")

    bad = [
        Bad(
            '<p>The first lines.</p><p><a href="https://a.cn/1">⟦Read more⟧ →</a></p>\n',
            message="the post ends in 'Read more', so the rest of the article is missing",
        ),
        Bad("<p>第一段。</p>\n<p>⟦阅读全文⟧&gt;&gt;</p>"),
        Bad("<p>The beginning of it ⟦[&#8230;]⟧</p>"),
        Bad("The beginning.\n\n[⟦Read more⟧](https://a.cn/1)\n", path="post.md"),
        Bad('<p>A start</p><a href="https://a.cn/1">⟦Continue reading⟧ <span>The title</span></a>'),
    ]
    good = [
        Good("<p>Read more books. They are good for you.</p>"),
        Good("<p>One</p><!-- more --><p>Two</p>"),
        Good("<p>He said: “To be continued …”</p>"),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        tail = post.text[max(post.body_start, len(post.text) - _TAIL) :]
        more = self.options.words
        if not more and not _has_sign(tail):
            return ()
        tail = tail.lower()
        near = [word for word in (*_WORDS, *map(str.lower, more)) if word in tail]
        if not near and not any(mark in tail for mark in _ELLIPSES):
            return ()
        text = _FEED_TAIL.sub("", _shown(post.body)[-_LOOKED_AT:]).rstrip()
        if post.is_markdown:
            text = _MARKDOWN_LINK.sub("]", text)
        found = self.last_words(text, near) or self.last_link(post, text, near)
        if not found:
            return ()
        message = msg(
            "the post ends in {found!r}, so the rest of the article is missing", found=found
        )
        return (self.finding(_place(post, found), message),)

    def last_words(self, text: str, words: list[str]) -> str:
        """Return the words at the very end of the text, as written, or nothing."""
        last = text[-200:]
        for word in words:
            match = re.search(
                rf"{re.escape(word)}(?:\s(?:article|story|post))?{_END}", last, re.IGNORECASE
            )
            if match:
                return match[0][: len(word)]
        cut = _CUT.search(last)
        return cut[0].strip() if cut else ""

    def last_link(self, post: Post, shown: str, words: list[str]) -> str:
        """Return the words that begin a link with which the post ends."""
        link = next(reversed(list(post.body.iter("a"))), None)
        if link is None or not words:
            return ""
        text = " ".join("".join(map(str, link.itertext())).split())
        end = " \t\r\n.。…»›→>"
        if not " ".join(shown.split()).rstrip(end).endswith(text.rstrip(end)[-60:]):
            return ""
        return next((text[: len(w)] for w in words if text.lower().startswith(w)), "")


def _has_sign(tail: str) -> bool:
    for first, sign in _SIGNS:  # noqa: SIM110  (any() takes three times as long)
        if first in tail and sign in tail:
            return True
    return False


def _shown(root: etree._Element) -> str:
    """Return the text that is shown: a line for each block, white space made one blank."""
    from lxml import etree

    pieces: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        unseen = element.tag in ("style", "script", "head")
        if event == "start":
            hidden += unseen
            pieces += ("\n" if element.tag in _BLOCKS else "", "" if hidden else element.text or "")
        else:
            hidden -= unseen
            pieces.append("" if hidden else element.tail or "")
    return _SPACE.sub(" ", "".join(pieces)).strip()


def _place(post: Post, words: str) -> Span:
    """Return where the words stand last in the file."""
    at = post.text.rfind(words)
    if at >= 0:
        return Span(at, at + len(words))
    pattern = (
        re.escape(words).replace("…", r"(?:…|&\#8230;|&hellip;|&\#x2026;)").replace(r"\ ", r"\s+")
    )
    matches = list(re.finditer(pattern, post.text[post.body_start :], re.IGNORECASE))
    if matches:
        return Span(*matches[-1].span()).shift(post.body_start)
    return Span(len(post.text.rstrip()), len(post.text.rstrip()))
