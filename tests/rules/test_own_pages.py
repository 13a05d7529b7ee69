"""Code in a page of the site is the owner's; in a post it came along with what was scraped."""

from __future__ import annotations

import pytest
from generators.memory_files import post_in, site_of

from newslint.linter.engine import lint
from newslint.linter.ruleset import RuleSet
from newslint_rules.security.base_or_refresh import BaseOrRefresh
from newslint_rules.security.event_handler import EventHandler
from newslint_rules.security.script import Script
from newslint_rules.security.script_url import ScriptUrl

RULES = RuleSet([Script(), EventHandler(), ScriptUrl(), BaseOrRefresh()])
CODE = [
    ("SEC001", "<script>go()</script>"),
    ("SEC002", '<p onclick="go()">a</p>'),
    ("SEC003", '<a href="javascript:go()">a</a>'),
    ("SEC005", '<meta http-equiv="refresh" content="0;url=/b/">'),
]
UNSAFE = "[markup.goldmark.renderer]\nunsafe = true\n[security]\nallowContent = ['.*']\n"
PLACES = [
    ("jekyll", {"_config.yml": "title: a\n"}, "about.html", "_posts/2021-01-02-a.html"),
    ("hexo", {"_config.yml": "title: a\n"}, "source/about/index.html", "source/_posts/a.html"),
    (
        "jekyll",
        {"_config.yml": "collections: {c: {output: true}}\n"},
        "_c/a.html",
        "_c/2021-01-02-a.html",
    ),
    ("hugo", {"hugo.toml": UNSAFE}, "content/page/a.html", "content/news/a.html"),
    ("eleventy", {"eleventy.config.js": "\n"}, "pages/me/a.html", "news/a.html"),
]


@pytest.mark.parametrize(("code", "body"), CODE)
@pytest.mark.parametrize(("target", "files", "page", "post"), PLACES)
def test_code_is_a_warning_in_a_page_and_an_error_in_a_post(
    target: str, files: dict[str, str], page: str, post: str, code: str, body: str
) -> None:
    text = f"---\ntitle: a\n---\n{body}\n"
    found = {}
    for path in (page, post):
        site = site_of(target, {**files, path: text})
        (found[path],) = lint(post_in(site, path, text), RULES)
    assert (found[page].code, found[page].severity.value) == (code, "warning")
    assert "of the site's own" in found[page].message
    assert (found[post].code, found[post].severity.value) == (code, "error")


@pytest.mark.parametrize(
    ("field", "severity"),
    [("date: 2021-01-02", "error"), ("mood: x", "warning"), ("a:\n  date: 2021-01-02", "warning")],
)
def test_a_document_of_a_collection_with_a_date_is_a_post(field: str, severity: str) -> None:
    path = "_c/a.html"
    text = f"---\ntitle: a\n{field}\n---\n<script>go()\ndate: x</script>\n"
    site = site_of("jekyll", {"_config.yml": "collections: {c: {output: true}}\n", path: text})
    post = post_in(site, path, text)
    assert [one.severity.value for one in lint(post, RULES)] == [severity]


@pytest.mark.parametrize(("kind", "severity"), [("page", "warning"), ("news", "error")])
def test_hugo_takes_a_file_in_a_section_for_a_page_by_its_type(kind: str, severity: str) -> None:
    path = "content/news/a.html"
    text = f"---\ntitle: a\ntype: {kind}\n---\n<script>go()</script>\n"
    site = site_of("hugo", {"hugo.toml": UNSAFE, path: text})
    post = post_in(site, path, text)
    assert [one.severity.value for one in lint(post, RULES)] == [severity]


@pytest.mark.parametrize("kind", ["[page]", "{page: 1}", "5", "~", ""])
def test_a_type_that_is_no_text_makes_no_page(kind: str) -> None:
    path = "content/news/a.html"
    text = f"---\ntitle: a\ntype: {kind}\n---\n<script>go()</script>\n"
    site = site_of("hugo", {"hugo.toml": UNSAFE, path: text})
    post = post_in(site, path, text)
    assert [(one.code, one.severity.value) for one in lint(post, RULES)] == [("SEC001", "error")]
