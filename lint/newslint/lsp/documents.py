"""The open documents: the texts in the editor, updated change by change.

pygls also keeps documents, but counts U+2028, U+0085 and form feeds as line ends, unlike editors:
its texts would become different from the editor's.
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
    """Return the file of a URI, None if it is not a file URI."""
    parts = urlsplit(uri)
    if parts.scheme != "file":
        return None
    # Some clients do not encode `?` and `#` in a file's name.
    rest = uri[len("file:") :]
    path = rest[2:].partition("/")[2] if rest.startswith("//") else rest.lstrip("/")
    host = f"//{parts.netloc}" if parts.netloc not in ("", "localhost") else ""
    return Path(url2pathname(f"{host}/{path}"))


class Document:
    """An open document. ``file`` is its path, which may not exist; ``version`` the editor's."""

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
        """The language of its reader."""
        self._set(item.text)

    def _set(self, text: str) -> None:
        self.text = _paired(text)
        self.places = Places(self.text, self._encoding)
        self._source: Source | None = None

    @property
    def source(self) -> Source:
        """The source for the rules; lone surrogates, which files cannot contain, become U+FFFD."""
        if self._source is None:
            text = self.text
            if _has_surrogates(text):
                text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
            self._source = Source(text.encode())
        return self._source

    def change(
        self, changes: Iterable[types.TextDocumentContentChangeEvent], version: int | None
    ) -> None:
        """Apply the editor's changes in order."""
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
    """Return the text with surrogate pairs joined, whose halves may come in two changes."""
    if not _has_surrogates(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
