"""Determine the schema type of a front matter value."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence

from newslint.core import lazy
from newslint.generators.dates import read_date

_ADDRESS = lazy.pattern(r"\s*https?://[^\s/?#]+\S*\s*", re.IGNORECASE)
"""As `newslint.post.schema.types.URL_PATTERN`, which needs pydantic."""

_LIKE_A_DATE = lazy.pattern(r"(?<![0-9])(?:1[89]|20)[0-9]{2}(?![0-9])")
_DATE = lazy.pattern(
    r"(?:[0-9]{1,9}(?:st|nd|rd|th)?|[-+.,:()\s]|(?<=[0-9])[/TZ年月日时時分秒]"
    r"|(?<![^\W\d_])(?:[ap]\.?m\.?|utc|gmt|at|of"
    r"|(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![^\W\d_]))++",
    re.IGNORECASE,
)
"""Nothing but what dates are made of: a path or a name with a date in it is none."""
_PIECE = lazy.pattern(r"[0-9]+|[A-Z]+|[a-z]+|.", re.DOTALL)

LONGEST = 100
"""Code points of a text that may be one of a closed set, or have a pattern."""

_CLASSES = (("0-9", "0", "9"), ("A-Z", "A", "Z"), ("a-z", "a", "z"))
_RANGES = frozenset(letters for letters, _, _ in _CLASSES)
_SPECIAL = frozenset(r"\.+*?()|[]{}^$")
"""Signs that mean something in a regular expression."""

_MOST_PIECES = 16
"""Pieces of a text up to which a pattern says something."""


def is_empty(value: object) -> bool:
    """Return whether a value is empty."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or value in ([], {})


def kind(value: object) -> str:
    """Return the schema type of a value: ``text``, ``url``, ``date``, …; ``any`` if there is none.

    A text that looks like a date is one, whether or not the target can read it.
    """
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "number"
    if isinstance(value, str):
        return _kind_of_text(value)
    if isinstance(value, (datetime.date, datetime.time)):
        return "date"
    if isinstance(value, Mapping):
        return "mapping"
    return "list" if isinstance(value, list) else "any"


def _kind_of_text(value: str) -> str:
    if _ADDRESS.fullmatch(value):
        return "url"
    if len(value) <= LONGEST and _LIKE_A_DATE.search(value):
        is_whole = _DATE.fullmatch(value) is not None
        if is_whole and read_date(value, None, False, "html").outcome is None:
            return "date"
    return "text"


def shape(text: str) -> str:
    """Return the shape of a text for readers: ``9`` for digits, ``A`` and ``a`` for letters."""
    return "".join(
        "9" if c.isdecimal() else "A" if c.isupper() else "a" if c.islower() else c for c in text
    )


def form(text: str) -> tuple[str, ...]:
    """Return the form of a text: the sequence of its numbers, letters and signs."""
    return tuple(_class(piece) for piece in _PIECE.findall(text))


def _class(piece: str) -> str:
    for letters, low, high in _CLASSES:
        if low <= piece[0] <= high:
            return letters
    return piece


def pattern_of(texts: Sequence[str]) -> str | None:
    """Return a regular expression for all the texts, or None if they have no common form.

    A form has at least one number and one sign, since single words or numbers are no form, and no
    space, since several words are prose.
    """
    rows = [_PIECE.findall(text) for text in texts]
    if len({form(text) for text in texts}) != 1 or not 2 <= len(rows[0]) <= _MOST_PIECES:
        return None
    classes = form(texts[0])
    is_prose = any(one.isspace() for one in classes)
    if is_prose or "0-9" not in classes or all(one in _RANGES for one in classes):
        return None
    columns = zip(classes, zip(*rows, strict=True), strict=True)
    return f"^{''.join(_part(one, set(column)) for one, column in columns)}$"


def _part(class_: str, pieces: set[str]) -> str:
    """Return the regular expression for the pieces at one position."""
    piece = min(pieces)
    if class_ in _RANGES and (class_ == "0-9" or len(pieces) > 1):
        lengths = {len(piece) for piece in pieces}
        times = "+" if len(lengths) > 1 else f"{{{len(piece)}}}"
        return f"[{class_}]{times.replace('{1}', '')}"
    return f"\\{piece}" if piece in _SPECIAL else piece
