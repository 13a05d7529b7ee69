"""Loops over an object that define a tag or filter for each of its keys."""

from __future__ import annotations

from newslint.core import lazy
from newslint.generators.site.literals import Literals

_EACH_OF = lazy.pattern(
    r"\bObject\.(?:keys|entries)\(\s*+(?P<name>[A-Za-z_$][\w$]*+)\s*+\)"
    r"|\bfor\s*+\(\s*+(?:const|let|var)\s++\w++\s++in\s++(?P<looped>[A-Za-z_$][\w$]*+)\s*+\)"
)


def keys(code: str) -> tuple[set[str], bool]:
    """Return the keys of the objects that code loops over, and whether these are all.

    They are not where an object is no literal of this code, or code has no such loop.
    """
    literals = Literals(code)
    found: set[str] = set()
    loops = [match["name"] or match["looped"] for match in _EACH_OF.finditer(code)]
    complete = bool(loops)
    for name in loops:
        stated, _ = literals.value(name, 0)
        names = set(stated) if isinstance(stated, dict) else {"..."}
        complete = complete and "..." not in names
        found |= names - {"..."}
    return found, complete
