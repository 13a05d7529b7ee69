"""Find errors of an XPath expression that libxml2 reports only at evaluation.

libxml2 looks up functions, prefixes and variables, and counts arguments, during evaluation: for
``//p[foo(1)]`` only if there is a ``<p>``. So this module parses a compiled expression again, by
the grammar of XPath 1.0 (https://www.w3.org/TR/1999/REC-xpath-19991116/).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from newslint.core import lazy
from newslint.core.messages import msg

_TOKEN = lazy.pattern(
    r"""\s*+(?:
        (?P<literal>"[^"]*+"|'[^']*+')
      | (?P<number>[0-9]++(?:\.[0-9]*+)?+|\.[0-9]++)
      | (?P<sign>::|//|\.\.|!=|<=|>=|[()\[\],/|+=<>@$.-])
      | (?:(?P<prefix>[^\W\d][\w.·-]*+):(?!:))?+(?P<name>[^\W\d][\w.·-]*+|\*)
    )\s*+""",
    re.VERBOSE,
)


class _Function(NamedTuple):
    """A function of XPath 1.0: the number of its arguments, and which must be node-sets."""

    least: int = 0
    most: int = 0
    of_nodes: bool = False


_FUNCTIONS = {
    **dict.fromkeys(("last", "position", "true", "false"), _Function()),
    **dict.fromkeys(("count", "sum"), _Function(1, 1, of_nodes=True)),
    **dict.fromkeys(("local-name", "namespace-uri", "name"), _Function(0, 1, of_nodes=True)),
    **dict.fromkeys(("string", "string-length", "normalize-space", "number"), _Function(0, 1)),
    **dict.fromkeys(("id", "boolean", "not", "lang", "floor", "ceiling", "round"), _Function(1, 1)),
    **dict.fromkeys(
        ("starts-with", "contains", "substring-before", "substring-after"), _Function(2, 2)
    ),
    "concat": _Function(2, 1_000_000),
    "substring": _Function(2, 3),
    "translate": _Function(3, 3),
}
_NODE_TYPES = frozenset({"comment", "text", "node", "processing-instruction"})
_NAMED_OPERATORS = frozenset({"and", "or", "mod", "div", "*"})
_OPERATORS = ("+", "-", "=", "!=", "<", "<=", ">", ">=")
_BEFORE_OPERAND = frozenset({"@", "::", "(", "[", ",", "/", "//", "|", *_OPERATORS})
"""After one of these, and at the beginning, a name is not an operator (section 3.7)."""


def fault(expression: str) -> str | None:
    """Return the error that evaluating a compiled expression would raise, as a message, or None."""
    tokens = _tokens(expression)
    try:
        if tokens is not None:
            _Reader(tokens).read()
    except ValueError as error:
        return str(error)
    except RecursionError:
        return msg("the expression is nested too deep")
    return None


class _Token(NamedTuple):
    """``kind`` is literal, number, sign, name, operator (a name that is one) or end."""

    kind: str
    text: str
    prefix: str = ""


_END = _Token("end", "")


def _tokens(expression: str) -> list[_Token] | None:
    """Return the tokens; None if a name has characters that this module does not support."""
    found = [_Token("sign", "(")]
    at = 0
    while match := _TOKEN.match(expression, at):
        at = match.end()
        kind = match.lastgroup or ""
        text = match[kind]
        before = found[-1]
        if kind == "name" and text in _NAMED_OPERATORS and before.kind != "operator":
            if before.kind != "sign" or before.text not in _BEFORE_OPERAND:
                kind = "operator"
        found.append(_Token(kind, text, match["prefix"] or ""))
    return [*found[1:], _END] if at == len(expression) else None


class _Reader:
    """Parses an expression from its tokens; methods return whether the part is a node-set."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._predicates_around = 0

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _is_sign(self, *signs: str) -> bool:
        return self._next.kind == "sign" and self._next.text in signs

    def _take(self, *signs: str) -> bool:
        """Consume the next token if it is one of some signs; return whether it was."""
        is_next = self._is_sign(*signs)
        self._at += is_next
        return is_next

    def _any(self) -> _Token:
        token = self._next
        self._at += token is not _END
        return token

    def read(self) -> bool:
        """Parse an expression. All operators but ``|`` accept anything and return no node-set."""
        is_set = self._operand()
        while self._next.kind == "operator" or self._is_sign(*_OPERATORS):
            self._at += 1
            self._operand()
            is_set = False
        return is_set

    def _operand(self) -> bool:
        is_negative = False
        while self._take("-"):
            is_negative = True
        is_set = self._path()
        while self._take("|"):
            is_set &= self._path()
            if not is_set:
                raise ValueError(msg("both sides of | must be node-sets"))
        return is_set and not is_negative

    def _path(self) -> bool:
        if self._is_primary():
            is_set = self._primary()
            if self._is_sign("[", "/", "//") and not is_set:
                raise ValueError(msg("{sign} must follow a node-set", sign=self._next.text))
            self._predicates()
        else:
            is_set = True
            is_root = self._take("/", "//")
            if not is_root or self._next.kind == "name" or self._is_sign(".", "..", "@"):
                self._step()
        while self._take("/", "//"):
            self._step()
        return is_set

    def _is_primary(self) -> bool:
        """Return whether a primary expression follows: literal, number, group, variable or call."""
        token = self._next
        if token.kind != "name":
            return token.kind in ("literal", "number") or self._is_sign("(", "$")
        after = self._tokens[self._at + 1]
        is_call = after.kind == "sign" and after.text == "("
        return is_call and bool(token.prefix or token.text not in _NODE_TYPES)

    def _primary(self) -> bool:
        if self._take("$"):
            raise ValueError(msg("the variable {name} is not defined", name=self._any().text))
        if self._take("("):
            is_set = self.read()
            self._take(")")
            return is_set
        token = self._any()
        return token.kind == "name" and self._call(token)

    def _call(self, token: _Token) -> bool:
        name = f"{token.prefix}:{token.text}" if token.prefix else token.text
        known = _FUNCTIONS.get(name)
        if known is None:
            raise ValueError(msg("{name}() is not a function of XPath 1.0", name=name))
        if name in ("last", "position") and not self._predicates_around:
            raise ValueError(msg("{name}() is only allowed inside of [ ]", name=name))
        self._take("(")
        count = 0
        while not self._take(")"):
            if not self.read() and known.of_nodes:
                raise ValueError(msg("{name}() requires a node-set", name=name))
            count += 1
            if not self._take(",") and not self._is_sign(")"):
                break
        if not known.least <= count <= known.most:
            template = "{name}() does not accept {count} arguments"
            raise ValueError(msg(template, name=name, count=count))
        return name == "id"

    def _step(self) -> None:
        if self._take(".", "..") or self._is_sign("/", "//"):  # libxml2 accepts ``///``
            return
        self._take("@")
        name = self._any()
        if self._take("::"):
            if name.text == "namespace":
                raise ValueError(msg("the axis {axis} selects no elements", axis="namespace"))
            name = self._any()
        if self._take("("):
            while not self._take(")") and self._next is not _END:
                self._at += 1  # the name of a processing instruction
        elif name.prefix not in ("", "xml"):
            raise ValueError(msg("the prefix {prefix} is not defined", prefix=name.prefix))
        self._predicates()

    def _predicates(self) -> None:
        while self._take("["):
            self._predicates_around += 1
            self.read()
            self._predicates_around -= 1
            self._take("]")
