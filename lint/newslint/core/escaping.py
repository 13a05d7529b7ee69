"""Escape text of posts, so that it cannot control a terminal or a log."""

from __future__ import annotations

import re

from newslint.core import lazy

# C0 and C1 controls, bidirectional marks, line and paragraph separators, lone surrogates,
# invisible tag characters: whatever moves the cursor, reorders text or hides it.
_ACTIVE = lazy.pattern(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


_JOINER = "\u200d"
# The Unicode blocks of emoji; a variation selector may follow the first one.
_EMOJI = "[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
_JOINED = lazy.pattern(rf"{_EMOJI}\ufe0f?\u200d(?={_EMOJI})")


def plain(text: str, keep_tabs: bool = False) -> str:
    r"""Return the text with each active character escaped, as ``\x1b`` or ``\u202e``.

    A zero-width joiner between two emoji is kept: it joins them and hides nothing.
    """
    if text.isascii() and text.isprintable():
        return text
    joiners = {c.end() - 1 for c in _JOINED.finditer(text)} if _JOINER in text else ()

    def written(found: re.Match[str]) -> str:
        character = found[0]
        if found.start() in joiners or (keep_tabs and character == "\t"):
            return character
        return _written(character)

    return _ACTIVE.sub(written, text)


def _written(character: str) -> str:
    code = ord(character)
    if "\udc80" <= character <= "\udcff":
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def json_plain(text: str) -> str:
    """Return equivalent JSON in which each active character, and ``##``, is escaped."""
    if not (text.isascii() and text.isprintable()):
        import json

        text = _ACTIVE.sub(lambda c: json.dumps(c[0])[1:-1], text)
    # GitHub, Azure and TeamCity execute "##[", "##vso[" and "##teamcity[" anywhere in a line.
    return text.replace("##", "#\\u0023") if "##" in text else text


# The runners of GitHub and Azure are .NET programs: they trim all Unicode spaces, and find
# "##vso[" after ignorable characters such as a soft hyphen.
_COMMAND = lazy.pattern(r"^([^\S\n]*+)::|##(?=[^\s\[]*+\[)", re.MULTILINE)


def inert(text: str) -> str:
    """Return a log text in which no line is a command to the runner of a CI system.

    GitHub executes lines that begin with ``::`` and, for compatibility, ``##[`` anywhere; Azure
    ``##vso[``, TeamCity ``##teamcity[``.
    """
    if "::" not in text and "##" not in text:
        return text
    return _COMMAND.sub(lambda m: "#\\x23" if m[1] is None else f"{m[1]}\\x3a:", text)
