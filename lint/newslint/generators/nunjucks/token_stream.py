"""Reading the tokens of a template one by one, with one to look ahead."""

from __future__ import annotations

from newslint.core.messages import msg
from newslint.generators.nunjucks.lexer import Lexer, TemplateSyntaxError, Token, TokenType


class TokenReader:
    """Reads tokens, one ahead; white space between them is skipped."""

    def __init__(self, lexer: Lexer) -> None:
        self.lexer = lexer
        self.work = 0
        self._peeked: Token | None = None

    def restart(self, position: int) -> None:
        """Go on at another place, outside of all tags."""
        self.lexer.position, self.lexer.in_code = position, False
        self._peeked = None

    def next(self, *, spaces: bool = False) -> Token | None:
        """Return the next token, or None at the end of the text."""
        token, self._peeked = self._peeked, None
        while token is None or (token.type is TokenType.SPACE and not spaces):
            token = self.lexer.next()
            if token is None:
                return None
            self.work += 1 + (token.end - token.start >> 6)
        return token

    def peek(self) -> Token | None:
        """Return the token that `next` will give."""
        if self._peeked is None:
            self._peeked = self.next()
        return self._peeked

    def take(self) -> Token:
        """Return the next token; the end of the text is an error."""
        token = self.next()
        if token is None:
            raise TemplateSyntaxError(msg("it is not closed"))
        return token

    def skip(self, value: str, type_: TokenType = TokenType.OPERATOR) -> bool:
        """Take the next token if it is this one."""
        token = self.peek()
        if token is None or token.type is not type_ or token.value != value:
            return False
        self._peeked = None
        return True

    def skip_word(self, word: str) -> bool:
        """Take the next token if it is this word."""
        return self.skip(word, TokenType.SYMBOL)

    def block_end(self, what: str) -> None:
        """Take the ``%}`` of a tag."""
        token = self.next()
        if token is None or token.type is not TokenType.BLOCK_END:
            raise TemplateSyntaxError(msg("“%}}” is missing at the end of “{what}”", what=what))

    def word(self, what: str) -> str:
        """Take a word. Raises TemplateSyntaxError, naming what should stand there."""
        token = self.take()
        if token.type is not TokenType.SYMBOL:
            raise TemplateSyntaxError(msg("“{token}” is not {what}", token=shown(token), what=what))
        return token.value


def shown(token: Token | None) -> str:
    """Return a token as a message quotes it: short, on one line."""
    if token is None:
        return ""
    value = " ".join(token.value.split())
    return value if len(value) <= 40 else value[:39] + "…"
