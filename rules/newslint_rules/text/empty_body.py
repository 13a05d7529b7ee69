"""TXT004."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Good, Impact, PostRule, Severity
from newslint.core import lazy

if TYPE_CHECKING:
    import re

    from lxml import etree

    from newslint import Post

_SEEN_TEXT = (
    "[^\\s\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u00ad\x00-\x1f\x7f-\x9f\ufff9-\ufffd"
    "\U000e0000-\U000e007f]"
)
_SEEN = lazy.pattern(_SEEN_TEXT)
_SEEN_OR_LOST = lazy.pattern(f"{_SEEN_TEXT}|\ufffd")
_MEDIA = (
    "img", "picture", "video", "audio", "iframe", "object", "embed", "svg", "canvas", "math",
    "input", "button", "select", "textarea", "meter", "progress",
)  # fmt: skip
"""Elements that show something though they hold no text."""
_UNSEEN = frozenset({"style", "script", "title", "head", "template", "noscript"})


class EmptyBody(PostRule):
    """A post must have a body: text, or at least a picture.

    The generator builds a page with a title and nothing under it. The scraper met a wall (a login,
    a script that loads the text later), or its selector no longer fits the source's pages.

    Scrape the article anew, or delete the post. White space, comments, styles and scripts are no
    text.
    """

    code, name, severity = "TXT004", "empty-body", Severity.ERROR
    impact = Impact.CONTENT

    bad = [
        Bad("⟦⟧---\ntitle: x\n---\n", message="the post has no text and no picture"),
        Bad("⟦⟧---\ntitle: x\n---\n\n<div>\n<!-- article -->\n<p>&nbsp;</p>\n</div>\n"),
        Bad("⟦⟧"),
        Bad("⟦⟧---\ntitle: x\n---\n\x00\x07\x85\n"),
    ]
    good = [
        Good("---\ntitle: x\n---\n<p>Text.</p>\n"),
        Good('---\ntitle: x\n---\n<div><img src="https://a.cn/1.jpg" alt=""></div>\n'),
        Good("---\ntitle: x\n---\n![](1.png)\n", path="post.md"),
        Good("---\ntitle: never closed\n"),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        if post.bounds is not None and post.bounds.closing is None:
            return ()
        if _SEEN.search(post.visible_text):
            return ()
        root = post.body
        # A reader sees the sign for bytes that are no text, which are TXT001's and TXT002's.
        is_lost = "\0" not in post.text and (not post.source.is_utf8 or "\ufffd" in post.body_text)
        seen = _SEEN_OR_LOST if is_lost else _SEEN
        if _has_text(root, seen) or next(root.iter(*_MEDIA), None) is not None:
            return ()
        return (self.finding(post.whole(), "the post has no text and no picture"),)


def _has_text(root: etree._Element, seen: re.Pattern[str]) -> bool:
    """Whether any text is shown, styles, scripts and comments aside."""
    for element in root.iter():
        shown = isinstance(element.tag, str) and element.tag not in _UNSEEN
        texts = (element.text if shown else None, element.tail)
        if any(text and seen.search(text) for text in texts):
            return True
    return False
