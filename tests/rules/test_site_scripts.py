"""What the scripts, plug-ins and settings of a Hexo or Jekyll site make of the templates in posts."""

from __future__ import annotations

from pathlib import Path

import pytest

from newslint import check_paths, check_text
from newslint.config.project import Project

POST = "---\ntitle: {}\ndate: 2021-01-02\n---\n"
DIES, UNSURE = "error", "warning"


def told(root: Path, files: dict[str, str], *codes: str) -> dict[str, list[tuple[str, str]]]:
    """The severity and impact of what newslint reports of each post of a site, by its name."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    reports = check_paths([root], project=Project(root))
    return {
        Path(report.path).name: [
            (one.finding.severity.value, one.finding.impact.value)
            for one in report.diagnostics
            if one.finding.code in (codes or ("TPL001",))
        ]
        for report in reports
    }


def of_hexo(root: Path, body: str, files: dict[str, str]) -> list[tuple[str, str]]:
    site = {"_config.yml": "theme: t\n", "themes/t/layout/post.ejs": "<%- page.content %>"}
    return told(root, {**site, **files, "source/_posts/a.md": POST.format("A") + body})["a.md"]


def of_jekyll(
    root: Path, body: str, files: dict[str, str], matter: str = "title: A"
) -> list[tuple[str, str]]:
    post = {"_posts/2021-01-02-a.md": f"---\n{matter}\n---\n{body}"}
    return told(root, {"_config.yml": "title: x\n", **files, **post})["2021-01-02-a.md"]


@pytest.mark.parametrize(
    "script",
    [
        "const t = hexo.extend.tag;\nt.register('x', f, {ends: true});",
        "const { tag: own } = hexo.extend;\nown.register('x', f, {ends: true, async: true});",
        "const { register } = hexo.extend.tag;\nregister('x', f, true)",
        "const add = hexo.extend.tag.register.bind(hexo.extend.tag);\nadd('x', f, true);",
        "hexo['extend'][\"tag\"].register('x', f, true);",
        "hexo.extend?.tag?.register('x', f, true);",
    ],
)
@pytest.mark.parametrize(("body", "wrong"), [("{% x %}a{% endx %}", 0), ("{% y %}", 1)])
def test_a_tag_that_a_script_registers_is_known_in_each_spelling(
    script: str, body: str, wrong: int, tmp_path: Path
) -> None:
    found = of_hexo(tmp_path, body, {"scripts/deep/x.js": script})
    assert [severity for severity, _ in found] == [DIES] * wrong


@pytest.mark.parametrize(
    ("path", "script"),
    [
        ("scripts/x.js", "help(hexo.extend.tag, 'register')"),
        ("scripts/x.js", "['a', 'x'].forEach(one => hexo.extend.tag.register(one, f))"),
        ("scripts/x.js", "['a', 'x'].forEach(hexo.extend.tag.register)"),
        ("scripts/x.js", "for (const kind of all) hexo.extend[kind].register('x', f)"),
        ("scripts/x.ts", "hexo.extend.tag.register('x', f)"),
        ("scripts/x.js", "hexo.extend.filter.register('before_post_render', data => {\n"
         "  data.content = data.content.replace(/\\{%\\s*x\\s*%\\}/g, '<b>x</b>');\n});"),
    ],
)  # fmt: skip
def test_a_tag_that_code_may_know_is_a_warning(path: str, script: str, tmp_path: Path) -> None:
    assert of_hexo(tmp_path, "{% x %}", {path: script}) == [(UNSURE, "build")]


FILTER = (
    "hexo.extend.filter.register('before_post_render', data => {\n"
    "  data.content = data.content.replace(%s, '<b>x</b>');\n});"
)


@pytest.mark.parametrize(
    ("pattern", "body", "severity"),
    [
        ("/==(.+?)==/g", "{% x %}", DIES),
        ("/{%\\s+x(.*)%}/g", "{% x %}", UNSURE),
        ("/{%\\s+x(.*)%}/g", "{% y %}", DIES),
        ("/{%\\s+x(.*)%}/g", "{{ y() }}", DIES),
        ("/{%\\s*(\\w+)\\s*%}/g", "{% y %}", UNSURE),
        ("/{%\\s*x\\w*\\s*%}/g", "{% y %}", UNSURE),
        ("new RegExp('\\\\{%\\\\s*x')", "{% y %}", DIES),
        ("/\\{\\{(.*?)\\}\\}/g", "{{ y() }}", UNSURE),
        ("/\\{\\{(.*?)\\}\\}/g", "{% y %}", DIES),
    ],
)
def test_a_filter_saves_the_templates_that_it_names(
    pattern: str, body: str, severity: str, tmp_path: Path
) -> None:
    found = of_hexo(tmp_path, body, {"scripts/x.js": FILTER % pattern})
    assert found == [(severity, "build")]


def test_a_suffix_that_a_script_renders_makes_posts_and_pages(tmp_path: Path) -> None:
    link = "[a](/own.html) [b](/none.html) [c](/2021/01/02/b/)\n"
    files = {
        "_config.yml": "theme: t\nurl: https://a.example/\n",
        "themes/t/layout/post.ejs": "x",
        "scripts/x.js": "hexo.extend.renderer.register('mdx', 'html', data => data.text, true)",
        "source/own.mdx": POST.format("Own"),
        "source/_posts/b.mdx": POST.format("B"),
        "source/_posts/a.md": POST.format("A") + link,
    }
    assert len(told(tmp_path, files, "LNK004")["a.md"]) == 1


@pytest.mark.parametrize(("sums", "collide"), [("force: true", True), ("force: false", False)])
def test_forced_sums_of_hexo_abbrlink_replace_those_of_posts(
    sums: str, collide: bool, tmp_path: Path
) -> None:
    files = {
        "_config.yml": f"permalink: :abbrlink/\nabbrlink: {{rep: hex, {sums}}}\n",
        "package.json": '{"dependencies": {"hexo-abbrlink": "2"}}',
        "source/_posts/a.md": "---\ntitle: Same\ndate: 2021-01-02\nabbrlink: one\n---\nx\n",
        "source/_posts/b.md": "---\ntitle: Same\ndate: 2021-01-02\nabbrlink: two\n---\ny\n",
    }
    found = told(tmp_path, files, "ARC005")
    assert found["a.md"] + found["b.md"] == [("error", "post")] * collide


BLOCK = "class T < Liquid::Block\nend\n"


@pytest.mark.parametrize(
    ("files", "severities"),
    [
        ({"_plugins/x.rb": BLOCK + 'Liquid::Template.tags["x"] = T\n'}, []),
        ({"_plugins/x.rb": BLOCK + "Liquid::Template.register_tag('x'.freeze, T)\n"}, []),
        ({"_plugins/x.rb": "require_relative '../lib/x'\n",
          "lib/x.rb": BLOCK + "Liquid::Template.register_tag('x', T)\n"}, []),
        ({"_plugins/x.rb": BLOCK + 'Liquid::Template.register_tag("#{px}x", T)\n'}, [UNSURE] * 2),
        ({"_plugins/x.rb": "Jekyll::Hooks.register :posts, :pre_render do |post|\n"
          "  post.content = post.content.gsub('{% x %}', '')\nend\n"}, [UNSURE, DIES]),
        ({"_plugins/x.rb": "Jekyll::Hooks.register :posts, :pre_render do |post|\n"
          "  post.content = post.content.gsub('==', '')\nend\n"}, [DIES] * 2),
        ({"_config.yml": "source: src\nplugins_dir: own\n", "src/_posts/2021-01-01-b.md": "---\n",
          "own/x.rb": BLOCK + "Liquid::Template.register_tag('x', T)\n"}, []),
        ({"_config.yml": "source: src\nplugins_dir: own\n", "src/_posts/2021-01-01-b.md": "---\n",
          "src/own/x.rb": BLOCK + "Liquid::Template.register_tag('x', T)\n"}, [DIES] * 2),
    ],
)  # fmt: skip
def test_a_tag_is_known_where_ruby_that_jekyll_loads_registers_it(
    files: dict[str, str], severities: list[str], tmp_path: Path
) -> None:
    post = "---\ntitle: A\n---\n{% x %}a{% endx %}\n"
    folder = "src/_posts" if "source" in files.get("_config.yml", "") else "_posts"
    site = {"_config.yml": "title: x\n", **files, f"{folder}/2021-01-02-a.md": post}
    found = told(tmp_path, site)["2021-01-02-a.md"]
    assert [severity for severity, _ in found] == severities


@pytest.mark.parametrize(
    ("setting", "body", "impacts"),
    [
        ("strict_filters: true", '{{ "a" | rare }}', ["build"]),
        ("strict_filters: false", '{{ "a" | rare }}', []),
        ("strict_filters: true", '{{ "a" | upcase }}', []),
        ("strict_filters: true", '{{ "a" | ours }}', []),
        ("strict_variables: true", "{{ rare }}", ["build"]),
        ("strict_variables: true", "{{ page.title }}", []),
        ("strict_variables: true", "{% assign rare = 1 %}{{ rare }}", []),
        ("error_mode: strict", "{% if page.title == %}a{% endif %}", ["build"]),
        ("error_mode: warn", "{% if page.title == %}a{% endif %}", []),
        ("error_mode: strict", "{% if page.title == 1 %}a{% endif %}", []),
    ],
)
def test_what_the_site_makes_fatal_stops_the_build(
    setting: str, body: str, impacts: list[str], tmp_path: Path
) -> None:
    filters = "module F\ndef ours(x)\nx\nend\nend\nLiquid::Template.register_filter(F)\n"
    files = {"_config.yml": f"liquid: {{{setting}}}\n", "_plugins/f.rb": filters}
    assert [impact for _, impact in of_jekyll(tmp_path, body, files)] == impacts


@pytest.mark.parametrize(
    ("value", "matter", "count"),
    [("false", "title: A", 0), ("false", "render_with_liquid: true", 1), ("true", "title: A", 1)],
)
def test_defaults_of_the_site_switch_templates_off(
    value: str, matter: str, count: int, tmp_path: Path
) -> None:
    files = {
        "_config.yml": "defaults: [{scope: {path: _posts}, values: {render_with_liquid: "
        + value
        + "}}]\n"
    }
    assert len(of_jekyll(tmp_path, "{% rare %}", files, matter)) == count


@pytest.mark.parametrize(
    ("path", "matter", "count"),
    [
        ("_posts/2021-13-02-a.md", "title: A", 1),
        ("_notes/2021-00-02-a.md", "title: A", 1),
        ("_posts/2021-02-30-a.md", "title: A", 0),
        ("_posts/2021-13-02-a.md", "date: 2021-12-02", 0),
        ("blog/2021-13-02-a.md", "title: A", 0),
    ],
)
def test_a_date_in_a_name_that_is_no_day_stops_the_build(
    path: str, matter: str, count: int, tmp_path: Path
) -> None:
    config = "collections: {notes: {output: true}}\n"
    files = {"_config.yml": config, path: f"---\n{matter}\n---\nx\n"}
    found = told(tmp_path, files, "FM010")
    assert found[Path(path).name] == [("error", "build")] * count


@pytest.mark.parametrize(
    ("config", "names"),
    [
        ("markdown_ext: markdown,TXT", {"2021-01-02-a.md", "2021-01-02-b.txt"}),
        ("markdown_ext: 'markdown, txt'", {"2021-01-02-a.md"}),
        ("title: x", {"2021-01-02-a.md"}),
    ],
)
def test_posts_of_the_sites_own_markdown_suffixes_are_checked(
    config: str, names: set[str], tmp_path: Path
) -> None:
    post = "---\ntitle: {}\n---\n{{% rare %}}\n"
    files = {
        "_config.yml": f"{config}\n",
        "_posts/2021-01-02-a.md": post.format("A"),
        "_posts/2021-01-02-b.txt": post.format("B"),
        "notes.txt": "{% rare %}\n",
    }
    found = told(tmp_path, files)
    assert set(found) == names
    assert all(one == [(DIES, "build")] for one in found.values())


def test_a_name_that_jekyll_shortens_has_no_settings_of_its_collection(tmp_path: Path) -> None:
    files = {
        "_config.yml": 'collections: {"My Notes": {output: true}, notes: {output: true}}\n',
        "_MyNotes/a.md": "---\ntitle: A\n---\nx\n",
        "_notes/b.md": "---\ntitle: B\n---\nx\n",
    }
    told(tmp_path, files)
    site = Project(tmp_path).site(tmp_path)
    assert site is not None
    assert site.output("_MyNotes/a.md", {}) is None
    assert site.output("_notes/b.md", {}) == "notes/b.html"


@pytest.mark.parametrize(
    ("path", "permalink", "count"),
    [
        ("a.md", "/:basename:output_ext", 0),
        ("a.md", "/:rare/", 0),
        ("a.md", "[x]", 1),
        ("_posts/2021-01-02-a.md", "/:rare/", 1),
        ("_notes/a.md", "/:rare/", 1),
    ],
)
def test_a_name_in_the_permalink_of_a_page_stops_no_build(
    path: str, permalink: str, count: int, tmp_path: Path
) -> None:
    files = {
        "_config.yml": "collections: {notes: {output: true}}\n",
        path: f"---\ntitle: A\npermalink: {permalink}\n---\nx\n",
    }
    found = told(tmp_path, files, "FM006")
    assert found[Path(path).name] == [("error", "build")] * count


@pytest.mark.parametrize(
    ("tag", "severities"),
    [
        ("{% include i.html x=1 %}", []),
        ('{% include i.html x="{{ page.title }}" %}', [DIES]),
        ("{% include {{ page.own }} %}", [UNSURE]),
        ('{% include "i.html" %}', [DIES]),
        ("{% include_relative below/r.md %}", []),
        ("{% include_relative ../r.md %}", [DIES]),
        ("{% post_url 2021-04-04-Two Words %}", []),
        ('{% link "r.md" %}', [DIES]),
        ("{% link own file.md %}", []),
        ("{% post_url 2999-01-01-later %}", [DIES]),
        ("{% link _posts/2999-01-01-later.md %}", [DIES]),
    ],
)
def test_a_tag_that_names_a_file_works_where_jekyll_finds_that_name(
    tag: str, severities: list[str], tmp_path: Path
) -> None:
    post = "---\ntitle: A\n---\nx\n"
    names = ("_posts/2021-04-04-Two Words.md", "_posts/2999-01-01-later.md", "own file.md")
    files = {
        **dict.fromkeys(names, post),
        **dict.fromkeys(("_includes/i.html", "r.md", "_posts/below/r.md"), "x"),
    }
    assert [severity for severity, _ in of_jekyll(tmp_path, tag, files)] == severities


def test_posts_of_the_future_can_be_linked_where_the_site_publishes_them(tmp_path: Path) -> None:
    files = {
        "_config.yml": "title: x\nfuture: true\n",
        "_posts/2999-01-01-later.md": "---\ntitle: A\n---\nx\n",
    }
    assert of_jekyll(tmp_path, "{% post_url 2999-01-01-later %}", files) == []


GIST = "{% gist a/1 %}"
GROUP = "group :jekyll_plugins do\n%s\nend\n"


@pytest.mark.parametrize(
    ("gemfile", "severities"),
    [
        (GROUP % '  if RUBY_VERSION > "3"\n    gem "json"\n  end\n  gem "jekyll-gist"', []),
        ('group "jekyll_plugins" do\n  gem "jekyll-gist"\nend\n', []),
        ('group(:test, :jekyll_plugins) { gem "jekyll-gist" }\n', []),
        ('gem "jekyll-gist", groups: %i[test jekyll_plugins]\n', []),
        (GROUP % '  # gem "jekyll-gist"', [DIES]),
        (GROUP % '  gem "json"' + 'gem "jekyll-gist"\n', [DIES]),
        ('%w(jekyll-gist).each { |name| gem name, group: :jekyll_plugins }\n', [UNSURE]),
        ('eval_gemfile "other"\n', [UNSURE]),
    ],
)  # fmt: skip
def test_gems_of_the_group_that_jekyll_loads_are_known(
    gemfile: str, severities: list[str], tmp_path: Path
) -> None:
    found = of_jekyll(tmp_path, GIST, {"Gemfile": gemfile})
    assert [severity for severity, _ in found] == severities


TAG = "class T < Liquid::Tag\nend\nLiquid::Template.register_tag('x', T)\n"


@pytest.mark.parametrize(
    ("files", "body", "severities"),
    [
        ({"_config.yml": "title: x\nremote_theme: pages-themes/cayman@v0.2.0\n"}, "{% seo %}", []),
        ({"_config.yml": "title: x\nremote_theme: a/rare\n"}, "{% seo %}", [UNSURE]),
        ({"Gemfile": GROUP % "gem 'github-pages'"}, "{% seo %}", []),
        ({"Gemfile": GROUP % "gem 'github-pages'", "_plugins/x.rb": TAG}, "{% x %}", [UNSURE]),
        ({"_config.yml": "title: x\nsafe: true\n", "_plugins/x.rb": TAG}, "{% x %}", [UNSURE]),
        ({"_config.yml": "title: x\ntheme: rare\n", "Gemfile": "gem 'rare', path: './own'\n",
          "own/_includes/i.html": "x", "own/rare.gemspec": "s.add_runtime_dependency 'jekyll-gist'"},
         "{% include i.html %}" + GIST, []),
        ({"_config.yml": "title: x\ntheme: rare\n", "Gemfile": "gem 'rare', path: './own'\n",
          "own/_includes/i.html": "x"}, "{% include j.html %}", [DIES]),
    ],
)  # fmt: skip
def test_what_a_theme_and_a_safe_build_load_is_known(
    files: dict[str, str], body: str, severities: list[str], tmp_path: Path
) -> None:
    found = of_jekyll(tmp_path, body, files)
    assert [severity for severity, _ in found] == severities


@pytest.mark.parametrize("target", ["hexo", "jekyll"])
def test_one_text_alone_gets_the_findings_that_its_site_decides(
    target: str, tmp_path: Path
) -> None:
    text = POST.format("A") + "![a](/img/none.png) ![b](/img/there.png)\n"
    folder, image = {
        "hexo": ("source/_posts", "source/img/there.png"),
        "jekyll": ("_posts", "img/there.png"),
    }[target]
    config = {"hexo": "theme: false\nnew_post_name: a\n", "jekyll": "baseurl: ''\n"}[target]
    name = f"{folder}/2021-01-02-a.md"
    undated = f"{folder}/_b.md"
    files = {"_config.yml": config, image: "x", name: text, undated: POST.format("B") + "x\n"}
    codes = ("LNK004", "ARC004")
    every = told(tmp_path, files, *codes)
    for path in (name, undated):
        alone = check_text(files[path], path, Project(tmp_path))
        found = [
            (one.finding.severity.value, one.finding.impact.value)
            for one in alone
            if one.finding.code in codes
        ]
        assert len(found) == 1
        assert found == every[Path(path).name]


TWO = "hexo.extend.tag.register('two', f, true); hexo.extend.tag.register('my-tag', f);"
TWO_BLOCKS = (
    BLOCK + "Liquid::Template.register_tag('two', T)\nLiquid::Template.register_tag('my-tag', T)"
)


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("{% two %}x{% endtwo %}", 0),
        ("{% two %}{% two %}x{% endtwo %}{% endtwo %}", 0),
        ("{% endtwo %}", 1),
        ("{% two %}x", 1),
        ("{% two %}x{% endtwo %}{% endtwo %}", 1),
        ("{% two %}x{% two %}y{% endtwo %}", 1),
        ("{% two %}{% raw %}{% two %}{% endraw %}{% endtwo %}", 0),
        ("{% my-tag %}", 1),
    ],
)
@pytest.mark.parametrize("generator", ["hexo", "jekyll"])
def test_tags_of_the_site_need_their_partners_and_names_of_one_word(
    generator: str, body: str, wrong: int, tmp_path: Path
) -> None:
    if generator == "hexo":
        found = of_hexo(tmp_path, body, {"scripts/x.js": TWO})
    else:
        found = of_jekyll(tmp_path, body, {"_plugins/x.rb": TWO_BLOCKS})
    assert found == [(DIES, "build")] * wrong


@pytest.mark.parametrize(
    ("target", "found"), [("jekyll", [(DIES, "build")]), ("jekyll@debian", [])]
)
def test_tags_of_liquid_5_stop_the_gems_alone(
    target: str, found: list[tuple[str, str]], tmp_path: Path
) -> None:
    files = {"newslint.toml": f'target = "{target}"\nselect = ["TPL001"]\n'}
    assert of_jekyll(tmp_path, "{% echo page.title %}", files) == found


@pytest.mark.parametrize(("future", "count"), [("false", 1), ("true", 0)])
def test_a_page_of_hexo_waits_for_its_date_where_posts_do(
    future: str, count: int, tmp_path: Path
) -> None:
    page = "---\ntitle: A\ndate: 2999-01-01\n---\nx\n"
    config = f"new_post_name: a\nfuture: {future}\n"
    found = told(tmp_path, {"_config.yml": config, "source/a.md": page}, "FM013")
    assert len(found["a.md"]) == count


@pytest.mark.parametrize(("theme", "tag"), [("false", "own"), ("", "own"), ("2021", "other")])
def test_a_site_without_a_theme_runs_the_scripts_of_the_default_one(
    theme: str, tag: str, tmp_path: Path
) -> None:
    files = {
        "_config.yml": f"new_post_name: a\ntheme: {theme}\n",
        "themes/landscape/scripts/x.js": "hexo.extend.tag.register('own', f)",
        "themes/2021/scripts/x.js": "hexo.extend.tag.register('other', f)",
    }
    for name in ("own", "other"):
        wrong = [(DIES, "build")] * (name != tag)
        assert of_hexo(tmp_path, f"{{% {name} %}}", files) == wrong


@pytest.mark.parametrize(("config", "count"), [("title: x", 1), ("markdown_ext: 'md,mdown'", 0)])
def test_a_post_that_jekyll_does_not_convert_is_reported(
    config: str, count: int, tmp_path: Path
) -> None:
    files = {"_config.yml": f"{config}\n", "_posts/2021-01-02-a.mdown": "---\ntitle: A\n---\nx\n"}
    found = told(tmp_path, files, "ARC006")["2021-01-02-a.mdown"]
    assert found == [("error", "content")] * count


@pytest.mark.parametrize(("value", "impact"), [("true", "build"), ("false", "content")])
def test_front_matter_that_the_site_wants_right_stops_the_build(
    value: str, impact: str, tmp_path: Path
) -> None:
    files = {"_config.yml": f"title: x\nstrict_front_matter: {value}\n"}
    files["_posts/2021-01-02-a.md"] = "---\ntitle: a: b\n---\nx\n"
    assert told(tmp_path, files, "FM003")["2021-01-02-a.md"] == [("error", impact)]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("{{ mine }}", []),
        ("{{ mine.deep }}", []),
        ("{% if mine %}x{% endif %}", []),
        ("{{ title }}", [(UNSURE, "content")]),
        ("{{ slug }}", [(DIES, "content")]),
        ("{{ other }}", [(DIES, "content")]),
    ],
)
def test_a_post_of_hexo_may_print_its_own_fields(
    body: str, found: list[tuple[str, str]], tmp_path: Path
) -> None:
    post = "---\ntitle: A\ndate: 2021-01-02\nmine: {deep: x}\n---\n"
    files = {"_config.yml": "new_post_name: a\ntheme: false\n", "source/_posts/a.md": post + body}
    assert told(tmp_path, files)["a.md"] == found


def test_the_branches_of_a_case_go_with_it(tmp_path: Path) -> None:
    body = '{% case page.title %}{% when "A" %}x{% else %}y{% endcase %}'
    assert of_jekyll(tmp_path, body, {}) == []


MARKED = "marked: {postAsset: true, prependRoot: true}\n"
IMAGES = "markdown: {images: {post_asset: true, prepend_root: true}}\n"


@pytest.mark.parametrize(
    ("renderer", "options", "image", "count"),
    [
        ("marked", MARKED, "![x](./pic.png)", 0),
        ("marked", MARKED, "![x](<a b.png>)", 0),
        ("marked", MARKED, "![x](a%20b.png)", 1),
        ("marked", MARKED, "![x](pic.png?v=1)", 1),
        ("marked", MARKED, "![x](../b/own.png)", 0),
        ("marked", MARKED, "![x](../b/none.png)", 1),
        ("marked", MARKED, "![x][y]\n\n[y]: img/top.png", 0),
        ("marked", MARKED, "![y]\n\n[y]: img/none.png", 1),
        ("marked", MARKED, "[y]\n\n[y]: img/top.png", 1),
        ("marked@^4.1.0", "", "![x](img/top.png)", 1),
        ("marked@^5.0.0", "", "![x](img/top.png)", 0),
        ("markdown-it", IMAGES, "![x](a/pic.png)", 0),
        ("markdown-it", IMAGES, "![x](<a b.png>)", 1),
        ("markdown-it", IMAGES, "![x](图.png)", 1),
        ("marked", MARKED, "![x](图.png)", 0),
    ],
)
def test_an_image_finds_the_file_that_the_renderer_of_hexo_finds(
    renderer: str, options: str, image: str, count: int, tmp_path: Path
) -> None:
    name, _, version = renderer.partition("@")
    folder = "source/_posts"
    files = {
        "_config.yml": f"new_post_name: ':title.md'\ntheme: false\npost_asset_folder: true\n{options}",
        "package.json": f'{{"dependencies": {{"hexo-renderer-{name}": "{version or "7.0.0"}"}}}}',
        f"{folder}/a.md": f"{POST.format('A')}{image}\n",
        f"{folder}/b.md": f"{POST.format('B')}Text.\n",
        **{f"{folder}/a/{one}": "x" for one in ("pic.png", "a b.png", "图.png")},
        f"{folder}/b/own.png": "x",
        "source/img/top.png": "x",
    }
    assert len(told(tmp_path, files, "LNK004")["a.md"]) == count


@pytest.mark.parametrize(
    ("files", "post"),
    [
        (
            {"_config.yml": "new_post_name: a\ntheme: false\n", "source/y.yml": "a: 1\n",
             "source/z.txt": "x"},
            "source/_posts/a.md",
        ),
        (
            {"_config.yml": "baseurl: ''\n", "y.yml": "a: 1\n", "z.txt": "x",
             "_layouts/x.html": "x", "y.scss": "---\n---\na{b:c}\n"},
            "_posts/2021-01-02-a.md",
        ),
    ],
)  # fmt: skip
def test_a_source_that_becomes_another_file_is_not_served_itself(
    files: dict[str, str], post: str, tmp_path: Path
) -> None:
    hexo = "source" in post
    links = (
        "[a](/y.json) [b](/z.txt) [c](/y.yml)" if hexo else "[a](/y.css) [b](/z.txt) [c](/y.scss)"
    )
    found = told(tmp_path, {**files, post: POST.format("A") + links}, "LNK004")
    assert found[Path(post).name] == [("error", "content")]
