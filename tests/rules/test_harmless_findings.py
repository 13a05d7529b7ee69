"""Findings that cost readers nothing, or only with some themes, and say so."""

from __future__ import annotations

import pytest

from newslint import Finding, Impact, Post, Severity
from newslint.core.source import Source
from newslint.generators import Target
from newslint.linter import registry
from newslint.linter.engine import lint
from newslint.linter.ruleset import RuleSet


def found(code: str, text: str, target: str = "hexo", name: str = "a.html") -> list[Finding]:
    post = Post(Source.from_text(text), name, Target.parse(target))
    return lint(post, RuleSet([registry.rules()[code]()]))


@pytest.mark.parametrize("tag", ["img", "source", "b", "p", "br"])
def test_an_end_tag_that_browsers_pass_over_costs_readers_nothing(tag: str) -> None:
    (finding,) = found("HTML002", f"<p>one</p>\n<div>two</{tag}></div>\n")
    assert (finding.severity, finding.impact) == (Severity.WARNING, Impact.HOUSE)


def test_an_end_tag_that_closes_the_layout_costs_readers_a_part_of_the_page() -> None:
    (finding,) = found("HTML002", "<p>one</p></div>\n")
    assert (finding.severity, finding.impact) == (Severity.ERROR, Impact.CONTENT)


@pytest.mark.parametrize(
    ("form", "leaves", "impact"),
    [
        ('<form action="https://a.cn/q"><input></form>', True, Impact.SECURITY),
        ('<form action="//a.cn/q"><input></form>', True, Impact.SECURITY),
        ('<form><button formaction="https://a.cn/q">x</button></form>', True, Impact.SECURITY),
        ("<form><input></form>", False, Impact.HOUSE),
        ('<form action="/search"><input></form>', False, Impact.HOUSE),
        ('<form><input type="password"></form>', False, Impact.SECURITY),
    ],
)
def test_a_form_is_said_to_leave_the_site_where_it_does(
    form: str, leaves: bool, impact: Impact
) -> None:
    (finding,) = found("SEC007", f"<p>x</p>\n{form}\n")
    assert ("to another site" in finding.message) == leaves
    assert finding.impact is impact


@pytest.mark.parametrize(
    ("target", "depends"),
    [("hexo", False), ("hugo", False), ("jekyll", True), ("eleventy", True)],
)
def test_whether_readers_see_an_entity_of_a_title_depends_on_the_theme_where_liquid_prints_it(
    target: str, depends: bool
) -> None:
    (finding,) = found("FM015", "---\ntitle: 'A &#8211; B'\n---\n<p>x</p>\n", target)
    assert ("if the theme escapes it" in finding.message) == depends
