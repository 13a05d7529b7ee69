"""The words of a run's end: counts, and what a fix would mend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from newslint.core.finding import Severity
from newslint.core.messages import enumerated, plural, say

if TYPE_CHECKING:
    from newslint.core.language import Language
    from newslint.reports.summary import Tally


def posts(number: int) -> str:
    """``1 post``, ``2 posts``, ``1,000 posts``."""
    return plural(number, "{number:,} post", "{number:,} posts")


def findings(number: int, severity: Severity | None = None) -> str:
    """``1 error``, ``2 warnings``, ``3 hints``; without a severity ``4 findings``."""
    if severity is Severity.ERROR:
        return plural(number, "{number:,} error", "{number:,} errors")
    if severity is Severity.WARNING:
        return plural(number, "{number:,} warning", "{number:,} warnings")
    if severity is Severity.INFO:
        return plural(number, "{number:,} hint", "{number:,} hints")
    return plural(number, "{number:,} finding", "{number:,} findings")


def percent(part: int, whole: int) -> str:
    """A share; 0 % and 100 % only where it is nothing or all."""
    share = 100 * part / whole if whole else 0.0
    if 0 < part < whole:
        share = min(max(share, 0.1), 99.9)
    return f"{share:.1f} %" if round(share, 1) % 1 else f"{share:.0f} %"


def summary(tally: Tally) -> str:
    """The last line of a run: what was found, and how much of it a fix would mend."""
    if not tally.by_severity.total():
        checked = posts(tally.files)
        if not tally.fixed:
            return say("{posts} checked: nothing to complain of.", posts=checked)
        told = "{fixed} {posts} checked: nothing else to complain of."
        return say(told, fixed=_fixed(tally), posts=checked)
    found = say(
        "Found {found} in {dirty:,} of {posts}.{fixable}",
        found=enumerated(
            [findings(tally.by_severity[one], one) for one in Severity if tally.by_severity[one]]
        ),
        dirty=tally.dirty,
        posts=posts(tally.files),
        fixable=fixable(tally),
    )
    if not tally.fixed:
        return found
    return say("{fixed} {found}", fixed=_fixed(tally), found=found)


def _fixed(tally: Tally) -> str:
    number, files = tally.fixed, posts(tally.fixed_files)
    if tally.differs:
        return say("Would fix {number:,} in {files}.", number=number, files=files)
    return say("Fixed {number:,} in {files}.", number=number, files=files)


def fixable(tally: Tally) -> str:
    """How many findings fixes would mend, the unsafe ones told apart; nothing for none."""
    safe, unsafe = tally.safe, tally.unsafe
    if safe and unsafe:
        told = " --fix mends {safe:,}, --unsafe-fixes {unsafe:,} more."
        return say(told, safe=safe, unsafe=unsafe)
    if safe:
        return say(" --fix mends {safe:,}.", safe=safe)
    return say(" --unsafe-fixes mends {unsafe:,}.", unsafe=unsafe) if unsafe else ""


def mark(safe_fix: bool) -> str:
    """``[*] `` for a finding that ``--fix`` mends."""
    return "[*] " if safe_fix else ""


class Words:
    """The words of a format by name, told in the reader's language."""

    def __init__(self, templates: Mapping[str, str], language: Language) -> None:
        """``templates`` are what `say` gives for a text without values."""
        self.templates = templates
        self.tell = language.tell

    def __call__(self, name: str, **values: object) -> str:
        """The words of a name, their ``{fields}`` filled."""
        return self.tell(say(self.templates[name], **values))
