"""TXT004."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Good, Impact, PostRule, Role, Severity, lazy, msg
from newslint_rules.text._bodiless import needs_no_body

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
_AUTOLINK = lazy.pattern(r"<(?:https?://|mailto:)[^<>\s]++>")
_LONGEST_TITLE = 500
"""Characters of a body above which it is more than a title."""
_UNSEEN = frozenset({"style", "script", "title", "head", "template", "noscript"})


class EmptyBody(PostRule):
    """A post must have a body: text, or at least an image.

    The generator builds a page that contains a title only, possibly twice. The scraper could not
    read the article (a login, a script that loads the text later), or its selector no longer
    matches the source.

    Scrape the article again, or delete the post. White space, comments, styles and scripts are not
    text.

    Pages that need no body are not reported: `_index.md` of Hugo, pages with their own `layout` or
    `type` (`tags`, `categories`, `archives`, `search`), redirects (`redirect_to`), and in a site,
    posts that are not published and pages that a layout creates from front matter.
    """

    code, name, severity = "TXT004", "empty-body", Severity.ERROR
    impact = Impact.CONTENT

    bad = [
        Bad("⟦⟧---\ntitle: x\n---\n", message="the post has no text and no images"),
        Bad("⟦⟧---\ntitle: x\n---\n\n<div>\n<!-- article -->\n<p>&nbsp;</p>\n</div>\n"),
        Bad("⟦⟧"),
        Bad("⟦⟧---\ntitle: x\n---\n\x00\x07\x85\n"),
        Bad(
            "⟦⟧---\ntitle: 'Two: parts'\n---\n<div>\nTwo_ parts\n</div>\n",
            message="the post contains only its title",
        ),
    ]
    good = [
        Good("---\ntitle: x\n---\n<p>Text.</p>\n"),
        Good('---\ntitle: x\n---\n<div><img src="https://a.cn/1.jpg" alt=""></div>\n'),
        Good("---\ntitle: x\n---\n![](1.png)\n", path="post.md"),
        Good("---\ntitle: never closed\n"),
        Good("---\ntitle: Tags\ntype: tags\n---\n", path="source/tags/index.md"),
        Good("---\ntitle: News\n---\n", path="content/news/_index.md", target="hugo"),
        Good("---\ntitle: x\nredirect_to: /y/\n---\n", path="x.md", target="jekyll"),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        if post.is_other_format or (post.bounds is not None and post.bounds.closing is None):
            return ()
        shown = post.visible_text
        if _SEEN.search(shown):
            if _is_title(shown, post):
                return (self.finding(post.start_span(), msg("the post contains only its title")),)
            return ()
        root = post.body
        # A reader sees the sign for bytes that are no text, which are TXT001's and TXT002's.
        is_lost = "\0" not in post.text and (not post.source.is_utf8 or "\ufffd" in post.body_text)
        seen = _SEEN_OR_LOST if is_lost else _SEEN
        if _has_text(root, seen) or next(root.iter(*_MEDIA), None) is not None:
            return ()
        is_element = any("-" in name for name in post.element_names)
        if is_element or _has_autolink(post) or needs_no_body(post):
            return ()
        return (self.finding(post.start_span(), "the post has no text and no images"),)


def _is_title(shown: str, post: Post) -> bool:
    """Return whether all that is shown is the title, signs and spaces aside."""
    site = post.site
    if site is not None and (post.is_page or site.role(post.site_path).role is not Role.POST):
        return False
    shown = shown.strip()
    header = post.front_matter
    if len(shown) > _LONGEST_TITLE or header is None:
        return False
    title = header.data.get("title")
    if not isinstance(title, str) or _letters(shown) != _letters(title) or not _letters(title):
        return False
    return next(post.body.iter(*_MEDIA), None) is None


def _has_autolink(post: Post) -> bool:
    """Return whether Markdown shows an address in angle brackets."""
    return any(
        post.is_rendered(found.start() + post.body_start)
        for found in _AUTOLINK.finditer(post.body_text)
    )


def _letters(text: str) -> str:
    """Return the letters and digits of a text."""
    return "".join(filter(str.isalnum, text)).casefold()


def _has_text(root: etree._Element, seen: re.Pattern[str]) -> bool:
    """Return whether any text is shown, styles, scripts and comments aside."""
    for element in root.iter():
        shown = isinstance(element.tag, str) and element.tag not in _UNSEEN
        texts = (element.text if shown else None, element.tail)
        if any(text and seen.search(text) for text in texts):
            return True
    return False
