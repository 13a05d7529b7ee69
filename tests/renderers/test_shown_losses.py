"""What readers lose in the browser, counted on the page of the real generator, and reported."""

from __future__ import annotations

from functools import cache

import pytest

from newslint import check_text

from .browser import PROGRAM, Seen, look_at
from .build import Page
from .generators import CONTROL, TARGETS, available, builder, parts
from .loss_samples import ALL
from .shown_samples import SAMPLES, ShownSample
from .verdicts import FOLDERS, project_of


def name_of(number: int) -> str:
    return f"shown{number}{SAMPLES[number].suffix}"


def text_of(sample: ShownSample) -> str:
    header = f"title: A title\ndate: 2021-12-02T08:00:00Z\n{sample.header}"
    return f"---\n{header}---\n\n{sample.body}\n"


def is_right(sample: ShownSample, page: Page, seen: Seen) -> bool:
    """Whether readers see what the sample has."""
    return (
        sample.text in seen.text
        and (not sample.image or sample.image in seen.images)
        and (not sample.category or sample.category in page.categories)
    )


@cache
def codes(target: str) -> dict[int, set[str]]:
    """The rules that report each sample, by its number."""
    name = parts(target).name
    # Eleventy has no categories of its own: a site that shows them says so in its schema.
    preset = "news" if name == "eleventy" else name
    project = project_of(target, f"schema={{preset='{preset}'}}")
    return {
        number: {
            one.finding.code
            for one in check_text(text_of(s), FOLDERS[name] + name_of(number), project)
        }
        for number, s in enumerate(SAMPLES)
    }


@pytest.mark.parametrize("target", ALL)
def test_a_loss_is_reported_where_the_sample_says_that_it_happens(target: str) -> None:
    for number, sample in enumerate(SAMPLES):
        is_said = sample.code in codes(target)[number]
        assert is_said == (target in sample.lost), (sample.code, sample.header, sample.body)


@pytest.mark.skipif(PROGRAM is None, reason="Chromium is not installed")
@pytest.mark.parametrize("target", TARGETS)
def test_readers_lose_it_where_the_sample_says_so_and_nowhere_else(target: str) -> None:
    if reason := available(target):
        pytest.skip(reason)
    posts = {name_of(number): text_of(one).encode() for number, one in enumerate(SAMPLES)}
    result = builder(target, patient=True)({**CONTROL, **posts})
    missing = [name for name in posts if name not in result.pages]
    assert not missing, (missing, result.log[-2000:])
    pages = [result.pages[name] for name in posts]
    shown = look_at([page.article for page in pages])
    for sample, page, seen in zip(SAMPLES, pages, shown, strict=True):
        is_lost = target in sample.lost
        assert is_right(sample, page, seen) == (not is_lost), (sample, page.article, seen)
