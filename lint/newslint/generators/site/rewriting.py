"""Whether a script of a site changes the templates of posts before the engine reads them."""

from __future__ import annotations

import re

from newslint.core import lazy

_MARK = lazy.pattern(r"\\?\{\\?[{%#]")
_CHANGED = lazy.pattern(r"\bcontent\s*+(?:=(?![=~>])|\.\s*+\w*sub!|<<)")


def rewrites_templates(code: str, hook: re.Pattern[str]) -> bool:
    """Return whether code without comments writes a post's content in a hook, and names braces.

    ``hook`` finds what registers a function that the generator calls before its template engine.
    """
    if "content" not in code or hook.search(code) is None:
        return False
    return _CHANGED.search(code) is not None and _MARK.search(code) is not None
