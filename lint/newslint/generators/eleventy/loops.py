"""Loops over an object that define a tag or filter for each of its keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from newslint.core import lazy
from newslint.generators.site.literals import Literals

_EACH_OF = lazy.pattern(
    r"\bObject\.(?:keys|entries)\(\s*+(?P<name>[A-Za-z_$][\w$]*+)\s*+\)"
    r"|\bfor\s*+\(\s*+(?:const|let|var)\s++\w++\s++in\s++(?P<looped>[A-Za-z_$][\w$]*+)\s*+\)"
)
_BODY = 400
"""Characters of a loop that are looked through."""
_COMPUTED_CALL = lazy.pattern(r"\.(?P<function>add\w++)\s*+\(\s*+(?=[\w$])")


class Loop(NamedTuple):
    """The keys that a loop goes through, the function it calls first, and whether these are all.

    They are not where the object is no literal of this code.
    """

    keys: frozenset[str]
    function: str
    is_complete: bool


def loops(code: str) -> Iterator[Loop]:
    """Yield the loops of code over the keys of an object."""
    literals = Literals(code)
    found = list(_EACH_OF.finditer(code))
    for number, match in enumerate(found):
        stated, _ = literals.value(match["name"] or match["looped"], 0)
        keys = set(stated) if isinstance(stated, dict) else {"..."}
        end = found[number + 1].start() if number + 1 < len(found) else len(code)
        call = _COMPUTED_CALL.search(code, match.end(), min(end, match.end() + _BODY))
        function = call["function"] if call else ""
        yield Loop(frozenset(keys - {"..."}), function, "..." not in keys)
