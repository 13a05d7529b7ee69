"""The English forms: ``Editing by …``, ``Edited by …``, ``Editor: …``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newslint import lazy
from newslint_rules.editor._brackets import closed_at, opened_at

_LABEL = lazy.pattern(
    r"(?P<by>(?:[Ee]dit(?:ing|ed)|EDIT(?:ING|ED)) (?:[Bb]y|BY)\b ?:?)"
    r"|(?P<editor>[Ee]ditors?|EDITORS?) ?[:：]"
)
_KIND = lazy.pattern(
    r"(?:(?:Web|Copy|Managing|Senior|News|Photo|Online|Assistant|Associate|Executive|Deputy"
    r"|Contributing|Digital|Desk|Responsible) ){1,2}\Z"
)
_BEFORE = frozenset("；;（([【|｜·•—–,.*>/-")
"""What may stand before a label, with a space between."""
_ROW = lazy.pattern(
    r"[(（\[ ]*+(?:Additional |Compiled |Further )?+(?:[Rr]eport(?:ing|ed)|[Ww]rit(?:ing|ten)"
    r"|Words|Compiled|Translated|Text|Story|Photos?)\b"
)
_SENTENCE = lazy.pattern(r"[。！？!?…]|\.\s")
_NO_SENTENCE = lazy.pattern(r"[!?:：]|\.\s[a-z]")
_ENDS = ";；|｜"
_WORD = lazy.pattern(r"[^\W\d_][\w.'’‘‐-]*+")
_PARTICLES = frozenset(
    {"al", "and", "at", "ben", "bin", "bint", "da", "de", "del", "den", "der", "di", "dos", "du"}
    | {"e", "el", "for", "ibn", "in", "la", "le", "of", "the", "van", "von", "y", "zu"}
)
SHORT = 160
REST = 60


def english_credits(line: str, *, cut: bool) -> Iterator[tuple[str, str]]:
    """Yield the role and the name of each English credit in a line; the name may be empty.

    A credit is at the beginning of a short line, after another credit, or in a bracket near
    the line's end. ``cut`` says that the line's beginning does not exist.
    """
    for label in _labels(line):
        start, kind = label.start(), ""
        if (
            label["editor"]
            and line[start - 1 : start] == " "
            and (before := _KIND.search(line, max(0, start - 30), start))
        ):
            start, kind = before.start(), before[0]
        field = _field(line, start, label.end(), cut)
        if field is None:
            continue
        role = "editing" if label["by"] else (kind + label["editor"]).lower().removesuffix("s")
        for end in _ENDS:
            field = field.partition(end)[0]
        value = field.strip(" .*_")
        if not value.strip("-–—,)]") or _is_name(value, loose=label["by"] is None):
            yield role, value.strip("-–—,)]")


def _labels(line: str) -> Iterator[re.Match[str]]:
    for sign in ("dit", "DIT"):
        at = line.find(sign)
        while at >= 0:
            if at > 0 and (label := _LABEL.match(line, at - 1)):
                yield label
            at = line.find(sign, at + 3)


def _field(line: str, start: int, end: int, cut: bool) -> str | None:
    """Return what follows a label, up to the end of its bracket; None where no credit can stand."""
    before = line[:start]
    row = not cut and len(before) > 3 and _ROW.match(before) is not None
    if (
        before
        and before.removesuffix(" ")[-1:] not in _BEFORE
        and not (row and before.endswith(("and ", "& ")))
    ):
        return None
    opening = opened_at(before)
    if opening is None:
        if cut or (not row and (len(line) > SHORT or (before and _SENTENCE.search(before)))):
            return None
        return line[end:]
    closing = closed_at(line, opening)
    if closing is None:
        return line[end:]
    return line[end:closing] if len(line) - closing <= REST else None


def _is_name(value: str, *, loose: bool) -> bool:
    """Whether a value is names: capitals and particles; after a colon a few small words too."""
    words = _WORD.findall(value)
    if not words or len(words) > 14 or len(value) > 120 or _NO_SENTENCE.search(value):
        return False
    if loose and len(words) <= 3:
        return True
    return not words[0].islower() and all(
        not word.islower() or word in _PARTICLES for word in words
    )
