"""Every rule does what its own examples say."""

from __future__ import annotations

import pytest
from newslint_desk import rules

from newslint import Rule, check_text
from newslint.testing import check_rule


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_the_examples_of_a_rule(rule: type[Rule]) -> None:
    """The bad ones are found and mended exactly so, the good ones are left alone."""
    check_rule(rule)


def test_newslint_finds_the_rule() -> None:
    """The package is installed, and its entry point is right."""
    found = check_text("---\ntitle: Snow!!!\n---\n")
    assert "DESK001" in [one.finding.code for one in found]
