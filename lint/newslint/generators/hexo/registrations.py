"""Finds what JavaScript registers with ``hexo.extend``, in the spellings that scripts use.

``hexo.extend.tag.register("x", …)``, a name for ``hexo.extend.tag`` or for its ``register``, and
brackets in place of dots. What else is done with ``hexo.extend.tag`` may register anything.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from newslint.core import lazy
from newslint.generators.site.javascript import Call, calls

_BRACKETS = lazy.pattern(
    r"(?<=[\w$)\]])(?:\?\.)?\[\s*(['\"`])(?P<name>extend|tag|generator|renderer|filter|register)\1\s*\]"
)
_COMPUTED = lazy.pattern(r"\bextend\s*\[")


class Registrations(NamedTuple):
    """The calls of ``register`` that were found; ``is_open`` says that there may be others."""

    calls: list[Call]
    is_open: bool


def plain(code: str) -> str:
    """Return the code with the members of ``hexo.extend`` behind dots alone."""
    if "['" in code or '["' in code or "[`" in code:
        code = _BRACKETS.sub(r".\g<name>", code)
    return code.replace("?.", ".")


def registrations(code: str, kind: str) -> Registrations:
    """Return what code without comments registers as ``kind``: tag, generator, renderer."""
    if "register" not in code:
        return Registrations([], is_open=False)
    patterns = _patterns(kind)
    objects = {kind}
    functions: set[str] = set()
    named: list[re.Match[str]] = list(patterns.named.finditer(code))
    for match in named:
        (functions if match["register"] else objects).add(match["name"])
    for match in patterns.taken.finditer(code):
        objects |= _names(match["names"], kind)
    for match in patterns.register_taken.finditer(code):
        functions |= _names(match["names"], "register")
        named.append(match)
    callee = rf"(?<![\w$])(?:{_either(objects)})\s*\.\s*register"
    if functions:
        callee = rf"(?:{callee}|(?<![\w$.])(?:{_either(functions)}))"
    known = {at for match in named for at in range(match.start(), match.end())}
    others = any(match.start() not in known for match in patterns.other.finditer(code))
    return Registrations(list(calls(code, callee)), others or bool(_COMPUTED.search(code)))


class _Patterns(NamedTuple):
    named: re.Pattern[str]
    """``t = hexo.extend.tag`` and ``r = hexo.extend.tag.register.bind(…)``."""
    taken: re.Pattern[str]
    """``{ tag: t } = hexo.extend``."""
    register_taken: re.Pattern[str]
    """``{ register: r } = hexo.extend.tag``."""
    other: re.Pattern[str]
    """``hexo.extend.tag``, or its ``register``, as a value."""


@lru_cache(maxsize=8)
def _patterns(kind: str) -> _Patterns:
    path = r"=\s*+(?:[\w$]++\s*+\.\s*+){0,5}extend"
    names = r"\{(?P<names>[^{}]{0,500})\}\s*+"
    member = r"\s*+\.\s*+(?:register\s*+\(|(?!register\b)\w)"
    end = r"\s*(?:[;,)}\n]|\Z)"
    return _Patterns(
        re.compile(
            rf"(?<![\w$])(?P<name>[\w$]++)\s*+{path}\s*\.\s*{kind}"
            rf"(?P<register>\s*\.\s*register(?:\s*\.\s*bind\([^()]*\))?)?{end}"
        ),
        re.compile(rf"{names}{path}{end}"),
        re.compile(rf"{names}{path}\s*\.\s*{kind}{end}"),
        re.compile(rf"\bextend\s*+\.\s*+{kind}\b(?!{member})"),
    )


def _names(inner: str, member: str) -> set[str]:
    """Return the names that ``{ member }`` or ``{ member: name }`` gives to a member."""
    found = set()
    for part in inner.split(","):
        key, _, name = part.partition(":")
        if key.strip() == member:
            found.add((name or key).partition("=")[0].strip())
    return {one for one in found if re.fullmatch(r"[\w$]+", one)}


def _either(names: set[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(names))
