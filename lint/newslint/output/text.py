"""What a post says, made fit for a terminal or a log: nothing in it acts as a command."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newslint.finding import Severity

if TYPE_CHECKING:
    from newslint.runner import Tally

# C0 and C1 controls, bidirectional marks, line and paragraph separators, lone surrogates,
# invisible tag characters: what moves the cursor, turns text round or hides it.
_ACTIVE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def plain(text: str, keep_tabs: bool = False) -> str:
    r"""The text with every active character written out, as ``\x1b`` or ``\u202e``."""
    if text.isascii() and text.isprintable():
        return text
    return _ACTIVE.sub(lambda c: c[0] if keep_tabs and c[0] == "\t" else _written(c[0]), text)


def _written(character: str) -> str:
    code = ord(character)
    if "\udc80" <= character <= "\udcff":
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def count(number: int, noun: str) -> str:
    """``1 error``, ``2 errors``, ``1,000 errors``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def summary(tally: Tally) -> str:
    """The last line of a run: what was found, and how much of it a fix would mend."""
    files = count(tally.files, "post")
    fixed = f"Fixed {tally.fixed:,} in {count(tally.fixed_files, 'post')}. " if tally.fixed else ""
    if not tally.by_severity.total():
        return f"{fixed}{files} checked: nothing {'else ' * bool(fixed)}to complain of."
    found = ", ".join(
        count(tally.by_severity[severity], _NOUNS[severity])
        for severity in Severity
        if tally.by_severity[severity]
    )
    return f"{fixed}Found {found} in {tally.dirty:,} of {files}.{fixable(tally)}"


_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "hint"}


def fixable(tally: Tally) -> str:
    """How many findings fixes would mend, the unsafe ones told apart; nothing for none."""
    if tally.safe and tally.unsafe:
        return f" --fix mends {tally.safe:,}, --unsafe-fixes {tally.unsafe:,} more."
    if tally.safe:
        return f" --fix mends {tally.safe:,}."
    return f" --unsafe-fixes mends {tally.unsafe:,}." if tally.unsafe else ""


def mark(safe_fix: bool) -> str:
    """``[*] `` for a finding that ``--fix`` mends."""
    return "[*] " if safe_fix else ""
