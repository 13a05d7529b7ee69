"""Decide which rules are on, and record the selector and layer that decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from newslint.core.errors import NewslintError
from newslint.core.messages import msg
from newslint.linter.rule import Rule
from newslint.linter.rule_names import nearest_rule


class UnknownRuleError(NewslintError):
    """A selector matches no rule; ``selector`` is the word."""

    def __init__(self, selector: str, rules: Mapping[str, type[Rule]]) -> None:
        words = "unknown rule {selector!r}{nearest}"
        hint = nearest_rule(selector.strip(), rules)
        super().__init__(msg(words, selector=selector, nearest=hint))
        self.selector = selector


class Choice(NamedTuple):
    """The selectors of one layer. ``origin`` names it for `newslint config --explain`."""

    origin: str
    select: Sequence[str] | None = None
    extend_select: Sequence[str] = ()
    ignore: Sequence[str] = ()


class Decision(NamedTuple):
    """Whether a rule is on, and the key and the layer that decided it."""

    on: bool
    reason: str


NEWS = "news"
"""The preset for news desks, under which house rules are on by default."""


def decide(
    rules: Mapping[str, type[Rule]], choices: Iterable[Choice], preset: str = NEWS
) -> dict[str, Decision]:
    """Return for each rule whether it is on, from the layers in increasing precedence.

    A layer's ``select`` replaces all earlier decisions. Within one layer the more specific
    selector wins (a code or name over a prefix, a prefix over ``ALL``), and between two equally
    specific ones ``ignore``. House rules are on by default only under the preset ``news``. Raises
    UnknownRuleError for a selector that matches no rule.
    """
    decisions = {code: _by_default(rule, preset) for code, rule in rules.items()}
    for choice in choices:
        words = [
            *((word, "select", True) for word in choice.select or ()),
            *((word, "extend-select", True) for word in choice.extend_select),
            *((word, "ignore", False) for word in choice.ignore),
        ]
        matches = [(match(word, rules), word, key, on) for word, key, on in words]
        for code in rules:
            if choice.select is not None:
                decisions[code] = Decision(
                    False, msg("not in select of {origin}", origin=choice.origin)
                )
            fitting = [
                (codes[code], word, key, on) for codes, word, key, on in matches if code in codes
            ]
            if fitting:
                _, word, key, on = max(fitting, key=lambda fit: (fit[0], not fit[3]))
                decisions[code] = Decision(
                    on,
                    msg("{key} = {word!r} in {origin}", key=key, word=word, origin=choice.origin),
                )
    return decisions


def _by_default(rule: type[Rule], preset: str) -> Decision:
    if rule.house and preset != NEWS:
        return Decision(False, msg("a house rule, off with the preset {preset}", preset=preset))
    return Decision(rule.default, "on by default" if rule.default else "off by default")


def match(selector: str, rules: Mapping[str, type[Rule]]) -> dict[str, int]:
    """Return the codes that a selector matches, and how specific it is: name, prefix, ``ALL``.

    Raises UnknownRuleError if it matches none.
    """
    word = selector.strip()
    if word == "ALL":
        return dict.fromkeys(rules, 0)
    found = {
        code: 100 if word in (code, rule.name) else len(word)
        for code, rule in rules.items()
        if word == rule.name or (word and code.startswith(word))
    }
    if not found:
        raise UnknownRuleError(selector, rules)
    return found
