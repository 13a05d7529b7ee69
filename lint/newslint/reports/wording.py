"""The words of a run's end: counts, and what a fix would mend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from newslint.core.finding import Impact, Severity
from newslint.core.messages import enumerated, listed, plural, say

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
    """The last line of a run: what the findings cost, how many a fix removes, and how many."""
    if not tally.by_severity.total():
        checked = posts(tally.files)
        if not tally.fixed:
            return say("{posts} checked: no issues found.", posts=checked)
        told = "{fixed} {posts} checked: no other issues found."
        return say(told, fixed=_fixed(tally), posts=checked)
    found = say(
        "{costs}.{fixable} Found {found} in {dirty:,} of {posts}.",
        costs=costs(tally),
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


def costs(tally: Tally) -> str:
    """What findings cost readers: posts by impact, then the findings of house rules.

    ``2 posts stop the build, 1 is not published; 40 findings of house rules``.
    """
    parts: list[str] = []
    for impact, (first_one, first_many, one, many) in _COSTS.items():
        if number := tally.posts_by_impact[impact]:
            words = (one, many) if parts else (first_one, first_many)
            parts.append(plural(number, *words))
    house = plural(
        tally.house, "{number:,} finding of house rules", "{number:,} findings of house rules"
    )
    if not parts:
        return house
    return listed([enumerated(parts), house] if tally.house else [enumerated(parts)])


_COSTS = {
    Impact.BUILD: (
        say("{number:,} post stops the build"),
        say("{number:,} posts stop the build"),
        say("{number:,} stops the build"),
        say("{number:,} stop the build"),
    ),
    Impact.POST: (
        say("{number:,} post is not published"),
        say("{number:,} posts are not published"),
        say("{number:,} is not published"),
        say("{number:,} are not published"),
    ),
    Impact.CONTENT: (
        say("{number:,} post loses text or images"),
        say("{number:,} posts lose text or images"),
        say("{number:,} loses text or images"),
        say("{number:,} lose text or images"),
    ),
    Impact.SECURITY: (
        say("{number:,} post runs foreign script"),
        say("{number:,} posts run foreign script"),
        say("{number:,} runs foreign script"),
        say("{number:,} run foreign script"),
    ),
}
"""What posts with findings of an impact do: one or several, first in a sentence or further on."""


def _fixed(tally: Tally) -> str:
    number, files = tally.fixed, posts(tally.fixed_files)
    if tally.differs:
        return say("Would fix {number:,} in {files}.", number=number, files=files)
    return say("Fixed {number:,} in {files}.", number=number, files=files)


def fixable(tally: Tally) -> str:
    """How many findings fixes would mend, the unsafe ones told apart; nothing for none."""
    safe, unsafe = tally.safe, tally.unsafe
    if unsafe and (tally.unsafe_fixes or not safe):
        return say(" {number:,} fixable with --fix --unsafe-fixes.", number=safe + unsafe)
    if safe and unsafe:
        told = " {safe:,} fixable with --fix, {unsafe:,} more with --unsafe-fixes."
        return say(told, safe=safe, unsafe=unsafe)
    return say(" {safe:,} fixable with --fix.", safe=safe) if safe else ""


def mark(is_fixable: bool) -> str:
    """``[*] `` for a finding that ``--fix`` mends."""
    return "[*] " if is_fixable else ""


class Words:
    """The words of a format by name, told in the reader's language."""

    def __init__(self, templates: Mapping[str, str], language: Language) -> None:
        """``templates`` are what `say` gives for a text without values."""
        self.templates = templates
        self.tell = language.tell

    def __call__(self, name: str, **values: object) -> str:
        """The words of a name, their ``{fields}`` filled."""
        return self.tell(say(self.templates[name], **values))
