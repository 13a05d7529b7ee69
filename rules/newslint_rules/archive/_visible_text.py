"""What readers read of a body, so that two bodies can be compared however they are marked up."""

from __future__ import annotations

from newslint import Post
from newslint.core import lazy

_UNSEEN = frozenset({"style", "script", "template", "noscript", "title"})
_MARKS = bytes(range(32)) + b" *_#`~>\\\x7f"
"""ASCII that is white space, or that Markdown and HTML write differently, or that parsers drop."""
_BLANKS = (
    "\u00a0", "\u3000", "\u200b", "\ufeff", "\u2002", "\u2003", "\u2009", "\u00ad",
    "\ufffe", "\uffff",
)  # fmt: skip
_OTHER_ENTITY = lazy.pattern(r"&(?!(?:#12[35]|amp|lt|gt|quot);)")
"""A reference that may stand for one of the blanks; the common ones stand for none."""
SHORT = 120
"""UTF-8 bytes below which a body is told apart by its pictures too: forty Chinese characters."""


def seen(post: Post) -> bytes:
    """The text of the body in UTF-8 without white space, markup, styles and scripts.

    Of a short text the addresses of its pictures are a part: two galleries are not one article.
    """
    text, written = _written(post) or (_parsed(post), post.text)
    text = text.translate(None, _MARKS)
    # A character is found in text many times faster than its bytes in bytes.
    if not written.isascii() or "&" in written:
        entities = "&" in written and _OTHER_ENTITY.search(written) is not None
        for blank in _BLANKS:
            if entities or blank in written:
                text = text.replace(blank.encode(), b"")
    if len(text) < SHORT:
        text += "".join(f"\n{image.get('src')}" for image in post.body.iter("img")).encode(
            "utf-8", "surrogatepass"
        )
    return text


def _written(post: Post) -> tuple[bytes, str] | None:
    """The text between the tags, in UTF-8 and as it is; None where it takes a tree to know what of
    it is shown.
    """
    shown = post.structure.shown
    if shown is None or "&" in shown or "\0" in shown:
        return None
    try:
        return shown.encode(), shown
    except UnicodeEncodeError:
        return None


def _parsed(post: Post) -> bytes:
    """The text of the tree, without what is not shown."""
    from lxml import etree

    root, names = post.body, post.structure.names
    # Where no tag is of these, the tree has none.
    if (names is None or names & _UNSEEN) and next(root.iter(*_UNSEEN), None) is not None:
        from copy import deepcopy

        root = deepcopy(root)
        etree.strip_elements(root, *_UNSEEN, with_tail=False)
    text: bytes = etree.tostring(root, method="text", encoding="utf-8")
    return text
