"""Front matter that the site gives to posts, and its settings of dates and drafts."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from generators.memory_files import post_in, site_of
from promises import findings_of

from newslint.config.project import Project
from newslint.files.discovery import discover
from newslint.linter.engine import lint
from newslint.linter.ruleset import RuleSet
from newslint.post.schema.presets import PRESETS
from newslint.runner.cache.cache import Cache
from newslint.runner.pipeline import lint_files
from newslint_rules.front_matter.empty_value import EmptyValue
from newslint_rules.front_matter.future_date import FutureDate
from newslint_rules.front_matter.ignored_switch import IgnoredSwitch
from newslint_rules.front_matter.missing_field import MissingField
from newslint_rules.front_matter.reserved_key import ReservedKey
from newslint_rules.markdown.html_as_code import HtmlAsCode
from newslint_rules.markdown.html_broken_by_markdown import HtmlBrokenByMarkdown
from newslint_rules.markup.document_tag_in_post import DocumentTagInPost
from newslint_rules.markup.unclosed_element import UnclosedElement
from newslint_rules.text.empty_body import EmptyBody

HUGO = 'baseURL = "https://example.org/"\n'
ELEVENTY = "export default function () {}\n"
CONFIGURATION = {
    "hexo": "_config.yml", "jekyll": "_config.yml", "hugo": "hugo.toml",
    "eleventy": "eleventy.config.js",
}  # fmt: skip
NEWS = "categories: a\nheadimg: https://e.org/a\ncomments: true\nthumbnail: https://e.org/a\n"


def said(
    rules: list[type], target: str, path: str, text: str, files: dict[str, str]
) -> list[tuple[str, str, str]]:
    """The findings ``(code, severity, message)`` of some rules in one post of a site."""
    site = site_of(target, {**files, path: text})
    post = post_in(site, path, text)
    return [(f.code, f.severity.value, f.message) for f in lint(post, RuleSet(r() for r in rules))]


GIVING = [
    ("jekyll", {"_config.yml": "defaults:\n- scope: {path: ''}\n  values: {author: a, title: b}\n"},
     "_posts/2021-01-01-a.md"),
    ("hugo", {"hugo.toml": HUGO + '[cascade]\nauthor = "a"\ntitle = "b"\n'}, "content/posts/a.md"),
    ("hugo", {"hugo.toml": HUGO, "content/posts/_index.md":
              "---\ntitle: P\ncascade:\n  author: a\n  title: b\n---\n"}, "content/posts/a.md"),
    ("eleventy", {"eleventy.config.js": ELEVENTY, "posts/posts.json":
                  '{"author": "a", "title": "b"}'}, "posts/a.md"),
]  # fmt: skip


@pytest.mark.parametrize(("target", "files", "path"), GIVING)
def test_a_field_that_the_site_gives_is_not_missing(
    target: str, files: dict[str, str], path: str
) -> None:
    text = f"---\n{NEWS}date: 2021-01-01T00:00:00Z\n---\nx\n"
    assert said([MissingField, EmptyValue], target, path, text, files) == []
    bare = said([MissingField], target, path, text, {CONFIGURATION[target]: "title: x\n"})
    assert [(code, severity) for code, severity, _ in bare] == [("FM005", "error")]


@pytest.mark.parametrize(("target", "count"), [("jekyll", 0), ("eleventy", 1)])
def test_an_empty_field_is_filled_by_jekyll_alone(target: str, count: int) -> None:
    _, files, path = next(one for one in GIVING if one[0] == target)
    text = f"---\n{NEWS}title: b\nauthor:\ndate: 2021-01-01T00:00:00Z\n---\nx\n"
    assert len(said([MissingField, EmptyValue], target, path, text, files)) == count


def test_a_field_that_a_script_may_give_is_a_warning_with_the_reason() -> None:
    files = {
        "eleventy.config.js": ELEVENTY,
        "posts/posts.11tydata.js": "export default { ...other, author: make() };\n",
    }
    text = f"---\n{NEWS}title: b\ndate: 2021-01-01T00:00:00Z\n---\nx\n"
    ((code, severity, message),) = said([MissingField], "eleventy", "posts/a.md", text, files)
    assert (code, severity) == ("FM005", "warning")
    assert "posts/posts.11tydata.js computes values" in message


DATED = [
    ("hexo", "new_post_name: :year-:month-:day-:title.md\n", "source/_posts/2021-01-01-a.md", 0),
    ("hexo", "title: x\n", "source/_posts/2021-01-01-a.md", 1),
    ("hugo", HUGO + '[frontmatter]\ndate = [":filename", ":default"]\n', "content/posts/2021-01-01-a.md", 0),
    ("hugo", HUGO + '[frontmatter]\ndate = [":filename", ":default"]\n', "content/posts/a.md", 1),
    ("hugo", HUGO + '[frontmatter]\ndate = [":git", ":default"]\n', "content/posts/a.md", 0),
    ("hugo", HUGO, "content/posts/2021-01-01-a.md", 1),
]  # fmt: skip


@pytest.mark.parametrize(("target", "settings", "path", "count"), DATED)
def test_a_date_that_the_sites_settings_find_is_not_missing(
    target: str, settings: str, path: str, count: int
) -> None:
    site = site_of(target, {CONFIGURATION[target]: settings, path: "x"})
    text = "---\ntitle: a\n---\nx\n"
    schema = pytest.importorskip("newslint.post.schema").MinimalPost
    post = post_in(site, path, text, lambda: schema)
    assert len(lint(post, RuleSet([MissingField()]))) == count


@pytest.mark.parametrize(("target", "files", "path"), GIVING[2:])
def test_what_was_cached_is_found_again_when_a_file_beside_the_post_changes(
    target: str, files: dict[str, str], path: str, tmp_path: Path
) -> None:
    text = f"---\n{NEWS}date: 2021-01-01T00:00:00Z\n---\nx\n"
    for name, content in {**files, path: text}.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    (tmp_path / "newslint.toml").write_text(
        'select = ["FM005"]\ninclude = ["**/a.md"]\n[schema]\npreset = "news"\n'
    )
    kept = tmp_path / "cache.sqlite"

    def codes() -> list[str]:
        run = Project(tmp_path)
        with contextlib.closing(Cache(kept)) as cache:
            reports = list(lint_files(discover([tmp_path], run), run, cache=cache))
        return [d.finding.code for report in reports for d in report.diagnostics]

    assert codes() == []
    beside = tmp_path / next(name for name in files if name not in CONFIGURATION.values())
    beside.write_text(beside.read_text().replace("author", "writer"))
    assert codes() == ["FM005"]


ZONES = [
    ("hugo", HUGO, "2021-12-02 06:00:00", 1),
    ("hugo", HUGO + 'timeZone = "Asia/Shanghai"\n', "2021-12-02 06:00:00", 0),
    ("hugo", HUGO + 'timeZone = "Asia/Shanghai"\n', "2021-12-02 09:00:00", 1),
    ("jekyll", "plugins: []\ntimezone: Asia/Shanghai\n", "2021-12-02 06:00:00", 1),
    ("jekyll", "plugins: []\ntimezone: Asia/Shanghai\n", "'2021-12-02 06:00:00'", 0),
    ("jekyll", "plugins: []\ntimezone: Asia/Shanghai\n", "'2021-12-02 09:00:00'", 1),
    ("jekyll", "plugins: []\n", "'2021-12-02 09:00:00'", 0),
    ("hexo", "future: false\ntimezone: America/New_York\n", "2021-12-01 20:00:00", 1),
    ("hexo", "future: false\n", "2021-12-01 20:00:00", 0),
    ("hexo", "future: false\ntimezone: No/Where\n", "2021-12-02 06:00:00", 0),
]  # fmt: skip
"""What is reported at midnight of 2 December 2021 in Greenwich."""


@pytest.mark.parametrize(("target", "settings", "date", "count"), ZONES)
def test_a_date_without_a_zone_is_read_in_that_of_the_site(
    target: str, settings: str, date: str, count: int
) -> None:
    path = {"hugo": "content/a.md", "jekyll": "_posts/2021-01-01-a.md"}.get(
        target, "source/_posts/a.md"
    )
    text = f"---\ntitle: a\ndate: {date}\n---\nx\n"
    site = site_of(target, {CONFIGURATION[target]: settings, path: text})
    post = post_in(site, path, text)
    rule = FutureDate(FutureDate.Options(now="2021-12-02T00:00:00Z"))
    assert len(lint(post, RuleSet([rule]))) == count


FUTURE = [
    ("jekyll", "title: x\nplugins: []\n", "_posts/2021-01-01-a.md", "date: 2099-01-01", 1),
    ("jekyll", "future: true\n", "_posts/2021-01-01-a.md", "date: 2099-01-01", 0),
    ("jekyll", "title: x\nplugins: []\n", "_posts/2099-01-01-a.md", "title: x", 1),
    ("jekyll", "title: x\nplugins: []\n", "_posts/2099-01-01-a.md", "date: 2021-01-01", 0),
    ("jekyll", "future: true\n", "_posts/2099-01-01-a.md", "title: x", 0),
    ("jekyll", "title: x\nplugins: []\n", "about.md", "date: 2099-01-01", 0),
    ("jekyll", "collections: {c: {output: true}}\n", "_c/a.md", "date: 2099-01-01", 1),
    ("jekyll", "collections: {c: {output: true}}\n", "_c/2099-01-01-a.md", "title: x", 1),
    ("hexo", "title: x\n", "source/_posts/a.md", "date: 2099-01-01", 0),
    ("hexo", "future: false\n", "source/_posts/a.md", "date: 2099-01-01", 1),
    ("hugo", HUGO, "content/posts/a.md", "date: 2099-01-01", 1),
    ("hugo", HUGO + "buildFuture = true\n", "content/posts/a.md", "date: 2099-01-01", 0),
    ("hugo", HUGO + '[frontmatter]\ndate = [":filename", ":default"]\n',
     "content/posts/2099-01-01-a.md", "title: x", 1),
    ("hugo", HUGO, "content/posts/2099-01-01-a.md", "title: x", 0),
    ("eleventy", ELEVENTY, "posts/a.md", "date: 2099-01-01", 0),
]  # fmt: skip


@pytest.mark.parametrize(("target", "settings", "path", "key", "count"), FUTURE)
def test_a_post_of_the_future_is_reported_where_the_site_leaves_it_out(
    target: str, settings: str, path: str, key: str, count: int
) -> None:
    told = said(
        [FutureDate], target, path, f"---\n{key}\n---\nx\n", {CONFIGURATION[target]: settings}
    )
    assert [code for code, *_ in told] == ["FM013"] * count


SWITCHES = [
    ("jekyll", "unpublished: true\n", "_posts/2021-01-01-a.md", "published: false", "warning"),
    ("jekyll", "plugins: []\n", "_posts/2021-01-01-a.md", "published: false", "info"),
    ("jekyll", "plugins: []\n", "_drafts/a.md", "draft: true", None),
    ("hexo", "title: x\n", "source/_posts/a.md", "draft: true", "warning"),
    ("hexo", "title: x\n", "source/_drafts/a.md", "draft: true", None),
    ("hugo", HUGO, "content/posts/a.md", "draft: true", "info"),
    ("hugo", HUGO + "buildDrafts = true\n", "content/posts/a.md", "draft: true", "warning"),
    ("hugo", HUGO, "content/posts/a.md", "headless: true", "warning"),
    ("eleventy", ELEVENTY, "posts/a.md", "draft: true", "warning"),
    ("eleventy", "export default function (c) { c.addPreprocessor('drafts', '*', () => false) }\n",
     "posts/a.md", "draft: true", "info"),
]  # fmt: skip


@pytest.mark.parametrize(("target", "settings", "path", "key", "severity"), SWITCHES)
def test_a_switch_is_ignored_or_not_by_the_sites_settings(
    target: str, settings: str, path: str, key: str, severity: str | None
) -> None:
    told = said(
        [IgnoredSwitch], target, path, f"---\n{key}\n---\nx\n", {CONFIGURATION[target]: settings}
    )
    assert [one[1] for one in told] == ([] if severity is None else [severity])


CODE = "<div>\n<p>a</p>\n\n    <p>b</p>\n</div>\n"
_PACKAGE = '{{"dependencies": {{"hexo": "8.0.0", "hexo-renderer-{}": "1.0.0"}}}}'
RENDERERS = [
    ("hexo", {"_config.yml": "title: x\n"}, "source/_posts/a.md", ["MD001"]),
    *(
        ("hexo", {"_config.yml": config, "package.json": _PACKAGE.format(renderer)},
         "source/_posts/a.md", codes)
        for renderer, config, codes in (
            ("markdown-it", "title: x\n", ["MD001"]),
            ("markdown-it", "markdown:\n  plugins:\n    - markdown-it-mark\n", ["MD001"]),
            ("markdown-it", "markdown:\n  plugins:\n    - markdown-it-attrs\n", ["MD001"]),
            ("markdown-it", "markdown:\n  disable_rules: [code]\n", []),
            ("kramed", "title: x\n", []),
            ("pandoc", "title: x\n", []),
            ("markdown-it-plus", "title: x\n", []),
        )
    ),
    ("jekyll", {"_config.yml": "markdown: CommonMark\n"}, "_posts/2021-01-01-a.md", []),
    ("hugo", {"hugo.toml": HUGO + "[markup.goldmark.renderer]\nunsafe = true\n"},
     "content/posts/a.md", ["MD001"]),
    ("hugo", {"hugo.toml": HUGO}, "content/posts/a.md", ["MD001"]),
    ("hugo", {"hugo.toml": HUGO + '[markup]\ndefaultMarkdownHandler = "pandoc"\n'},
     "content/posts/a.md", []),
]  # fmt: skip


@pytest.mark.parametrize(("target", "files", "path", "codes"), RENDERERS)
def test_the_rules_about_markdown_follow_the_renderer_in_force(
    target: str, files: dict[str, str], path: str, codes: list[str]
) -> None:
    text = f"---\ntitle: a\n---\n{CODE}"
    told = said([HtmlAsCode, HtmlBrokenByMarkdown], target, path, text, files)
    assert [code for code, *_ in told] == codes


def test_html_that_is_shown_as_code_is_left_alone_where_the_site_would_drop_it() -> None:
    site = site_of("hugo", {"hugo.toml": HUGO, "content/posts/a.md": "x"})
    post = post_in(site, "content/posts/a.md", CODE)
    (finding,) = lint(post, RuleSet([HtmlAsCode()]))
    assert finding.fix is None


BODILESS = [
    ("hexo", "_config.yml", "title: x\n", "source/tags/index.md", "title: Tags\nlayout: tags\n", 0),
    ("hexo", "_config.yml", "title: x\n", "source/about/index.md", "title: About\n", 1),
    ("hexo", "_config.yml", "title: x\n", "source/_posts/a.md", "title: A\nlayout: post\n", 1),
    ("hexo", "_config.yml", "title: x\n", "source/_drafts/a.md", "title: A\n", 0),
    ("hexo", "_config.yml", "title: x\n", "source/_posts/a.md", "title: A\npublished: false\n", 0),
    ("jekyll", "_config.yml", "plugins: []\n", "index.html", "layout: home\n", 0),
    ("jekyll", "_config.yml", "plugins: []\n", "_posts/2021-01-01-a.md", "title: A\n", 1),
    ("jekyll", "_config.yml", "plugins: []\n", "_posts/2021-01-01-a.md", "title: A\nredirect_to: /b/\n", 0),
    ("hugo", "hugo.toml", "title = 'x'\n", "content/a/_index.md", "title: A\n", 0),
    ("hugo", "hugo.toml", "title = 'x'\n", "content/archives.md", "title: A\nlayout: archives\n", 0),
    ("hugo", "hugo.toml", "title = 'x'\n", "content/posts/a.md", "title: A\n", 1),
    ("hugo", "hugo.toml", "title = 'x'\n", "content/posts/a.md", "title: A\ndraft: true\n", 0),
    ("hugo", "hugo.toml", "title = 'x'\n", "content/posts/a.md", "aliases: [/b/]\n", 0),
    ("hugo", "hugo.toml", "[languages.en]\n[languages.zh]\n", "content/posts/a.zh.md", "title: A\n", 0),
    ("eleventy", "eleventy.config.js", "export default function () {}\n", "posts/a.md", "title: A\nlayout: post.njk\n", 1),
    ("eleventy", "eleventy.config.js", "export default function () {}\n", "posts/a.md", "title: A\npagination: {size: 1}\n", 0),
    ("eleventy", "eleventy.config.js", "export default function () {}\n", "posts/a.md", "title: A\nexternal_url: https://a.cn/\n", 0),
    ("eleventy", "eleventy.config.js", "export default function () {}\n", "posts/a.md", "title: A\nsteps: [{name: x}]\n", 0),
]  # fmt: skip


@pytest.mark.parametrize(("target", "file", "settings", "path", "head", "count"), BODILESS)
def test_an_empty_body_is_right_for_lists_redirects_and_what_is_not_published(
    target: str, file: str, settings: str, path: str, head: str, count: int
) -> None:
    text = f"---\n{head}---\n"
    assert len(said([EmptyBody], target, path, text, {file: settings})) == count


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("A b: c", 1),
        ("# A b – c\n", 1),
        ("<p>a_b</p>\n<p>C</p>", 1),
        ("A b: c and more", 0),
        ("<https://a.cn/x>", 0),
        ("A b: c ![](1.png)", 0),
        ("<p>A b: c</p><img src=1.png>", 0),
    ],
)
def test_a_body_that_is_only_the_title_is_empty(body: str, count: int) -> None:
    text = f"---\ntitle: 'A b: c'\n---\n{body}\n"
    told = said([EmptyBody], "hexo", "source/_posts/a.md", text, {"_config.yml": "title: x\n"})
    assert [message for *_, message in told] == ["the post contains only its title"] * count


LAYOUTS = [
    ("eleventy", {"_includes/story.njk": "x"}, "layout: story.njk", None),
    ("eleventy", {"_includes/story.njk": "x"}, "layout: story", None),
    ("eleventy", {"_includes/story.njk": "x"}, "layout: post", "error"),
    ("eleventy", {"_includes/story.njk": "x"}, "layout: stories/one.njk", "error"),
    ("jekyll", {"_layouts/gallery.html": "x"}, "layout: gallery", None),
    ("jekyll", {"_layouts/gallery.html": "x"}, "layout: other", "warning"),
    ("jekyll", {"_config.yml": "theme: minima\n"}, "layout: other", None),
    ("hexo", {}, "layout: other", None),
]  # fmt: skip


@pytest.mark.parametrize(("target", "files", "key", "severity"), LAYOUTS)
def test_a_layout_is_looked_up_in_the_site(
    target: str, files: dict[str, str], key: str, severity: str | None
) -> None:
    settings = {"eleventy": ELEVENTY, "jekyll": "plugins: []\n", "hexo": "title: x\n"}[target]
    path = {"jekyll": "_posts/2021-01-01-a.md", "hexo": "source/_posts/a.md"}.get(target, "p/a.md")
    told = said(
        [ReservedKey], target, path, f"---\n{key}\n---\nx\n",
        {CONFIGURATION[target]: settings, **files},
    )  # fmt: skip
    assert [one[1] for one in told] == ([] if severity is None else [severity])


WHOLE = "<!doctype html>\n<html><head><title>x</title></head><body>x</body></html>\n"


@pytest.mark.parametrize(
    ("target", "path", "head", "files", "is_reported"),
    [
        ("jekyll", "page.html", "title: x", {}, False),
        ("jekyll", "page.html", "layout: default", {}, True),
        ("jekyll", "page.html", "title: x", {"_config.yml": "defaults:\n- scope: {path: ''}\n  values: {layout: a}\n"}, True),
        ("eleventy", "page.html", "title: x", {}, False),
        ("eleventy", "p/page.html", "title: x", {"p/p.json": '{"layout": "a.njk"}'}, True),
        ("hexo", "source/page.html", "title: x", {}, True),
    ],
)  # fmt: skip
def test_a_page_without_a_layout_may_be_a_whole_document(
    target: str, path: str, head: str, files: dict[str, str], is_reported: bool
) -> None:
    settings = {"eleventy": ELEVENTY, "jekyll": "plugins: []\n", "hexo": "title: x\n"}[target]
    told = said(
        [DocumentTagInPost], target, path, f"---\n{head}\n---\n{WHOLE}",
        {CONFIGURATION[target]: settings, **files},
    )  # fmt: skip
    assert bool(told) is is_reported


@pytest.mark.parametrize(
    ("target", "text", "count"),
    [
        ("hexo", "{% post_link b 'How to use <b>' %} <i>", 1),
        ("hexo", "{% set x %}<b>{% endset %}", 0),
        ("jekyll", "{% capture x %}<b>{% endcapture %}", 0),
        ("jekyll", "<b>{% capture x %}</b>{% endcapture %}", 1),
        ("eleventy", "{% capture x %}<b>{% endcapture %}", 0),
    ],
)
def test_captured_text_and_arguments_of_tags_are_no_markup_of_the_page(
    target: str, text: str, count: int
) -> None:
    settings = {"eleventy": ELEVENTY, "jekyll": "plugins: []\n", "hexo": "title: x\n"}[target]
    path = {"jekyll": "_posts/2021-01-01-a.md", "hexo": "source/_posts/a.md"}.get(target, "p/a.md")
    told = said(
        [UnclosedElement],
        target,
        path,
        f"---\ntitle: x\n---\n{text}\n",
        {CONFIGURATION[target]: settings},
    )
    assert len(told) == count


FIELDS = (
    "title", "date", "type", "layout", "categories", "tags", "permalink", "url", "slug", "path",
    "published", "draft", "lang", "weight", "keywords", "aliases", "redirect_from",
    "eleventyComputed", "pagination", "templateEngineOverride", "render_with_liquid",
    "disableNunjucks", "headless", "build", "cascade", "markup", "expiryDate", "updated", "cover",
    "photos", "excerpt", "comments", "sitemap", "outputs", "resources", "menu", "data",
)  # fmt: skip
VALUES = ("[a]", "{a: b}", "[[a], {b: 1}, ~]", "[]", "{}", "~", "5", "1.5", "true", ".nan",
          "2021-01-02", "12:30", "!!binary aGk=", "'/{{ a | b }}/'")  # fmt: skip


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("hexo", "source/_posts/a.md"),
        ("jekyll", "_posts/2021-01-02-a.md"),
        ("hugo", "content/posts/a.md"),
        ("eleventy", "posts/a.md"),
    ],
)
def test_no_rule_fails_on_a_value_of_any_field_in_a_site(target, path, value):
    text = "---\n" + "".join(f"{name}: {value}\n" for name in FIELDS) + "---\nText ![a](a.png)\n"
    site = site_of(target, {CONFIGURATION[target]: "\n", path: text})
    assert findings_of(post_in(site, path, text, lambda: PRESETS[target]))
