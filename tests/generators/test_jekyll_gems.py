"""Jekyll as gems have it: SafeYAML and Liquid 4, by a table that was measured with them.

``tests/data/jekyll_gems.json`` names the versions. Gems cannot be installed everywhere; what the
installed Jekyll does is held against newslint in tests/renderers, whichever it is.
"""

from __future__ import annotations

import json
import math
from datetime import UTC, date, datetime
from typing import Any

import pytest
from inputs import DATA

from newslint.generators import liquid
from newslint.generators import yaml as yaml_dialect
from newslint.generators.effects import Effect
from newslint.generators.target import Target
from newslint.generators.yaml import safe_yaml

SAMPLES = json.loads((DATA / "jekyll_gems.json").read_bytes())["samples"]
YAML = [one for one in SAMPLES if one["kind"] == "yaml"]
LIQUID = [one for one in SAMPLES if one["kind"] == "liquid"]


def as_measured(value: Any) -> Any:
    """A value of newslint as the table writes Ruby's."""
    if isinstance(value, dict):
        return {key: as_measured(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_measured(item) for item in value]
    if isinstance(value, datetime):
        return {"time": value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, float) and not math.isfinite(value):
        return {"float": {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}[str(value)]}
    return value


@pytest.mark.parametrize("sample", YAML, ids=[one["text"].strip() for one in YAML])
def test_front_matter_has_the_values_that_safe_yaml_gives(sample: dict[str, Any]) -> None:
    problems = yaml_dialect.load_problems(sample["text"], "jekyll")
    lost = [one for one in problems if one.outcome is Effect.DROPPED]
    assert bool(lost) == ("error" in sample), [one.message for one in problems]
    if "values" in sample:
        values = yaml_dialect.load(sample["text"], "jekyll")
        assert as_measured(values) == sample["values"]


@pytest.mark.parametrize("sample", LIQUID, ids=[one["text"] for one in LIQUID])
def test_templates_stop_the_build_where_liquid_4_stops(sample: dict[str, Any]) -> None:
    problems = liquid.scan(sample["text"], markdown=True, exists=lambda kind, name: True)
    stops = any(one.effect is Effect.SITE_DIES for one in problems)
    assert stops == ("error" in sample), [one.reason for one in problems]


@pytest.mark.parametrize("name", ["jekyll", "jekyll@3", "jekyll@4", "jekyll@4.4"])
def test_jekyll_means_the_gems_and_debian_s_package_has_a_name_of_its_own(name: str) -> None:
    gems, debian = Target.parse(name), Target.parse("jekyll@debian")
    assert str(debian) == "jekyll@debian"
    for target, is_read in ((gems, True), (debian, False)):
        problems = yaml_dialect.load_problems("x: :tada\n", target.name, target.version)
        assert (problems == []) == is_read


def test_a_null_key_takes_the_value_behind_it_for_the_next_key() -> None:
    (problem,) = yaml_dialect.load_problems("~: x\ntitle: y\n", "jekyll")
    assert (problem.kind, problem.outcome) == ("null-key", Effect.WRONG)
    assert yaml_dialect.load("~: x\ntitle: y\ndate: z\n", "jekyll") == {"x": "title", "y": "date"}


@pytest.mark.parametrize("text", ["", "a" * 500, "1" * 500, "1:" * 300, "." * 500, "\x00", "字"])
def test_any_text_is_a_value_or_refused(text: str) -> None:
    assert safe_yaml.scalar(text) in (None, text) or text
