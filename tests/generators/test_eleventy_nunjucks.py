"""What is said of Nunjucks in Eleventy is what Eleventy does: by table, and by building."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from renderers import eleventy

from newslint import Finding, Severity, check_text, fix_text
from newslint.config.loader import layer_from_option
from newslint.config.project import Project
from newslint.files.discovery import discover

OWN = """export default function (config) {
  config.addShortcode("card", (t) => `<b>${t}</b>`);
  config.addPairedShortcode("box", (c, t) => `<div>${t}${c}</div>`);
  config.addNunjucksGlobal("hello", () => "hi");
  config.addFilter("shout", (t) => String(t).toUpperCase());
  config.addLiquidFilter("whisper", (t) => t);
  config.addFilter("first", (t) => "mine");
  config.addBundle("css");
  config.addGlobalData("place", { name: "here" });
}
"""
MORE = {
    "own.js": OWN,
    "_includes/base.njk": "<i>{% block a %}base{% endblock %}</i>",
    "_includes/part.njk": "PART",
    "_includes/macros.njk": "{% macro m(a) %}[{{ a }}]{% endmacro %}",
    "_data/site.json": '{"name": "S"}',
    "posts/plain.txt": "PLAIN",
}
HEADER = """---
title: T
date: 2021-01-01
words: [a]
number: 3
pairs: {a: b}
nothing: null
---
"""
DIES, WORKS, TEXT = "dies", "works", "text"
"""The build stops; the template does what its author wants; it is no template."""
LOST = "lost"
"""It is run, and what a reader should see is gone."""

BODIES = [
    # Text and comments
    ("a { b } \\ %} }} c", TEXT),
    ("&#123;{ title }}", TEXT),
    ("a {# b #} c", LOST),
    ("a {#main c", DIES),
    ("a #} b", DIES),
    ("{% comment %}a{% endcomment %}", DIES),
    ("<!-- {{ x | nope }} -->", DIES),
    ("<pre><code>{{ x }}</code></pre>", LOST),
    ("{% raw %}{{ x }} {# c #}{% endraw %}", WORKS),
    ("{% verbatim %}{{ x }}{% endverbatim %}", WORKS),
    ("{% raw %}{{ x }}{%- endraw %}", DIES),
    ("# for a in b", TEXT),
    # Names
    ("a {{ x }} b", LOST),
    ("a {{ x.y.z }} b", LOST),
    ("{{ title }} {{ place.name }} {{ site.name }} {{ page.url }}", WORKS),
    ("{{ x() }}", DIES),
    ("{{ title() }}", DIES),
    ("{{ card('x') }}", DIES),
    ("{{ hello() }}", WORKS),
    ("{{ super() }}", DIES),
    ("{{ first name }}", DIES),
    ("{{ x ? y : z }}", DIES),
    ("{{ }}", DIES),
    ("{{#if x}}a{{/if}}", DIES),
    # Filters
    ("{{ 'a' | shout }}", WORKS),
    ("{{ title | slugify }} {{ '/a' | url }} {{ title | upper }}", WORKS),
    ("{{ title | nope }}", DIES),
    ("{{ title | upcase }}", DIES),
    ("{{ title | whisper }}", DIES),
    ("{{ title | htmlBaseUrl }}", DIES),
    ("{{ x | trim }}", DIES),
    ("{{ x | first }} b", LOST),
    ("{{ words | upper }}", DIES),
    ("{{ number | url }}", DIES),
    ("{{ nothing | inputPathToUrl }}", DIES),
    ("{{ number | getPreviousCollectionItem }}", DIES),
    ("{{ title | log }} {{ nothing | url }} {{ pairs | slug }}", WORKS),
    ("{% for a in words %}{{ a | nope }}{% endfor %}", DIES),
    ("{% if false %}{{ title | trim }}{% endif %}", LOST),
    ("{{ title | sum('a') }}", WORKS),
    ("{{ none | replace('a', 'b') }}", LOST),
    # Tags
    ("{% foo %}", DIES),
    ("{% if title %}a", DIES),
    ("{% if title %}a{% elif number | upper %}b{% endif %}", WORKS),
    ("{% set v = 1 %}{{ v }}", WORKS),
    ("{% set v %}a{% endset %}{{ v }}", WORKS),
    ("{% assign v = 1 %}", DIES),
    ("{% macro m(a) %}<i>{{ a }}</i>{% endmacro %}{{ m(1) }}", WORKS),
    ("{% filter upper %}a{% endfilter %}", WORKS),
    ("{% filter nope %}a{% endfilter %}", DIES),
    # Shortcodes
    ("{% card 'x' %} {% card %} {% card 'x', title %}", WORKS),
    ("{% card 'x' 'y' %}", DIES),
    ("{% card('x') %}", DIES),
    ("{% card x.y() %}", DIES),
    ("{% card 'x' | nope %}", DIES),
    ("{% card 'x' %}a{% endcard %}", DIES),
    ("{% box 'x' %}a{% endbox %}", WORKS),
    ("{% box 'x' %}a", DIES),
    ("a{% endbox %}", DIES),
    ("{% filter upper %}{% box 'x' %}a{% endbox %}{% endfilter %}", DIES),
    ("{% getBundle 'css' %}{% css %}a{% endcss %}", WORKS),
    ("{% getBundle 'js' %}", DIES),
    ("{% highlight 'js' %}a{% endhighlight %}", DIES),
    # Files
    ("{% include 'part.njk' %}", WORKS),
    ("{% include './plain.txt' %}", WORKS),
    ("{% include 'part' %}", DIES),
    ("{% include './part.njk' %}", DIES),
    ("{% include 'nope.njk' ignore missing %}", WORKS),
    ("{% include x %}", DIES),
    ("{% import 'macros.njk' as f %}{{ f.m(1) }}", WORKS),
    ("{% from 'macros.njk' import m %}{{ m(1) }}", WORKS),
    ("{% from 'nope.njk' import m %}", DIES),
    ("{% extends 'nope.njk' %}", DIES),
    ("{% extends 'base.njk' %}{% set v = 1 %} {% block a %}b{% endblock %}", WORKS),
    ("{% extends 'base.njk' %}{% block a %}b{% endblock %} gone", LOST),
    ("{% extends 'base.njk' %}{% block a %}{{ super() }}b{% endblock %}", WORKS),
    ("{% block a %}{{ super() }}b{% endblock %}", DIES),
    ("{{ '{{' }} title {{ '}}' }}", WORKS),
    ("gone {% extends 'base.njk' %}", LOST),
    ("{% if x %}{% extends 'base.njk' %}{% endif %} shown", LOST),
]
ids = [body for body, _ in BODIES]


@pytest.fixture(scope="module")
def lint(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., tuple[Finding, ...]]:
    """What newslint says of a body, in the site that `built` builds; another own.js may be given."""

    @cache
    def project(own: str, config: str) -> Project:
        root = tmp_path_factory.mktemp("site")
        for path, text in {**eleventy.files(engine="njk"), **MORE, "own.js": own}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            text = text.replace("return {", f"{config}return {{") if config else text
            (root / path).write_text(text, encoding="utf-8")
        options = ("target=eleventy", "schema={preset='minimal'}", "select=['TPL001', 'TPL002']")
        last = tuple(layer_from_option(option, root) for option in options)
        return Project(root, given=(), last=last)

    def findings(body: str, *, own: str = OWN, config: str = "", header: str = HEADER):
        chosen = project(own, config)
        path = chosen.folder / "posts" / "a.html"
        return tuple(d.finding for d in check_text((header + body).encode(), str(path), chosen))

    return findings


@pytest.fixture(scope="module")
def built() -> dict[str, str | None]:
    """The article that Eleventy makes of each body; None where it stops."""
    if reason := eleventy.available():
        pytest.skip(reason)
    posts = {f"p{n}.html": f"{HEADER}{body}".encode() for n, (body, _) in enumerate(BODIES)}
    result = eleventy.build(posts, engine="njk", patient=True, more=MORE)
    assert result.exit_code == 0, result.log
    return {
        body: None if f"p{n}.html" in result.failed else result.pages[f"p{n}.html"].article
        for n, (body, _) in enumerate(BODIES)
    }


@pytest.mark.parametrize(("body", "outcome"), BODIES, ids=ids)
def test_what_is_said_of_a_template(lint: Callable[..., tuple], body: str, outcome: str) -> None:
    found = lint(body)
    stops = [one.message for one in found if "stops the build" in one.message]
    assert bool(stops) == (outcome == DIES), found
    assert bool(found) == (outcome in (DIES, LOST)), found
    assert all(one.severity is Severity.ERROR for one in found)


@pytest.mark.parametrize(("body", "outcome"), BODIES, ids=ids)
def test_eleventy_does_so(built: dict[str, str | None], body: str, outcome: str) -> None:
    article = built[body]
    assert (article is None) == (outcome == DIES), article
    if article is not None:
        assert (article.strip() == body) == (outcome == TEXT), article


def test_a_safe_fix_shows_the_text(lint: Callable[..., tuple], tmp_path: Path) -> None:
    if reason := eleventy.available():
        pytest.skip(reason)
    for path, text in eleventy.files(engine="njk").items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    options = ("target=eleventy", "select=['TPL001']")
    last = tuple(layer_from_option(option, tmp_path) for option in options)
    project = Project(tmp_path, given=(), last=last)
    bodies = ("<p>a {#main b</p>", "<p>a {{ b c }} d</p>", "<p>a #} b</p>", "<p>{{ }}</p>")
    fixed = {
        f"p{n}.html": fix_text(f"{HEADER}{body}".encode(), tmp_path / "posts/a.html", project).text
        for n, body in enumerate(bodies)
    }
    result = eleventy.build({name: text.encode() for name, text in fixed.items()}, engine="njk")
    assert result.exit_code == 0, result.log
    shown = [result.pages[name].article for name in fixed]
    unescaped = [text.replace("&#123;", "{").replace("&#125;", "}") for text in shown]
    assert unescaped == list(bodies)


def test_code_that_a_template_reaches_is_reported(lint: Callable[..., tuple]) -> None:
    found = lint("{{ range.constructor('return process.version')() }}")
    assert [one.code for one in found] == ["TPL002"]


@pytest.mark.parametrize(
    ("own", "config"),
    [
        ("export default (config) => config.addFilter(names[0], (t) => t);", ""),
        ('export default (config) => config.setLibrary("njk", environment);', ""),
        (OWN, 'config.setNunjucksEnvironmentOptions({ tags: { blockStart: "<%" } });\n'),
    ],
)
def test_what_the_site_may_know_is_a_warning_with_its_reason(
    lint: Callable[..., tuple], own: str, config: str
) -> None:
    for body in ("{{ title | nope }}",):
        found = lint(body, own=own, config=config)
        assert [one.severity for one in found] == [Severity.WARNING]
        assert "newslint cannot tell: " in found[0].message


OVERRIDES = [
    # value, what `# *e* {{ "n" | upper }} {{ x }}` becomes
    ("njk", "# *e* N "),
    ("njk,md", "<h1><em>e</em> N</h1>"),
    ("'MD, njk'", "<h1><em>e</em> N</h1>"),
    ("md", "<h1><em>e</em> {{ &quot;n&quot; | upper }} {{ x }}</h1>"),
    ("html", '# *e* {{ "n" | upper }} {{ x }}'),
    ("false", '# *e* {{ "n" | upper }} {{ x }}'),
    ("null", '# *e* {{ "n" | upper }} {{ x }}'),
]


@pytest.mark.parametrize("suffix", ["md", "html", "njk", "liquid"])
def test_an_override_chooses_the_engine_and_markdown(suffix: str, tmp_path: Path) -> None:
    (tmp_path / "eleventy.config.js").write_text("export default function () {}\n")
    options = ("target=eleventy", "schema={preset='minimal'}", "select=['TPL001', 'MD002']")
    last = tuple(layer_from_option(option, tmp_path) for option in options)
    project = Project(tmp_path, given=(), last=last)
    for value, page in OVERRIDES:
        text = f'---\ntemplateEngineOverride: {value}\n---\n# *e* {{{{ "n" | upper }}}} {{{{ x }}}}'
        path = str(tmp_path / f"posts/a.{suffix}")
        found = [d.finding.code for d in check_text(text.encode(), path, project)]
        assert (found == []) == ("{{ x }}" in page), (value, found)
        code = f"---\ntemplateEngineOverride: {value}\n---\n<div>\n\n    <p>a</p>\n</div>\n"
        found = [d.finding.code for d in check_text(code.encode(), path, project)]
        assert ("MD002" in found) == page.startswith("<h1>"), (value, found)


def test_eleventy_reads_overrides_so() -> None:
    if reason := eleventy.available():
        pytest.skip(reason)
    text = '---\ntemplateEngineOverride: {}\n---\n# *e* {{{{ "n" | upper }}}} {{{{ x }}}}'
    posts = {f"{n}.md": text.format(value).encode() for n, (value, _) in enumerate(OVERRIDES)}
    result = eleventy.build(posts)
    assert result.exit_code == 0, result.log
    for n, (_, page) in enumerate(OVERRIDES):
        assert result.pages[f"{n}.md"].article.strip() == page.strip()


def test_the_data_of_a_folder_chooses_the_engine(tmp_path: Path) -> None:
    (tmp_path / "eleventy.config.js").write_text("export default function () {}\n")
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/posts.json").write_text('{"templateEngineOverride": "njk,md"}')
    project = Project(tmp_path, given=(), last=(layer_from_option("select=['TPL001']", tmp_path),))
    found = check_text(b"{# a", str(tmp_path / "posts/a.md"), project)
    assert [d.finding.code for d in found] == ["TPL001"]
    own = b"---\ntemplateEngineOverride: liquid\n---\n{# a"
    assert check_text(own, str(tmp_path / "posts/a.md"), project) == ()


@pytest.mark.parametrize(
    ("config", "posts"),
    [
        ("eleventy.config.js", {"posts/a.njk", "posts/b.liquid", "notes/c.md", "notes/d.njk"}),
        ("other.js", {"notes/c.md"}),
    ],
)
def test_templates_that_are_posts_are_linted_and_others_are_not(
    config: str, posts: set[str], tmp_path: Path
) -> None:
    (tmp_path / config).write_text("export default function () {}\n")
    for path in (
        "index.njk", "posts/a.njk", "posts/b.liquid", "posts/index.njk", "posts/feed.xml.njk",
        "feed/feed.njk", "notes/c.md", "notes/d.njk", "_includes/base.njk",
    ):  # fmt: skip
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("---\ntitle: a\n---\n")
    found = [Path(one.place) for one in discover([tmp_path], Project(tmp_path))]
    assert {path.relative_to(tmp_path).as_posix() for path in found} == posts


@pytest.mark.parametrize("engine", ["liquid", "njk"])
def test_a_bundle_that_the_site_has_not_stops_the_build(engine: str, tmp_path: Path) -> None:
    bodies = {'{% getBundle "css" %}': True, '{% getBundle "js" %}': False}
    for path, text in {**eleventy.files(engine=engine), "own.js": OWN}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    project = Project(tmp_path, given=(), last=(layer_from_option("select=['TPL001']", tmp_path),))
    for body, is_there in bodies.items():
        found = check_text(f"{HEADER}{body}".encode(), str(tmp_path / "posts/a.html"), project)
        assert [d.finding.severity for d in found] == ([] if is_there else [Severity.ERROR])
    if eleventy.available() is None:
        for body, is_there in bodies.items():
            posts = {"a.html": f"{HEADER}{body}".encode()}
            result = eleventy.build(posts, engine=engine, more={"own.js": OWN})
            assert (result.exit_code == 0) == is_there, result.log


def test_a_fix_makes_no_comment_of_nunjucks(tmp_path: Path) -> None:
    config = "export default () => ({ markdownTemplateEngine: 'njk', htmlTemplateEngine: 'njk' });"
    (tmp_path / "eleventy.config.js").write_text(config)
    project = Project(tmp_path, given=(), last=(layer_from_option("select=['TXT003']", tmp_path),))
    text = HEADER + "<p>a {\u200b# b</p>"
    assert "{#" not in fix_text(text.encode(), tmp_path / "posts/a.html", project).text
    text = HEADER + "<p>a \u200b# b</p>"
    assert "a # b" in fix_text(text.encode(), tmp_path / "posts/a.html", project).text


BUNDLES = """import { BundlePlugin } from "@11ty/eleventy";
export default function (config) {
  config.addPlugin(BundlePlugin, { bundles: ["fonts"] });
}
"""


def test_the_plug_in_for_bundles_brings_its_tags(lint: Callable[..., tuple]) -> None:
    bodies = {f"{{% {name} %}}a{{% end{name} %}}": name != "nope" for name in
              ("css", "js", "html", "fonts", "nope")}  # fmt: skip
    for body, is_there in bodies.items():
        assert bool(lint(body, own=BUNDLES)) != is_there
    if eleventy.available() is None:
        posts = {f"p{n}.html": f"{HEADER}{body}".encode() for n, body in enumerate(bodies)}
        result = eleventy.build(posts, engine="njk", patient=True, more={"own.js": BUNDLES})
        assert [name in result.failed for name in posts] == [not one for one in bodies.values()]


STRICT = """export default function (config) {
  config.setNunjucksEnvironmentOptions({ autoescape: false, throwOnUndefined: true });
}
"""


def test_where_nothing_may_be_undefined_a_name_without_a_value_stops_the_build(
    lint: Callable[..., tuple],
) -> None:
    bodies = {
        "{{ nothing }}": True, "{{ title }}": False, "{{ pairs.a }}": False, "{{ x }}": True,
        "{% if x %}a{% endif %}": False, "{{ x or title }}": False, "{{ title.nope }}": True,
    }  # fmt: skip
    for body, stops in bodies.items():
        found = [one.message for one in lint(body, own=STRICT)]
        assert any("stops the build" in one for one in found) == stops, (body, found)
    if eleventy.available() is None:
        posts = {f"p{n}.html": f"{HEADER}{body}".encode() for n, body in enumerate(bodies)}
        result = eleventy.build(posts, engine="njk", patient=True, more={"own.js": STRICT})
        assert [name in result.failed for name in posts] == [*bodies.values()]
