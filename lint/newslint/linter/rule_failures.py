"""What is reported of a rule that breaks, and who answers for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newslint.core.fault import described, fault
from newslint.core.messages import say

if TYPE_CHECKING:
    from newslint.linter.rule import Rule


def rule_fault(error: BaseException, rule: Rule) -> str:
    """A rule that breaks, in words: as `fault` where it is newslint's own, else by its name."""
    what = say("rule {code} ({name})", code=rule.code, name=rule.name)
    if is_ours(rule):
        return fault(error, what)
    return say("{what} broke: {error}", what=what, error=described(error))


def is_ours(rule: Rule) -> bool:
    """Whether newslint answers for a rule: not for a plug-in's, and not for a ``[[rule]]``."""
    return type(rule).__module__.partition(".")[0] == "newslint_rules"
