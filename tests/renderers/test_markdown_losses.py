"""What Markdown loses, counted on the page that the real generator builds, and said by newslint."""

from __future__ import annotations

import html
import re
from functools import cache

import pytest

from newslint import check_text

from .build import Page
from .generators import CONTROL, TARGETS, available, builder, parts
from .loss_samples import ALL, SAMPLES, LossSample
from .verdicts import FOLDERS, options, project_of

FRONT_MATTER = "---\ntitle: A title\ndate: 2021-12-02T08:00:00Z\n---\n\n"


def name_of(number: int) -> str:
    return f"loss{number}.md"


def text_of(sample: LossSample) -> str:
    return f"{FRONT_MATTER}{sample.body}\n"


def is_right(sample: LossSample, page: Page) -> bool:
    """Whether a page shows what the sample says."""
    article = page.article
    images = set(re.findall(r"<img\b[^>]*?\ssrc=[\"']?([^\"'\s>]+)", article))
    words = html.unescape(re.sub(r"<[^>]+>", "", article))
    return (
        (not sample.image or sample.image in images)
        and sample.text in words
        and (not sample.no_tag or re.search(rf"<{sample.no_tag}\b", article) is None)
    )


@cache
def codes(target: str) -> dict[int, set[str]]:
    """The rules that report each sample, by its number."""
    project = project_of(target, *options())
    folder = FOLDERS[parts(target).name]
    return {
        number: {
            one.finding.code for one in check_text(text_of(s), folder + name_of(number), project)
        }
        for number, s in enumerate(SAMPLES)
    }


@pytest.mark.parametrize("target", ALL)
def test_a_loss_is_reported_where_the_sample_says_that_it_happens(target: str) -> None:
    for number, sample in enumerate(SAMPLES):
        is_said = sample.code in codes(target)[number]
        assert is_said == (target in sample.lost), (sample.code, sample.body)


@pytest.mark.parametrize("target", TARGETS)
def test_the_page_loses_it_where_the_sample_says_so_and_nowhere_else(target: str) -> None:
    if reason := available(target):
        pytest.skip(reason)
    posts = {name_of(number): text_of(one).encode() for number, one in enumerate(SAMPLES)}
    result = builder(target, patient=True)({**CONTROL, **posts})
    for number, sample in enumerate(SAMPLES):
        page = result.pages.get(name_of(number))
        assert page is not None, (sample.body, result.log[-2000:])
        is_lost = target in sample.lost
        assert is_right(sample, page) == (not is_lost), (sample.code, sample.body, page.article)
