"""Keys that look like another one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def near(word: str, known: Iterable[str]) -> str | None:
    """The known name that a word was probably meant to be."""
    lower = {name.lower(): name for name in known}
    close = difflib.get_close_matches(word.lower(), lower, n=1, cutoff=0.7)
    return lower[close[0]] if close else None


def meant_by(name: str, unknown: Iterable[str]) -> str:
    """`: is it meant by 'auther'?`, or nothing where no unknown key is near."""
    found = near(name, unknown)
    return f": is it meant by {found!r}?" if found else ""
