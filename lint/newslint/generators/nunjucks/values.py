"""What is known of the values in a Nunjucks template without running it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Shape(Enum):
    """The kinds of JavaScript values; ANY may be each of them."""

    UNDEFINED = auto()
    NULL = auto()
    STRING = auto()
    NUMBER = auto()
    BOOLEAN = auto()
    LIST = auto()
    OBJECT = auto()
    FUNCTION = auto()
    ANY = auto()


@dataclass(frozen=True, slots=True)
class Value:
    """A value: its shape, and for texts, numbers, booleans and lists what is in it, if known.

    ``code`` is true where the value leads to the engine's own code: a constructor, a prototype.
    """

    shape: Shape
    constant: str | float | bool | tuple[Value, ...] | None = None
    code: bool = False


UNDEFINED = Value(Shape.UNDEFINED)
ANY = Value(Shape.ANY)
EMPTY = (Shape.UNDEFINED, Shape.NULL)


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


OBJECT_METHODS = words(
    "constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString "
    "toString valueOf __defineGetter__ __defineSetter__ __lookupGetter__ "
    "__lookupSetter__"
)
"""What every JavaScript object has (ECMAScript 2023, 20.1.3), the template's context too."""

_METHODS = {
    Shape.STRING: words(
        "at charAt charCodeAt codePointAt concat endsWith includes indexOf lastIndexOf "
        "localeCompare match matchAll normalize padEnd padStart repeat replace replaceAll "
        "search slice split startsWith substr substring toLocaleLowerCase "
        "toLocaleUpperCase toLowerCase toUpperCase trim trimEnd trimStart anchor big "
        "blink bold fixed fontcolor fontsize italics link small strike sub sup"
    ),
    Shape.LIST: words(
        "at concat copyWithin entries every fill filter find findIndex findLast flat "
        "flatMap forEach includes indexOf join keys lastIndexOf map pop push reduce "
        "reduceRight reverse shift slice some sort splice toReversed toSorted unshift "
        "values with"
    ),
    Shape.NUMBER: frozenset(("toExponential", "toFixed", "toPrecision")),
    Shape.FUNCTION: frozenset(("apply", "bind", "call")),
}

REACHING = words(
    "constructor prototype __proto__ process global globalThis require module "
    "mainModule child_process eval Function Reflect execSync exec spawn spawnSync "
    "__defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ "
    "getPrototypeOf"
)
"""Names that lead from a template to the code that runs it."""

TEXT_LIMIT = 1_000
"""Texts longer than this are not followed: no name is that long, and filters can multiply them."""


def text(value: Value) -> str | None:
    """Return the text that JavaScript makes of a value, if it is known."""
    if isinstance(value.constant, str):
        return value.constant
    if isinstance(value.constant, bool):
        return "true" if value.constant else "false"
    if isinstance(value.constant, float) and value.constant.is_integer():
        return str(int(value.constant))
    if value.shape in EMPTY:
        return "undefined" if value.shape is Shape.UNDEFINED else "null"
    if isinstance(value.constant, tuple):
        parts = ["" if item.shape in EMPTY else text(item) for item in value.constant]
        known = [part for part in parts if part is not None]
        return ",".join(known) if len(known) == len(parts) else None
    return None


def truth(value: Value) -> bool | None:
    """Return whether a branch on this value is taken; None if that is not known."""
    if value.shape in EMPTY:
        return False
    if value.shape in (Shape.LIST, Shape.OBJECT, Shape.FUNCTION):
        return True
    if isinstance(value.constant, (str, float, bool)):
        return bool(value.constant)
    return None


def string(constant: str | None) -> Value:
    """Return a text, known or not; a long one is not kept."""
    if constant is not None and len(constant) > TEXT_LIMIT:
        constant = None
    return Value(Shape.STRING, constant)


def member(target: Value, key: Value) -> Value:
    """Return what ``target[key]`` is."""
    if target.shape in EMPTY:
        return UNDEFINED
    name = text(key)
    code = target.code or name in REACHING
    if target.shape is Shape.ANY or name is None:
        return Value(Shape.ANY, code=code)
    if name in OBJECT_METHODS or name in _METHODS.get(target.shape, ()):
        return Value(Shape.FUNCTION, code=code)
    if name == "__proto__":
        return Value(Shape.OBJECT, code=True)
    if target.shape is Shape.OBJECT:
        return Value(Shape.ANY, code=code)
    if name == "length" and target.shape in (Shape.STRING, Shape.LIST, Shape.FUNCTION):
        return Value(Shape.NUMBER)
    if target.shape is Shape.FUNCTION:
        # What a constructor has of its own (Object.keys, …) is not listed here.
        if name == "name":
            return Value(Shape.STRING)
        return Value(Shape.ANY, code=code) if target.code else UNDEFINED
    return _item(target, name)


def _item(target: Value, name: str) -> Value:
    if target.shape not in (Shape.STRING, Shape.LIST) or not name.isdecimal():
        return UNDEFINED
    if isinstance(target.constant, (str, tuple)) and len(name) < 10:
        if int(name) >= len(target.constant):
            return UNDEFINED
        found = target.constant[int(name)]
        return found if isinstance(found, Value) else string(found)
    return ANY


def both(first: bool | None, second: bool | None) -> bool | None:
    """``and`` of two answers of which one may be unknown."""
    if first is False or second is False:
        return False
    return None if first is None or second is None else True
