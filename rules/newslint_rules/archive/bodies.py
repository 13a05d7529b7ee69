"""What readers read of a body, so that two bodies can be compared however they are marked up."""

from __future__ import annotations

from newslint import Post, lazy

_UNSEEN = frozenset({"style", "script", "template", "noscript", "title"})
_MARKS = b" \t\n\r\f\v*_#`~>\\"
"""ASCII that is white space, or that Markdown and HTML write differently."""
_BLANKS = (
    "\u00a0", "\u3000", "\u200b", "\ufeff", "\u2002", "\u2003", "\u2009", "\u00ad",
)  # fmt: skip
_OTHER_ENTITY = lazy.pattern(r"&(?!(?:#12[35]|amp|lt|gt|quot);)")
"""A reference that may stand for one of the blanks; the common ones stand for none."""
SHORT = 120
"""UTF-8 bytes below which a body is told apart by its pictures too: forty Chinese characters."""


def seen(post: Post) -> bytes:
    """The text of the body in UTF-8 without white space, markup, styles and scripts.

    Of a short text the addresses of its pictures are a part: two galleries are not one article.
    """
    from lxml import etree

    root = post.body
    text = etree.tostring(root, method="text", encoding="utf-8")
    names = post.structure.names
    # Where no tag is of these, the tree has none: no walk.
    for element in root.iter(*_UNSEEN) if names is None or names & _UNSEEN else ():
        hidden = etree.tostring(element, method="text", encoding="utf-8", with_tail=False)
        text = text.replace(hidden, b"", 1)
    text = text.translate(None, _MARKS)
    # A character is found in text many times faster than its bytes in bytes.
    written = post.text
    entities = "&" in written and _OTHER_ENTITY.search(written) is not None
    for blank in _BLANKS:
        if entities or blank in written:
            text = text.replace(blank.encode(), b"")
    if len(text) < SHORT:
        text += "".join(f"\n{image.get('src')}" for image in root.iter("img")).encode(
            "utf-8", "surrogatepass"
        )
    return text
