"""The decoded text of a file, and its mapping to bytes."""

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
"""Number of bytes that are examined to detect UTF-16 and UTF-32."""


class Source:
    """The bytes and the text of a file.

    The text is decoded as UTF-8, including a byte order mark. Each invalid byte becomes a lone
    surrogate (PEP 383), so that every file can be encoded to its original bytes.
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
        """Return the source of a text; encodes lone surrogates as the bytes they represent.

        Surrogates that represent no byte become U+FFFD.
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
        """Python's name of the encoding if the file is UTF-16 or UTF-32, else ``""``.

        Detected by the byte order mark, or by zeros in most of the even or of the odd bytes at the
        beginning of the file.
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
        """The lines and columns of the text; computed on first use."""
        return LineIndex(self.text)

    @cached_property
    def line_end(self) -> str:
        r"""The most frequent line end of the file: ``\n``, ``\r\n`` or ``\r``."""
        crlf = self.raw.count(b"\r\n")
        lf, cr = self.raw.count(b"\n") - crlf, self.raw.count(b"\r") - crlf
        return "\r\n" if crlf > max(lf, cr) else "\r" if cr > lf else "\n"


def printable(text: str) -> str:
    """Return the text with lone surrogates and NUL replaced by U+FFFD; same length."""
    if "\0" not in text:
        try:
            text.encode()
        except UnicodeEncodeError:
            pass
        else:
            return text
    return "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in text)
