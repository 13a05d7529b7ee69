"""Characters that no one sees, and in which scripts they have a meaning."""

from __future__ import annotations

from newslint import lazy, msg

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
    "\u200b": msg("zero-width space"),
    "\u200c": msg("zero-width non-joiner"),
    "\u200d": msg("zero-width joiner"),
    "\u200e": msg("left-to-right mark"),
    "\u200f": msg("right-to-left mark"),
    "\u202a": msg("left-to-right embedding"),
    "\u202b": msg("right-to-left embedding"),
    "\u202c": msg("end of a bidirectional embedding"),
    "\u202d": msg("left-to-right override"),
    "\u202e": msg("right-to-left override"),
    "\u2060": msg("word joiner"),
    "\u2066": msg("left-to-right isolate"),
    "\u2067": msg("right-to-left isolate"),
    "\u2068": msg("first strong isolate"),
    "\u2069": msg("end of a bidirectional isolate"),
    BOM: msg("byte order mark"),
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
    """Return whether a zero-width space after a character is how its script divides words.

    Thai, Lao, Tibetan, Myanmar, Khmer and their neighbours write no spaces.
    """
    code = ord(before)
    return 0x0E00 <= code < 0x1100 or 0x1780 <= code < 0x1800 or 0x1950 <= code < 0x1AB0
