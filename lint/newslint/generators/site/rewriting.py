"""Which templates of posts a script of a site changes before the engine reads them."""

from __future__ import annotations

import re
from collections.abc import Container

from newslint.core import lazy

_MARK = lazy.pattern(
    r"\\?\{\\?(?P<sign>[{%#])-?(?:\\{1,2}s[*+?]?|\s|\\?-|\?)*+"
    r"(?P<name>[A-Za-z_]\w*+(?!\\{1,2}[wdWDS.]|[{|?*+]))?"
)
_CHANGED = lazy.pattern(r"\bcontent\s*+(?:=(?![=~>])|\.\s*+\w*sub!|<<)")
_TAG = lazy.pattern(r"\{%[-~]?\s*+(?P<name>\w++)")


def rewritten(code: str, hook: re.Pattern[str]) -> frozenset[str]:
    """Return the templates that code without comments may change: names of tags, and signs.

    A sign represents all that begins with it: ``{`` for ``{{``, ``%`` for tags of any name, ``#``.
    Nothing if the code does not write a post's content in a hook, which is what ``hook`` finds: a
    function that the generator calls before its template engine.
    """
    if "content" not in code or hook.search(code) is None or _CHANGED.search(code) is None:
        return frozenset()
    marks = _MARK.finditer(code)
    return frozenset(
        match["name"] if match["sign"] == "%" and match["name"] else match["sign"]
        for match in marks
    )


def is_rewritten(template: str, names: Container[str]) -> bool:
    """Return whether a template, from its opening delimiter on, is one of those."""
    if template[1:2] in names:
        return True
    tag = _TAG.match(template)
    return tag is not None and tag["name"] in names
