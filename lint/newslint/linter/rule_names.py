"""Suggest a rule for an unknown code, family or name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from newslint.core import lazy
from newslint.core.did_you_mean import slip, slips, suggestion
from newslint.core.messages import msg
from newslint.linter.registry import family
from newslint.linter.rule import Rule

_CODE = lazy.pattern(r"([A-Za-z]+)([0-9]+)|([A-Z]+)")


def nearest_rule(word: str, rules: Mapping[str, type[Rule]]) -> str:
    """Return `; did you mean 'IMG001'?`, or where to look; empty if no rule is close."""
    upper = word.upper()
    if upper in rules:
        return suggestion(upper)
    code = _CODE.fullmatch(word)
    if code is not None:
        return _nearest_code((code[1] or code[3]).upper(), code[2] or "", rules)
    named = slip(word, (one.name for one in rules.values()))
    return nearest_family(word, rules) or suggestion(named)


def nearest_family(word: str, rules: Iterable[str]) -> str:
    """Return `; did you mean 'IMG'?`, or an empty text if no family is close."""
    families = dict.fromkeys(map(family, rules))
    upper = word.upper()
    return suggestion(upper if upper in families else slip(upper, families))


def _nearest_code(letters: str, digits: str, rules: Mapping[str, type[Rule]]) -> str:
    families = dict.fromkeys(map(family, rules))
    if letters in families:
        near = (code for code in rules if family(code) == letters)
        found = [code for code in near if slips(digits, code[len(letters) :]) <= 1]
        if digits and found:
            return suggestion(found[0])
        template = "; `newslint rules --family {family}` lists the rules of this family"
        return msg(template, family=letters)
    meant = slip(letters, families)
    if meant is None:
        return ""
    return suggestion(f"{meant}{digits}" if f"{meant}{digits}" in rules else meant)
