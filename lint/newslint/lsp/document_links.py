"""Links in front matter that an editor opens with a click: headimg, thumbnail and similar keys."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from lsprotocol import types

from newslint.core.span import Span
from newslint.lsp.documents import Document
from newslint.lsp.workspace import LintedDocument

KEYS = frozenset({"headimg", "thumbnail"})
"""Keys whose values are images, independently of the schema."""

_STATIC = ("", "source", "static", "assets", "public")
"""Folders of a site whose files are copied to its root: Hexo's, Hugo's and common ones."""


def links(document: Document, linted: LintedDocument) -> Iterator[types.DocumentLink]:
    """Yield a link for each top-level value of front matter that is a URL or an existing file."""
    header = linted.post.front_matter
    if header is None or header.error is not None:
        return
    for entry in header.walk():
        value = header.data.get(str(entry.path[0])) if len(entry.path) == 1 else None
        if not isinstance(value, str) or not value.strip():
            continue
        target = _target(value.strip(), document.file, linted.settings.root, entry.path[0] in KEYS)
        if target is not None:
            span = _unquoted(document.text, entry.value)
            yield types.DocumentLink(document.places.range(span), target)


def _target(value: str, file: Path, root: Path, is_picture: bool) -> str | None:
    if value.lower().startswith(("http://", "https://")):
        return value
    if not is_picture:
        return None
    if value.startswith("//"):
        return f"https:{value}"
    name = value.partition("?")[0].partition("#")[0]
    places = [file.parent / name] if not name.startswith("/") else []
    places += [root / folder / name.lstrip("/") for folder in _STATIC]
    try:
        return next((one.resolve().as_uri() for one in places if os.path.isfile(one)), None)
    except (OSError, ValueError):
        return None  # not a valid file name


def _unquoted(text: str, span: Span) -> Span:
    quoted = span.end - span.start >= 2 and text[span.start] in "\"'"
    return Span(span.start + 1, span.end - 1) if quoted else span
