"""The tokens of a Nunjucks template (3.2.4, with Hexo's settings: default delimiters)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from newslint.core import lazy
from newslint.core.messages import msg


class TokenType(Enum):
    """The kinds of tokens; OPERATOR is every sign without a kind of its own."""

    DATA = auto()
    COMMENT = auto()
    BLOCK_START = auto()
    BLOCK_END = auto()
    VARIABLE_START = auto()
    VARIABLE_END = auto()
    SPACE = auto()
    STRING = auto()
    REGEX = auto()
    NUMBER = auto()
    BOOLEAN = auto()
    NONE = auto()
    SYMBOL = auto()
    OPERATOR = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A token: what it represents (strings unescaped), and where, in code points."""

    type: TokenType
    value: str
    start: int
    end: int


class TemplateSyntaxError(Exception):
    """The template does not parse: the build stops. The argument says why, for a writer."""


class UnknownTagError(TemplateSyntaxError):
    """It does not parse unless the site defines the tag that it names."""


_DATA_END = lazy.pattern(r"\{[{#%]|#\}")
_CODE = lazy.pattern(
    r"(?P<string>[\"'])|(?P<space>[ \n\t\r\xa0]++)|(?P<block>-?%\})|(?P<variable>-?\}\})"
    r"|(?P<regex>r/)"
    r"|(?P<operator>[=!]==?|[<>]=?|//|\*\*|[()\[\]{}%*\-+~/#,:|.=!])"
    r"|(?P<float>[0-9]++\.[0-9]*+)|(?P<word>[^ \n\t\r\xa0()\[\]{}%*\-+~/#,:|.<>=!]++)"
)
_STRING = {
    '"': lazy.pattern(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL),
    "'": lazy.pattern(r"'(?:[^'\\]|\\.)*+(?:'|\\?\Z)", re.DOTALL),
}
_REGEX = lazy.pattern(r"r/(?P<body>[^/]*+(?:(?<=\\)/[^/]*+)*+)(?:/|\Z)(?P<flags>[gimy]*+)")
_ESCAPE = lazy.pattern(r"\\(.)", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r"}
_DIGITS = lazy.pattern(r"[0-9]++\Z")
_STARTS = {"{%": TokenType.BLOCK_START, "{{": TokenType.VARIABLE_START}


class Lexer:
    """Reads a template token by token; it may be moved by setting ``position`` and ``in_code``."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.in_code = False
        self._no_comment_end_from = len(text)

    def next(self) -> Token | None:
        """Return the next token, or None at the end. Raises TemplateSyntaxError."""
        if self.position >= len(self.text):
            return None
        return self._code() if self.in_code else self._data()

    def _data(self) -> Token:
        start = self.position
        opening = self.text[start : start + 2]
        if opening in _STARTS:
            dash = self.text.startswith("-", start + 2)
            self.in_code = True
            return self._token(_STARTS[opening], start, start + 2 + dash)
        if opening == "{#":
            return self._comment(start)
        match = _DATA_END.search(self.text, start)
        if match is None:
            return self._token(TokenType.DATA, start, len(self.text))
        if match[0] == "#}":
            self.position = match.start()
            raise TemplateSyntaxError(msg("“#}” ends a comment that was not opened"))
        return self._token(TokenType.DATA, start, match.start())

    def _comment(self, start: int) -> Token:
        end = -1
        if start < self._no_comment_end_from:
            end = self.text.find("#}", start + 2)
        if end < 0:
            self._no_comment_end_from = min(start, self._no_comment_end_from)
            raise TemplateSyntaxError(msg("the comment “{#” is not closed"))
        return self._token(TokenType.COMMENT, start, end + 2)

    def _code(self) -> Token:
        start = self.position
        match = _CODE.match(self.text, start)
        assert match is not None  # any character is one of them
        kind = match.lastgroup
        if kind == "string":
            return self._string(start, match[0])
        if kind == "regex":
            found = _REGEX.match(self.text, start)
            assert found is not None
            return self._token(TokenType.REGEX, start, found.end())
        if kind in ("block", "variable"):
            self.in_code = False
            type_ = TokenType.BLOCK_END if kind == "block" else TokenType.VARIABLE_END
            return self._token(type_, start, match.end())
        if kind == "word":
            return self._token(_word_type(match[0]), start, match.end())
        types = {
            "space": TokenType.SPACE,
            "float": TokenType.NUMBER,
            "operator": TokenType.OPERATOR,
        }
        return self._token(types[kind or ""], start, match.end())

    def _string(self, start: int, quote: str) -> Token:
        match = _STRING[quote].match(self.text, start)
        assert match is not None
        closed = len(match[0]) > 1 and match[0].endswith(quote)
        inner = match[0][1:-1] if closed else match[0][1:]
        value = _ESCAPE.sub(lambda found: _LETTERS.get(found[1], found[1]), inner)
        return self._token(TokenType.STRING, start, match.end(), value)

    def _token(self, type_: TokenType, start: int, end: int, value: str | None = None) -> Token:
        self.position = end
        return Token(type_, self.text[start:end] if value is None else value, start, end)


def _word_type(word: str) -> TokenType:
    if _DIGITS.match(word):
        return TokenType.NUMBER
    if word in ("true", "false"):
        return TokenType.BOOLEAN
    return TokenType.NONE if word in ("none", "null") else TokenType.SYMBOL
