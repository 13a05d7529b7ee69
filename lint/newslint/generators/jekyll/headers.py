"""What of the front matter of a file decides how Jekyll reads it, without parsing it."""

from __future__ import annotations

import re
from collections.abc import Callable

from newslint.core import lazy

_OPENING = lazy.pattern(r"---[ \t\f\v\r]*+\n")
_DATE = lazy.pattern(r"^date[ \t]*+:", re.MULTILINE)


class Headers:
    """The front matter of files. ``text`` gives the text of a file of the site, if there."""

    def __init__(self, text: Callable[[str], str | None]) -> None:
        self._text = text
        self._found: dict[str, bool] = {}

    def exists(self, path: str) -> bool:
        """Return whether a file begins with front matter, which makes a page of it."""
        if path not in self._found:
            text = self._text(path)
            self._found[path] = text is not None and _OPENING.match(text) is not None
        return self._found[path]

    def has_date(self, path: str) -> bool:
        """Return whether the front matter of a file has a date, as that of an article does."""
        text = self._text(path) or ""
        return _DATE.search(text, 3, max(0, text.find("\n---", 3))) is not None
