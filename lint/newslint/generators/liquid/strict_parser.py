"""The strict parser of Liquid for Ruby: a cursor over the tokens of a markup."""

from __future__ import annotations

import re

from newslint.core import lazy

_TOKEN = lazy.pattern(
    r"""\s*+(?:(?P<comparison>==|!=|<>|<=?|>=?|contains(?=\s))|(?P<string>'[^']*'|"[^"]*")"""
    r"""|(?P<number>-?\d+(?:\.\d+)?)|(?P<id>[a-zA-Z_][\w-]*\??)|(?P<dotdot>\.\.)"""
    r"""|(?P<special>[|.:,\[\]()?-]))""",
    re.ASCII,
)
_MAX_DEPTH = 50


class NotStrictError(Exception):
    """The strict parser cannot read this; the loose patterns have their turn."""


class StrictParser:
    """The strict parser: a cursor over the tokens of a markup."""

    def __init__(self, markup: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        self.at = 0
        end = len(markup.rstrip(" \t\n\r\f\v"))
        place = 0
        while place < end:
            match = _TOKEN.match(markup, place, end)
            if match is None:
                raise NotStrictError
            kind = match.lastgroup or ""
            text = match[kind]
            self.tokens.append((text if kind == "special" else kind, text))
            place = match.end()
        self.tokens.append(("end", ""))

    def look(self, kind: str, ahead: int = 0) -> bool:
        """Return whether a token of this kind is here, or so many places ahead."""
        place = self.at + ahead
        return place < len(self.tokens) and self.tokens[place][0] == kind

    def take(self, kind: str) -> str:
        """Return the text of the next token; raises NotStrictError if it is of another kind."""
        if not self.look(kind):
            raise NotStrictError
        self.at += 1
        return self.tokens[self.at - 1][1]

    def take_word(self, *words: str) -> str | None:
        """Return the next token if it is one of these words."""
        if self.look("id") and self.tokens[self.at][1] in words:
            return self.take("id")
        return None

    def expression(self, depth: int = 0) -> str:
        """One value, as the text that the loose parser would take for it."""
        if depth > _MAX_DEPTH:
            raise NotStrictError
        if self.look("id"):
            return self.take("id") + self._lookups(depth)
        if self.look("["):
            return self._bracketed(depth) + self._lookups(depth)
        if self.look("string") or self.look("number"):
            self.at += 1
            return self.tokens[self.at - 1][1]
        self.take("(")
        low = self.expression(depth + 1)
        self.take("dotdot")
        high = self.expression(depth + 1)
        self.take(")")
        return f"({low}..{high})"

    def _bracketed(self, depth: int) -> str:
        return self.take("[") + self.expression(depth + 1) + self.take("]")

    def _lookups(self, depth: int) -> str:
        parts: list[str] = []
        while True:
            if self.look("["):
                parts.append(self._bracketed(depth))
            elif self.look("."):
                parts.append(self.take(".") + self.take("id"))
            else:
                return "".join(parts)

    def argument(self) -> str:
        """One argument of a filter, with its name if it has one."""
        if self.look("id") and self.look(":", 1):
            return self.take("id") + self.take(":") + " " + self.expression()
        return self.expression()
