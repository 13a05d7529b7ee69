"""What a value of the wrong type costs (FM006), by what each generator does with it (measured)."""

from __future__ import annotations

import pytest

from newslint import Impact, Post
from newslint.core.source import Source
from newslint.generators import Target
from newslint.linter.engine import lint
from newslint.linter.ruleset import RuleSet
from newslint_rules.front_matter.front_matter_not_first import FrontMatterNotFirst
from newslint_rules.front_matter.invalid_type import InvalidType


def impacts(target: str, field: str) -> list[Impact]:
    other = "title: a\n" if field.startswith("date") else "date: 2021-12-02 10:00:00 +0800\n"
    text = f"---\n{other}{field}\n---\nText\n"
    post = Post(Source.from_text(text), "2021-12-02-a.md", Target.parse(target))
    return [one.impact for one in lint(post, RuleSet([InvalidType()])) if field[:4] in one.message]


@pytest.mark.parametrize(
    ("target", "field", "impact"),
    [
        ("hexo", "date: {a: 1}", Impact.CONTENT),
        ("jekyll", "date: {a: 1}", Impact.BUILD),
        ("hugo", "date: {a: 1}", Impact.BUILD),
        ("eleventy", "date: true", Impact.BUILD),
        ("hexo", "permalink: 5", Impact.POST),
        ("jekyll", "permalink: [a]", Impact.BUILD),
        ("eleventy", "tags: {a: 1}", Impact.BUILD),
        ("hugo@0.168", "build: 5", Impact.BUILD),
        ("hugo", "tags: {a: 1}", Impact.CONTENT),
        ("hexo", "comments: 5", Impact.HOUSE),
    ],
)
def test_a_wrong_type_costs_what_the_generator_does(
    target: str, field: str, impact: Impact
) -> None:
    assert impacts(target, field) == [impact]


@pytest.mark.parametrize(("date", "safety"), [("2021-12-02", "safe"), ("{a: 1}", "unsafe")])
def test_front_matter_that_would_stop_the_build_is_not_safely_moved_to_the_start(
    date: str, safety: str
) -> None:
    text = f"\n\n---\ntitle: a\ndate: {date}\n---\nText\n"
    post = Post(Source.from_text(text), "a.md", Target("jekyll"))
    (finding,) = lint(post, RuleSet([FrontMatterNotFirst()]))
    assert finding.fix is not None
    assert finding.fix.safety.value == safety
