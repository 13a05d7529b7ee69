"""The decoded text of a file, with a mapping to its bytes."""

from __future__ import annotations

from newslint.core.lazy import cached_property
from newslint.core.span import LineIndex

BOM = "\ufeff"
_WIDE_MARKS = (
    (b"\xff\xfe\0\0", "utf_32"),
    (b"\0\0\xfe\xff", "utf_32"),
    (b"\xff\xfe", "utf_16"),
    (b"\xfe\xff", "utf_16"),
)
_HEAD = 512
"""Bytes from which it is reported whether a file is in UTF-16."""


class Source:
    """A file's bytes and its text.

    The text is UTF-8 decoded, a byte order mark included. Bytes that are not UTF-8 become
    lone surrogates (PEP 383), one each, so that every file goes back to its very bytes.
    """

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        try:
            self.text = raw.decode("utf-8")
            self.is_utf8 = True
        except UnicodeDecodeError:
            self.text = raw.decode("utf-8", "surrogateescape")
            self.is_utf8 = False

    @classmethod
    def from_text(cls, text: str) -> Source:
        """The source that a text represents; lone surrogates become the bytes they represent.

        Surrogates that represent no byte are replaced by U+FFFD.
        """
        try:
            return cls(text.encode("utf-8", "surrogateescape"))
        except UnicodeEncodeError:
            return cls(
                text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()
            )

    @property
    def has_bom(self) -> bool:
        """Whether the file begins with a byte order mark."""
        return self.raw.startswith(b"\xef\xbb\xbf")

    @cached_property
    def utf16_or_32(self) -> str:
        """Python's name of UTF-16 or UTF-32, where the file is in it; else ``""``.

        Told by its byte order mark, or by the zeros that stand in every other byte of the front
        matter's keys and the tags.
        """
        head = self.raw[:_HEAD]
        if b"\0" not in head:
            return ""
        for mark, encoding in _WIDE_MARKS:
            if head.startswith(mark):
                return encoding
        even, odd = head[::2].count(0), head[1::2].count(0)
        if (even + odd) * 8 < len(head):
            return ""
        return "utf_16_le" if odd > 8 * even else "utf_16_be" if even > 8 * odd else ""

    @cached_property
    def lines(self) -> LineIndex:
        """Lines and columns of the text; built when first asked for."""
        return LineIndex(self.text)

    @cached_property
    def line_end(self) -> str:
        r"""The line end that the file uses most: ``\n``, ``\r\n`` or ``\r``."""
        crlf = self.raw.count(b"\r\n")
        lf, cr = self.raw.count(b"\n") - crlf, self.raw.count(b"\r") - crlf
        return "\r\n" if crlf > max(lf, cr) else "\r" if cr > lf else "\n"


def printable(text: str) -> str:
    """The text with lone surrogates and NUL replaced by U+FFFD: same length, fit for any parser."""
    if "\0" not in text:
        try:
            text.encode()
        except UnicodeEncodeError:
            pass
        else:
            return text
    return "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in text)
