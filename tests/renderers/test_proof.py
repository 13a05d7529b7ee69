"""newslint's verdicts on posts mutated at random, against what the real generators make of them.

A bounded run of `proof.py`; the long ones are by hand, and their rates stand in docs/truth.md.
"""

from __future__ import annotations

import pytest

from .build import ARTICLE, BuildResult, Page
from .damage import HIDDEN, damage
from .generators import BUILDS, MARKDOWN_IT, NUNJUCKS, TARGETS, available, build_alone, builder
from .proof import SHARE_CLEAN, Tally, describe, drafts, prove, report
from .verdicts import judge

SEED = 20211202
POSTS = 150
FEW = {MARKDOWN_IT: 60, NUNJUCKS: 60}
"""Fewer, where only the Markdown renderer or the template engine is another than before."""
MISSED = 0.03
"""The share of the dead and lost posts that may go without an error in so small a run: one or two
constructs that docs/truth.md lists."""
FALSE = 0.02
"""The share of the accused posts that may be built as written: two posts in a run of this size."""
HEARD = 0.85
"""The least share of the posts built wrong without an error that gets some finding."""


@pytest.mark.parametrize("target", BUILDS)
def test_verdicts_hold_against_the_real_generator(target: str) -> None:
    if reason := available(target):
        pytest.skip(reason)
    posts = FEW.get(target, POSTS)
    tally = prove(target, SEED, posts)
    said = "\n".join([report(target, tally), *map(describe, tally.disputed)])
    assert tally.posts == posts, said
    assert tally.fatal > posts / 20, said
    assert tally.fatal_missed <= MISSED * tally.fatal, said
    assert tally.false_share <= FALSE, said
    assert tally.heard >= HEARD or tally.spoilt_silent <= 1, said


@pytest.mark.parametrize("target", BUILDS)
def test_clean_posts_get_nothing(target: str) -> None:
    verdict = judge(target)
    clean = [draft for draft in drafts(SEED, 400) if not draft.done]
    assert len(clean) > 400 * SHARE_CLEAN / 2
    for draft in clean:
        assert verdict(draft.name, draft.content()) == (), draft.content().decode()


def test_the_same_seed_makes_the_same_posts() -> None:
    assert [d.content() for d in drafts(1, 50)] == [d.content() for d in drafts(1, 50)]
    assert [d.content() for d in drafts(1, 50)] != [d.content() for d in drafts(2, 50)]


HEADER = "---\ntitle: 'A title'\ncategories: [One]\ndate: 2021-12-02T08:00:00Z\n---\n"


def _dated(date: str) -> str:
    return HEADER.replace("2021-12-02T08:00:00Z", date)


BODY = "<div>\n<p>Text <b>bold</b></p>\n</div>\n"


def published(article: str = BODY, **changed: object) -> BuildResult:
    """A build with one page, as a generator might have written it."""
    shown = {"title": "A title", "date": "2021-12-02T08:00:00Z", "categories": ("One",)} | changed
    html = (
        f"<html><body><div>{ARTICLE[0]}{article}{ARTICLE[1]}</div><div>footer</div></body></html>"
    )
    return BuildResult(0, "", {"a.html": Page(article=article, html=html, **shown)})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("result", "header", "body", "harms"),
    [
        (published(), HEADER, BODY, set()),
        (published("<div><p>Text  <b>bold</b></p></div>"), HEADER, BODY, set()),
        (BuildResult(1, "Error", {}), HEADER, BODY, {"dies"}),
        (BuildResult(0, "ERROR Process failed", {}), HEADER, BODY, {"lost"}),
        (BuildResult(0, "", {}), HEADER, BODY, {"skipped"}),
        (published("<div><p>Text</p></div>"), HEADER, BODY, {"article"}),
        (published(title="x"), HEADER, BODY, {"title"}),
        (published(date="2021-12-02T00:00:00Z"), HEADER, BODY, {"date"}),
        (published(categories=("One", "Two")), HEADER, BODY, {"categories"}),
        (published("<p>a</p></div>"), HEADER, "<p>a</p></div>", {"layout"}),
        (published("<p><b>a</p>"), HEADER, "<p><b>a</p>", {"layout"}),
        (published("<p>a<!-- b</p>"), HEADER, "<p>a<!-- b</p>", {"layout"}),
        (published("<p>a</span></p>"), HEADER, "<p>a</span></p>", set()),
        (published("<p>a</p></div><div>"), HEADER, "<p>a</p></div><div>", {"layout"}),
        (published("<p>a<noscript>b</p>"), HEADER, "<p>a<noscript>b</p>", {"layout"}),
        (published("<p>a<template>b</p>"), HEADER, "<p>a<template>b</p>", {"layout"}),
        (published("<p>a<template>b</template>"), HEADER, "<p>a<template>b</template>", set()),
        (published("<style>a{}\nb{}</style>"), HEADER, "<style>a{}\n\nb{}</style>", set()),
        (published("<b>a b</b>"), HEADER, "<b>a <!-- more --> b</b>", set()),
        (published(date="2021-12-02T00:00:00Z"), _dated("2021-336"), BODY, set()),
        (published(date="2021-12-02T00:00:00Z"), _dated("2021-W48-4"), BODY, set()),
        (published(date="2021-12-03T00:00:00Z"), _dated("2021-W48-4"), BODY, {"date"}),
        (published(), _dated("2021-12-02T08:00.5 +0000"), BODY, set()),
        (published(), _dated("2021-12-02T08:00.5 +0800"), BODY, {"date"}),
        (published(), _dated("2021-12-02 07:59:60 Zulu"), BODY, {"date"}),
        (published(), HEADER.replace("---\ntitle", "---\n---\ntitle"), BODY, set()),
        (published(title=""), HEADER.replace("---\ntitle", "---\n---\ntitle"), BODY, {"title"}),
        (published(), HEADER.replace("---\ntitle", "---\ntags: [[a]]\ntitle"), BODY, {"tags"}),
        (
            BuildResult(0, "", {}),
            HEADER.replace("---\ntitle", "---\ndraft: true\ntitle"),
            BODY,
            HIDDEN,
        ),
        (published(), HEADER.replace("title:", "title: x\ntitle:"), BODY, {"keys", "title"}),
    ],
)
def test_damage_is_what_the_page_shows(
    result: BuildResult, header: str, body: str, harms: set[str]
) -> None:
    assert damage("hugo", "a.html", f"{header}{body}".encode(), result) == harms


def test_a_false_and_a_missing_verdict_are_counted() -> None:
    from .proof import Trial

    draft = next(drafts(1, 1))
    said = judge("jekyll")("a.html", f"{HEADER}<p>{{% foo %}}</p>".encode())
    tally = Tally()
    tally.add(Trial(draft, b"", said, frozenset({"dies"})))
    assert (tally.fatal, tally.fatal_missed, tally.false_posts) == (1, 0, 0)
    tally.add(Trial(draft, b"", said, frozenset()))
    tally.add(Trial(draft, b"", (), frozenset({"lost"})))
    tally.add(Trial(draft, b"", (), frozenset({"article"})))
    assert (tally.fatal, tally.fatal_missed, tally.false["TPL001"]) == (2, 1, 1)
    assert (tally.false_share, tally.heard) == (0.5, 0.0)


def test_both_rates_are_told_for_each_rule() -> None:
    from .proof import Trial

    draft = next(draft for draft in drafts(1, 50) if draft.is_markdown)
    said = judge("jekyll")("a.html", f"{HEADER}<p>{{% foo %}}</p>".encode())
    tally = Tally()
    tally.add(Trial(draft, b"", said, frozenset({"dies"})))
    tally.add(Trial(draft, b"", said, frozenset()))
    tally.add(Trial(draft, b"", (), frozenset({"dies"}), "Liquid syntax error"))
    tally.add(Trial(draft, b"", (), frozenset({"date"})))
    tally.add(Trial(draft, b"", said, HIDDEN))
    lines = report("jekyll", tally).splitlines()
    assert "  TPL001: missed 1 of 2 (50.00%), false 1 of 2 (50.00%)" in lines
    assert "  FM010: missed 1 of 1 (100.00%)" in lines


@pytest.mark.parametrize(
    "target", [one for one in TARGETS if not one.startswith(("hugo", "eleventy@2"))]
)
def test_a_patient_build_names_the_dead_post_and_shows_the_others(target: str) -> None:
    if reason := available(target):
        pytest.skip(reason)
    posts = {
        name: f"{HEADER}<p>{body}</p>".encode()
        for name, body in (("a.md", "text"), ("b.html", "{% foo %}"), ("c.md", "more"))
    }
    result = builder(target, patient=True)(posts)
    assert (result.exit_code, list(result.failed)) == (0, ["b.html"])
    assert {"a.md", "c.md"} <= result.pages.keys()
    assert "foo" in result.failed["b.html"]


@pytest.mark.parametrize("target", BUILDS)
def test_a_dead_site_is_told_from_a_living_one(target: str) -> None:
    if reason := available(target):
        pytest.skip(reason)
    dead = "{{< foo >}}" if target.startswith("hugo") else "{% foo %}"
    for body, harms in ((dead, {"dies"}), ("text", set())):
        content = f"{HEADER}<p>{body}</p>".encode()
        assert damage(target, "a.html", content, build_alone(target, "a.html", content)) == harms
