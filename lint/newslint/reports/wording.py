"""Texts at the end of a run: counts, and fixable findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from newslint.core.finding import Impact, Severity
from newslint.core.messages import join_comma, join_semicolon, msg, plural

if TYPE_CHECKING:
    from newslint.core.language import Language
    from newslint.reports.summary import RunSummary


def posts(number: int) -> str:
    """Return ``1 post``, ``2 posts`` or ``1,000 posts``."""
    return plural(number, "{number:,} post", "{number:,} posts")


def findings(number: int, severity: Severity | None = None) -> str:
    """Return ``1 error``, ``2 warnings``, ``3 infos``; without a severity ``4 findings``."""
    if severity is Severity.ERROR:
        return plural(number, "{number:,} error", "{number:,} errors")
    if severity is Severity.WARNING:
        return plural(number, "{number:,} warning", "{number:,} warnings")
    if severity is Severity.INFO:
        return plural(number, "{number:,} info", "{number:,} infos")
    return plural(number, "{number:,} finding", "{number:,} findings")


def percent(part: float, total: float) -> str:
    """Return a percentage; 0 % and 100 % only if it is exactly nothing or all."""
    share = 100 * part / total if total else 0.0
    if 0 < part < total:
        share = min(max(share, 0.1), 99.9)
    return f"{share:.1f} %" if round(share, 1) % 1 else f"{share:.0f} %"


def summary(tally: RunSummary) -> str:
    """Return the last line of a run: impacts, fixable findings, and number of findings."""
    if not tally.by_severity.total():
        checked = posts(tally.files)
        if not tally.fixed:
            return msg("{posts} checked: no issues found.", posts=checked)
        template = "{fixed} {posts} checked: no other issues found."
        return msg(template, fixed=_fixed(tally), posts=checked)
    found = msg(
        "{costs}.{fixable} Found {found} in {dirty:,} of {posts}.",
        costs=costs(tally),
        found=join_comma(
            [findings(tally.by_severity[one], one) for one in Severity if tally.by_severity[one]]
        ),
        dirty=tally.dirty,
        posts=posts(tally.files),
        fixable=fixable(tally),
    )
    if not tally.fixed:
        return found
    return msg("{fixed} {found}", fixed=_fixed(tally), found=found)


def costs(tally: RunSummary) -> str:
    """Return the consequences of findings: posts by impact, then findings of house rules.

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
    return join_semicolon([join_comma(parts), house] if tally.house else [join_comma(parts)])


_COSTS = {
    Impact.BUILD: (
        msg("{number:,} post stops the build"),
        msg("{number:,} posts stop the build"),
        msg("{number:,} stops the build"),
        msg("{number:,} stop the build"),
    ),
    Impact.POST: (
        msg("{number:,} post is not published"),
        msg("{number:,} posts are not published"),
        msg("{number:,} is not published"),
        msg("{number:,} are not published"),
    ),
    Impact.CONTENT: (
        msg("{number:,} post loses text or images"),
        msg("{number:,} posts lose text or images"),
        msg("{number:,} loses text or images"),
        msg("{number:,} lose text or images"),
    ),
    Impact.SECURITY: (
        msg("{number:,} post runs a script of another site"),
        msg("{number:,} posts run scripts of other sites"),
        msg("{number:,} runs a script of another site"),
        msg("{number:,} run scripts of other sites"),
    ),
}
"""Texts for posts by impact: singular and plural, at the beginning and inside of a sentence."""


def _fixed(tally: RunSummary) -> str:
    number, files = tally.fixed, posts(tally.fixed_files)
    if tally.differs:
        return msg("Would fix {number:,} in {files}.", number=number, files=files)
    return msg("Fixed {number:,} in {files}.", number=number, files=files)


def fixable(tally: RunSummary) -> str:
    """Return the number of fixable findings, unsafe fixes separately; empty if there are none."""
    safe, unsafe = tally.safe, tally.unsafe
    if unsafe and (tally.unsafe_fixes or not safe):
        return msg(" {number:,} fixable with --fix --unsafe-fixes.", number=safe + unsafe)
    if safe and unsafe:
        template = " {safe:,} fixable with --fix, {unsafe:,} more with --unsafe-fixes."
        return msg(template, safe=safe, unsafe=unsafe)
    return msg(" {safe:,} fixable with --fix.", safe=safe) if safe else ""


def mark(is_fixable: bool) -> str:
    """Return ``[*] `` for a finding that ``--fix`` fixes, else an empty text."""
    return "[*] " if is_fixable else ""


class Words:
    """The texts of a format by name, translated."""

    def __init__(self, templates: Mapping[str, str], language: Language) -> None:
        """``templates`` are the English templates by name."""
        self.templates = templates
        self.translate = language.translate

    def __call__(self, name: str, **values: object) -> str:
        """Return the translated text of a name, with its ``{fields}`` filled."""
        return self.translate(msg(self.templates[name], **values))
