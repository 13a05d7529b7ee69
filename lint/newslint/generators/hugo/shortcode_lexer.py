"""Finds the shortcodes of a post as Hugo's lexer does."""

from __future__ import annotations

from dataclasses import dataclass, field

from newslint.core import lazy
from newslint.core.messages import msg

_OPENING = lazy.pattern(r"\{\{(?P<mark>[<%])")
_SPACE = lazy.pattern(r"[ \t\r\n]*+")
_NAME = lazy.pattern(r"[\w/-]++")
_INLINE = ".inline"
_NESTED = msg("a shortcode that the post defines contains another one")
_PARAMETER = lazy.pattern(r"[\w.:/*\[\]()\\&=?%+,;@~!$'|^#-]++")


@dataclass(slots=True)
class Shortcode:
    """One shortcode as the lexer reads it: its name, or why it is none."""

    start: int
    end: int
    name: str = ""
    closing: bool = False
    self_closing: bool = False
    arguments: list[str] = field(default_factory=list)
    error: str = ""
    unclosed: bool = False
    """Whether it reaches to the end of the text, so that nothing after it is looked at."""
    literal: bool = False
    """Whether it is shown and not run: ``{{</* … */>}}``."""
    inline: bool = False
    """Whether the post itself defines it: ``{{< name.inline >}}…{{< /name.inline >}}``."""


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
        opens = one.inline and not one.error and not one.closing and not one.self_closing
        outer = one if opens else None
        at = max(one.end, inside)
    return found


class _Inside:
    """The lexer between the delimiters of one shortcode."""

    def __init__(self, text: str, at: int, close: str) -> None:
        self.text, self.at, self.close = text, at, close

    def read(self, start: int) -> Shortcode:
        one = Shortcode(start, self.at)
        while not one.error:
            self.at = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]
            if self.text.startswith(self.close, self.at):
                self.at += len(self.close)
                break
            if self.at >= len(self.text):
                one.error = msg("a shortcode is not closed with {close}", close=self.close)
                one.unclosed = True
                break
            self._step(one)
        one.end = self.at
        if not one.error and not one.name:
            one.error = msg("a shortcode has no name")
        return one

    def _step(self, one: Shortcode) -> None:
        char = self.text[self.at]
        if char == "/" and not one.name:
            one.closing = True
            self.at += 1
        elif char == "/" and self.text.startswith(self.close, self.at + 1):
            one.self_closing = True
            self.at += 1
        elif not one.name:
            self._name(one)
        elif char in '"`':
            self._quoted(one, char)
        elif char == "=":
            self.at += 1
        else:
            self._parameter(one, char)

    def _name(self, one: Shortcode) -> None:
        name = _NAME.match(self.text, self.at)
        if name is None:
            one.error = msg("{text!r} is not the name of a shortcode", text=self.text[self.at])
            return
        one.name = name[0]
        self.at = name.end()
        if self.text.startswith(f"{_INLINE} ", self.at):
            one.inline = True
            one.name += _INLINE
            self.at += len(_INLINE)
        if self.text.startswith(".", self.at):
            one.error = msg("the name of a shortcode contains a dot")
        elif one.closing:
            space = _SPACE.match(self.text, self.at)
            assert space is not None  # the pattern also matches nothing
            if not self.text.startswith(self.close, space.end()):
                one.error = msg(
                    "the end tag of a shortcode is not closed with {close}", close=self.close
                )

    def _quoted(self, one: Shortcode, quote: str) -> None:
        end = self.at + 1
        while (
            (end := self.text.find(quote, end)) >= 0 and quote == '"' and self.text[end - 1] == "\\"
        ):
            end += 1
        if end < 0:
            one.error = msg("a quote in a shortcode is not closed")
            one.unclosed = True
            return
        one.arguments.append(self.text[self.at + 1 : end])
        self.at = end + 1

    def _parameter(self, one: Shortcode, char: str) -> None:
        word = _PARAMETER.match(self.text, self.at)
        if word is None:
            one.error = msg("a shortcode contains {char!r} outside of quotes", char=char)
            return
        self.at = word.end()
        if (
            self.close.startswith("%")
            and word[0].endswith("%")
            and self.text.startswith("}}", self.at)
        ):
            self.at -= 1
        if word.start() < self.at:
            one.arguments.append(self.text[word.start() : self.at])
