"""What the authors of a site of Hugo or Eleventy mean is not reported; what is wrong is."""

from __future__ import annotations

import json

import pytest
from generators.memory_files import post_in, site_of

from newslint.generators.site import Role
from newslint.linter.engine import lint
from newslint.linter.ruleset import RuleSet
from newslint.post.schema.presets import PRESETS
from newslint_rules.front_matter.ambiguous_scalar import AmbiguousScalar
from newslint_rules.front_matter.empty_value import EmptyValue
from newslint_rules.front_matter.ignored_switch import IgnoredSwitch
from newslint_rules.front_matter.invalid_type import InvalidType
from newslint_rules.front_matter.missing_field import MissingField
from newslint_rules.front_matter.missing_front_matter import MissingFrontMatter
from newslint_rules.front_matter.reserved_key import ReservedKey
from newslint_rules.images.missing_src import MissingSrc
from newslint_rules.images.no_referrer import NoReferrer
from newslint_rules.links.empty_link import EmptyLink
from newslint_rules.markdown.html_broken_by_markdown import HtmlBrokenByMarkdown
from newslint_rules.markdown.unrendered_markdown import UnrenderedMarkdown
from newslint_rules.markup.document_tag_in_post import DocumentTagInPost
from newslint_rules.markup.html_dropped import HtmlDropped
from newslint_rules.markup.stray_end_tag import StrayEndTag
from newslint_rules.markup.text_as_tag import TextAsTag
from newslint_rules.markup.unclosed_element import UnclosedElement
from newslint_rules.security.base_or_refresh import BaseOrRefresh
from newslint_rules.security.event_handler import EventHandler
from newslint_rules.security.foreign_embed import ForeignEmbed
from newslint_rules.security.script import Script
from newslint_rules.security.script_url import ScriptUrl
from newslint_rules.templates.template_tag import TemplateTag
from newslint_rules.text.control_character import ControlCharacter
from newslint_rules.text.empty_body import EmptyBody

HUGO = 'baseURL = "https://blog.example.org/"\n'
KEPT = "[markup.goldmark.renderer]\nunsafe = true\n"
"""Hugo keeps the HTML of Markdown only if it is told to."""
ELEVENTY = "export default function (config) { %s }\n"
NUNJUCKS = ELEVENTY % 'return { markdownTemplateEngine: "njk" };'


def found(rules, target, path, text, files=None, schema=None):
    """The findings of some rules in one post of a site, as code, severity and message."""
    main = {"hugo": {"hugo.toml": HUGO}, "eleventy": {"eleventy.config.js": ELEVENTY % ""}}[target]
    site = site_of(target, {**main, **(files or {}), path: text})
    post = post_in(site, path, text, schema)
    return [(f.code, f.severity.value, f.message) for f in lint(post, RuleSet(r() for r in rules))]


def codes(*given, **named):
    return [(code, severity) for code, severity, _ in found(*given, **named)]


# Versions of Hugo


@pytest.mark.parametrize(
    ("pin", "count"),
    [
        ('{"devDependencies": {"hugo-extended": "0.99.1"}}', 0),
        ('{"devDependencies": {"hugo-extended": "0.140.0"}}', 0),
        ('{"devDependencies": {"hugo-extended": "0.165.0"}}', 1),
        ("{}", 1),
    ],
)
def test_a_key_that_only_later_versions_refuse_is_no_error_in_an_older_one(pin, count):
    text = "---\ntitle: a\n_build: {render: link}\n---\ntext\n"
    assert len(found([ReservedKey], "hugo", "content/a.md", text, {"package.json": pin})) == count


@pytest.mark.parametrize(("minor", "keeps"), [(54, True), (59, True), (60, False), (111, False)])
def test_hugo_before_goldmark_keeps_html(minor, keeps):
    site = site_of("hugo", {"hugo.toml": HUGO, "netlify.toml": f'HUGO_VERSION = "0.{minor}.0"\n'})
    assert site.raw_html is keeps
    assert site.renderer.modelled is not keeps


def test_the_only_language_may_name_the_folder_that_the_site_names():
    stated = HUGO + 'contentDir = "content/en"\n[languages.en]\ncontentDir = "content/en"\n'
    site = site_of("hugo", {"hugo.toml": stated, "content/en/posts/a.md": ""})
    assert site.role("content/en/posts/a.md").role is Role.POST
    assert site.enters("content/en/posts")


# Templates


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("{{< param version.core >}}", 0),
        ("{{< param own >}}", 0),
        ("{{< param given >}}", 0),
        ("{{< param other >}}", 1),
    ],
)
def test_a_parameter_of_the_site_or_the_post_is_found(text, count):
    files = {
        "hugo.toml": HUGO + "[params.version]\ncore = 1\n",
        "content/posts/_index.md": "---\ntitle: P\ncascade: {given: 1}\n---\n",
    }
    post = f"---\ntitle: a\nown: 1\n---\n{text}\n"
    assert len(found([TemplateTag], "hugo", "content/posts/a.md", post, files)) == count


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ('{% import "m.njk" as c %}\n{{ c.f({a: 1}) }}\n', 0),
        ('{% from "m.njk" import f as g, h %}\n{{ g(1) }}{{ h() }}\n', 0),
        ('{% import "m.njk" as c %}\n{{ d.f() }}\n', 1),
        ('{% import "none.njk" as c %}\n', 1),
        ("{% raw %}\n{# sample #} {{ x }}\n{% endraw %}\n", 0),
        ("text {# gone #} text\n", 1),
    ],
)
def test_macros_of_the_site_are_called_and_raw_text_is_kept(body, count):
    files = {"eleventy.config.js": NUNJUCKS, "_includes/m.njk": "{% macro f(a) %}{% endmacro %}"}
    text = f"---\ntitle: a\n---\n{body}"
    assert len(found([TemplateTag], "eleventy", "posts/a.md", text, files)) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('{{ "{%- for a in b | c %}" | escape }}', 0),
        ("{{ '{% a %}' }}", 0),
        ("{{ layoutKey }}", 0),
        ("{{ outerKey }}", 0),
        ("{{ nothing }}", 1),
    ],
)
def test_texts_and_data_of_layouts_are_printed_as_they_are_meant(text, count):
    files = {
        "_includes/post.liquid": "---\nlayout: base\nlayoutKey: 1\n---\n{{ content }}",
        "_includes/base.liquid": "---\nouterKey: 1\n---\n{{ content }}",
    }
    post = f"---\ntitle: a\nlayout: post\n---\n{text}\n"
    assert len(found([TemplateTag], "eleventy", "posts/a.md", post, files)) == count


def test_a_shortcode_of_the_site_may_have_the_name_of_another_engines_tag():
    code = (
        'config.addNunjucksShortcode("render", (x) => x); return {markdownTemplateEngine: "njk"};'
    )
    files = {"eleventy.config.js": ELEVENTY % code}
    text = "---\ntitle: a\nbody: b\n---\n{% render body %}\n"
    assert found([TemplateTag], "eleventy", "posts/a.md", text, files) == []
    bare = found([TemplateTag], "eleventy", "posts/a.md", text, {"eleventy.config.js": NUNJUCKS})
    assert [severity for _, severity, _ in bare] == ["error"]


@pytest.mark.parametrize(
    ("loop", "known"),
    [
        ("Object.keys(codes).forEach((n) => config.addShortcode(n, codes[n]));", True),
        ("for (const n in codes) { config.addShortcode(n, codes[n]); }", True),
        ("Object.keys(make()).forEach((n) => config.addShortcode(n, x[n]));", False),
    ],
)
def test_names_that_a_loop_defines_are_known(loop, known):
    files = {"eleventy.config.js": f"const codes = {{ pen, tube() {{}} }};\n{ELEVENTY % loop}"}
    text = "---\ntitle: a\n---\n{% pen 'a' %}{% tube %}\n"
    told = codes([TemplateTag], "eleventy", "posts/a.md", text, files)
    assert told == ([] if known else [("TPL001", "warning")] * 2)
    other = codes([TemplateTag], "eleventy", "posts/a.md", text.replace("pen", "nope"), files)
    assert ("TPL001", "error" if known else "warning") in other


@pytest.mark.parametrize(
    ("code", "severity"),
    [('config.on("eleventy.before", () => write());', "warning"), ("", "error")],
)
def test_an_include_that_code_may_write_before_the_build_is_a_warning(code, severity):
    files = {"eleventy.config.js": ELEVENTY % code}
    text = "---\ntitle: a\n---\n{% include 'made.css' %}\n"
    assert codes([TemplateTag], "eleventy", "posts/a.md", text, files) == [("TPL001", severity)]


@pytest.mark.parametrize(("engine", "count"), [("liquid", 0), ("njk", 1)])
def test_the_highlighter_keeps_templates_in_code_for_liquid_alone(engine, count):
    files = {
        "eleventy.config.js": 'import highlight from "@11ty/eleventy-plugin-syntaxhighlight";\n'
        + ELEVENTY % f'config.addPlugin(highlight); return {{markdownTemplateEngine: "{engine}"}};'
    }
    text = "---\ntitle: a\n---\n{% highlight html %}\n{{ images }}\n{% endhighlight %}\n"
    assert len(found([TemplateTag], "eleventy", "posts/a.md", text, files)) == count


@pytest.mark.parametrize(("kept", "severity"), [("rss, ", ""), ("", "error")])
def test_plugins_that_a_module_of_the_site_hands_on_are_known(kept, severity):
    files = {
        "eleventy.config.js": 'import plugins from "./plugins.js";\n'
        + ELEVENTY % "config.addPlugin(plugins.rss); return {markdownTemplateEngine: 'njk'};",
        "plugins.js": "import rss from '@11ty/eleventy-plugin-rss';\n" * bool(kept)
        + f"export default {{ {kept}other: 1 }};\n",
    }
    text = "---\ntitle: a\n---\n{{ title | dateToRfc3339 }} {{ title | htmlBaseUrl }}\n"
    told = codes([TemplateTag], "eleventy", "posts/a.md", text, files)
    assert told == [("TPL001", severity)] * 2 * bool(severity)


def test_what_another_engine_renders_is_no_html_of_the_post():
    text = (
        '---\ntitle: a\n---\n{% renderTemplate "webc" %}<build-cost @cost></build-cost><rating>'
        "{% endrenderTemplate %}\n\nSet <rating> here.\n"
    )
    files = {
        "eleventy.config.js": 'import { RenderPlugin } from "@11ty/eleventy";\n'
        + ELEVENTY % "config.addPlugin(RenderPlugin);"
    }
    (only,) = found([TextAsTag], "eleventy", "posts/a.md", text, files)
    assert "<rating>" in only[2]


# Front matter


@pytest.mark.parametrize(
    ("source", "files", "count"),
    [
        ("collections.posts", {}, 0),
        ("books.all", {"_data/books.js": "export default () => load();"}, 0),
        ("given", {"posts/posts.json": '{"given": [1]}'}, 0),
        ("made", {"posts/posts.11tydata.js": "export default load();"}, 0),
        ("nothing", {}, 1),
    ],
)
def test_a_page_is_split_by_data_of_the_site(source, files, count):
    text = f"---\ntitle: a\npagination: {{data: {source}, size: 1}}\n---\ntext\n"
    assert len(found([ReservedKey], "eleventy", "posts/a.md", text, files)) == count


@pytest.mark.parametrize(
    ("permalink", "count"),
    [("{{ n + 1 }}/", 0), ("{% if a %}{{ a | slug }}{% endif %}/", 0), ("{{ a b }}/", 1)],
)
def test_a_permalink_is_read_by_the_engine_of_the_post(permalink, count):
    text = f"---\ntitle: a\npermalink: '{permalink}'\n---\ntext\n"
    nunjucks = {"eleventy.config.js": NUNJUCKS}
    assert len(found([InvalidType], "eleventy", "posts/a.md", text, nunjucks)) == count
    if "+" in permalink:
        assert len(found([InvalidType], "eleventy", "posts/a.md", text)) == 1


@pytest.mark.parametrize(("name", "count"), [("_redirects", 0), ("_headers", 0), ("other", 1)])
def test_files_of_hosts_need_no_extension(name, count):
    text = f"---\ntitle: a\npermalink: /{name}\n---\ntext\n"
    assert len(found([InvalidType], "eleventy", "posts/a.md", text)) == count


def test_a_branch_on_the_loop_is_meant():
    body = "{% for t in tags %}{{ t }}{% if not loop.last %}, {% endif %}{% endfor %}"
    text = f"---\ntitle: a\ntags: [b, c]\n---\n{body}\n"
    nunjucks = {"eleventy.config.js": NUNJUCKS}
    assert found([TemplateTag], "eleventy", "posts/a.md", text, nunjucks) == []


@pytest.mark.parametrize(
    ("path", "outputs", "count"),
    [
        ("content/posts/_index.md", "[json]", 0),
        ("content/posts/a.md", "[json]", 1),
        ("content/posts/a.md", "[html, Made]", 1),
        ("content/posts/a.md", "[html, Redirects]", 0),
    ],
)
def test_formats_that_the_site_defines_and_lists_without_html_are_meant(path, outputs, count):
    files = {"hugo.toml": HUGO + "[outputFormats.REDIRECTS]\nbaseName = 'r'\n"}
    text = f"---\ntitle: a\noutputs: {outputs}\n---\ntext\n"
    assert len(found([ReservedKey], "hugo", path, text, files)) == count


# Pages without a body


def test_an_empty_file_is_no_mistake_where_it_needs_no_body():
    assert found([EmptyBody], "hugo", "content/posts/_index.md", "") == []
    hidden = {"posts/posts.json": '{"permalink": false}'}
    assert found([EmptyBody], "eleventy", "posts/a.md", "", hidden) == []
    code = "---js\n{ title: 'a', parts: [] }\n---\n"
    assert found([EmptyBody], "eleventy", "posts/a.md", code) == []
    assert len(found([EmptyBody], "eleventy", "posts/a.md", "")) == 1
    assert len(found([EmptyBody], "hugo", "content/posts/a.md", "")) == 1


@pytest.mark.parametrize(
    ("template", "count"),
    [
        ("{{ .Title }}{{ range .Site.Data.x }}{{ . }}{{ end }}", 0),
        ('{{ .Title }}{{ partial "head.html" . }}', 0),
        ("{{ .Title }}{{ .Content }}", 1),
        ('{{ partial "body.html" . }}', 1),
        ('{{ partial "none.html" . }}', 1),
        ("{{ partial (printf .x) . }}", 1),
    ],
)
def test_a_page_needs_no_body_where_its_template_shows_none(template, count):
    files = {
        "layouts/packages/single.html": template,
        "layouts/partials/head.html": "{{ .Title }}",
        "layouts/partials/body.html": "{{ .Content }}",
    }
    text = "---\ntitle: a\n---\n"
    assert len(found([EmptyBody], "hugo", "content/packages/a.md", text, files)) == count


# Complete documents, and files that are not built

DOCUMENT = (
    '<!DOCTYPE html>\n<html><head><link rel="stylesheet" href="https://a.cn/x.css"></head>\n'
    '<body onload="go()"><script>go()</script></body></html>\n'
)
WHOLE = [MissingFrontMatter, DocumentTagInPost, Script, EventHandler, BaseOrRefresh, EmptyBody]


@pytest.mark.parametrize(("minor", "clean"), [(111, True), (130, True), (131, False)])
def test_a_document_that_hugo_copies_is_as_it_is_meant(minor, clean):
    files = {"netlify.toml": f'HUGO_VERSION = "0.{minor}.0"\n'}
    assert (found(WHOLE, "hugo", "content/posts/a.html", DOCUMENT, files) == []) is clean


def test_a_document_after_a_comment_stops_an_older_hugo():
    files = {"netlify.toml": 'HUGO_VERSION = "0.111.0"\n'}
    text = f"<!-- a comment -->\n{DOCUMENT}"
    told = {code for code, _, _ in found(WHOLE, "hugo", "content/posts/a.html", text, files)}
    assert "FM001" in told


def test_a_document_of_eleventy_without_a_layout_is_as_it_is_meant():
    assert found(WHOLE, "eleventy", "posts/a.html", DOCUMENT) == []
    given = {"posts/posts.json": '{"layout": "post.liquid"}'}
    told = {code for code, _, _ in found(WHOLE, "eleventy", "posts/a.html", DOCUMENT, given)}
    assert {"HTML006", "SEC001", "SEC002", "SEC005"} <= told


def test_a_file_that_another_one_replaces_gets_no_findings_of_its_text():
    files = {
        "content/posts/a.md": "---\ntitle: a\n---\ntext\n",
        "netlify.toml": 'HUGO_VERSION = "0.120.0"',
    }
    text = "---\ntitle: a\n---\n<script>go()</script>\n"
    assert found([Script], "hugo", "content/posts/a.html", text, files) == []
    assert len(found([Script], "hugo", "content/posts/b.html", text, files)) == 1


@pytest.mark.parametrize(
    ("tag", "count"),
    [
        ('<script src="/js/own.js"></script>', 0),
        ('<script src="/js/none.js"></script>', 1),
        ('<script src="//a.cn/js/own.js"></script>', 1),
        ('<link rel="stylesheet" href="/js/own.js?v=1">', 0),
        ('<link rel="stylesheet" href="https://a.cn/js/own.js">', 1),
        ('<base href="/js/own.js">', 1),
    ],
)
def test_scripts_and_styles_that_are_files_of_the_site_are_its_own(tag, count):
    text = f"---\ntitle: a\n---\n{tag}\n"
    files = {
        "static/js/own.js": "",
        "hugo.toml": HUGO + KEPT,
    }
    told = found([Script, BaseOrRefresh], "hugo", "content/posts/a.md", text, files)
    assert len(told) == count


@pytest.mark.parametrize(("unsafe", "count"), [("true", 4), ("false", 0)])
def test_html_that_hugo_drops_runs_nothing(unsafe, count):
    files = {"hugo.toml": HUGO + f"[markup.goldmark.renderer]\nunsafe = {unsafe}\n"}
    text = (
        '---\ntitle: a\n---\n<script src="https://a.cn/x.js"></script>\n\n<body>\n\n'
        '<p onclick="go()">x</p>\n\n<base href="https://a.cn/">\n'
    )
    rules = [Script, EventHandler, BaseOrRefresh, DocumentTagInPost]
    assert len(found(rules, "hugo", "content/posts/a.md", text, files)) == count


@pytest.mark.parametrize(("unsafe", "count"), [("true", 6), ("false", 0)])
def test_html_that_hugo_drops_shows_and_closes_nothing(unsafe, count):
    files = {"hugo.toml": HUGO + f"[markup.goldmark.renderer]\nunsafe = {unsafe}\n"}
    text = (
        "---\ntitle: a\n---\n<div>\n\n</section>\n\n<img>\n\n"
        '<img src="https://n.sinaimg.cn/a.jpg">\n\n<a href="javascript:go()">a</a>\n\n'
        '<iframe src="https://a.cn/"></iframe>\n'
    )
    rules = [UnclosedElement, StrayEndTag, MissingSrc, NoReferrer, ScriptUrl, ForeignEmbed]
    assert len(found(rules, "hugo", "content/posts/a.md", text, files)) == count


@pytest.mark.parametrize(
    ("data", "severities"),
    [
        ("export default { eleventyComputed: { groups(data) { return []; } } };", ["warning"]),
        ("export default { tags: ['a'] };", ["error"]),
    ],
)
def test_a_variable_that_code_may_compute_is_a_warning(data, severities):
    files = {"eleventy.config.js": NUNJUCKS, "posts/posts.11tydata.js": data}
    text = "---\ntitle: a\n---\n{% for one in groups %}<b>{{ one }}</b>{% endfor %}\n"
    told = codes([TemplateTag], "eleventy", "posts/a.md", text, files)
    assert [severity for _, severity in told[:1]] == severities


def scripts(**commands):
    return {"package.json": json.dumps({"scripts": commands})}


LOOP = "---\ntitle: a\n---\n{% for one in groups %}<b>{{ one }}</b>{% endfor %}\n"
JUST_NUNJUCKS = {"eleventy.config.js": NUNJUCKS}
WRITER = 'import fs from "fs"; fs.writeFileSync(path.join(dir, "_data", "groups.json"), text);'
BEFORE = NUNJUCKS.replace("{", '{ config.on("eleventy.before", () => fetchAll());', 1)


@pytest.mark.parametrize(
    ("files", "severity"),
    [
        # What a build writes before Eleventy reads its data may be missing from a checkout.
        (scripts(build="npm run get && eleventy", get="degit a/b _data/groups/"), "warning"),
        (scripts(get="curl -o ./_data/groups.json https://a.cn/"), "warning"),
        (scripts(get="degit a/b _data"), "warning"),
        ({**scripts(get="node tools/get.mjs"), "tools/get.mjs": WRITER}, "warning"),
        ({"Makefile": "build:\n\tcurl https://a.cn/ > _data/groups.json\n"}, "warning"),
        ({".gitignore": "/_data/groups.json\n"}, "warning"),
        ({".gitignore": "_data/groups/\n"}, "warning"),
        ({".gitignore": "*.tmp\ngroups.json\n"}, "warning"),
        ({".gitignore": "_data\n"}, "warning"),
        ({"_data/.gitignore": "groups.*\n"}, "warning"),
        ({"eleventy.config.js": BEFORE}, "warning"),
        (scripts(get="curl -o _data/other.json https://a.cn/"), "error"),
        (scripts(get="prettier 'my_data/**' '_data/**'"), "error"),
        ({**scripts(get="node tools/get.mjs"), "tools/get.mjs": "groups()"}, "error"),
        ({"tools/get.mjs": WRITER}, "error"),
        ({".gitignore": "# _data\n!_data/groups.json\nother/groups\ngroups.css\n"}, "error"),
    ],
)
def test_data_that_the_build_may_write_is_a_warning(files, severity):
    told = codes([TemplateTag], "eleventy", "posts/a.md", LOOP, {**JUST_NUNJUCKS, **files})
    assert told[0] == ("TPL001", severity)


@pytest.mark.parametrize(
    ("text", "files", "severity"),
    [
        ("eleventyComputed: {groups: '{{ x }}'}", {}, None),
        ("layout: base.njk", {"_includes/base.njk": "---\neleventyComputed:\n  groups: x\n---\n"}, None),
        ("a: b", {"_data/eleventyComputed.js": "export default { groups: (data) => [] };"}, None),
        ("a: b", {"_data/eleventyComputed.json": '{"groups": "x"}'}, None),
        ("a: b", {"_data/eleventyComputed.js": "export default make();"}, "warning"),
        ("a: b", {"_data/eleventyComputed.js": "export default { other: 1 };"}, "error"),
        ("a: b", {"eleventy.config.js": NUNJUCKS.replace(
            "{", "{ config.addGlobalData('eleventyComputed.groups', f);", 1)}, "warning"),
    ],
)  # fmt: skip
def test_computed_data_defines_variables(text, files, severity):
    post = LOOP.replace("title: a", text)
    told = codes([TemplateTag], "eleventy", "posts/a.md", post, {**JUST_NUNJUCKS, **files})
    assert told[:1] == ([("TPL001", severity)] if severity else [])


# Images


@pytest.mark.parametrize(
    ("host", "count"),
    [
        ("blog.example.org", 0),
        ("img.example.org", 0),
        ("example.org.cn", 1),
        ("pics.store.net", 0),
        ("cdn.jsdelivr.net", 0),
        ("user-images.githubusercontent.com", 0),
        ("n.sinaimg.cn", 1),
        ("a.cn", 1),
    ],
)
def test_own_hosts_and_hosts_for_everyone_need_no_policy(host, count):
    files = {"hugo.toml": HUGO + KEPT + '[params]\nimage_cdn = "https://pics.store.net/a/"\n'}
    text = f'---\ntitle: a\n---\n<img src="https://{host}/a.png" alt="">\n'
    assert len(found([NoReferrer], "hugo", "content/posts/a.md", text, files)) == count


@pytest.mark.parametrize(
    ("base", "host", "count"),
    [
        ("https://me.github.io/", "me.github.io", 0),
        ("https://www.a.co.uk/", "img.a.co.uk", 0),
        ("https://www.a.co.uk/", "img.b.co.uk", 1),
        ("https://me.surge.sh/", "you.surge.sh", 1),
    ],
)
def test_a_domain_that_is_shared_is_not_ones_own(base, host, count):
    text = f'---\ntitle: a\n---\n<img src="https://{host}/a.png" alt="">\n'
    files = {"hugo.toml": f'baseURL = "{base}"\n{KEPT}'}
    assert len(found([NoReferrer], "hugo", "content/posts/a.md", text, files)) == count


# Markdown and HTML that are meant


@pytest.mark.parametrize(
    ("inner", "severities"),
    [
        ("```html\n<p>x</p>\n```", ["warning"]),
        ("## Head\n\n- <b>a\n- b</b>", ["warning"]),
        ("[x]: https://a.cn\n\nsee [x]", ["warning"]),
        ("{{< youtube abc >}}\n{{< figure\nsrc=x >}}", []),
        ("[x]: https://a.cn", ["error"]),
    ],
)
def test_markdown_that_an_author_writes_in_an_element_is_no_error(inner, severities):
    files = {"hugo.toml": HUGO + KEPT}
    text = f"---\ntitle: a\n---\n<div>\n<p>one</p>\n\n{inner}\n\n</div>\n<p>two</p>\n<p>three</p>\n"
    told = found([HtmlBrokenByMarkdown], "hugo", "content/posts/a.md", text, files)
    assert [severity for _, severity, _ in told] == severities, told


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ('<span class="vlist-s">\u200b</span>', 0),
        ("<span>\u200b</span>", 1),
        ('<span class="vlist-s">a\u200bb</span>', 1),
    ],
)
def test_a_space_of_no_width_that_lays_out_a_formula_is_kept(html, count):
    text = f"---\ntitle: a\n---\n<p>x {html} y</p>\n"
    assert len(found([ControlCharacter], "hugo", "content/posts/a.md", text)) == count


def test_a_link_that_is_hidden_from_all_readers_may_be_empty():
    hidden = '<p><a href="#l1" aria-hidden="true" tabindex="-1"></a>x</p>\n'
    assert found([EmptyLink], "eleventy", "posts/a.html", f"---\ntitle: a\n---\n{hidden}") == []
    shown = hidden.replace(' tabindex="-1"', "")
    assert len(found([EmptyLink], "eleventy", "posts/a.html", f"---\ntitle: a\n---\n{shown}")) == 1


# The summary


@pytest.mark.parametrize(
    ("theme", "words"), [("theme = 'gone'\n", ""), ("", "1 post stops the build")]
)
def test_a_build_is_said_to_stop_only_where_that_is_certain(theme, words, tmp_path):
    from newslint.config.project import Project
    from newslint.files.discovery import discover
    from newslint.reports.summary import RunSummary
    from newslint.reports.wording import costs
    from newslint.runner.pipeline import lint_files

    (tmp_path / "content").mkdir()
    (tmp_path / "hugo.toml").write_text(theme + HUGO)
    (tmp_path / "content/a.md").write_text("---\ntitle: a\n---\n{{< nope >}}\n")
    project = Project(tmp_path)
    tally = RunSummary()
    found = discover([tmp_path], project)
    assert sum(len(one.diagnostics) for one in tally.watch(lint_files(found, project))) >= 1
    assert costs(tally).startswith(words) and ("build" in costs(tally)) == bool(words)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("/events/Conf-2025/", [("warning", "lower case")]),
        ("/events/conf-2025/", []),
        ("/events/index.ics", []),
        ("/events/Conf-2026/", [("error", "does not exist")]),
    ],
)
def test_a_url_in_another_case_is_a_warning_and_other_formats_are_not_looked_for(
    url, told, tmp_path
):
    from newslint.config.project import Project
    from newslint.files.discovery import discover
    from newslint.runner.pipeline import lint_files

    (tmp_path / "content/events").mkdir(parents=True)
    (tmp_path / "hugo.toml").write_text(HUGO)
    (tmp_path / "content/events/a.md").write_text("---\ntitle: a\nslug: Conf-2025\n---\ntext\n")
    (tmp_path / "content/b.md").write_text(f"---\ntitle: b\n---\n[text]({url})\n")
    project = Project(tmp_path)
    reports = lint_files(discover([tmp_path], project), project)
    found = [d.finding for one in reports for d in one.diagnostics if d.finding.code == "LNK004"]
    assert [f.severity.value for f in found] == [severity for severity, _ in told]
    assert all(words in f.message for f, (_, words) in zip(found, told, strict=True))


# Shortcodes of Hugo


def test_a_shortcode_may_close_itself_in_one_place_and_not_in_another():
    files = {"layouts/shortcodes/box.html": "<b>{{ .Inner }}</b>"}
    text = "{{< box a=1 />}}\n\n{{< box >}}x{{< /box >}}\n"
    assert found([TemplateTag], "hugo", "content/p/a.md", text, files) == []
    open_one = text + "{{< box >}}\n"
    assert "error" in {
        s for _, s, _ in found([TemplateTag], "hugo", "content/p/a.md", open_one, files)
    }


@pytest.mark.parametrize(
    ("files", "severities"),
    [
        ({}, ["warning"]),
        ({".hvm": "v0.120.0"}, ["error"]),
        ({".hvm": "v0.158.0"}, []),
        ({"layouts/_shortcodes/a.html": "x"}, []),
    ],
)
def test_a_shortcode_of_hugo_is_an_error_where_the_site_is_built_without_it(files, severities):
    text = '{{< x user="a" id="1" >}}\n'
    assert [s for _, s in codes([TemplateTag], "hugo", "content/p/a.md", text, files)] == severities


@pytest.mark.parametrize(("setting", "count"), [("", 2), ("enableInlineShortcodes = true\n", 0)])
def test_a_shortcode_that_the_post_defines_is_shown_where_the_site_says_so(setting, count):
    files = {"hugo.toml": f"{HUGO}[security]\n{setting}"}
    text = "{{< k.inline >}}<leader>{{ 1 }}{{< /k.inline >}}\n"
    rules = [TemplateTag, TextAsTag]
    assert len(found(rules, "hugo", "content/p/a.md", text, files)) == count


@pytest.mark.parametrize(
    ("template", "count"),
    [
        ('{{ highlight (trim .Inner "\\n") (.Get 0) "" }}', 0),
        ("{{ $code := .Inner | strings.TrimSpace }}{{ transform.Highlight $code }}", 0),
        ('<script type="text/xml">{{ .Inner | safeHTML }}</script>', 0),
        ("{{ with .Inner }}{{ $x = trim . `\\n` }}{{ end }}<pre>{{ $x | htmlEscape }}</pre>", 0),
        ("{{ if .Inner }}<pre>{{ htmlEscape .Inner }}</pre>{{ else }}{{ .Get 0 }}{{ end }}", 0),
        ("<script>a()</script><p>{{ .Inner }}</p>", 1),
        ("<pre>{{ .Inner | safeHTML }}</pre>", 1),
        ("{{ .Inner | markdownify }}", 1),
        ("{{ with .Inner }}<em>{{ . }}</em>{{ end }}", 1),
        ("{{ highlight .Inner }}{{ .Inner }}", 1),
        ('{{ partial "box" (dict "text" .Inner) }}', 1),
    ],
)
def test_what_a_shortcode_shows_as_source_is_no_html_of_the_post(template, count):
    files = {"hugo.toml": HUGO + KEPT, "layouts/shortcodes/code.html": template}
    text = "A\n\n{{< code go >}}\nf(Map<string>)\n{{< /code >}}\n\nB\n"
    assert len(found([TextAsTag], "hugo", "content/p/a.md", text, files)) == count


def test_a_note_may_begin_on_its_second_line():
    text = "A[^1]\n\n[^1]:\n    <https://example.net/a>\n\n    <any>\n"
    texts = [message for _, _, message in found([TextAsTag], "eleventy", "a.md", text)]
    assert len(texts) == 1 and "<any>" in texts[0]


@pytest.mark.parametrize("mark", ["- ", "1. a\n    - b\n\n      ", "> - "])
def test_code_in_a_shortcode_stays_in_its_list(mark):
    files = {"layouts/shortcodes/code.html": "{{ highlight .Inner (.Get 0) }}"}
    margin = mark.rpartition("\n")[2].replace("-", " ")
    lines = ["{{< code go >}}", f"{margin}a b", f"{margin}<b>c</b>", f"{margin}{{{{< /code >}}}}"]
    text = mark + "\n".join(lines) + f"\n\n{margin}d\n"
    assert found([HtmlDropped], "hugo", "content/p/a.md", text, files) == []


# Dates


def pages(folder, dated, undated):
    texts = [f"---\ntitle: d{n}\ndate: 2024-01-0{n + 1}\n---\nx" for n in range(dated)]
    texts += [f"---\ntitle: u{n}\n---\nx" for n in range(undated)]
    return {f"{folder}/p{n}.md": text for n, text in enumerate(texts)}


def missing(target, path, text, files):
    return found([MissingField], target, path, text, files, lambda: PRESETS[target])


@pytest.mark.parametrize("target", ["hugo", "eleventy"])
@pytest.mark.parametrize(
    ("files", "path", "count"),
    [
        (pages("content/docs", 0, 6), "content/docs/p0.md", 0),
        (pages("content/posts", 6, 1), "content/posts/p6.md", 1),
        ({**pages("content/posts", 6, 0), **pages("content/docs", 0, 6)}, "content/docs/p3.md", 0),
        ({**pages("content/docs", 0, 6), **pages("content/posts", 6, 1)}, "content/posts/p6.md", 1),
        (pages("content/posts", 0, 1), "content/posts/p0.md", 1),
        (
            {**pages("content/docs/a", 0, 2), **pages("content/docs/b", 0, 2)},
            "content/docs/a/p0.md",
            0,
        ),
        (
            {f"content/docs/{n}/index.md": f"---\ntitle: {n}\n---\nx" for n in "abc"},
            "content/docs/a/index.md",
            0,
        ),
    ],
)
def test_a_date_is_missed_where_the_files_beside_have_one(target, files, path, count):
    own = "---\ntitle: a\n---\nx\n"
    assert len(missing(target, path, own, files)) == count


def test_a_list_of_eleventy_needs_no_date():
    files = pages("posts", 6, 0)
    own = "---\ntitle: a\npagination: {data: collections.posts, size: 9}\n---\nx\n"
    assert missing("eleventy", "posts/all.md", own, files) == []
    own = "---\ntitle: a\n---\nx\n"
    assert missing("eleventy", "posts/all.njk", own, files) == []
    assert len(missing("eleventy", "posts/all.md", own, files)) == 1


@pytest.mark.parametrize("matter", ['tags: [""]', 'categories: ["", "x"]', "weight: 8.5"])
def test_what_hugo_skips_or_rounds_in_the_front_matter_is_no_error(matter):
    text = f"---\ntitle: a\ndate: 2024-01-01\n{matter}\n---\nx\n"
    rules = [EmptyValue, InvalidType]
    assert found(rules, "hugo", "content/p/a.md", text, None, lambda: PRESETS["hugo"]) == []


# References of Hugo

_PAGES = {
    "content/posts/b.md": "---\ntitle: B\n---\n",
    "content/posts/c.de.md": "---\ntitle: C\n---\n",
    "layouts/shortcodes/box.html": "{{ .Inner }}",
    "layouts/shortcodes/card.html": "x",
}
_LANGUAGES = HUGO + "[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n"


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ('{{< ref path="b" >}}', None), ("{{< relref `b` >}}", None), ('{{< ref Path="b.md" >}}', None),
        ('{{< ref path="c" lang="de" >}}', None), ('{{< ref path="b" outputFormat="html" >}}', None),
        ('{{< ref path="b" outputFormat="rss" >}}', "warning"), ('{{< ref path="c" >}}', "error"),
        ('{{< ref path="b" lang="de" >}}', "error"), ('{{< ref path="b" lang="fr" >}}', "error"),
        ("{{< ref b c d >}}", "error"),
    ],
)  # fmt: skip
def test_a_reference_is_read_with_its_parameters(text, severity):
    post = f"---\ntitle: a\n---\nText {text} text.\n"
    files = {"hugo.toml": _LANGUAGES, **_PAGES}
    told = codes([TemplateTag], "hugo", "content/posts/a.md", post, files)
    assert told == ([("TPL001", severity)] if severity else [])


def test_a_reference_to_nothing_does_not_stop_a_build_that_only_warns():
    post = "---\ntitle: a\n---\nText {{< ref nope >}} text.\n"
    (stops,) = found([TemplateTag], "hugo", "content/posts/a.md", post)
    files = {"hugo.toml": HUGO + 'refLinksErrorLevel = "WARNING"\n'}
    (changes,) = found([TemplateTag], "hugo", "content/posts/a.md", post, files)
    assert "stops the build" in stops[2] and "changes this text" in changes[2]


@pytest.mark.parametrize(
    "text", ["{{< box >}}x", "{{< card />}}", "{{< card a=1 2 >}}", '{{< card "a\nb" >}}']
)
def test_a_shortcode_of_the_site_that_is_badly_written_is_an_error_without_a_safe_fix(text):
    post = f"---\ntitle: a\n---\nText {text} text.\n"
    site = site_of("hugo", {"hugo.toml": HUGO, **_PAGES, "content/posts/a.md": post})
    path = "content/posts/a.md"
    lined = post_in(site, path, post)
    (finding,) = lint(lined, RuleSet([TemplateTag()]))
    assert finding.severity.value == "error"
    assert finding.fix is None or finding.fix.safety.value == "unsafe"


@pytest.mark.parametrize(
    "text",
    [
        (
            "<p>a</p>\n\n  * <div>\n      b\n    </div>\n\n  * <div>\n      c\n    </div>\n\n<p>d</p>\n"
        ),
        ("<p>a</p>\n\n> <p>\n>   b\n> </p>\n\n<p>d</p>\n"),
    ],
)
def test_a_list_or_quote_that_holds_blocks_of_html_is_meant(text):
    files = {"hugo.toml": HUGO + KEPT}
    article = '<p class="a"><span>A text that a converter wrote.</span></p>\n\n' * 4 + text
    assert len(found([HtmlBrokenByMarkdown], "hugo", "content/p/a.md", article, files)) == 0


# Shortcodes, permalinks and drafts of Eleventy

_CODE = (
    ELEVENTY
    % """
  config.addShortcode("plain", () => "x");
  config.addLiquidTag("own", () => ({}));
  config.addFilter("mySlug", (text) => text);
  const pairs = { box: (text) => text, note: (text) => text };
  Object.entries(pairs).forEach(([name, code]) => config.addPairedShortcode(name, code));
  const tags = { one: () => "1" };
  for (const name of Object.keys(tags)) config.addShortcode(name, tags[name]);
  config.addFilter("last", (text) => text);
"""
)


def _eleventy(rule, text, files=None, data="title: a"):
    post = f"---\n{data}\n---\nText {text} text.\n"
    return codes(
        [rule], "eleventy", "posts/a.md", post, {"eleventy.config.js": _CODE, **(files or {})}
    )


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("{% plain 'a', \"b\" c.d 1.5 -x %}", 0), ("{% own a=1 %}", 0), ("{% plain 'a', b=1 %}", 1),
        ("{% plain 'a',\n 'b' %}", 1), ("{% plain a: 1 %}", 1), ("{% plain a[0] %}", 1),
        ("{% box a=1 %}x{% endbox %}", 1), ("{% box %}x{% endbox %}", 0), ("{% note %}x", 1),
        ("{% one %}", 0), ("{% one %}x{% endone %}", 2), ("{% nope %}", 1),
    ],
)  # fmt: skip
def test_a_shortcode_of_liquid_stops_the_build_at_what_it_cannot_read(text, count):
    assert _eleventy(TemplateTag, text) == [("TPL001", "error")] * count


def test_a_plug_in_may_read_the_arguments_of_its_tag_itself():
    code = """import highlight from "@11ty/eleventy-plugin-syntaxhighlight";
export default function (config) { config.addPlugin(highlight); }
"""
    text = "{% highlight js/1 %}x{% endhighlight %}"
    assert _eleventy(TemplateTag, text, {"eleventy.config.js": code}) == []


def test_a_site_may_have_liquid_read_the_arguments_itself():
    code = _CODE.replace(
        'config.addFilter("last"',
        'config.setLiquidParameterParsing("builtin");\nconfig.addFilter("last"',
    )
    assert _eleventy(TemplateTag, "{% plain a[0] %}", {"eleventy.config.js": code}) == []


@pytest.mark.parametrize(("version", "count"), [("^3.1.0", 1), ("4.0.0-alpha.6", 0), ("~14", 0)])
def test_eleventy_4_has_liquid_read_the_arguments(version, count):
    package = f'{{"devDependencies": {{"@11ty/eleventy": "{version}"}}}}'
    found = _eleventy(TemplateTag, "{% plain a[0] %}", {"package.json": package})
    assert found == [("TPL001", "error")] * count


def test_an_include_of_liquid_may_lie_beside_the_post():
    files = {"posts/part.html": "x", "part.liquid": "x"}
    assert _eleventy(TemplateTag, "{% include './part.html' %}", files) == []
    assert _eleventy(TemplateTag, "{% include '../part' %}", files) == []
    assert _eleventy(TemplateTag, "{% include './nope.html' %}", files) == [("TPL001", "error")]


@pytest.mark.parametrize(
    ("permalink", "count"),
    [
        ("'/{{ title | mySlug }}/'", 0), ("'/{% plain %}/'", 0), ("'/{{ title | slugify }}/'", 0),
        ("'/{{ title | nope }}/'", 1), ("'/{{ title'", 1), ("{build: /y/}", 0), ("{build: y}", 1),
        ("{serverless: /y/}", 1),
    ],
)  # fmt: skip
def test_a_permalink_may_use_what_the_site_defines(permalink, count):
    told = _eleventy(InvalidType, "", data=f"title: a\npermalink: {permalink}")
    assert told == [("FM006", "error")] * count


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({}, [("FM024", "warning")]),
        ({"_data/eleventyComputed.js": "export default { permalink: (d) => !d.draft };"}, []),
        ({"posts/posts.11tydata.js": "export default { eleventyComputed: { permalink: f } };"}, []),
        ({"eleventy.config.js": ELEVENTY % "config.addPreprocessor('x', '*', (data) => { if"
          " (data.draft) return false; });"}, [("FM024", "info")]),
    ],
)  # fmt: skip
def test_a_draft_that_the_site_may_leave_out_is_not_said_to_be_published(files, told):
    assert _eleventy(IgnoredSwitch, "", files, "title: a\ndraft: true") == told


def fixes(rules, target, path, text, files=None, preset=None):
    """Of each finding the code and how safe its fix is."""
    main = {"hugo": {"hugo.toml": HUGO}, "eleventy": {"eleventy.config.js": ELEVENTY % ""}}[target]
    site = site_of(target, {**main, **(files or {}), path: text})
    schema = (lambda: PRESETS[preset]) if preset else None
    post = post_in(site, path, text, schema)
    told = lint(post, RuleSet(r() for r in rules))
    return [(one.code, one.fix and str(one.fix.safety)) for one in told]


@pytest.mark.parametrize(("unsafe", "safety"), [("true", "unsafe"), ("false", None)])
def test_no_fix_writes_html_that_hugo_drops(unsafe, safety):
    files = {"hugo.toml": HUGO + f"[markup.goldmark.renderer]\nunsafe = {unsafe}\n"}
    text = "---\ntitle: a\n---\n**注意：**内容\n\n![x](https://n.sinaimg.cn/a.jpg)\n"
    given = ([UnrenderedMarkdown, NoReferrer], "hugo", "content/posts/a.md", text, files)
    assert fixes(*given) == [("MD005", safety), ("IMG001", safety)]
    words = [message for _, _, message in found(*given)]
    assert ["write <" in one for one in words] == [unsafe == "true"] * 2


@pytest.mark.parametrize(("field", "safety"), [("markup: [html]", None), ("title: [x]", "safe")])
def test_no_fix_makes_a_text_that_stops_the_build(field, safety):
    text = f"---\ndescription: a\n{field}\n---\na\n"
    told = fixes([InvalidType, ReservedKey], "hugo", "content/posts/a.md", text, preset="hugo")
    assert told == [("FM006", safety)]


@pytest.mark.parametrize("layout", ["5", "true", "[a]", "2021-01-01"])
def test_a_layout_that_is_no_text_stops_eleventy_and_no_quotes_mend_it(layout):
    text = f"---\ntitle: a\nlayout: {layout}\n---\na\n"
    rules = [InvalidType, AmbiguousScalar, ReservedKey]
    assert fixes(rules, "eleventy", "posts/a.md", text, preset="eleventy") == [("FM006", None)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{% note %}x", "“note” is not closed"),
        ("{% one %}{% endone %}", "“one” has no end tag"),
        ("{% plain a: 1 %}", "“plain” does not read these arguments"),
    ],
)
def test_the_message_says_what_is_wrong_with_a_tag_of_the_site(text, words):
    post = f"---\ntitle: a\n---\nText {text} text.\n"
    files = {"eleventy.config.js": _CODE}
    told = found([TemplateTag], "eleventy", "posts/a.md", post, files)
    assert told and all(message.endswith(words) for _, _, message in told)


def test_a_shortcode_that_a_missing_theme_may_define_is_reported_once_in_a_post():
    text = "---\ntitle: a\n---\n{{< own >}} {{< own >}} {{< other >}}\n"
    files = {"hugo.toml": 'theme = "gone"\n'}
    found = codes([TemplateTag], "hugo", "content/a.md", text, files)
    assert found == [("TPL001", "warning")] * 2
