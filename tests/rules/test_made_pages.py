"""Pages that templates make, and pages that are no HTML, are not judged as a scraped post is."""

from __future__ import annotations

import pytest
from generators.memory_files import post_in, site_of

from newslint import Finding
from newslint.core.source import Source
from newslint.generators import Target
from newslint.linter.engine import lint
from newslint.linter.ruleset import RuleSet
from newslint.post.post import Post
from newslint_rules.front_matter.invalid_date import InvalidDate
from newslint_rules.front_matter.markup_in_title import MarkupInTitle
from newslint_rules.front_matter.missing_front_matter import MissingFrontMatter
from newslint_rules.images.no_referrer import NoReferrer
from newslint_rules.markup.duplicate_attribute import DuplicateAttribute
from newslint_rules.markup.duplicate_id import DuplicateId
from newslint_rules.markup.misnested_element import MisnestedElement
from newslint_rules.markup.stray_end_tag import StrayEndTag
from newslint_rules.markup.swallows_page import SwallowsPage
from newslint_rules.markup.unclosed_element import UnclosedElement
from newslint_rules.security.base_or_refresh import BaseOrRefresh
from newslint_rules.text.empty_body import EmptyBody

RULES = RuleSet(
    [UnclosedElement(), StrayEndTag(), MisnestedElement(), DuplicateAttribute(), DuplicateId(),
     SwallowsPage(), NoReferrer(), BaseOrRefresh(), EmptyBody()]
)  # fmt: skip
PAGES = {"jekyll": "archive.html", "hexo": "source/archive/index.html"}
POSTS = {"jekyll": "_posts/2021-01-02-a.html", "hexo": "source/_posts/a.html"}


def codes(target: str, path: str, body: str, header: str = "title: a\n") -> list[str]:
    return [one.code for one in findings(target, path, body, header)]


def findings(
    target: str, path: str, body: str, header: str = "title: a\n", **files: str
) -> list[Finding]:
    text = f"---\n{header}---\n{body}\n"
    site = site_of(target, {"_config.yml": "title: a\n", path: text, **files})
    post = post_in(site, path, text)
    return lint(post, RULES)


@pytest.mark.parametrize("target", PAGES)
@pytest.mark.parametrize(
    "body",
    [
        "<ul>{% for a in site.posts %}{% if a.x %}</ul><ul>{% endif %}<li>b</li>{% endfor %}</ul>",
        "{% unless a %}<div>{% endunless %}<p>b</p>{% unless a %}</div>{% endunless %}",
        "{% include head.html %}<p>b</p></div>",
        '<p {% if a %}class="b"{% else %}class="c"{% endif %}>b</p>',
        '{% if a %}<p id="a">b</p>{% else %}<p id="a">c</p>{% endif %}',
    ],
)
def test_a_page_whose_tags_depend_on_templates_is_not_judged_for_balance(
    target: str, body: str
) -> None:
    assert codes(target, PAGES[target], body) == []


@pytest.mark.parametrize("target", PAGES)
@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<p>b</p></div>", "HTML002"),
        ("<div><p>{{ page.title }}</p>", "HTML001"),
        ("{% raw %}{% if a %}{% endraw %}<p>b</p></div>", "HTML002"),
        ("{% if a %}<p>b</p>{% endif %}<!-- c", "HTML011"),
    ],
)
def test_the_tags_of_other_pages_are_judged(target: str, body: str, code: str) -> None:
    assert codes(target, PAGES[target], body) == [code]


@pytest.mark.parametrize("body", ["<p>b</p></div>", "<div><p>b</p>"])
@pytest.mark.parametrize(
    ("path", "severity"),
    [("about.html", "warning"), ("about.md", "error"), ("_posts/2021-01-02-a.html", "error")],
)
def test_a_page_may_share_an_element_with_its_layout(path: str, body: str, severity: str) -> None:
    assert [one.severity.value for one in findings("jekyll", path, body)] == [severity]


@pytest.mark.parametrize("target", POSTS)
def test_an_include_in_a_post_excuses_no_stray_tag(target: str) -> None:
    assert codes(target, POSTS[target], "{% include a.html %}<p>b</p></div>") == ["HTML002"]


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("layout: null\n", '<?xml version="1.0"?>\n<feed><link href="/a"/><a>\n</feed>'),
        (
            "permalink: /atom.xml\n",
            '<link href="/a"/><entry><img src="https://a.cn/1.png"></entry>',
        ),
        ("permalink: /search.json\n", '[{"html": "<div><link href=x>"}]'),
        ("permalink: /robots.txt\n", ""),
    ],
)
def test_a_page_that_is_built_to_no_html_has_no_findings_about_html(header: str, body: str) -> None:
    assert codes("jekyll", "feed.html", body, header) == []


@pytest.mark.parametrize(
    "header", ["title: a\n", "permalink: /about.html\n", "permalink: /v1.0/\n"]
)
def test_other_addresses_are_those_of_html(header: str) -> None:
    assert codes("jekyll", "about.html", "<p>b</p></div>", header) == ["HTML002"]


def test_kramdown_reads_a_tag_to_its_end_over_lines() -> None:
    body = "<video\n  src='/a.mp4'\n  ><!-- none --></video>"
    assert codes("jekyll", "_posts/2021-01-02-a.md", body) == []
    assert codes("jekyll", "_posts/2021-01-02-a.md", f"{body}</video>") == ["HTML002"]


@pytest.mark.parametrize(("version", "found"), [("^0.3.2", []), ("^1.0.0", ["HTML001"])])
def test_marked_0_3_reads_inline_code_in_a_block_of_html(version: str, found: list[str]) -> None:
    package = f'{{"dependencies": {{"hexo": "3", "hexo-renderer-marked": "{version}"}}}}'
    for body in ('<p class="tip">The `<select>` element.</p>', "<div>\nA `<b>` here.\n</div>"):
        told = findings("hexo", "source/_posts/a.md", body, **{"package.json": package})
        assert [one.code for one in told] == found


def test_marked_0_3_reads_no_code_in_pre() -> None:
    package = {"package.json": '{"dependencies": {"hexo-renderer-marked": "0.3.2"}}'}
    told = findings("hexo", "source/_posts/a.md", "<pre>\n`<b>`\n</pre>", **package)
    assert [one.code for one in told] == ["HTML001"]


def test_hexo_reads_switches_above_a_rule_as_front_matter() -> None:
    for text, found in (("index: true\n---\nText\n", []), ("Note: a b\n---\nText\n", ["FM001"])):
        path = "source/index.md"
        site = site_of("hexo", {"_config.yml": "title: a\n", path: text})
        post = post_in(site, path, text)
        assert [one.code for one in lint(post, RuleSet([MissingFrontMatter()]))] == found


@pytest.mark.parametrize(("target", "shown"), [("jekyll", True), ("hexo", False)])
def test_markup_in_a_title_of_jekyll_depends_on_the_theme(target: str, shown: bool) -> None:
    source = Source.from_text("---\ntitle: C&oacute;mo\n---\nText\n")
    (found,) = lint(Post(source, "a.md", Target(target)), RuleSet([MarkupInTitle()]))
    assert found.message.endswith("if the theme escapes it") is shown


@pytest.mark.parametrize(
    ("target", "date", "impact"),
    [
        ("jekyll", "yesterday noon", "build"),
        ("jekyll", "2017-02-10 00:10::00 -03:00", "content"),
        ("jekyll", "2021-02-30 10:00:00", "content"),
        ("hexo", "yesterday noon", "content"),
    ],
)
def test_a_date_that_is_read_as_another_one_stops_no_build(
    target: str, date: str, impact: str
) -> None:
    source = Source.from_text(f"---\ntitle: a\ndate: {date}\n---\nText\n")
    (found,) = lint(Post(source, "a.md", Target(target)), RuleSet([InvalidDate()]))
    assert found.impact is not None
    assert found.impact.value == impact
