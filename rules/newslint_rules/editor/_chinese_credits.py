"""How a credit line is written: a role, a separator, a short value.

By the forms that newsrooms really use (see ``english`` for theirs). All patterns are run on short
pieces of text only, and are linear.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from newslint import lazy
from newslint_rules.editor._brackets import CLOSING, OPENING, closed_at, opened_at
from newslint_rules.editor._english_credits import english_credits
from newslint_rules.editor._roles import (
    CONTACTS,
    EDITOR_ROLES,
    NOT_NAMES,
    OTHER_ROLES,
    SAME_ROLE,
    SIMPLIFIED,
)
from newslint_rules.text import _characters

SHORT = 160
"""Code points of a line up to which it may be a row of credits from end to end."""
WINDOW = 400
"""Code points at the end of a longer line that are looked through for a bracket."""
REST = 60
"""Code points that may stand after the bracket that contains a credit ("share", "print")."""
NAME_LENGTH = 40
"""Code points of the longest value that is still a name, or several."""

_HAN = "\u3400-\u9fff\uf900-\ufaff"
_COLON = r"[：:∶﹕︰]"
_BAR = r"[｜|丨︱/／]"
_NO_SIGN = r"[^\s：:∶﹕︰｜|丨︱/／，,、]"
_BEFORE = lazy.pattern(r"[\s（(\[【〔［〖「<《｜|丨︱/／；;，,、·•●■▲◆○★*#>\-—–_=:：)）\]】]\Z")
_BULLETS = " *#>-—–_·•●■▲◆○★"
_SENTENCE = lazy.pattern(r"[。！？!?…]|\.\s")
_ENDED = lazy.pattern(r"[。！？!?…”』」）)】.] \Z")
_NAME_ENDS = lazy.pattern(r"[｜|丨︱；;]")
_NEXT_LABEL = lazy.pattern(
    rf"[\s，,、/／）)]\s?(?={_NO_SIGN}{{1,8}}+\s?(?:{_COLON}|[｜|丨︱/／](?!\s)))"
)
_GENERAL = frozenset({"编辑", "主编", "编委", "编审", "责编"})
_KNOWN_ROLES = frozenset(EDITOR_ROLES)
_ROLES = "|".join(sorted({*OTHER_ROLES, *EDITOR_ROLES, *CONTACTS}, key=len, reverse=True))
_KNOWN_LABEL = lazy.pattern(
    rf"(?:{_ROLES}) ?{_COLON}",
    re.IGNORECASE,
)
_ENDS = (_NAME_ENDS, _NEXT_LABEL, _KNOWN_LABEL)
_NO_NAME = lazy.pattern(
    r"(?:[\s\W_]|无|無|暂无|暫無|待定|none|null|undefined|nan|n/?a|unknown|todo|tbd|xx+)*+\Z",
    re.IGNORECASE,
)
_UNSEEN = lazy.pattern(f"[{''.join(_characters.NAMES)}]")
_NUMBERS = lazy.pattern(r"[A-Za-z]{0,4}[-_]?\d[\d\-_]*+|[\w.+-]++@[\w.-]++|@\S++")
_BRACKETED = lazy.pattern(r"[（(\[【][^（(\[【）)\]】]*+[）)\]】]")
_PARTS = lazy.pattern(rf"[\s、，,/／&＆；;]+|(?<=[{_HAN}]{{2}})[和与及與](?=[{_HAN}]{{2}})")
_BETWEEN = lazy.pattern(
    rf"[、，,/／&＆；;]+|\s(?:and|AND)\s|(?<=[{_HAN}]{{2}})\s+(?=[{_HAN}]{{2}})"
    rf"|(?<=[{_HAN}]{{2}})[和与及與](?=[{_HAN}]{{2}})"
)
"""What is between two people; the parts of a Latin name stay together."""
_EDGES = " 。.*_:：\"'“”-—–()（）[]【】<>《》"
_SURE_NAME = lazy.pattern(rf"[{_HAN}]{{2,3}}(?: [A-Z]{{1,3}}[0-9]{{1,5}})?\Z")
_PLAIN_LINE = lazy.pattern(
    rf"[（(]?(?P<role>责任编辑|编辑|责编|网络编辑|值班编辑)[：:] ?"
    rf"(?P<name>[{_HAN}]{{2,3}}(?: [A-Z]{{1,3}}[0-9]{{1,5}})?)[）)]?\Z"
)
"""What most lines are, known at a glance."""
_HAN_NAME = lazy.pattern(rf"[{_HAN}·•.．]{{1,10}}\Z")
_LATIN_NAME = lazy.pattern(rf"[^\W\d_{_HAN}][^\s{_HAN}]*+\Z")
_PLAIN_HAN_NAME = lazy.pattern(rf"[{_HAN}]{{2,4}}\Z|[{_HAN}]++[·•][{_HAN}·•]++\Z")
# A kind of editor that no list has; but no one who "asked the editor: …".
_PREFIX = lazy.pattern(
    rf"(?:(?![说問问告诉訴对對跟让讓请請叫给給是的了我你他她它们們这這那把被为為])[{_HAN}]){{1,4}}\Z"
)
_LINK = lazy.pattern(r"\[([^\[\]]*+)\]\([^()]*+\)")


class Credit(NamedTuple):
    """An editor's credit: the role as it is compared, and the name, empty where there is none."""

    role: str
    name: str


_LINE_KEPT = 80
"""Code points of a line up to which it is kept what it says: one editor has many posts."""


class Grammar(NamedTuple):
    """What counts as a credit: further words for the role, and patterns of the site's own."""

    roles: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()

    def credits(self, line: str) -> Sequence[Credit]:
        """Return the editors' credits in a line whose white space is single spaces."""
        return _kept(self, line) if len(line) < _LINE_KEPT else self._credits(line)

    def _credits(self, line: str) -> list[Credit]:
        for pattern in self.patterns:
            if match := re.search(pattern, line):
                return [Credit(pattern, match[0])]
        if "编" in line and (plain := _PLAIN_LINE.match(line)):
            role = plain["role"]
            return [Credit(SAME_ROLE.get(role, role), plain["name"])]
        if "](" in line:
            line = _LINK.sub(r"\1", line)
        cut = len(line) > WINDOW
        line = line[-WINDOW:]
        found: list[Credit] = []
        chinese = "编" in line or "編" in line or bool(self.roles)
        for label in _labels(self.roles).finditer(line) if chinese else ():
            if credit := self._credit(label, line, cut, behind_another=bool(found)):
                found.append(credit)
        return [*found, *(Credit(*parts) for parts in english_credits(line, cut=cut))]

    def _credit(
        self, label: re.Match[str], line: str, cut: bool, *, behind_another: bool
    ) -> Credit | None:
        """Return the credit that begins with a label, if it is one."""
        start = _role_start(line, *label.span("role"))
        word = line[start : label.end("role")].replace(" ", "").translate(SIMPLIFIED)
        prefix = None
        if label["sign"] and behind_another:
            field: str | None = line[label.end() :]
        else:
            if label["sign"] and word in _GENERAL:
                prefix = _PREFIX.search(line, max(0, start - 4), start)
            field = _field(line, prefix.start() if prefix else start, label.end(), cut)
        if field is None:
            return None
        role = (prefix[0] if prefix else "") + SAME_ROLE.get(word, word)
        if label["sign"] and _SURE_NAME.match(field):
            return Credit(role, field)
        value = _value(field)
        if label["space"]:
            return Credit(role, value) if _is_plain_name(value) else None
        if _is_no_name(value):
            certain = prefix is None and "/" not in label["sign"] and "／" not in label["sign"]
            return Credit(role, "") if certain else None
        return Credit(role, value) if _is_name(value) else None


@lru_cache(maxsize=1024)
def _kept(grammar: Grammar, line: str) -> Sequence[Credit]:
    return grammar._credits(line)


@cache
def _labels(more: tuple[str, ...]) -> re.Pattern[str]:
    """Return the end of a role and its separator; other roles may share them (``编辑/排版：``).

    Only the end of a role, which tells the words apart quickly; see `_role_start`. There may be a
    space between its letters, as in ``责　编``.
    """
    own = "".join(f"|{re.escape(name)}" for name in sorted(more, key=len, reverse=True))
    return re.compile(
        rf"(?P<role>[责責网網主总總采採] ?[编編](?! ?[辑輯委审審校])|[编編] ?[辑輯委审審校集]{own})"
        rf"(?: ?[/／、&＆|｜和与及 ] ?(?:{_ROLES}))*"
        rf"(?:(?P<sign> ?(?:{_COLON}|{_BAR})+ ?)|(?P<space> ))"
    )


def _role_start(line: str, start: int, end: int) -> int:
    """Return where the role begins whose last letters are at ``start``: the longest known word."""
    word = line[start:end]
    if " " not in word:
        for length in (3, 2, 1):
            if line[max(0, start - length) : end].translate(SIMPLIFIED) in _KNOWN_ROLES:
                return max(0, start - length)
        return start
    last = word.replace(" ", "").translate(SIMPLIFIED)
    for length in (3, 2, 1):
        spaced = line[max(0, start - 2 * length) : start]
        kind = spaced[::2].translate(SIMPLIFIED)
        if spaced[1::2] == " " * length and kind + last in _KNOWN_ROLES:
            return start - 2 * length
    return start


def _field(line: str, start: int, end: int, cut: bool) -> str | None:
    """Return what follows a label in its place, or None where no credit can stand.

    A credit is at the beginning of a line, further on in a line that is a row of credits, in
    a bracket near the line's end, or after the last sentence.
    """
    before = line[:start]
    opening = opened_at(before)
    if opening is not None:
        closing = closed_at(line, opening)
        inside = line[end:closing]
        if not _BEFORE.search(before) or (closing is None and len(inside) > NAME_LENGTH):
            return None
        return inside if closing is None or len(line) - closing - 1 <= REST else None
    if _ENDED.search(before) and len(line) - end <= NAME_LENGTH:
        return line[end:]
    if cut or (before and not _BEFORE.search(before)) or _SENTENCE.search(before):
        return None
    return None if len(line) > SHORT and before.strip(_BULLETS) else line[end:]


def _value(field: str) -> str:
    """Return the value at the beginning of a field: up to a bar, a semicolon or the next label."""
    ends = [match.start() for p in _ENDS if (match := p.search(field))]
    value = field[: min(ends)] if ends else field
    depth = 0
    for at, character in enumerate(value):
        if character in OPENING:
            depth += 1
        elif character in CLOSING:
            depth -= 1
            if depth < 0:
                return value[:at].strip()
    return value.strip()


def _is_name(value: str) -> bool:
    """Return whether a value is short and made of names, numbers and brackets, not a sentence."""
    if len(value) > NAME_LENGTH or _SENTENCE.search(value):
        return False
    parts = _parts(value)
    return len(parts) <= 8 and all(_HAN_NAME.match(p) or _LATIN_NAME.match(p) for p in parts)


def _is_plain_name(value: str) -> bool:
    """Return whether a value after a mere space is surely one name or several."""
    if len(value) > 24 or _SENTENCE.search(value):
        return False
    parts = _parts(value)
    return (
        0 < len(parts) <= 4
        and not NOT_NAMES.intersection(parts)
        and all(_PLAIN_HAN_NAME.match(part) for part in parts)
    )


def people(value: str) -> list[str]:
    """Return the people that a credit names, without staff numbers and what is in brackets."""
    bare = _NUMBERS.sub(" ", _BRACKETED.sub(" ", value))
    names = (" ".join(part.split()).strip(_EDGES) for part in _BETWEEN.split(bare))
    return [name for name in names if name and not _is_no_name(name)]


def _is_no_name(value: str) -> bool:
    """Return whether a value names no one; characters that nobody sees do not make it a name."""
    return _NO_NAME.match(value if value.isascii() else _UNSEEN.sub("", value)) is not None


def _parts(value: str) -> list[str]:
    """Return the single names of a value, without numbers, addresses and what is in brackets."""
    bare = _NUMBERS.sub(" ", _BRACKETED.sub(" ", _BRACKETED.sub(" ", value)))
    parts = _PARTS.split(bare.strip(" 。.*_:：\"'“”"))
    return [part for part in parts if part.strip("-—–_*·.()（）[]【】<>《》")]
