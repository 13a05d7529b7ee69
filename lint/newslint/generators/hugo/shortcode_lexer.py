"""Finds the shortcodes of a post as Hugo's lexer does."""

from __future__ import annotations

from dataclasses import dataclass, field

from newslint.core import lazy
from newslint.core.messages import msg

_OPENING = lazy.pattern(r"\{\{(?P<mark>[<%])")
_MIXED = msg("a shortcode mixes parameters with a name and without one")
_NESTED = msg("a shortcode that the post defines contains another one")
_SPACE = lazy.pattern(r"[ \t\r\n\v\f]*+")
_NAME = lazy.pattern(r"[\w/-]++(?:\.(?=inline )inline[\w/-]*+)?+")
_WORD = lazy.pattern(r"[\w.-]++")
_VALUE = lazy.pattern(r"[^ \t\r\n\v\f]*+")
_QUOTED = lazy.pattern(r"(?:[^\"\\\n]|\\(?!`)[\"]?)*+")
"""What is between two quotes, in which a backslash keeps a quote from being the end."""
_ESCAPED = lazy.pattern(r"(?:[^\"\\\n]|\\(?![\"`]))*+")
"""What is between two quotes that have a backslash before them."""


@dataclass(slots=True)
class Shortcode:
    """One shortcode as the lexer reads it: its name, or why it is none.

    One that has a name and an ``error`` is meant to be a shortcode, and badly written.
    """

    start: int
    end: int
    name: str = ""
    closing: bool = False
    self_closing: bool = False
    positional: list[str] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)
    """The parameters without a name, and those with one."""
    error: str = ""
    unclosed: bool = False
    """Whether it reaches to the end of the text, so that nothing after it is looked at."""
    breaks_line: bool = False
    """Whether it is an end tag with a line break before its end, which Hugo reads of late."""
    literal: bool = False
    """Whether it is shown and not run: ``{{</* … */>}}``."""

    @property
    def is_inline(self) -> bool:
        """Whether its template is written in the post."""
        return ".inline" in self.name


def lex(text: str) -> list[Shortcode]:
    """Return the shortcodes of a text in their order, those that are shown and not run too."""
    found: list[Shortcode] = []
    at = 0
    outer: Shortcode | None = None
    while (opening := _OPENING.search(text, at)) is not None:
        close = (">" if opening["mark"] == "<" else "%") + "}}"
        inside = opening.end()
        if text.startswith("/*", inside):
            end = text.find("*/" + close, inside + 1)
            if end <= inside + 1:
                error = msg("a comment is not closed with */{close}", close=close)
                found.append(Shortcode(opening.start(), inside, error=error))
                break
            at = end + 2 + len(close)
            error = _NESTED if outer is not None else ""
            found.append(Shortcode(opening.start(), at, error=error, literal=not error))
            outer = None
            continue
        one = _Inside(text, inside, close).read(opening.start())
        found.append(one)
        if outer is not None and not one.error and (one.name != outer.name or not one.closing):
            one.error = _NESTED
        if one.unclosed:
            break
        opens = one.is_inline and not one.error and not one.closing and not one.self_closing
        outer = one if opens else None
        at = max(one.end, inside)
    return found


def at(text: str, start: int) -> Shortcode:
    """Return the shortcode that begins at an offset."""
    close = (">" if text[start + 2 : start + 3] == "<" else "%") + "}}"
    return _Inside(text, start + 3, close).read(start)


class _Inside:
    """The lexer between the delimiters of one shortcode."""

    def __init__(self, text: str, at: int, close: str) -> None:
        self.text, self.at, self.close = text, at, close
        self._slash = False
        self._kind = ""
        """``named`` or ``positional``, by the first parameter."""

    def read(self, start: int) -> Shortcode:
        one = Shortcode(start, self.at)
        while not one.error:
            self.at = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]
            if self.text.startswith(self.close, self.at):
                self.at += len(self.close)
                break
            if self.at >= len(self.text):
                self._unclosed(one)
                break
            self._step(one)
        one.end = self.at
        if not one.error and not one.name:
            one.error = msg("a shortcode has no name")
        if one.positional and one.named:
            one.error = one.error or _MIXED
        one.self_closing = self._slash and not one.closing
        return one

    def _unclosed(self, one: Shortcode) -> None:
        one.error = msg("a shortcode is not closed with {close}", close=self.close)
        one.unclosed = True

    def _step(self, one: Shortcode) -> None:
        char = self.text[self.at]
        if char == "=":
            self._value(one)
        elif char == "/":
            self.at += 1
            one.closing = one.closing or not one.name
            self._slash = True
        elif char == "\\":
            self.at += 1
            if self.text[self.at : self.at + 1] in ('"', "`"):
                self._parameter(one, is_escaped=True)
        elif one.name and not self._slash and (_is_word(char) or char in '"`-'):
            self._parameter(one, is_escaped=False)
        elif _is_word(char):
            self._name(one)
        elif one.name:
            one.error = msg("a shortcode contains {char!r} outside of quotes", char=char)
        else:
            one.error = msg("{text!r} is not the name of a shortcode", text=char)

    def _name(self, one: Shortcode) -> None:
        name = _NAME.match(self.text, self.at)
        assert name is not None  # it begins with a letter
        if one.name:
            one.error = msg("a shortcode contains {char!r} outside of quotes", char="/")
            return
        one.name = name[0]
        self.at = name.end()
        if self.text.startswith(".", self.at):
            one.error = msg("the name of a shortcode contains a dot")
        elif one.closing:
            self.at = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]
            one.breaks_line = "\n" in self.text[name.end() : self.at]
            if not self.text.startswith(self.close, self.at):
                one.error = msg(
                    "the end tag of a shortcode is not closed with {close}", close=self.close
                )

    # Parameters

    def _parameter(self, one: Shortcode, *, is_escaped: bool) -> None:
        """Read a parameter without a name, or the name of one."""
        char = self.text[self.at]
        is_named = False
        if char == "`" and is_escaped:
            one.error = msg("a shortcode contains {char!r} outside of quotes", char="\\")
            return
        if char in '"`':
            text = self._quoted(one, char, is_escaped=is_escaped)
        else:
            word = _WORD.match(self.text, self.at)
            assert word is not None  # it begins with a letter or a hyphen
            text, self.at = word[0], word.end()
            is_named = self.text.startswith("=", self.at)
        # To the lexer a name has no space before its equals sign; to the parser it may.
        kind = "named" if is_named else "positional"
        self._kind = self._kind or kind
        if kind != self._kind:
            one.error = one.error or _MIXED
        one.positional.append(text)

    def _value(self, one: Shortcode) -> None:
        """Read what is after an equals sign: without quotes, all up to the next space."""
        self.at = _SPACE.match(self.text, self.at + 1).end()  # type: ignore[union-attr]
        is_escaped = self.text.startswith('\\"', self.at)
        self.at += is_escaped
        char = self.text[self.at : self.at + 1]
        if char in ('"', "`"):
            text = self._quoted(one, char, is_escaped=is_escaped)
        else:
            value = _VALUE.match(self.text, self.at)
            assert value is not None  # the pattern also matches nothing
            text, self.at = value[0], value.end()
        if one.positional:
            one.named[one.positional.pop()] = text

    def _quoted(self, one: Shortcode, quote: str, *, is_escaped: bool) -> str:
        start = self.at + 1
        if quote == "`":
            end = self.text.find(quote, start)
        else:
            inner = (_ESCAPED if is_escaped else _QUOTED).match(self.text, start)
            assert inner is not None  # the patterns also match nothing
            end = inner.end()
        closing = '\\"' if is_escaped else quote
        if end < 0 or not self.text.startswith((closing, quote), end):
            one.error = one.error or msg("a quote in a shortcode is not closed")
            one.unclosed = end < 0 or end == len(self.text)
            self.at = max(end, start)
            return ""
        self.at = end + (len(closing) if self.text.startswith(closing, end) else 1)
        return self.text[start:end]


def _is_word(char: str) -> bool:
    return char == "_" or char.isalnum()
