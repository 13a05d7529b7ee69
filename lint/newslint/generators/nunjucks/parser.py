"""The expressions of Nunjucks 3.2.4: its grammar, and what its compiler refuses."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from newslint.core.messages import msg
from newslint.generators.nunjucks.lexer import TemplateSyntaxError, Token, TokenType
from newslint.generators.nunjucks.token_stream import TokenReader, shown

DEPTH_LIMIT = 40
"""Brackets in brackets beyond this are read as an error; no one writes them."""

_COMPARISONS = frozenset(("==", "===", "!=", "!==", "<", ">", "<=", ">="))
_BINARY = ("~", "+", "-", "*", "/", "//", "%", "**")
"""Operators from the loosest to the tightest; each has a level of its own."""
_CLOSERS = frozenset((")", "]", "}"))


@dataclass(frozen=True, slots=True)
class Node:
    """A part of an expression.

    ``kind``: string, number, boolean, none, regex, symbol (with ``value``); group, list, dict,
    pair, lookup, call, keywords, filter, test, not, and, or, in, compare, if, sign (``value`` +, -
    or doubled), binary (``value`` is the operator), with their ``parts``.
    """

    kind: str
    value: str = ""
    parts: tuple[Node, ...] = ()


class Parser(TokenReader):
    """Reads the expressions between the tokens."""

    _depth = 0

    def restart(self, position: int) -> None:
        """Go on at another place, outside of all tags."""
        super().restart(position)
        self._depth = 0

    def expression(self) -> Node:
        """Read a complete expression. Raises TemplateSyntaxError."""
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise TemplateSyntaxError("too many brackets in each other")
        node = self._or()
        if self.skip_word("if"):
            condition = self._or()
            other = (self._or(),) if self.skip_word("else") else ()
            node = Node("if", parts=(condition, node, *other))
        self._depth -= 1
        return node

    def _or(self) -> Node:
        node = self._and()
        while self.skip_word("or"):
            node = Node("or", parts=(node, self._and()))
        return node

    def _and(self) -> Node:
        node = self._not()
        while self.skip_word("and"):
            node = Node("and", parts=(node, self._not()))
        return node

    def _not(self) -> Node:
        count = 0
        while self.skip_word("not"):
            count += 1
        node = self._in()
        return Node("not", parts=(node,)) if count else node

    def _in(self) -> Node:
        node = self._is()
        while True:
            token = self.peek()
            inverted = self.skip_word("not")
            if self.skip_word("in"):
                node = Node("in", parts=(node, self._is()))
                if inverted:
                    node = Node("not", parts=(node,))
                continue
            if inverted:
                # Nunjucks cannot put back two tokens: it fails here, as it would a step later.
                raise TemplateSyntaxError(msg("“not” is not allowed here"))
            self._peeked = token
            return node

    def _is(self) -> Node:
        node = self._compare()
        if not self.skip_word("is"):
            return node
        inverted = self.skip_word("not")
        right = self._compare()
        name, arguments = _test(right)
        node = Node("test", name, (node, *arguments))
        return Node("not", parts=(node,)) if inverted else node

    def _compare(self) -> Node:
        parts = [self._binary(0)]
        while (token := self.peek()) is not None and token.value in _COMPARISONS:
            # Nunjucks looks at the value alone: a string "==" compares too.
            self._peeked = None
            parts.append(self._binary(0))
        return Node("compare", parts=tuple(parts)) if len(parts) > 1 else parts[0]

    def _binary(self, level: int) -> Node:
        if level == len(_BINARY):
            return self._unary()
        node = self._binary(level + 1)
        while self.skip(_BINARY[level]):
            node = Node("binary", _BINARY[level], (node, self._binary(level + 1)))
        return node

    def _unary(self) -> Node:
        signs: list[str] = []
        while (token := self.peek()) and token.type is TokenType.OPERATOR and token.value in "+-":
            self._peeked = None
            signs.append(token.value)
        node = self.primary()
        if signs:
            doubled = any(a == b for a, b in pairwise(signs))
            node = Node("sign", "doubled" if doubled else signs[0], (node,))
        while self.skip("|"):
            node = self.filter(node)
        return node

    def filter(self, value: Node) -> Node:
        """Read a filter's name and arguments; ``value`` is what it is given."""
        name = self.word(msg("the name of a filter"))
        while self.skip("."):
            name += "." + self.word(msg("the name of a filter"))
        arguments: tuple[Node, ...] = ()
        token = self.peek()
        if token is None:
            raise TemplateSyntaxError(msg("it is not closed"))
        if token.value == "(" and token.type is TokenType.OPERATOR:
            call = self._postfix(Node("symbol", name))
            if call.kind != "call":
                raise TemplateSyntaxError(
                    msg("text after the arguments of a filter is not allowed")
                )
            arguments = call.parts[1:]
        return Node("filter", name, (value, *arguments))

    def primary(self, *, postfix: bool = True) -> Node:
        """Read a value, a name or something in brackets, and what is called or looked up on it."""
        token = self.peek()
        if token is None:
            raise TemplateSyntaxError(msg("it is not closed"))
        if token.type is TokenType.OPERATOR and token.value in ("(", "[", "{"):
            node = self._aggregate()
        else:
            self._peeked = None
            node = _atom(token)
        return self._postfix(node) if postfix else node

    def _postfix(self, node: Node) -> Node:
        while (token := self.peek()) is not None and token.type is TokenType.OPERATOR:
            if token.value == "(":
                if node.kind == "none" and not node.value:
                    raise TemplateSyntaxError(msg("“none” cannot be called"))
                node = Node("call", parts=(node, *self.signature()))
            elif token.value == "[":
                key = self._aggregate().parts
                if len(key) != 1:
                    raise TemplateSyntaxError("square brackets hold one thing")
                node = Node("lookup", parts=(node, key[0]))
            elif token.value == ".":
                self._peeked = None
                name = Node("string", self.word("a name"))
                node = Node("lookup", parts=(node, name))
            else:
                break
        return node

    def signature(self) -> tuple[Node, ...]:
        """Read arguments in round brackets; named ones come last, as one node ``keywords``."""
        if not self.skip("("):
            token = self.peek()
            raise TemplateSyntaxError(msg("“(” is missing before “{token}”", token=shown(token)))
        positional: list[Node] = []
        named: list[Node] = []
        first = True
        while not self.skip(")"):
            if self.peek() is None:
                raise TemplateSyntaxError(msg("it is not closed"))
            if not first and not self.skip(","):
                raise TemplateSyntaxError(msg("a comma is missing between two arguments"))
            first = False
            argument = self.expression()
            if self.skip("="):
                named.append(Node("pair", _key(argument), (self.expression(),)))
            else:
                positional.append(argument)
        if named:
            positional.append(Node("keywords", parts=tuple(named)))
        return tuple(positional)

    def bare_arguments(self) -> tuple[Node, ...]:
        """Read the arguments of a shortcode, up to the ``%}``: no brackets, but commas."""
        if self.skip("("):
            raise TemplateSyntaxError(msg("the arguments of a shortcode are not in brackets"))
        found: list[Node] = []
        while (token := self.peek()) is not None and token.type is not TokenType.BLOCK_END:
            if found and not self.skip(","):
                raise TemplateSyntaxError(msg("a comma is missing between two arguments"))
            found.append(self.expression())
            if self.skip("="):
                found[-1] = self.expression()
        return tuple(found)

    def _aggregate(self) -> Node:
        opening = self.take().value
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise TemplateSyntaxError("too many brackets in each other")
        parts: list[Node] = []
        while True:
            token = self.peek()
            if token is None:
                raise TemplateSyntaxError(msg("it is not closed"))
            if token.type is TokenType.OPERATOR and token.value in _CLOSERS:
                self._peeked = None
                break
            if parts and not self.skip(","):
                raise TemplateSyntaxError(
                    msg("a comma is missing before “{token}”", token=shown(token))
                )
            parts.append(self._pair() if opening == "{" else self.expression())
        self._depth -= 1
        if opening == "(" and not parts:
            raise TemplateSyntaxError(msg("“()” is empty"))
        return Node({"(": "group", "[": "list", "{": "dict"}[opening], parts=tuple(parts))

    def _pair(self) -> Node:
        key = self.primary()
        if not self.skip(":"):
            raise TemplateSyntaxError(msg("a colon is missing after a key"))
        return Node("pair", _key(key), (self.expression(),))


def _key(node: Node) -> str:
    if node.kind not in ("symbol", "string"):
        raise TemplateSyntaxError(msg("a key must be a name or a quoted text"))
    return node.value


_ATOMS = {
    TokenType.STRING: "string",
    TokenType.NUMBER: "number",
    TokenType.BOOLEAN: "boolean",
    TokenType.NONE: "none",
    TokenType.REGEX: "regex",
    TokenType.SYMBOL: "symbol",
}


def _atom(token: Token) -> Node:
    kind = _ATOMS.get(token.type)
    if kind is None:
        if token.type is TokenType.DATA:
            raise TemplateSyntaxError(msg("it is not closed"))
        raise TemplateSyntaxError(msg("“{token}” is not a name or a value", token=shown(token)))
    if kind == "symbol" and ('"' in token.value or "\\" in token.value):
        raise TemplateSyntaxError(msg("“{token}” is not a name", token=shown(token)))
    return Node(kind, "" if kind == "none" else token.value)


def _test(right: Node) -> tuple[str, tuple[Node, ...]]:
    """Return the name and the arguments of a test: what is after ``is``."""
    if right.kind == "call":
        return right.parts[0].value or "undefined", right.parts[1:]
    if right.kind == "filter":
        return right.value, right.parts
    if right.kind == "none":
        return "null", ()
    if right.kind in ("string", "symbol", "number", "boolean"):
        return right.value, ()
    return "undefined", ()
