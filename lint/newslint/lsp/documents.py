"""The open documents: the texts as the editor has them, kept in step change by change.

pygls keeps documents too, but takes U+2028, U+0085 and form feeds for line ends, which editors do
not: its texts would drift from the editor's.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from lsprotocol import types

from newslint.core.language import ENGLISH, Language
from newslint.core.source import Source
from newslint.lsp.positions import Encoding, Places

_UNTITLED = {"html": "untitled.html", "markdown": "untitled.md"}


def file_of(uri: str) -> Path | None:
    """Return the file that an address is about, None where it is not a file's."""
    parts = urlsplit(uri)
    if parts.scheme != "file":
        return None
    # Some clients leave `?` and `#` of a file's name as they are.
    rest = uri[len("file:") :]
    path = rest[2:].partition("/")[2] if rest.startswith("//") else rest.lstrip("/")
    host = f"//{parts.netloc}" if parts.netloc not in ("", "localhost") else ""
    return Path(url2pathname(f"{host}/{path}"))


class Document:
    """One open document. ``file`` is where it is, or would be; ``version`` the editor's own."""

    def __init__(
        self,
        item: types.TextDocumentItem,
        encoding: Encoding,
        folder: Path,
        language: Language = ENGLISH,
    ) -> None:
        self.uri = item.uri
        self.version = item.version
        name = _UNTITLED.get(item.language_id, "untitled.md")
        self.file = file_of(item.uri) or folder / name
        self._encoding = encoding
        self.language = language
        """What its reader is reported in."""
        self._set(item.text)

    def _set(self, text: str) -> None:
        self.text = _paired(text)
        self.places = Places(self.text, self._encoding)
        self._source: Source | None = None

    @property
    def source(self) -> Source:
        """The source that the rules see; half surrogates, which no file can hold, are U+FFFD."""
        if self._source is None:
            text = self.text
            if _has_surrogates(text):
                text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
            self._source = Source(text.encode())
        return self._source

    def change(
        self, changes: Iterable[types.TextDocumentContentChangeEvent], version: int | None
    ) -> None:
        """Make the editor's changes, one after the other."""
        for one in changes:
            if isinstance(one, types.TextDocumentContentChangePartial):
                start, end = self.places.span(one.range)
                self._set(self.text[:start] + one.text + self.text[max(start, end) :])
            else:
                self._set(one.text)
        if version is not None:
            self.version = version


def _has_surrogates(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _paired(text: str) -> str:
    """The text with surrogates that make a pair put together: they may come in two changes."""
    if not _has_surrogates(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
