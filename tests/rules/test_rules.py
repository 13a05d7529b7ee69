"""Every installed rule keeps the contract, and does what its own examples say."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from newslint import FileRule, Rule
from newslint.linter import registry, rule_docs
from newslint.testing import check_rule

SHARED = Path(__file__).parents[3] / "shared"
RULES = list(registry.rules().values())
WITH_EXAMPLES = [rule for rule in RULES if not issubclass(rule, FileRule)]
ROW = re.compile(
    r"^\| (?P<code>[A-Z]+\d{3}) \| (?P<name>[\w-]+) \| (?P<severity>[^|]+) \|(?P<what>.*)\|(?P<fix>[^|]*)\|$",
    re.MULTILINE,
)


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


@pytest.mark.skipif(not (SHARED / "RULES.md").exists(), reason="the table of rules is not here")
def test_code_name_severity_default_and_fix_are_those_of_the_table_of_rules() -> None:
    table = {
        row["code"]: row for row in ROW.finditer((SHARED / "RULES.md").read_text(encoding="utf-8"))
    }
    for rule in RULES:
        if rule.code not in table:
            continue
        row = table[rule.code]
        severity = row["severity"].strip()
        assert rule.name == row["name"].strip()
        assert rule.default == (severity != "off"), rule.code
        if severity in ("error", "warning"):
            assert rule.severity == severity, rule.code
        elif severity == "off":
            assert rule.severity == "warning", rule.code
        expected = "safe" if "safe" in re.findall(r"\bsafe\b", row["fix"]) else None
        if expected is None and "unsafe" in row["fix"]:
            expected = "unsafe"
        assert (rule.fix.value if rule.fix else None) == expected, rule.code
    built_in = [rule for rule in RULES if rule.__module__.startswith("newslint_rules")]
    assert {rule.code for rule in built_in} <= set(table)
