"""Misspelled fields, of which the real generator's page shows nothing, and what newslint reports."""

from __future__ import annotations

from random import Random

import pytest

from .damage import damage
from .drafts import Draft, clean
from .generators import CONTROL, TARGETS, available, builder
from .header_mutations import misspell
from .verdicts import judge

POSTS = 60
HARMLESS = ("authors: [Wire]", "origin: x", "subtitle: a", "titles: a", "height: 5", "data: x")
"""Fields of a site's own, some of them near a field of the generators."""


def drafts() -> list[Draft]:
    """Clean posts, every second one with a misspelled field, the others with a harmless one."""
    found = []
    for number in range(POSTS):
        random = Random(f"misspelled:{number}")
        draft = clean(random, number)
        if number % 2:
            misspell(random, draft)
        else:
            draft.lines.append(random.choice(HARMLESS))
        found.append(draft)
    return found


@pytest.mark.parametrize("target", TARGETS)
def test_a_field_that_the_page_does_not_show_is_reported_and_no_other(target: str) -> None:
    if reason := available(target):
        pytest.skip(reason)
    posts = {draft.name: draft.content() for draft in drafts()}
    result = builder(target, patient=True)({**CONTROL, **posts})
    verdict = judge(target)
    lost = 0
    for draft in drafts():
        content = posts[draft.name]
        is_lost = "field" in damage(target, draft.name, content, result, draft.meant)
        codes = {finding.code for finding in verdict(draft.name, content)}
        assert ("FM026" in codes) == is_lost, content.decode()
        lost += is_lost
    assert lost >= POSTS / 5
