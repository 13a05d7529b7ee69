"""Markdown: where HTML becomes code or changes, and what the fix does."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from inputs import FEED_POST, HEXO

from newslint import Safety
from newslint.core.source import Source
from newslint.generators import Target
from newslint.linter.edits import apply
from newslint.linter.engine import lint
from newslint.linter.ruleset import RuleSet
from newslint.post.post import Post
from newslint_rules.markdown.html_as_code import HtmlAsCode
from newslint_rules.markdown.html_broken_by_markdown import HtmlBrokenByMarkdown


def found(text, path="post.md", target="hexo"):
    post = Post(Source.from_text(text), PurePosixPath(path), Target.parse(target))
    return lint(post, RuleSet([HtmlAsCode(), HtmlBrokenByMarkdown()]))


INDENTED = "---\ntitle: x\n---\n\n<div>\n<p>a</p>\n\n    <p>b</p>\n\n    <p>c</p>\n</div>\n"


@pytest.mark.parametrize(
    ("target", "codes"),
    [
        ("hexo", ["MD001"]),
        ("hexo@5", ["MD001"]),
        ("hugo", ["MD001"]),
        ("jekyll", []),
        ("html", []),
    ],
)
def test_indented_html_is_code_where_the_renderer_makes_it_code(target, codes) -> None:
    assert sorted({f.code for f in found(INDENTED, target=target)}) == codes


def test_an_html_file_meets_no_markdown() -> None:
    assert found(INDENTED, path="post.html") == []


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_hexo_makes_a_code_block_of_fences_in_an_html_file_too(end: str) -> None:
    text = "---\ntitle: x\n---\n<div>\n~~~ sh\na b\n~~~\n</div>\n".replace("\n", end)
    assert [f.code for f in found(text, path="post.html")] == ["MD002"]
    assert found(text, path="post.html", target="hugo") == []


def test_the_place_is_the_first_start_tag_that_becomes_code() -> None:
    finding = found(INDENTED)[0]
    assert INDENTED.startswith("<p>b</p>", finding.span.start)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_fix_takes_the_indentation_away_and_nothing_else(end: str) -> None:
    text = INDENTED.replace("\n", end)
    findings = found(text)
    # The fix guard calls it unsafe: what was code becomes markup.
    assert all(f.fix.safety is Safety.UNSAFE for f in findings)
    after, _ = apply(text, [f.fix for f in findings])
    assert after == text.replace("    <p>", "<p>")
    assert found(after) == []


def test_text_after_a_blank_line_is_markdown_and_said_once() -> None:
    text = "<div>\n<p>a</p>\n\nsome *text*, https://a.cn\n\n</div>\n"
    (finding,) = found(text)
    assert (finding.code, finding.fix) == ("MD002", None)
    assert text.startswith("some", finding.span.start)


@pytest.mark.parametrize(
    "text", ["# Title\n\n    <p>sample</p>\n", "Some *text* <b>here</b>.\n", "", "\n", "\x00"]
)
def test_markdown_by_intention_is_left_alone(text: str) -> None:
    assert [f for f in found(text) if f.code == "MD001"] == []


def test_a_body_too_long_to_look_at_is_said_so_and_is_no_warning() -> None:
    findings = found("a *b*\n\n" * 200_000)
    assert [f.severity.value for f in findings] in ([], ["info"])


def test_the_style_block_of_a_feeds_post_is_html_as_code() -> None:
    text = FEED_POST.read_text(encoding="utf-8")
    (finding,) = found(text)
    assert finding.code == "MD001"
    assert text.startswith("<style>", finding.span.start)
    after, _ = apply(text, [finding.fix])
    assert found(after) == []
    assert after.replace(" ", "") == text.replace(" ", "")


def test_nothing_is_said_of_posts_written_in_markdown() -> None:
    for path in HEXO.posts():
        assert found(path.read_text(encoding="utf-8")) == [], path
