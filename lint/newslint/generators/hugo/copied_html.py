"""HTML in a content folder that Hugo copies instead of building a page of it.

Before `LEXER` a file of HTML whose first character is ``<`` has no front matter, and is no page: it
is copied, and makes no bundle of its folder. After ``<!--`` Hugo looks for front matter.
"""

from __future__ import annotations

import re

from newslint.core import lazy
from newslint.generators.hugo.versions import Versions
from newslint.generators.hugo_changes import LEXER
from newslint.generators.site.files import SiteFiles

_DOCUMENT = lazy.pattern(r"<(?:!doctype|html)\b", re.IGNORECASE)
_HEAD = 20


class CopiedHtml:
    """Tells which HTML files are copied, each read once. Where Hugo is newer, none is."""

    def __init__(self, files: SiteFiles, versions: Versions) -> None:
        self._files = files
        self._copies = versions.since(LEXER.since) is False
        self._heads: dict[str, str] = {}

    def is_copied(self, path: str) -> bool:
        """Return whether a file is HTML without front matter."""
        if not self._copies or not path.lower().endswith((".html", ".htm")):
            return False
        head = self._head(path)
        return not head or (head[0] == "<" and not head.startswith("<!--"))

    def is_document(self, path: str) -> bool:
        """Return whether such a file is a complete page, and so means to be copied."""
        return self.is_copied(path) and _DOCUMENT.match(self._head(path)) is not None

    def _head(self, path: str) -> str:
        if path not in self._heads:
            text = self._files.text(path) or ""
            self._heads[path] = text.lstrip("\ufeff \t\r\n")[:_HEAD]
        return self._heads[path]
