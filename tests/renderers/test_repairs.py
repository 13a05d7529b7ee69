"""Every safe fix, built before and after by the real generators: the page is the same, or repaired."""

from __future__ import annotations

import os
from functools import cache

import pytest

from newslint import Safety
from newslint.linter import registry

from .build import BuildResult
from .fix_samples import ALL, OFFLINE, SAME, SAMPLES, Sample
from .generators import CONTROL, TARGETS, available, builder
from .repairs import Shown, article, describe, fixer, repair, report

ENOUGH = int(os.environ.get("NEWSLINT_REPAIRS", "0"))
"""Posts of the long run for each target; 0 leaves it out."""

Built = dict[str, tuple[Sample, bytes, bytes, BuildResult, BuildResult]]


def name_of(number: int, sample: Sample) -> str:
    return f"s{number}{sample.suffix}"


def content_of(sample: Sample) -> bytes:
    return sample.text.encode()


@cache
def fixed_by(target: str) -> dict[int, bytes]:
    """The samples after the safe fixes of their rule, by number."""
    # A suppression is unused only where its rule has looked.
    fixers = {
        code: fixer(target, (code, "IMG001") if code == "NL001" else (code,))
        for code in {one.code for one in SAMPLES}
    }
    return {
        number: fixers[one.code](name_of(number, one), content_of(one))
        for number, one in enumerate(SAMPLES)
    }


def chosen(target: str) -> list[int]:
    return [number for number, one in enumerate(SAMPLES) if target in one.targets]


def built(target: str, posts: dict[str, bytes]) -> dict[str, BuildResult]:
    """Each post with the build that holds it; where one kills the site, each is built alone."""
    build = builder(target, patient=True)
    result = build({**CONTROL, **posts})
    if all(name in result.pages for name in CONTROL):
        return dict.fromkeys(posts, result)
    return {name: build({**CONTROL, name: content}) for name, content in posts.items()}


def test_every_rule_with_a_safe_fix_has_a_sample() -> None:
    safe = {code for code, rule in registry.rules().items() if rule.fix is Safety.SAFE}
    sampled = {one.code for one in SAMPLES}
    assert sampled | set(OFFLINE) == safe
    for code in sampled:
        spoken_of = set(registry.rules()[code].targets or [one.partition("@")[0] for one in ALL])
        tried = {
            target.partition("@")[0]
            for one in SAMPLES
            if one.code == code
            for target in one.targets
        }
        assert tried == spoken_of - _NOT_SAFE.get(code, frozenset()), code


_NOT_SAFE = {
    "FM014": frozenset({"hugo"}),  # front matter may stand anywhere
    "MD001": frozenset({"jekyll"}),  # kramdown makes no code of it within an element
}
"""Targets for which a rule has nothing to fix safely."""


@pytest.mark.parametrize("target", TARGETS)
def test_a_safe_fix_is_made_where_it_is_safe_and_nowhere_else(target: str) -> None:
    for number, one in enumerate(SAMPLES):
        is_changed = fixed_by(target)[number] != content_of(one)
        assert is_changed == (target in one.targets), (one.code, one.text)


@pytest.mark.parametrize("target", TARGETS)
def test_the_page_is_the_same_after_a_safe_fix_or_as_the_sample_says(target: str) -> None:
    if reason := available(target):
        pytest.skip(reason)
    numbers = chosen(target)
    names = {number: name_of(number, SAMPLES[number]) for number in numbers}
    before = built(
        target,
        {names[one]: content_of(SAMPLES[one]) for one in numbers if SAMPLES[one].page is SAME},
    )
    after = built(target, {names[one]: fixed_by(target)[one] for one in numbers})
    for number in numbers:
        sample, name = SAMPLES[number], names[number]
        page = after[name].pages.get(name)
        assert page is not None, (sample.code, sample.text, after[name].log[-2000:])
        shown = Shown.of(page)
        if sample.page is not SAME:
            assert article(page.article) == article(sample.page), (sample.code, page.article)
        else:
            old = before[name].pages.get(name)
            assert old is not None, (sample.code, before[name].log[-2000:])
            assert shown.article == Shown.of(old).article, (sample.code, old.article, page.article)
            assert shown.date == Shown.of(old).date
        if sample.title is not None:
            assert shown.title == sample.title, sample.text
        if sample.categories is not None:
            assert shown.categories == sample.categories, sample.text


@pytest.mark.skipif(not ENOUGH, reason="long: set NEWSLINT_REPAIRS to a number of posts")
@pytest.mark.parametrize("target", TARGETS)
def test_no_page_of_many_changes_though_the_fix_is_safe(target: str) -> None:
    if reason := available(target):
        pytest.skip(reason)
    result = repair(target, seed=1, count=ENOUGH)
    assert len(result.repairs) == ENOUGH
    assert not result.bad, "\n".join([report(target, result), *map(describe, result.bad)])
