"""Keys that harm a post: each case was measured, and is built here where the generator is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from renderers.generators import available, builder

from newslint import Project, check_text
from newslint.config.loader import layer_from_option
from newslint.generators import Target, reserved_keys, yaml
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
    ("hugo@0.111", "_build: 5", DIES),
    ("hugo@0.111", "outputs: nope", DIES),
    ("hugo@0.111", "outputs: [json]", SKIPPED),
    ("hugo@0.111", "outputs: html", None),
    ("hugo@0.111", "url: http://example.org/a", DIES),
    ("hugo@0.111", "markup: rst", DIES),
    ("hugo@0.111", "published:", SKIPPED),
    ("hugo@0.111", "categories: 5", None),
    ("hugo@0.111", "weight: x", None),
    ("hugo@0.111", "menu: {main: 5}", None),
    ("hugo@0.111", "draft: maybe", None),
    *(
        ("hugo@0.168", line, DIES)
        for line in (
            "_build: {list: never}",
            "build: x",
            "build: []",
            "params: x",
            "params: []",
            "cascade: x",
            "cascade: {lang: de}",
            "sites: x",
            "sitemap: {priority: high}",
            "sitemap: {disable: x}",
            "markup: mmark",
            "markup: rst",
            "url: ':foo'",
            "url: http://example.org/a",
            "outputs: nope",
            "aliases: [http://example.org/]",
            "aliases: [/]",
            "aliases: ['..']",
        )
    ),
    *(
        ("hugo@0.168", line, None)
        for line in (
            "build: {list: never}",
            "build:",
            "params: {a: b}",
            "params:",
            "cascade: []",
            "sites: {a: b}",
            "sitemap: 5",
            "sitemap: {priority: '0.5'}",
            "markup: goldmark",
            "url: ':slug'",
            "path: x",
            "aliases: [a]",
            "menu: x",
        )
    ),
    ("hugo@0.162", "path: x", DIES),
    ("hugo@0.162", "kind: x", DIES),
    ("hugo@0.152", "kind: page", None),
    ("hugo@0.152", "sites: x", None),
    ("hugo@0.152", "params:", DIES),
    ("hugo@0.152", "_build: {list: never}", None),
    ("hugo@0.152", "kind: nope", DIES),
    ("hugo@0.152", "kind: home", SKIPPED),
    ("hugo@0.152", "kind: PAGE", None),
    ("hugo@0.152", "kind:", None),
    ("hugo@0.111", "kind: nope", None),
    ("hugo@0.168", "kind: nope", None),
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
    ("eleventy", "tags: 0", None),
    ("eleventy@2", "tags: 0", DIES),
    ("eleventy@2", "tags: false", DIES),
    ("eleventy@2", "tags:", None),
    ("eleventy@2", "permalink: [a, b]", None),
    ("eleventy@2", "permalink: 2021-01-01", None),
    ("eleventy@2", "permalink: []", DIES),
    ("eleventy@2", "permalink: ['{{ x']", DIES),
    ("eleventy", "permalink: [a]", DIES),
    ("eleventy", "permalink: /x/", None),
    ("eleventy", "permalink: test.txt", None),
    ("eleventy", "permalink: {a: b}", SKIPPED),
    ("eleventy", 'permalink: "a{{"', DIES),
    ("eleventy", "layout: 5", DIES),
    ("eleventy", "tags: 5", DIES),
    ("eleventy", "tags: true", DIES),
    ("eleventy", "tags: a", None),
    ("eleventy", "templateEngineOverride: nope", DIES),
    ("eleventy", "templateEngineOverride: 'false'", DIES),
    ("eleventy", "templateEngineOverride: [njk]", DIES),
    ("eleventy", "templateEngineOverride: njk,liquid", DIES),
    ("eleventy", "templateEngineOverride: Md, NJK", None),
    ("eleventy", "templateEngineOverride: false", None),
    ("eleventy@2", "templateEngineOverride: ejs", None),
    ("eleventy", "draft: true", None),
]


def header(line: str) -> str:
    return f"title: The title\ndate: 2021-12-02 10:00:00\n{line}\n"


@pytest.mark.parametrize(("target", "line", "outcome"), CASES)
def test_what_a_key_does(target: str, line: str, outcome: Effect | None) -> None:
    name, version = Target.parse(target)
    data = yaml.load(header(line), name, version)
    assert data is not None
    problems = reserved_keys.key_problems(data, name, version)
    assert [problem.outcome for problem in problems] == ([outcome] if outcome else [])
    assert all(problem.key == line.partition(":")[0] and problem.message for problem in problems)


SINCE = [
    ("build: x", {111: None, 131: DIES}),
    ("kind: nope", {111: None, 131: DIES, 152: DIES, 153: None, 159: DIES, 164: DIES, 165: None}),
    ("path: x", {158: None, 159: DIES, 164: DIES, 165: None}),
    ("cascade: x", {111: None, 131: DIES, 152: DIES, 153: None, 157: None, 158: DIES}),
    ("_build: {list: never}", {159: None, 160: DIES}),
    ("cascade: [{target: {lang: en}, a: b}]", {162: None, 168: DIES}),
    ("cascade: {_target: {Lang: en}, a: b}", {162: None, 168: DIES}),
    ("cascade: {target: {kind: page}, lang: en}", {153: None, 158: DIES}),
    ("cascade: {target: {kind: page, lang: ''}, a: b}", {168: None}),
]


@pytest.mark.parametrize(("line", "outcomes"), SINCE)
def test_what_a_key_does_changes_with_the_version_of_hugo(
    line: str, outcomes: dict[int, Effect | None]
) -> None:
    for minor, outcome in outcomes.items():
        version = (0, minor)
        data = yaml.load(header(line), "hugo", version)
        assert data is not None
        problems = reserved_keys.key_problems(data, "hugo", version)
        assert {problem.outcome for problem in problems} == ({outcome} if outcome else set()), minor


@pytest.mark.parametrize(
    ("line", "minors"),
    [
        ("true: x", [152]),
        ("1.5: x", [152]),
        ("'true': x", []),
        ("!!str true: x", []),
        ("1: x", []),
        ("yes: x", []),
    ],
)
def test_hugo_152_wants_keys_that_are_text(line: str, minors: list[int]) -> None:
    text = f"---\n{header(line)}---\nText\n"

    def stops(target: str) -> bool:
        project = Project(
            Path("/s"), isolated=True, last=(layer_from_option(f"target={target}", Path("/s")),)
        )
        found = check_text(text, "content/posts/a.md", project)
        return any("in quotes" in one.finding.message for one in found)

    assert [minor for minor in (151, 152, 153, 168) if stops(f"hugo@0.{minor}")] == minors
    assert stops("hugo") == bool(minors)


@pytest.mark.parametrize(
    ("target", "line", "outcome"), [case for case in CASES if not case[0].startswith("hexo")]
)
def test_the_generator_does_so(target: str, line: str, outcome: Effect | None) -> None:
    if reason := available(target):
        pytest.skip(reason)
    post = f"---\n{header(line)}---\n<p>Text</p>\n".encode()
    result = builder(target)(
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
        ("hugo@0.111", "draft: true", [], True),
        ("hugo@0.111", "draft: 'true'", [], True),
        ("hugo@0.111", "draft: 'yes'", ["draft"], False),
        ("hugo@0.111", "published: false", [], True),
        ("hugo@0.111", "draft: yes", [], True),
        ("hugo@0.168", "draft: yes", ["draft"], False),
        ("hugo", "draft: yes", ["draft"], False),
        ("hugo@0.111", "headless: true", [], False),
        ("hugo@0.168", "headless: true", [], True),
        ("hugo", "headless: true", ["headless"], False),
        ("hugo@0.131", "headless: true", [], True),
        ("hugo@0.131", "published: false", [], True),
        ("hugo", "published: false", [], False),
        ("hugo@0.168", "build: {render: never}", [], True),
        ("hugo@0.168", "build: {list: never}", [], False),
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
    name, version = Target.parse(target)
    data = yaml.load(header(line), name, version)
    assert data is not None
    assert [key for key, _ in reserved_keys.ignored_switches(data, name, version)] == ignored
    assert reserved_keys.hides(data, name, version) == hidden


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
def test_hexo_writes_outside_of_its_folder(permalink: str, escapes: bool) -> None:
    assert reserved_keys.escaping_permalink({"permalink": permalink}, "hexo") == (
        "permalink" if escapes else None
    )
    for target in ("jekyll", "hugo", "html"):
        assert reserved_keys.escaping_permalink({"permalink": permalink}, target) is None


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({"permalink": "../x.html"}, "permalink"),
        ({"permalink": "a/../../x.html"}, "permalink"),
        ({"permalink": "{{ title }}/../../x.html"}, "permalink"),
        ({"permalink": {"build": "../../x.html"}}, "permalink"),
        ({"permalink": "x.html", "permalinkBypassOutputDir": True}, "permalinkBypassOutputDir"),
        ({"permalink": "/../x.html"}, None),
        ({"permalink": "..\\..\\x.html"}, None),
        ({"permalink": "a/../x.html"}, None),
        ({"permalink": False, "permalinkBypassOutputDir": True}, None),
    ],
)
def test_eleventy_writes_outside_of_its_folder(data, key) -> None:
    """Measured with Eleventy 3.1.8."""
    assert reserved_keys.escaping_permalink(data, "eleventy") == key


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
