"""The words of a run's end: counts, and what a fix would mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newslint.finding import Severity

if TYPE_CHECKING:
    from newslint.runner import Tally


def count(number: int, noun: str) -> str:
    """``1 error``, ``2 errors``, ``1,000 errors``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def summary(tally: Tally) -> str:
    """The last line of a run: what was found, and how much of it a fix would mend."""
    files = count(tally.files, "post")
    done = "Would fix" if tally.differs else "Fixed"
    fixed = f"{done} {tally.fixed:,} in {count(tally.fixed_files, 'post')}. " if tally.fixed else ""
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
