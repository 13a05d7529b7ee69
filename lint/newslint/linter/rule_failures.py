"""Report a rule that failed, and who maintains it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newslint.core.fault import described, fault
from newslint.core.messages import msg
from newslint.linter.own_findings import BROKEN_RULE, UNREADABLE

if TYPE_CHECKING:
    from newslint.core.finding import Finding
    from newslint.core.report import FileReport
    from newslint.linter.rule import Rule


def is_always_reported(finding: Finding, report: FileReport) -> bool:
    """Return whether a finding is reported despite baselines and other filters.

    True if it says that a post was not completely checked; not for a limit of the list of findings.
    """
    return finding.code == BROKEN_RULE[0] or (report.unreadable and finding.code == UNREADABLE[0])


def rule_fault(error: BaseException, rule: Rule) -> str:
    """Return a message about a rule that failed: `fault` for a built-in rule, else the error."""
    what = msg("rule {code} ({name})", code=rule.code, name=rule.name)
    if is_ours(rule):
        return fault(error, what)
    return msg("{what} failed: {error}", what=what, error=described(error))


def is_ours(rule: Rule) -> bool:
    """Return whether a rule is built in, not from a plug-in or a ``[[rule]]`` table."""
    return type(rule).__module__.partition(".")[0] == "newslint_rules"
