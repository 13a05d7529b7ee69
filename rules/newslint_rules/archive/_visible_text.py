"""What readers read of a body, so that two bodies can be compared however they are marked up."""

from __future__ import annotations

from newslint import Post

_MARKS = bytes(range(32)) + b" *_#`~>\\\x7f"
"""ASCII that is white space, or that Markdown and HTML write differently, or that parsers drop."""
_BLANKS = (
    "\u00a0", "\u3000", "\u200b", "\ufeff", "\u2002", "\u2003", "\u2009", "\u00ad",
    "\ufffe", "\uffff",
)  # fmt: skip
SHORT = 120
"""UTF-8 bytes below which a body is reported apart by its images too: forty Chinese characters."""


def seen(post: Post) -> bytes:
    """Return the text of the body in UTF-8 without white space, markup, styles and scripts.

    Of a short text the addresses of its images are a part: two galleries are not one article.
    """
    shown = post.visible_text
    text = shown.encode("utf-8", "surrogatepass").translate(None, _MARKS)
    if not shown.isascii():
        # A character is found in text many times faster than its bytes in bytes.
        for blank in _BLANKS:
            if blank in shown:
                text = text.replace(blank.encode(), b"")
    if len(text) < SHORT:
        text += "".join(f"\n{image.get('src')}" for image in post.body.iter("img")).encode(
            "utf-8", "surrogatepass"
        )
    return text
