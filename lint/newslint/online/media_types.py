"""Detect the type of a response from its first bytes (MIME Sniffing standard, 6.1)."""

from __future__ import annotations

PREFIX = 65_536
"""Number of bytes of an image that are read, to detect its type and to compare images."""

_MAGIC = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"BM", "image/bmp"),
    (0, b"\0\0\1\0", "image/x-icon"),
    (0, b"\0\0\2\0", "image/x-icon"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftypavis", "image/avif"),
    (4, b"ftyphei", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (0, b"\xff\x0a", "image/jxl"),
    (0, b"\0\0\0\x0cJXL ", "image/jxl"),
)
_SVG = "image/svg+xml"


def kind(content_type: str, start: bytes) -> str:
    """Return the media type of an image; empty for content that browsers do not show as an image.

    ``content_type`` is the header. Browsers use it only for SVG; newslint also for image types
    that it cannot detect.
    """
    for offset, magic, name in _MAGIC:
        if start.startswith(magic, offset):
            return name
    content_type = content_type.partition(";")[0].strip().lower()
    text = start[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if content_type == _SVG:
        is_page = text[:14].lower().startswith((b"<!doctype html", b"<html", b"{"))
        return "" if is_page or not text else content_type
    if not content_type.startswith("image/") or not start:
        return ""
    return content_type if any(byte < 9 or 13 < byte < 27 for byte in text) else ""
