"""The state of V8's date parser."""

from __future__ import annotations

from typing import NamedTuple


class Token(NamedTuple):
    """A word, number or sign, and of which kind it is."""

    kind: str
    text: str


class Parser:
    """The state of V8's parser: the numbers of day and time so far, and the zone."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.days: list[int] = []
        self.times: list[int] = []
        self.month: int | None = None
        self.half_day: int | None = None
        self.iso = False
        self.sign: int | None = None
        self.zone_hour: int | None = None
        self.zone_minute: int | None = None

    def peek(self) -> Token:
        """Return the next token, which stays the next one."""
        return self.tokens[min(self.at, len(self.tokens) - 1)]

    def next(self) -> Token:
        """Return the next token, which is read."""
        token = self.peek()
        self.at += 1
        return token

    def skip(self, symbol: str) -> bool:
        """Return whether the next token is a symbol; then it is read."""
        if self.peek().text != symbol:
            return False
        self.at += 1
        return True

    def fixed(self, length: int, least: int, most: int) -> bool:
        """Return whether the next token is a number of so many digits, within bounds."""
        token = self.peek()
        return (
            token.kind == "number"
            and len(token.text) == length
            and least <= int(token.text) <= most
        )

    def set_zone(self, hours: int) -> None:
        """Set the time zone to whole hours."""
        self.sign = -1 if hours < 0 else 1
        self.zone_hour, self.zone_minute = abs(hours), 0

    def add_day(self, number: int) -> bool:
        """Add a part of the day; false where there are too many."""
        self.days.append(number)
        return len(self.days) <= 3

    def expects_time(self, number: int) -> bool:
        """Return whether a number without a colon may end the time: 10:30 or 10:30:15."""
        count = len(self.times)
        return (count in (1, 2) and number < 60) or (count == 3 and number < 1000)

    def end_time(self, number: int) -> None:
        """Add the last part of the time that is written."""
        self.times.append(number)
        self.times.extend([0] * (4 - len(self.times)))
