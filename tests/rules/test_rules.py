"""Every installed rule keeps the contract, and does what its own examples say."""

from __future__ import annotations

import csv
import inspect
import re

import pytest
from inputs import DATA

from newslint import FileRule, Rule
from newslint.linter import registry, rule_docs
from newslint.testing import check_rule

RULES = list(registry.rules().values())
WITH_EXAMPLES = [rule for rule in RULES if not issubclass(rule, FileRule)]


@pytest.mark.parametrize("rule", WITH_EXAMPLES, ids=lambda rule: rule.code)
def test_examples_give_exactly_the_marked_findings_and_the_fixed_text(rule: type[Rule]) -> None:
    check_rule(rule)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_documentation_has_a_summary_of_one_sentence_and_says_why(rule: type[Rule]) -> None:
    summary = rule_docs.summary(rule)
    assert summary.endswith("."), summary
    assert len(summary) <= 120, summary
    assert len(rule_docs.explanation(rule)) > 80, f"{rule.code} does not say why"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_option_has_a_description_and_a_default(rule: type[Rule]) -> None:
    rule.Options()
    for option in rule_docs.options(rule):
        assert option["description"], f"{rule.code}.{option['name']} has no description"


@pytest.mark.parametrize("rule", WITH_EXAMPLES, ids=lambda rule: rule.code)
def test_a_rule_that_says_it_can_fix_shows_a_fix_and_no_other_does(rule: type[Rule]) -> None:
    shows_a_fix = any(example.fixed is not None for example in rule.bad)
    assert shows_a_fix == (rule.fix is not None)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_rules_import_only_public_modules_of_newslint(rule: type[Rule]) -> None:
    source = inspect.getsource(inspect.getmodule(rule))  # type: ignore[arg-type]
    private = re.findall(
        r"(?:from|import) newslint\.(?!core import lazy|core\.span|html\.|generators|post\.|linter\.(?:suppr|infer))[\w.]+",
        source,
    )
    assert not private, private


def test_listed_rules_keep_their_code_name_severity_default_and_fix() -> None:
    """Configurations, baselines and suppressions of users name them.

    A new rule need not be listed; it is from the release on that has it.
    """
    known = registry.rules()
    with (DATA / "rules.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert len(table) > 80
    for row in table:
        rule = known.get(row["code"])
        assert rule is not None, f"{row['code']} is gone"
        assert {
            "code": rule.code,
            "name": rule.name,
            "severity": rule.severity.value,
            "default": "on" if rule.default else "off",
            "fix": rule.fix.value if rule.fix else "",
        } == row
