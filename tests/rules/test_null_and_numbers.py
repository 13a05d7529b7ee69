"""Values of front matter that YAML reads as nothing or as a number: what they cost, if anything."""

from __future__ import annotations

import pytest

from newslint import Finding, Impact, Post
from newslint.core.source import Source
from newslint.generators import Target
from newslint.linter import registry
from newslint.linter.engine import lint
from newslint.linter.ruleset import RuleSet
from newslint.post.schema.builder import build
from newslint.post.schema.settings import SchemaSettings

RULES = RuleSet([registry.rules()["FM022"]()])
TARGETS = ("hexo", "jekyll", "hugo", "eleventy")


def found(lines: str, target: str) -> list[Finding]:
    text = f"---\n{lines}\ndate: 2021-12-02 10:00:00\n---\n\nText.\n"
    model = build(SchemaSettings.model_validate({"preset": target}))
    post = Post(Source.from_text(text), "a.md", Target.parse(target), lambda: model)
    return lint(post, RULES)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("key", ["tags", "categories", "permalink", "slug", "excerpt", "layout"])
def test_a_field_that_is_said_to_have_no_value_is_no_text_without_quotes(
    key: str, target: str
) -> None:
    assert found(f"title: A\n{key}: null", target) == []


@pytest.mark.parametrize("target", TARGETS)
def test_a_title_that_is_the_word_null_is_lost(target: str) -> None:
    (finding,) = found("title: Null", target)
    assert (finding.code, finding.impact) == ("FM022", Impact.CONTENT)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    ("title", "impact"),
    [("1092", Impact.HOUSE), ("1.50", Impact.CONTENT), ("Win C #1", Impact.CONTENT)],
)
def test_a_number_that_is_shown_as_it_is_written_costs_readers_nothing(
    title: str, impact: Impact, target: str
) -> None:
    (finding,) = found(f"title: {title}", target)
    assert finding.impact is impact
