"""The names of the rule families."""

from __future__ import annotations

from newslint.core.language import ENGLISH, Language
from newslint.core.messages import msg

FAMILIES = {
    "FM": msg("Front matter"),
    "TPL": msg("Templates"),
    "MD": msg("Markdown"),
    "HTML": msg("HTML"),
    "IMG": msg("Images"),
    "LNK": msg("Links"),
    "NET": msg("Network"),
    "SEC": msg("Security"),
    "STY": msg("Styles"),
    "TXT": msg("Text"),
    "ED": msg("Editor line"),
    "ARC": msg("Archive"),
    "NL": msg("Suppressions"),
    "IO": msg("Files"),
}
"""The names of the built-in families."""


def family_name(code: str, language: Language = ENGLISH) -> str:
    """Return the name of a rule family, or its code if it is not built in."""
    return language.translate(FAMILIES.get(code, code))
