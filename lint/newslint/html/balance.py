"""Check by tag names alone whether all elements of a body are closed and correctly nested."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from newslint.html import content_model as model
from newslint.html.tokenizer import RAW_TEXT

_SHAPE_KEPT = 500
"""Maximum number of tags in a body for which the result is cached."""

_DEEPEST = 64
"""Maximum nesting that is checked, so that the check is linear."""

_BLOCK, _HEADING, _INLINE, _VOID, _RULE, _RAW, _INSIDE, _ODD = range(8)

_ENDLESS = frozenset({_VOID, _RULE})

_CHILDREN = {**model.CHILDREN, **dict.fromkeys(RAW_TEXT, frozenset())}
"""Elements that accept only certain children. Raw text accepts none: its ``<`` is text."""

_INSIDE_OF: dict[str, frozenset[str]] = {
    "li": frozenset({"menu", "ol", "ul"}),
    "dd": frozenset({"dl"}),
    "dt": frozenset({"dl"}),
    "td": frozenset({"tr"}),
    "th": frozenset({"tr"}),
    "tr": frozenset({"table", "tbody", "tfoot", "thead"}),
    "tbody": frozenset({"table"}),
    "thead": frozenset({"table"}),
    "tfoot": frozenset({"table"}),
    "caption": frozenset({"table"}),
}
"""Parents in which these start tags close nothing. The check accepts no other parents."""

_LOOK: dict[str, int] = {
    **dict.fromkeys(model.CLOSES_P, _BLOCK),
    **dict.fromkeys(model.HEADINGS, _HEADING),
    **dict.fromkeys(model.NO_NESTING, _INLINE),
    **dict.fromkeys(model.VOID_TO_BROWSERS, _VOID),
    **dict.fromkeys(RAW_TEXT, _RAW),
    **dict.fromkeys(_INSIDE_OF, _INSIDE),
    **dict.fromkeys(model.FOREIGN | model.HTML_AGAIN | set(model.CLOSED_AT_TOP), _ODD),
    **dict.fromkeys(("body", "col", "colgroup", "form", "head", "html"), _ODD),
    **dict.fromkeys(("plaintext", "xmp"), _ODD),
    "hr": _RULE,
}


def is_balanced(order: Sequence[str]) -> bool:
    """Return whether tags with these names are certainly closed and correctly nested.

    False means unknown. ``/p`` is an end tag, an empty name a comment.
    """
    look = _is_balanced if len(order) <= _SHAPE_KEPT else _is_balanced.__wrapped__
    return look(_shape(order))


def _shape(order: Sequence[str]) -> str:
    """Return the tag names in order, joined, with repeated short paragraphs reduced to one."""
    shape = " ".join(order)
    while (shorter := shape.replace(" p /p p /p ", " p /p ")) != shape:
        shape = shorter
    return shape


@lru_cache(maxsize=1024)
def _is_balanced(shape: str) -> bool:
    """Return whether the tags of a shape are certainly closed and nested; False means unknown."""
    stack: list[str] = []
    parent = ""
    children = _CHILDREN
    for name in shape.split(" ") if shape else ():
        if name[:1] == "/":
            if parent != name[1:]:
                return False
            stack.pop()
            parent = stack[-1] if stack else ""
            continue
        look = _LOOK.get(name)
        if look is None:
            if not name:
                if parent in RAW_TEXT:
                    return False
                continue
        elif look == _BLOCK:
            if "p" in stack:
                return False
        elif not _fits(look, name, parent, stack):
            return False
        if parent in children and name not in children[parent]:
            return False
        if look in _ENDLESS:
            continue
        if len(stack) > _DEEPEST:
            return False
        stack.append(name)
        parent = name
    return not stack


def _fits(look: int, name: str, parent: str, stack: list[str]) -> bool:
    """Return whether a start tag closes no other element at its place."""
    if look == _INLINE:
        return name not in stack
    if look == _INSIDE:
        return parent in _INSIDE_OF[name]
    if look == _HEADING:
        return "p" not in stack and parent not in model.HEADINGS
    if look == _RULE:
        return "p" not in stack
    return look in (_VOID, _RAW)
