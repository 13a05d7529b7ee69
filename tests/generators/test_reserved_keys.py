"""Keys that harm a post: each case was measured, and is built here where the generator is there."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
from renderers import eleventy, hugo, jekyll

from newslint import Project, check_text
from newslint.config.loader import layer_from_option
from newslint.generators import reserved_keys, yaml
from newslint.generators.effects import Effect

LOST, DROPPED, DIES = Effect.POST_LOST, Effect.DROPPED, Effect.SITE_DIES
WRONG, SKIPPED = Effect.WRONG, Effect.SKIPPED

CASES = [
    ("hexo", "content: x", WRONG),
    ("hexo", "content:", LOST),
    ("hexo", "excerpt:", LOST),
    ("hexo", "_id: 5", LOST),
    ("hexo", "permalink: 5", LOST),
    ("hexo", "permalink: [a]", LOST),
    ("hexo", "categories: {a: b}", WRONG),
    ("hexo", "layout: nope", None),
    ("hexo", "source: x", None),
    ("hexo", "_content: x", None),
    ("jekyll", "permalink: 5", DIES),
    ("jekyll", "slug: [a]", DIES),
    ("jekyll", "permalink: /:nope/x/", DIES),
    ("jekyll", "permalink: /:year/:title/", None),
    ("jekyll", "permalink: ''", None),
    ("jekyll", "categories: 5", DROPPED),
    ("jekyll", "categories: {a: b}", DROPPED),
    ("jekyll", "layout: 5", WRONG),
    ("jekyll", "published:", SKIPPED),
    ("jekyll", "content: x", None),
    ("jekyll", "tags: {a: b}", Effect.WRONG),
    ("jekyll", "excerpt: [x]", None),
    ("hugo", "_build: 5", DIES),
    ("hugo", "outputs: nope", DIES),
    ("hugo", "outputs: [json]", SKIPPED),
    ("hugo", "outputs: html", None),
    ("hugo", "url: http://example.org/a", DIES),
    ("hugo", "markup: rst", DIES),
    ("hugo", "published:", SKIPPED),
    ("hugo", "categories: 5", None),
    ("hugo", "weight: x", None),
    ("hugo", "menu: {main: 5}", None),
    ("hugo", "draft: maybe", None),
    ("eleventy", "content: x", DIES),
    ("eleventy", "collections: x", DIES),
    ("eleventy", "page: x", DIES),
    ("eleventy", "page: {url: /x/}", DIES),
    ("eleventy", "page: {lang: en}", None),
    ("eleventy", "eleventy: {a: b}", DIES),
    ("eleventy", "eleventy: x", None),
    ("eleventy", "pagination: x", DIES),
    ("eleventy", "pagination: {data: title, size: 1}", DIES),
    ("eleventy", "permalink: 5", DIES),
    ("eleventy", "permalink: xyz", DIES),
    ("eleventy", "permalink: /x/", None),
    ("eleventy", "permalink: test.txt", None),
    ("eleventy", "permalink: {a: b}", SKIPPED),
    ("eleventy", 'permalink: "a{{"', DIES),
    ("eleventy", "layout: 5", DIES),
    ("eleventy", "tags: 5", DIES),
    ("eleventy", "tags: true", DIES),
    ("eleventy", "tags: a", None),
    ("eleventy", "templateEngineOverride: nope", DIES),
    ("eleventy", "draft: true", None),
]
BUILDERS: dict[str, ModuleType] = {"jekyll": jekyll, "hugo": hugo, "eleventy": eleventy}


def header(line: str) -> str:
    return f"title: The title\ndate: 2021-12-02 10:00:00\n{line}\n"


@pytest.mark.parametrize(("target", "line", "outcome"), CASES)
def test_what_a_key_does(target: str, line: str, outcome: Effect | None) -> None:
    data = yaml.load(header(line), target)
    assert data is not None
    problems = reserved_keys.key_problems(data, target)
    assert [problem.outcome for problem in problems] == ([outcome] if outcome else [])
    assert all(problem.key == line.partition(":")[0] and problem.message for problem in problems)


@pytest.mark.parametrize(
    ("target", "line", "outcome"), [case for case in CASES if case[0] in BUILDERS]
)
def test_the_generator_does_so(target: str, line: str, outcome: Effect | None) -> None:
    builder = BUILDERS[target]
    if reason := builder.available():
        pytest.skip(reason)
    post = f"---\n{header(line)}---\n<p>Text</p>\n".encode()
    result = builder.build(
        {"a.md": post, "b.md": b"---\ntitle: B\ndate: 2021-12-02\n---\n<p>B</p>\n"}
    )
    page = result.pages.get("a.md")
    assert (result.exit_code != 0) == (outcome is DIES), result.log
    if outcome is SKIPPED:
        assert page is None
    elif outcome is not DIES:
        assert page is not None
        assert "<p>Text</p>" in page.article
        if not line.startswith("tags"):  # the layout shows none
            assert (page.title == "The title") == (outcome is None)


@pytest.mark.parametrize(
    ("target", "line", "ignored", "hidden"),
    [
        ("hexo", "draft: true", ["draft"], False),
        ("hexo", "published: false", [], True),
        ("hexo", "published: 'false'", [], True),
        ("hexo", "published: no", ["published"], False),
        ("hexo", "published: true", [], False),
        ("jekyll", "draft: yes", ["draft"], False),
        ("jekyll", "published: no", [], True),
        ("jekyll", "published: 'false'", ["published"], False),
        ("hugo", "draft: true", [], True),
        ("hugo", "draft: 'true'", [], True),
        ("hugo", "draft: 'yes'", ["draft"], False),
        ("hugo", "published: false", [], True),
        ("eleventy", "draft: true", ["draft"], False),
        ("eleventy", "published: false", ["published"], False),
        ("eleventy", "permalink: false", [], True),
        ("eleventy", "draft: false", [], False),
        ("html", "draft: true", [], False),
    ],
)
def test_which_switches_hide_a_post(
    target: str, line: str, ignored: list[str], hidden: bool
) -> None:
    data = yaml.load(header(line), target)
    assert data is not None
    assert [key for key, _ in reserved_keys.ignored_switches(data, target)] == ignored
    assert reserved_keys.hides(data, target) == hidden


@pytest.mark.parametrize(
    ("permalink", "escapes"),
    [
        ("/a/../../x/", True),
        ("../x", True),
        ("..\\..\\x/", True),
        ("a/../b/", False),
        ("/a/..b/", False),
        ("/2021/a.html?x=/../../..", False),
    ],
)
def test_only_hexo_writes_outside_of_its_folder(permalink: str, escapes: bool) -> None:
    assert reserved_keys.escaping_permalink({"permalink": permalink}, "hexo") == (
        "permalink" if escapes else None
    )
    for target in ("jekyll", "hugo", "eleventy", "html"):
        assert reserved_keys.escaping_permalink({"permalink": permalink}, target) is None


@pytest.mark.parametrize(
    ("line", "stops_2", "stops_3"),
    [
        ("content: x", False, True),
        ("collections: x", False, True),
        ("page: x", True, True),
        ("page: {url: /x/}", False, True),
        ("page: {foo: 1}", False, False),
        ("eleventy: {a: 1}", False, True),
        ("permalink: a/b", False, True),
        ("permalink: 5", False, True),
        ("permalink: true", True, True),
        ("permalink: []", True, True),
        ("tags: 5", True, True),
        ("layout: 5", True, True),
        ("a: 1\n\tb: 2", False, True),
    ],
)
def test_what_stops_eleventy_2_and_what_stops_3(line: str, stops_2: bool, stops_3: bool) -> None:
    """Built with 2.0.1 and 3.1.8."""
    text = f"---\ntitle: A title\n{line}\ndate: 2021-01-01\n---\n<p>Text</p>\n"
    for target, stops in (("eleventy@2", stops_2), ("eleventy@3", stops_3), ("eleventy", stops_3)):
        last = tuple(
            layer_from_option(option, Path("/site"))
            for option in (f"target={target}", "schema={preset='minimal'}", "select=['FM']")
        )
        project = Project(Path("/site"), isolated=True, last=last)
        found = [one.finding for one in check_text(text, "posts/a.md", project)]
        assert any(one.severity == "error" for one in found) == stops, (target, found)
