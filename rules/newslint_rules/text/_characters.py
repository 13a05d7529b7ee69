"""Characters that nobody sees, and in which scripts they have a meaning."""

from __future__ import annotations

from newslint import say
from newslint.core import lazy

BOM = "\ufeff"

ISOLATES_AND_EMBEDDINGS = "\u202a-\u202e\u2066-\u2069"
"""Bidirectional embeddings, overrides and isolates (UAX #9, 2.1 to 2.5), as a character class."""

RIGHT_TO_LEFT = lazy.pattern(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""The blocks of scripts that are written from right to left (Unicode 15.1, Bidi_Class R and AL)."""

TURNING = lazy.pattern("[\u200f\u202b\u202e\u2067]")
"""Marks that make text run from right to left by themselves."""

NORMAL_IN_RIGHT_TO_LEFT = "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
"""What people who write from right to left need; overrides are none of it."""

NAMES = {
    "\u200b": say("zero-width space"),
    "\u200c": say("zero-width non-joiner"),
    "\u200d": say("zero-width joiner"),
    "\u200e": say("left-to-right mark"),
    "\u200f": say("right-to-left mark"),
    "\u202a": say("left-to-right embedding"),
    "\u202b": say("right-to-left embedding"),
    "\u202c": say("end of a bidirectional embedding"),
    "\u202d": say("left-to-right override"),
    "\u202e": say("right-to-left override"),
    "\u2060": say("word joiner"),
    "\u2066": say("left-to-right isolate"),
    "\u2067": say("right-to-left isolate"),
    "\u2068": say("first strong isolate"),
    "\u2069": say("end of a bidirectional isolate"),
    BOM: say("byte order mark"),
}


def joins(before: str) -> bool:
    """Whether a (non-)joiner means something after a character: in emoji, Arabic, Indic scripts.

    Latin, Greek and Cyrillic letters, Chinese, Japanese and Korean have no use for it.
    """
    code = ord(before)
    if before in "\u00a9\u00ae":  # These two are emoji.
        return True
    plain = code < 0x0530 or 0x2010 <= code < 0x2030 or 0x2E80 <= code < 0xA000
    return not (plain or 0xAC00 <= code < 0xD7B0 or 0xFF00 <= code < 0xFFF0 or code == 0xFEFF)


def divides_words(before: str) -> bool:
    """Whether a zero-width space after a character is how its script divides words.

    Thai, Lao, Tibetan, Myanmar, Khmer and their neighbours write no spaces.
    """
    code = ord(before)
    return 0x0E00 <= code < 0x1100 or 0x1780 <= code < 0x1800 or 0x1950 <= code < 0x1AB0
