"""Selectors: whether a browser can read one, and whether it reaches beyond the article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newslint import msg

if TYPE_CHECKING:
    from tinycss2.ast import Node

_DELIMITERS = frozenset(".:,>+~*|&")
_COMBINATORS = frozenset(",>+~")
_NO_PART = frozenset(
    {"number", "percentage", "dimension", "string", "url", "{} block", "() block", "error"}
)
_REACHING_IN = frozenset(
    {"is", "where", "has", "matches", "-webkit-any", "-moz-any", "any", "host"}
)


def flaw(prelude: list[Node]) -> str | None:
    """Return why a browser drops a rule with this selector, or None where it is well formed."""
    parts = [part for part in prelude if part.type not in ("whitespace", "comment")]
    if not parts:
        return msg("a rule has no selector")
    for number, part in enumerate(parts):
        if part.type in _NO_PART or (part.type == "literal" and part.value not in _DELIMITERS):
            shown = "a bracket" if part.type == "() block" else _text(part)
            return msg("{shown} is not allowed in a selector", shown=shown)
        following = parts[number + 1] if number + 1 < len(parts) else None
        if part == "." and (following is None or following.type != "ident"):
            return msg("a dot in a selector is not followed by a class")
        if part == ":" and not (
            following is not None and (following.type in ("ident", "function") or following == ":")
        ):
            return msg("a colon in a selector is not followed by a name")
        if part == "," and (number == 0 or following is None or following == ","):
            return msg("a comma in a selector has no selector on one side")
    if parts[-1].type == "literal" and parts[-1].value in _COMBINATORS:
        return msg("a selector ends in {value}", value=parts[-1].value)
    return None


def leaking(prelude: list[Node]) -> Iterator[str]:
    """The selectors of a list that name no class, id or attribute: they reach the complete site."""
    for selector in _split(prelude):
        if not _scoped(selector):
            yield "".join(_text(part) for part in selector).strip()


def _split(prelude: Iterable[Node]) -> Iterator[list[Node]]:
    selector: list[Node] = []
    for part in prelude:
        if part == ",":
            yield selector
            selector = []
        elif part.type != "comment":
            selector.append(part)
    yield selector


def _scoped(selector: Iterable[Node]) -> bool:
    """Return whether some part ties a selector to marked elements. ``:not(.x)`` does not."""
    stack = [iter(selector)]
    while stack:
        for part in stack[-1]:
            if part == "." or part == "&" or part.type in ("hash", "[] block"):
                return True
            if part.type == "function" and part.lower_name in _REACHING_IN:
                stack.append(iter(part.arguments))
                break
        else:
            stack.pop()
    return False


def _text(part: Node) -> str:
    """Return a token as written, the inside of brackets left out."""
    if part.type == "function":
        return f"{part.name}(…)"
    if part.type == "[] block":
        return "[…]"
    if part.type == "{} block":
        return "{…}"
    if part.type == "whitespace":
        return " "
    if part.type == "error":
        return msg("an invalid token")
    if part.type in ("string", "url"):
        return "a string"
    if part.type in ("number", "percentage", "dimension"):
        unit = "%" if part.type == "percentage" else getattr(part, "unit", "")
        return f"{part.representation}{unit}"
    sign = {"hash": "#", "at-keyword": "@"}.get(part.type, "")
    return sign + str(part.value)
