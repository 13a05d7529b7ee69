"""What evaluating an expression of a template comes to: certain failures, and ways to the code."""

from __future__ import annotations

from collections.abc import Callable

from newslint.core.messages import msg
from newslint.generators.nunjucks import filters
from newslint.generators.nunjucks.environment import Environment
from newslint.generators.nunjucks.parser import Node
from newslint.generators.nunjucks.values import (
    ANY,
    EMPTY,
    REACHING,
    UNDEFINED,
    Shape,
    Value,
    member,
    string,
    text,
    truth,
)

DEPTH_LIMIT = 60
"""Deeper parts of an expression are not looked into."""


_METHODS = {
    "toLowerCase": "lower",
    "toUpperCase": "upper",
    **{name: name for name in ("replace", "join", "reverse", "trim")},
}
"""The methods of texts and lists that do what a filter does."""


class TemplateRunError(Exception):
    """Evaluating this is certain to stop the build; the argument says why, for a writer."""


class UndefinedError(TemplateRunError):
    """It stops the build unless the site has the filter or file that it names."""


class Evaluator:
    """Evaluates expressions in the scopes of one template.

    ``reaches`` is set as soon as an expression leads to the engine's own code.
    """

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self._scopes: list[dict[str, Value]] = [{}]
        self.reaches = False
        self._depth = 0
        self._kinds: dict[str, Callable[[Node], Value]] = {
            "group": lambda node: self._each(node)[-1],
            "list": lambda node: Value(Shape.LIST, tuple(self._each(node))),
            "dict": self._dict,
            "keywords": self._dict,
            "lookup": self._lookup,
            "call": self._call,
            "filter": self._filter,
            "test": self._test,
            "not": self._not,
            "and": self._choice,
            "or": self._choice,
            "if": self._if,
            "in": self._in,
            "compare": self._compare,
            "sign": self._compute,
            "binary": self._compute,
        }

    def push(self, names: dict[str, Value]) -> None:
        """Open a scope in which the names are known."""
        self._scopes.append(names)

    def pop(self) -> None:
        """Close the innermost scope."""
        self._scopes.pop()

    def set(self, name: str, value: Value) -> None:
        """Give a name a value, in the scope that knows it or else in the innermost."""
        scope = next((s for s in reversed(self._scopes) if name in s), self._scopes[-1])
        scope[name] = value

    def value(self, node: Node) -> Value:
        """The value of an expression. Raises TemplateRunError where it is certain to fail."""
        if self._depth >= DEPTH_LIMIT:
            return ANY
        self._depth += 1
        try:
            value = self._value(node)
        finally:
            self._depth -= 1
        self.reaches = self.reaches or value.code
        return value

    def printed(self, node: Node) -> Value:
        """The value of an expression that is printed. Raises TemplateRunError as `value` does."""
        value = self.value(node)
        if self.environment.throws and value.shape in EMPTY:
            raise TemplateRunError(msg("it has no value"))
        return value

    def possible(self, node: Node) -> Value:
        """Return the value of an expression that may never be evaluated: it does not fail."""
        try:
            return self.value(node)
        except TemplateRunError:
            return ANY

    def _value(self, node: Node) -> Value:
        if node.kind in self._kinds:
            return self._kinds[node.kind](node)
        if node.kind == "string":
            return string(node.value)
        if node.kind == "symbol":
            return self._symbol(node.value)
        if node.kind == "number":
            return Value(Shape.NUMBER, float(node.value))
        if node.kind == "boolean":
            return Value(Shape.BOOLEAN, node.value == "true")
        return Value(Shape.NULL if node.kind == "none" else Shape.OBJECT)

    def _symbol(self, name: str) -> Value:
        for scope in reversed(self._scopes):
            if name in scope:
                return scope[name]
        self.reaches = self.reaches or name in REACHING
        return self.environment.value(name) or UNDEFINED

    def is_filter(self, name: str) -> bool:
        """Return whether the engine, the generator or the site has a filter."""
        table = self.environment.filters
        return filters.exists(name, table) or self.environment.defines("filter", name)

    def _each(self, node: Node) -> list[Value]:
        return [self.value(part) for part in node.parts]

    def _dict(self, node: Node) -> Value:
        for pair in node.parts:
            self.value(pair.parts[0])
        return Value(Shape.OBJECT)

    def _lookup(self, node: Node) -> Value:
        target, key = self._each(node)
        return member(target, key)

    def _call(self, node: Node) -> Value:
        callee = node.parts[0]
        function = self.value(callee)
        arguments = [self.value(part) for part in node.parts[1:]]
        if function.shape is Shape.ANY:
            if callee.kind == "lookup" and callee.parts[1].kind not in ("string", "number"):
                # A name that is put together while the template runs, and then called.
                self.reaches = True
            return Value(Shape.ANY, code=function.code)
        if function.shape is not Shape.FUNCTION:
            name = callee.value or (callee.parts[1].value if callee.kind == "lookup" else "")
            error = UndefinedError if self._may_be_defined(callee) else TemplateRunError
            raise error(msg("there is no function “{name}”", name=name))
        if callee.value == "range":
            return Value(Shape.LIST)
        if callee.kind == "lookup" and not function.code:
            return self._method(callee, arguments)
        return Value(Shape.ANY, code=function.code)

    def _may_be_defined(self, callee: Node) -> bool:
        """Return whether a function is missing that a site might have given its templates."""
        if not self.environment.is_open:
            return False
        while callee.kind in ("lookup", "call"):
            callee = callee.parts[0]
        return callee.kind == "symbol" and self._symbol(callee.value) is UNDEFINED

    def _method(self, callee: Node, arguments: list[Value]) -> Value:
        """Text methods that can put a name together."""
        target, name = self.value(callee.parts[0]), text(self.value(callee.parts[1]))
        filter_ = _METHODS.get(name or "")
        if filter_ and target.shape in (Shape.STRING, Shape.LIST):
            return filters.result(filter_, target, arguments)
        if name == "concat" and target.shape is Shape.STRING:
            parts = [text(value) for value in (target, *arguments)]
            return string(None if None in parts else "".join(part or "" for part in parts))
        if name == "split" and isinstance(target.constant, str) and arguments:
            if text(arguments[0]) == "":
                return Value(Shape.LIST, tuple(string(char) for char in target.constant[:200]))
        return ANY

    def _filter(self, node: Node) -> Value:
        if not self.is_filter(node.value):
            # Jinja's attr and the like: other engines have what is missing here.
            asked = (part.value for part in node.parts[1:] if part.kind == "string")
            self.reaches = self.reaches or not REACHING.isdisjoint(asked)
            raise UndefinedError(msg("there is no filter “{value}”", value=node.value))
        value, *arguments = self._each(node)
        self.reaches = self.reaches or node.value in REACHING
        if filters.breaks(node.value, self.environment.filters, value, len(arguments)):
            raise TemplateRunError(
                msg("the filter “{value}” does not accept its input", value=node.value)
            )
        if not filters.exists(node.value, filters.FILTERS):
            return ANY
        return filters.result(node.value, value, arguments)

    def _test(self, node: Node) -> Value:
        if not filters.exists(node.value, filters.TESTS):
            raise TemplateRunError(msg("there is no test “{value}”", value=node.value))
        value, *arguments = self._each(node)
        if filters.breaks(node.value, filters.TESTS, value, len(arguments)):
            raise TemplateRunError(
                msg("the test “{value}” does not accept its input", value=node.value)
            )
        if node.value in ("defined", "undefined") and value.shape is not Shape.ANY:
            absent = value.shape is Shape.UNDEFINED
            return Value(Shape.BOOLEAN, absent == (node.value == "undefined"))
        return Value(Shape.BOOLEAN)

    def _not(self, node: Node) -> Value:
        taken = truth(self.value(node.parts[0]))
        return Value(Shape.BOOLEAN, None if taken is None else not taken)

    def _choice(self, node: Node) -> Value:
        first = self.value(node.parts[0])
        taken = truth(first)
        if taken is None:
            other = self.possible(node.parts[1])
            return other if other.code else Value(Shape.ANY, code=first.code)
        return self.value(node.parts[1]) if taken == (node.kind == "and") else first

    def _if(self, node: Node) -> Value:
        condition, *branches = node.parts
        taken = truth(self.value(condition))
        if taken is None:
            values = [self.possible(branch) for branch in branches]
            return Value(Shape.ANY, code=any(value.code for value in values))
        if taken:
            return self.value(branches[0])
        return self.value(branches[1]) if len(branches) > 1 else string("")

    def _in(self, node: Node) -> Value:
        _, container = self._each(node)
        if container.shape in (*EMPTY, Shape.NUMBER, Shape.BOOLEAN, Shape.FUNCTION):
            raise TemplateRunError(msg("the right side of “in” is not a list, mapping or text"))
        return Value(Shape.BOOLEAN)

    def _compare(self, node: Node) -> Value:
        self._each(node)
        return Value(Shape.BOOLEAN)

    def _compute(self, node: Node) -> Value:
        values = self._each(node)
        if node.value == "doubled":
            raise TemplateRunError(msg("two consecutive equal signs are not an operator"))
        if node.value not in ("+", "~") or len(values) < 2:
            return Value(Shape.NUMBER)
        known = [text(value) for value in values]
        numbers = (Shape.NUMBER, Shape.BOOLEAN, *EMPTY)
        if node.value == "+" and all(value.shape in numbers for value in values):
            return Value(Shape.NUMBER)
        if any(value.shape is Shape.ANY for value in values) and node.value == "+":
            return ANY
        return string(None if None in known else "".join(part or "" for part in known))
