"""Suggest the known name that is closest to an unknown one."""

from __future__ import annotations

from collections.abc import Iterable

from newslint.core.messages import join_comma, msg


def near(word: str, known: Iterable[str]) -> str | None:
    """Return the known name that a word was probably meant to be, or None if none is close."""
    import difflib

    lower = {name.lower(): name for name in known}
    close = difflib.get_close_matches(word.lower(), lower, n=1, cutoff=0.6)
    return lower[close[0]] if close else None


def nearest(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?`, or an empty text if no known name is close."""
    return suggestion(near(word, known))


def hint(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?`, or if no word is close, all known words."""
    names = list(known)
    found = nearest(word, names)
    return found or msg("; choose one of {known}", known=join_comma(names))


def suggestion(found: str | None) -> str:
    """Return `; did you mean 'x'?`, or an empty text for None."""
    return msg("; did you mean {nearest!r}?", nearest=found) if found else ""


def slip(word: str, known: Iterable[str]) -> str | None:
    """Return the closest known word if a typing error explains the difference, else None.

    A typing error is one letter added, omitted or replaced, or two adjacent letters exchanged:
    two are accepted in words of seven letters or more, none in words of one or two.
    """
    allowed = 0 if len(word) < _SHORT else 1 if len(word) < _LONG else 2
    counted = sorted((slips(word, one), one) for one in known)
    return counted[0][1] if counted and counted[0][0] <= allowed else None


_SHORT, _LONG = 3, 7


def slips(one: str, other: str) -> int:
    """Return the optimal string alignment distance of two words (Damerau-Levenshtein)."""
    before: list[int] = []
    row: list[int] = [*range(len(other) + 1)]
    for i, a in enumerate(one, 1):
        older, above = before, row
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        before = above
    return row[-1]
