"""What an unquoted scalar means to goccy/go-yaml, which Hugo has since 0.152."""

from __future__ import annotations

import math

from newslint.core import lazy
from newslint.generators.yaml.scalar_words import INFINITE, NAN, NOTHING, Scalar

_TRUE, _FALSE = ("true", "True", "TRUE"), ("false", "False", "FALSE")
_FLOAT = lazy.pattern(r"(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?\Z")
_SIGNED = {name: value for name, value in INFINITE.items() if name[0] != "+"}
_BASES = (("0x", 16), ("0o", 8), ("0b", 2))
_DIGITS = lazy.pattern(r"[0-9a-fA-F]+\Z")


def resolve(text: str) -> Scalar:
    """YAML 1.2, with octal numbers that begin with 0, and no exponent without a full stop."""
    if text in NOTHING:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if text in _SIGNED:
        return _SIGNED[text]
    if text in NAN:
        return math.nan
    if text[0] not in "0123456789+-." or len(text) > 400 or text.count(".") > 1:
        return text
    plain = text.removeprefix("+").removeprefix("-").replace("_", "")
    sign = -1 if text[0] == "-" else 1
    for prefix, base in _BASES:
        if plain.startswith(prefix):
            return _integer(text, plain[2:], base, sign)
    if "." in plain:
        return sign * float(plain) if _FLOAT.match(plain) else text
    octal = plain.startswith("0") and len(plain) > 1
    return _integer(text, plain, 8 if octal else 10, sign)


def _integer(text: str, digits: str, base: int, sign: int) -> int | str:
    if not _DIGITS.match(digits):
        return text
    try:
        value = sign * int(digits, base)
    except ValueError:
        return text
    return value if -(2**63) <= value < 2**64 else text
