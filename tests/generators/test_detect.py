"""Which site a folder belongs to, told by the sites' own files."""

from __future__ import annotations

import pytest

from newslint.generators import detect

HUGO = 'baseURL = "https://example.net/"\n'


def found(tmp_path, files, folder):
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    site = detect.site(tmp_path / folder)
    return (
        None if site is None else (site.target.name, site.folder.relative_to(tmp_path).as_posix())
    )


@pytest.mark.parametrize(
    "name", ["hugo.yml", "hugo.toml", "config.toml", "config/_default/hugo.toml"]
)
def test_hugos_configuration_has_several_names(tmp_path, name):
    assert found(tmp_path, {name: HUGO}, "content/posts") == ("hugo", ".")


@pytest.mark.parametrize("name", ["config.yaml", "config.yml"])
def test_hugos_old_names_count_with_its_keys(tmp_path, name):
    assert found(tmp_path, {name: "baseurl: https://example.net/\n"}, "content") == ("hugo", ".")


def test_another_programs_configuration_is_no_site(tmp_path):
    assert found(tmp_path, {"config.json": '{\n  "baseUrl": "http://localhost"\n}\n'}, "x") is None
    assert found(tmp_path, {"config.yml": "name: x\n"}, "x") is None


@pytest.mark.parametrize(
    ("inner", "folder"),
    [
        ("themes/t/hugo.toml", "themes/t/layouts"),
        ("themes/t/exampleSite/config.toml", "themes/t/exampleSite/content"),
        ("_vendor/example.org/m/config.toml", "_vendor/example.org/m"),
        ("themes/t/.git", "themes/t/content"),
        ("node_modules/x/eleventy.config.js", "node_modules/x"),
    ],
)
def test_a_theme_or_module_belongs_to_the_site_around_it(tmp_path, inner, folder):
    assert found(tmp_path, {"hugo.toml": HUGO, inner: HUGO}, folder) == ("hugo", ".")


def test_the_site_of_a_theme_alone_is_its_own(tmp_path):
    files = {"themes/t/exampleSite/hugo.toml": HUGO}
    assert found(tmp_path, files, "themes/t/exampleSite/content") == (
        "hugo",
        "themes/t/exampleSite",
    )


@pytest.mark.parametrize(
    "name", [".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs"]
)
def test_eleventys_configuration_has_several_names(tmp_path, name):
    assert found(tmp_path, {name: ""}, "src/posts") == ("eleventy", ".")


@pytest.mark.parametrize(
    ("files", "target"),
    [
        ({"_config.yml": "title: x\nnew_post_name: a\n"}, "hexo"),
        ({"_config.yml": "title: x\nbaseurl: a\n"}, "jekyll"),
        ({"_config.yml": "title: x\nsource: src\n", "src/_posts/a.md": ""}, "jekyll"),
        ({"_config.yml": "title: x\n", "_posts/a.md": ""}, "jekyll"),
        ({"_config.yml": "title: x\n", "source/_posts/a.md": ""}, "hexo"),
        ({"_config.yml": "title: x\ntheme: jekyll-theme-cayman\n"}, "jekyll"),
        ({"_config.yaml": "title: x\nkramdown: {}\n"}, "jekyll"),
        ({"_config.toml": "title = 'x'\n"}, "jekyll"),
        ({"_config.json": "{}", "package.json": '{"dependencies": {"hexo": "8"}}'}, "hexo"),
    ],
)
def test_hexo_and_jekyll_are_told_apart(tmp_path, files, target):
    assert found(tmp_path, files, "source") == (target, ".")


@pytest.mark.parametrize(
    "files",
    [
        {"_config.yml": "title: x\nexecute: {}\n", "_toc.yml": ""},
        {"_config.yml": "colour: red\n"},
        {"_config.yml": "menu: {}\ndeploy: x\n", "layout/a.ejs": "", "source/css/a.css": ""},
    ],
)
def test_a_book_and_a_theme_alone_are_no_sites(tmp_path, files):
    assert found(tmp_path, files, "docs") is None


def test_the_configuration_of_a_theme_is_not_that_of_the_site(tmp_path):
    files = {"_config.yml": "title: x\nnew_post_name: a\n", "themes/next/_config.yml": "url: x\n"}
    assert found(tmp_path, files, "themes/next/source") == ("hexo", ".")


@pytest.mark.parametrize("other", ["_config.yml", "_config.toml"])
def test_what_a_move_to_hugo_has_left_behind_is_no_site(tmp_path, other):
    files = {"a/config.toml": HUGO, f"a/{other}": 'baseurl: ""\n', "a/content/posts/a.md": ""}
    assert found(tmp_path, files, "a/content/posts") == ("hugo", "a")
    files = {"b/config.toml": HUGO, f"b/{other}": 'baseurl: ""\n', "b/_posts/2021-01-01-a.md": ""}
    assert found(tmp_path, files, "b/_posts") == ("jekyll", "b")


@pytest.mark.parametrize(
    ("files", "folder", "site"),
    [
        ({"source/_posts/a.md": ""}, "source/_posts", ("hexo", ".")),
        ({"_posts/2021-01-01-a.md": ""}, "_posts", ("jekyll", ".")),
        ({"_posts/2021-01-01-a.md": "", "_layouts/x.html": "", "package.json": "{}"}, "_posts",
         ("jekyll", ".")),
        ({"site/_posts/2021-01-01-a.md": "", "README.md": ""}, "site/_posts", ("jekyll", "site")),
    ],
)  # fmt: skip
def test_a_folder_of_posts_tells_a_site_without_a_configuration(tmp_path, files, folder, site):
    assert found(tmp_path, files, folder) == site


@pytest.mark.parametrize(
    ("files", "folder", "site"),
    [
        ({"package.json": '{"dependencies": {"next": "15"}}', "_posts/a.md": ""}, "_posts", None),
        ({"hugo.toml": HUGO, "content/_posts/a.md": ""}, "content/_posts", ("hugo", ".")),
        ({"_config.yml": "collections_dir: all\n", "all/_posts/a.md": "", "_layouts/a.html": ""},
         "all/_posts", ("jekyll", ".")),
        ({"posts/a.md": ""}, "posts", None),
        ({"_posts/a.md": "", "source/_posts/a.md": ""}, "_posts", None),
    ],
)  # fmt: skip
def test_a_folder_of_posts_gives_way_to_what_is_around_it(tmp_path, files, folder, site):
    assert found(tmp_path, files, folder) == site
