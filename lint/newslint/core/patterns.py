"""Patterns in .gitignore syntax, for configurations and .gitignore files."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from newslint.core.messages import msg

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


@cache
def patterns(lines: tuple[str, ...]) -> GitIgnoreSpec:
    """Return compiled patterns; an invalid line matches nothing, as in git."""
    try:
        return _compiled(lines)
    except _NO_PATTERN:
        return _compiled(line for line in lines if is_pattern(line))


def is_pattern(line: str) -> bool:
    """Return whether a line can be compiled."""
    try:
        _compiled((line,))
    except _NO_PATTERN:
        return False
    return True


def checked(line: str) -> str:
    """Return a line of a configuration unchanged. Raises ValueError if it is not a pattern."""
    if not is_pattern(line):
        raise ValueError(msg("{line!r} is not a valid .gitignore pattern", line=line))
    return line


_NO_PATTERN = (ValueError, OverflowError, RecursionError, re.error)
"""Exceptions that pathspec and `re` raise for lines such as ``!`` or ``[z-a]``."""


def _compiled(lines: Iterable[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    with warnings.catch_warnings():
        # Sets such as ``[[:alpha:]]``, whose meaning in `re` may change.
        warnings.simplefilter("ignore", FutureWarning)
        spec = GitIgnoreSpec.from_lines(lines)
    for pattern in spec.patterns:
        regex = getattr(pattern, "regex", None)
        if regex is not None and (quick := _without_retries(regex.pattern)) != regex.pattern:
            pattern.regex = re.compile(quick)
    return spec


_STAR = "[^/]*"
"""The regular expression that pathspec generates for ``*``."""


def _without_retries(regex: str) -> str:
    """Return an equivalent regular expression that searches the text between two ``*`` only once.

    Since a ``*`` follows, the first match is as good as any later one. Otherwise the time for
    ``*a*a*a*b`` grows exponentially on a name of many ``a``.
    """
    first, *pieces = regex.split(_STAR)
    if len(pieces) < 2:
        return regex
    # A ``**`` between two ``*`` may end in more than one place.
    middle = (
        f"{_STAR}{piece}" if "(?:" in piece else f"(?>{_STAR}?{piece})" for piece in pieces[:-1]
    )
    return "".join((first, *middle, _STAR, pieces[-1]))
