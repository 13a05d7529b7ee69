"""Names in Hexo's addresses: ``slugize`` and ``Permalink`` of hexo-util 2 to 4."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache

from newslint.core import lazy

_SPECIAL = lazy.pattern(r"[\s\ufeff~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'<>,.?/]+")
_CONTROL = lazy.pattern(r"[\x00-\x1f]")
_PARAMETER = lazy.pattern(r":(\w*[^_\W])", re.ASCII)
_PARAMETER_LIMIT = 3
"""Names of any length in one pattern for file names: each may have to be tried at every place."""

_LETTERS = {
    "Đ": "D", "đ": "d", "Ł": "L", "ł": "l", "Ø": "O", "ø": "o", "Æ": "AE", "æ": "ae", "Œ": "OE",
    "œ": "oe", "ß": "s", "ẞ": "S", "ı": "i", "Ħ": "H", "ħ": "h", "Ŧ": "T", "ŧ": "t", "ſ": "l",
    "Ŀ": "L", "ŀ": "l", "ŉ": "n",
}  # fmt: skip
"""Letters that slugize writes in ASCII and Unicode does not take apart."""
_OTHER_LETTERS = lazy.pattern(r"[\u0180-\u02af\u1d00-\u1dff\u2184\u2c60-\u2c7f\ua722-\ua7ff]")
_LATIN = lazy.pattern(r"[\u00c0-\u024f\u1e00-\u1eff\u24b6-\u24e9\uff21-\uff5a]")


class UnknownNameError(ValueError):
    """A name whose place in the address is not modelled."""


def slugize(text: str, case: int = 0) -> str:
    """A name as Hexo writes it in an address; ``case`` is 1 for small letters, 2 for capitals.

    Raises UnknownNameError for rare letters of which hexo-util has its own table.
    """
    text = _CONTROL.sub("", text if text.isascii() else _without_marks(text))
    slug = _SPECIAL.sub("-", text).strip("-")
    return slug.lower() if case == 1 else slug.upper() if case == 2 else slug


def _without_marks(text: str) -> str:
    def plain(match: re.Match[str]) -> str:
        letter = match[0]
        if letter in _LETTERS:
            return _LETTERS[letter]
        parts = unicodedata.normalize("NFKD", letter)
        found = "".join(part for part in parts if not unicodedata.combining(part))
        if not found.isascii():
            raise UnknownNameError(letter)
        return found

    found = _LATIN.sub(plain, text)
    if _OTHER_LETTERS.search(found):
        raise UnknownNameError(text)
    return found


_SEGMENTS = {
    "year": r"(\d{4})", "month": r"(\d{2})", "day": r"(\d{2})", "i_month": r"(\d{1,2})",
    "i_day": r"(\d{1,2})", "hash": r"([0-9a-f]{12})",
}  # fmt: skip


@lru_cache(maxsize=8)
def _name_pattern(rule: str) -> tuple[re.Pattern[str], tuple[str, ...]] | None:
    names = _PARAMETER.findall(rule)
    free = sum(name not in _SEGMENTS for name in names)
    if free > _PARAMETER_LIMIT or len(rule) > 500:
        return None
    out, at = "", 0
    for match in _PARAMETER.finditer(rule):
        out += re.escape(rule[at : match.start()]) + _SEGMENTS.get(match[1], "([^\n]+?)")
        at = match.end()
    return re.compile(out + re.escape(rule[at:]) + r"\Z", re.ASCII), tuple(names)


def parse_name(rule: str, name: str) -> dict[str, str]:
    """Return what the path of a post below ``_posts``, without suffix, says by ``new_post_name``.

    ``title`` is always there: it is the slug of the post. Raises UnknownNameError.
    """
    if rule == ":title":
        return {"title": name}
    found = _name_pattern(rule)
    if found is None:
        raise UnknownNameError(rule)
    pattern, names = found
    match = pattern.match(name)
    values = {} if match is None else dict(zip(names, match.groups(), strict=True))
    return values if "title" in values else {**values, "title": slugize(name)}


def parameters(rule: str) -> frozenset[str]:
    """Return the names that a permalink asks for."""
    return frozenset(_PARAMETER.findall(rule))


def filler(rule: str) -> Callable[[Mapping[str, str]], str]:
    """Return what fills in the names of a permalink. It raises KeyError for one without a value."""
    pieces = _PARAMETER.split(rule)
    names = pieces[1::2]

    def fill(values: Mapping[str, str]) -> str:
        pieces[1::2] = [values[name] for name in names]
        return "".join(pieces)

    return fill
