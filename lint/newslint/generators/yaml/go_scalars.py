"""What an unquoted scalar means to Go's yaml.v2, which Hugo had before 0.152."""

from __future__ import annotations

import math

from newslint.core import lazy
from newslint.generators.yaml.scalar_words import INFINITE, NAN, NOTHING, Scalar

_GO_WORDS: dict[str, bool] = {}
for _word in ("y", "yes", "on", "true"):
    _GO_WORDS |= dict.fromkeys((_word, _word.capitalize(), _word.upper()), True)
for _word in ("n", "no", "off", "false"):
    _GO_WORDS |= dict.fromkeys((_word, _word.capitalize(), _word.upper()), False)
_GO_FLOAT = lazy.pattern(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_GO_INT = lazy.pattern(
    r"[-+]?(?:0[bB](?P<b>[01]+)|0[xX](?P<x>[0-9a-fA-F]+)|0[oO]?(?P<o>[0-7]+)|(?P<d>0|[1-9][0-9]*))\Z"
)


def resolve(text: str) -> Scalar:
    """Return the value of an unquoted scalar."""
    if text in NOTHING:
        return None
    if text in _GO_WORDS:
        return _GO_WORDS[text]
    if text in INFINITE:
        return INFINITE[text]
    if text in NAN:
        return math.nan
    if text[0] not in "0123456789+-." or len(text) > 400:
        return text
    plain = text.replace("_", "")
    number = _GO_INT.match(plain)
    if number is not None:
        for group, base in (("b", 2), ("x", 16), ("o", 8), ("d", 10)):
            if number[group]:
                value = int(number[group], base)
                value = -value if plain[0] == "-" else value
                return value if -(2**63) <= value < 2**64 else float(value)
    return float(plain) if _GO_FLOAT.match(plain) else text
