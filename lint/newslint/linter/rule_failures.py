"""Report a rule that fails, and name its author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newslint.core.fault import described, fault
from newslint.core.messages import msg
from newslint.linter.own_findings import BROKEN_RULE, UNREADABLE

if TYPE_CHECKING:
    from newslint.core.finding import Finding
    from newslint.core.report import FileReport
    from newslint.linter.rule import Rule


def is_always_told(finding: Finding, report: FileReport) -> bool:
    """Whether no baseline and no other filter leaves out a finding: a post was not checked whole.

    That there are more findings than are shown is a finding like the others.
    """
    return finding.code == BROKEN_RULE[0] or (report.unreadable and finding.code == UNREADABLE[0])


def rule_fault(error: BaseException, rule: Rule) -> str:
    """A rule that breaks, as a message: as `fault` where it is newslint's own, else by its name."""
    what = msg("rule {code} ({name})", code=rule.code, name=rule.name)
    if is_ours(rule):
        return fault(error, what)
    return msg("{what} failed: {error}", what=what, error=described(error))


def is_ours(rule: Rule) -> bool:
    """Whether newslint answers for a rule: not for a plug-in's, and not for a ``[[rule]]``."""
    return type(rule).__module__.partition(".")[0] == "newslint_rules"
