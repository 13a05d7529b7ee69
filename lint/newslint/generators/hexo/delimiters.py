"""Where the tags, the quotes and the inline code of a text begin and end, found in linear time."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from newslint.core import lazy

_CODE_EVENT = lazy.pattern(r"\n\n|`++|\{% *+raw *+%\}")
_END_RAW = lazy.pattern(r"\{% *+endraw *+%\}")

NAME_LIMIT = 500
"""How many different tag names are looked up in a post; more are in no post but an attack."""


class Marks:
    """Where the tags of a text open and close, and where a block tag's end tag is."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._opens = [m.start() for m in re.finditer(r"\{%", text)]
        self._closes = [m.start() for m in re.finditer(r"%\}", text)]
        self._known: dict[str, bool] = {}
        # name → where it was asked from, where "end" + name is, the tag's start and end
        self._ends: dict[str, tuple[int, int, tuple[int, int] | None]] = {}

    def close(self, position: int) -> int:
        """Return the first ``%}`` at or after a position, or -1."""
        at = bisect_left(self._closes, position)
        return self._closes[at] if at < len(self._closes) else -1

    def has_end(self, name: str) -> bool:
        """Return whether ``end`` + name is anywhere in the text."""
        if name not in self._known:
            if not name or len(self._known) >= NAME_LIMIT:
                return False
            self._known[name] = f"end{name}" in self._text
        return self._known[name]

    def block_end(
        self, name: str, position: int, *, exact: bool = False, open_ended: bool = False
    ) -> tuple[int, int] | None:
        """Return the first tag after a position that contains ``end`` + name, as (start, end).

        ``exact``: and nothing else but spaces. ``open_ended``: it need not be closed.
        """
        if not self.has_end(name):
            return None
        asked, at, found = self._ends.get(name, (-1, -1, None))
        if asked >= 0 and position >= asked:
            if found is None or position <= found[0]:
                return found
        else:
            at = -1
        found = None
        while (at := self._text.find(f"end{name}", max(at + 1, position))) >= 0:
            found = self._around(at, at + 3 + len(name), position, exact, open_ended)
            if found:
                break
        self._ends[name] = (position, at, found)
        return found

    def _around(
        self, at: int, end: int, position: int, exact: bool, open_ended: bool
    ) -> tuple[int, int] | None:
        before = bisect_left(self._closes, end) - 1
        floor = self._closes[before] - 1 if before >= 0 else 0
        if exact:
            floor = at - 2
            while floor > 0 and self._text[floor + 1] == " ":
                floor -= 1
        opening = bisect_left(self._opens, max(position, floor))
        if opening >= len(self._opens) or self._opens[opening] + 2 > at:
            return None
        close = self.close(end)
        if close < 0:
            return (self._opens[opening], len(self._text)) if open_ended else None
        if exact and self._text[end:close].strip(" "):
            return None
        return self._opens[opening], close + 2


class Unquoted:
    """Finds the next closing mark that is in no quotes, from any place, in one go."""

    def __init__(self, text: str, mark: str) -> None:
        self._text, self._mark = text, mark
        self._places: list[int] | None = None
        self._answers: list[int] = []

    def find(self, position: int) -> int:
        """Return the first mark at or after a position; quotes are counted from there. Or -1."""
        if self._places is None:
            self._prepare()
        at = bisect_left(self._places or [], position)
        return self._answers[at] if at < len(self._answers) else -1

    def _prepare(self) -> None:
        # From right to left: after an opening quote the search goes on after its partner.
        self._places = [m.start() for m in re.finditer(rf"[\"']|{self._mark}", self._text)]
        self._answers = [-1] * (len(self._places) + 1)
        partner = {'"': -1, "'": -1}
        for at in range(len(self._places) - 1, -1, -1):
            char = self._text[self._places[at]]
            if char not in partner:
                self._answers[at] = self._places[at]
                continue
            if partner[char] >= 0:
                self._answers[at] = self._answers[partner[char] + 1]
            partner[char] = at


class InlineCode:
    """Hexo 8's idea of inline code: from backticks to as many, not over an empty line."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._events: list[re.Match[str]] | None = None

    def _prepare(self) -> list[re.Match[str]]:
        text = self._text
        events = list(_CODE_EVENT.finditer(text))
        raw_ends = [m.end() for m in _END_RAW.finditer(text)]
        starts = [m.start() for m in events]
        # For each event: the longest run of backticks and the last raw block up to the empty
        # line, and the event that comes next; raw blocks are jumped over.
        size = len(events)
        self._longest, self._last_raw, self._next = [0] * (size + 1), [-1] * (size + 1), [0] * size
        self._raw_end = [0] * size
        for at in range(size - 1, -1, -1):
            mark = text[starts[at]]
            self._next[at] = at + 1
            if mark == "\n":
                continue
            if mark == "{":
                ending = bisect_right(raw_ends, events[at].end())
                if ending < len(raw_ends):
                    self._raw_end[at] = raw_ends[ending]
                    self._next[at] = bisect_left(starts, raw_ends[ending])
                    self._last_raw[at] = at
            following = self._next[at]
            length = len(events[at][0]) if mark == "`" else 0
            self._longest[at] = max(length, self._longest[following])
            if self._last_raw[following] >= 0:
                self._last_raw[at] = self._last_raw[following]
        self._starts = starts
        self._events = events
        return events

    def close(self, start: int, count: int) -> tuple[int, list[tuple[int, int]]]:
        """Where the text goes on after backticks at ``start``, and the raw blocks until there."""
        events = self._events if self._events is not None else self._prepare()
        at = bisect_left(self._starts, start + count)
        closes = self._longest[at] >= count
        limit = len(events) if closes else self._last_raw[at] + 1
        raws: list[tuple[int, int]] = []
        position = start + count
        while at < limit:
            event = events[at]
            if event[0][0] == "`" and len(event[0]) >= count:
                return event.end(), raws
            if self._raw_end[at]:
                raws.append((event.start(), self._raw_end[at]))
                position = self._raw_end[at] + count
            at = self._next[at]
        return min(position, len(self._text)), raws
