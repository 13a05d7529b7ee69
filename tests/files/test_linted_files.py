"""Only posts are linted and fixed: nothing that a generator keeps for itself, named or not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Command

from newslint.config.project import Project
from newslint.files import site_files
from newslint.files.discovery import discover
from newslint.generators import detect

Write = Callable[..., Path]
POST = "---\ntitle: A title\nlayout: post\n---\n<p>Some text.</p>\n"
LAYOUT = "<html><body>{{ content }}<p>{{ a b }}</p></body></html>\n"
"""A template that a fix would damage: the second output stops a build, and is safely encoded."""

JEKYLL = "title: s\nbaseurl: ''\n"
HEXO = "title: s\npost_asset_folder: false\n"
HUGO = 'baseURL = "https://example.org/"\n'
ELEVENTY = "export default function (config) {}\n"

SITES: dict[str, tuple[dict[str, str], list[str], list[str]]] = {
    "jekyll": (
        {"_config.yml": JEKYLL},
        ["_posts/2021-12-02-a.md", "_drafts/b.md", "about.md", "docs/_posts/2021-12-02-c.html"],
        [
            "_layouts/a.html",
            "_includes/b/c.html",
            "_data/a.md",
            "_sass/a.html",
            "_plugins/a.md",
            "_site/a.html",
            "node_modules/x/a.md",
            "README.md",
            "vendor/bundle/a/b.md",
        ],
    ),
    "jekyll, renamed": (
        {
            "_config.yml": JEKYLL + "layouts_dir: tpl/lay # a remark\nincludes_dir: 'inc'\n"
            'plugins_dir: [ruby, "more ruby"]\ndata_dir:\n  facts\ndestination: ./out/\n'
            "collections:\n  notes:\n    destination: no\n"
        },
        ["_posts/2021-12-02-a.md", "tpl/a.md", "public/a.md", "themes/a.md", "no/a.md"],
        [
            "tpl/lay/a.html",
            "inc/a.html",
            "ruby/a.md",
            "more ruby/a.md",
            "out/a/b.html",
            "_layouts/a.html",
        ],
    ),
    "jekyll, in a folder": (
        {"_config.yml": JEKYLL + "source: src\nlayouts_dir: frames\n"},
        ["src/_posts/2021-12-02-a.md"],
        ["frames/a.md", "src/frames/a.html", "src/_includes/a.html", "_site/a.html"],
    ),
    "hexo": (
        {"_config.yml": HEXO},
        ["source/_posts/a.md", "source/about/index.md", "source/_posts/themes/b.md"],
        [
            "scaffolds/post.md",
            "themes/next/README.md",
            "themes/next/layout/a.html",
            "public/2021/index.html",
            "README.md",
            "README.zh-CN.md",
            "source/_data/a.md",
        ],
    ),
    "hexo, renamed": (
        {"_config.yml": HEXO + "source_dir: content\npublic_dir: dist\n"},
        ["content/_posts/a.md"],
        ["dist/a.html", "content/_data/a.md", "public/a.md"],
    ),
    "hugo": (
        {"hugo.toml": HUGO},
        ["content/posts/a.md", "content/themes/a.md", "content/layouts/b.md"],
        [
            "layouts/_default/single.html",
            "archetypes/default.md",
            "themes/t/layouts/a.html",
            "static/a.html",
            "public/a/index.html",
            "data/a.md",
            "assets/a.html",
            "readme.md",
        ],
    ),
    "hugo, renamed": (
        {
            "config.toml": HUGO + 'layoutDir = "tpl"\narchetypeDir = \'arch\'\nthemesDir="looks"\n'
            'staticDir = ["files", "more/files"]\npublishDir = "dist"\ncontentDir = "text"\n'
            '[params]\nstaticDir = "text"\n'
        },
        ["text/a.md"],
        [
            "layouts/a.md",
            "more/a.md",
            "tpl/a.html",
            "arch/a.md",
            "looks/t/a.html",
            "files/a.html",
            "more/files/b.html",
            "dist/a.html",
        ],
    ),
    "hugo, in YAML": (
        {
            "hugo.yaml": "baseURL: https://example.org/\nlayoutdir: tpl\nstaticDir:\n  - files\n  - b\n"
        },
        ["content/a.md"],
        ["tpl/a.html", "files/a.html", "b/a.html", "public/a.html"],
    ),
    "hugo, in JSON": (
        {"hugo.json": '{"baseURL": "/", "publishDir": "dist", "params": {"layoutDir": "x"}}'},
        ["content/a.md"],
        ["dist/a.html", "layouts/a.html", "x/a.md"],
    ),
    "hugo, in a folder": (
        {"config/_default/hugo.toml": HUGO + 'publishDir = "dist"\n'},
        ["content/a.md"],
        ["dist/a.html", "layouts/a.html"],
    ),
    "eleventy": (
        {"eleventy.config.js": ELEVENTY},
        ["posts/a.md", "index.html", "layouts/a.md", "blog/_includes/a.html"],
        [
            "_includes/page.html",
            "_data/a.md",
            "_site/a.html",
            "node_modules/a/README.md",
            "README.md",
        ],
    ),
    "eleventy, renamed": (
        {
            ".eleventy.js": "module.exports = c => ({ dir: { input: 'src', includes: \"parts\","
            " layouts: `frames`, data: 'facts', output: 'dist' } });\n"
        },
        ["src/a.md", "src/posts/parts/a.md"],
        ["src/parts/a.html", "src/frames/a.html", "src/facts/a.md", "dist/a.html"],
    ),
    "eleventy, by calls": (
        {
            "eleventy.config.mjs": 'export default (c) => { c.setInputDirectory("src");\n'
            'c.setIncludesDirectory("parts"); c.setOutputDirectory("dist"); };\n'
        },
        ["src/a.md"],
        ["src/parts/a.html", "dist/a.html"],
    ),
}


def made(root: Path, name: str) -> tuple[list[str], list[str]]:
    """Write a site; the paths of its posts, and of the other files."""
    files, posts, others = SITES[name]
    for path, text in (
        *files.items(),
        *((path, POST) for path in posts),
        *((path, LAYOUT) for path in others),
    ):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return sorted(posts), sorted(others)


@pytest.mark.parametrize("name", SITES)
@pytest.mark.parametrize("isolated", [False, True])
def test_a_run_over_a_site_finds_its_posts_alone(tmp_path: Path, name: str, isolated: bool) -> None:
    posts, _ = made(tmp_path, name)
    found = discover([tmp_path], Project(tmp_path, isolated=isolated))
    assert [one.shown for one in found] == posts


@pytest.mark.parametrize("name", SITES)
def test_a_file_that_a_hook_names_is_left_out_with_a_word_and_never_fixed(
    tmp_path: Path, newslint: Command, name: str
) -> None:
    posts, others = made(tmp_path, name)
    done = newslint("--fix", "--unsafe-fixes", *posts, *others)
    assert all((tmp_path / path).read_text(encoding="utf-8") == LAYOUT for path in others)
    told = [line for line in done.stderr.splitlines() if "not checked" in line]
    assert len(told) == min(len(others), 6), done.stderr
    assert told[0].startswith(f"newslint: {others[0]} is not checked: not a post of the ")
    assert not any(line.startswith(path) for path in others for line in done.stdout.splitlines())


@pytest.mark.parametrize("command", [["check"], ["stats"], ["baseline"], ["--add-suppressions"]])
def test_no_command_reads_or_writes_what_is_no_post(
    tmp_path: Path, newslint: Command, command: list[str]
) -> None:
    _, others = made(tmp_path, "jekyll")
    done = newslint(*command, *others)
    assert "is not checked" in done.stderr
    assert all((tmp_path / path).read_text(encoding="utf-8") == LAYOUT for path in others)
    written = tmp_path / "newslint-baseline.json"
    assert not written.exists() or "_layouts" not in written.read_text(encoding="utf-8")


def test_init_learns_nothing_from_them(tmp_path: Path, newslint: Command) -> None:
    made(tmp_path, "hexo")
    for number in range(30):
        text = f"---\ntitle: A title\noddity: {number}\n---\n<p>Some text.</p>\n"
        (tmp_path / f"scaffolds/p{number}.md").write_text(text, encoding="utf-8")
    assert "oddity" not in newslint("init", "--diff").stdout


def test_standard_input_that_stands_for_a_layout_comes_back_as_it_is(
    tmp_path: Path, newslint: Command
) -> None:
    made(tmp_path, "jekyll")
    done = newslint("--fix", "--stdin-filename", "_layouts/b.html", "-", stdin=LAYOUT)
    assert (done.stdout, done.returncode) == (LAYOUT, 0)
    assert "_layouts/b.html is not checked" in done.stderr


def test_a_folder_that_is_named_is_left_out_too(tmp_path: Path, newslint: Command) -> None:
    made(tmp_path, "hugo")
    done = newslint("layouts", "themes/t")
    assert done.returncode == 0
    assert "layouts is not checked" in done.stderr
    assert "themes/t is not checked" in done.stderr


def test_a_theme_with_a_configuration_is_no_site_of_its_own(tmp_path: Path) -> None:
    posts, _ = made(tmp_path, "hexo")
    (tmp_path / "themes/next/_config.yml").write_text("menu: {}\n", encoding="utf-8")
    (tmp_path / "themes/next/docs").mkdir()
    (tmp_path / "themes/next/docs/a.md").write_text(POST, encoding="utf-8")
    assert [one.shown for one in discover([tmp_path], Project(tmp_path))] == posts
    assert not site_files.is_post(str(tmp_path / "themes/next/docs/a.md"), Project(tmp_path))


def test_without_a_site_the_names_of_folders_mean_nothing(tmp_path: Path) -> None:
    for name in ("layouts/a.html", "themes/a.md", "scaffolds/a.md", "public/a.md", "README.md"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(POST, encoding="utf-8")
    assert len(discover([tmp_path], Project(tmp_path))) == 5


FULL = "{% for post in posts %}\n<a href='{{ post.url }}'>{{ post.title }}</a>\n{% endfor %}\n" * 3


ASSET = "not a post of the Jekyll site: copied without changes"
CONTENT = "not a post, but a template without front matter"


@pytest.mark.parametrize(
    ("site", "path", "text", "reason"),
    [
        ("_config.yml", "index.html", FULL, ASSET),
        ("_config.yml", "parts/nav.html", "{% assign a = b %}\n<p>text</p>\n", ASSET),
        ("_config.yml", "index.html", f"---\ntitle: x\n---\n{FULL}", None),
        ("_config.yml", "_posts/2021-12-02-a.html", FULL, None),
        ("eleventy.config.js", "index.html", FULL, CONTENT),
        (
            "eleventy.config.js",
            "feed.html",
            "<!DOCTYPE html>\n<title>{{ site.title }}</title>\n<p>text</p>\n",
            CONTENT,
        ),
        ("eleventy.config.js", "parts.html", "{% assign a = b %}\n<p>text</p>\n", CONTENT),
        ("eleventy.config.js", "index.html", f"---\ntitle: x\n---\n{FULL}", None),
        ("eleventy.config.js", "posts/a.html", FULL, None),
        ("eleventy.config.js", "page.html", "<p>Some text with {{ one }} of them</p>\n", None),
        ("eleventy.config.js", "page.md", "Text.\n" * 1000 + FULL, None),
    ],
)
def test_a_template_without_front_matter_is_neither_linted_nor_fixed(
    newslint: Command, write: Write, site: str, path: str, text: str, reason: str | None
) -> None:
    write(site, JEKYLL if site == "_config.yml" else ELEVENTY)
    file = write(path, text)
    done = newslint("--fix", "--unsafe-fixes", path)
    if reason is None:
        assert "left out" not in done.stderr
        assert "1 post" in done.stderr
        return
    assert f"{path} is not checked: {reason}" in done.stderr
    assert file.read_text(encoding="utf-8") == text
    again = newslint("--fix", "--stdin-filename", path, "-", stdin=text)
    assert again.stdout == text
    assert newslint().stdout == ""


def test_all_files_lints_a_template_too(tmp_path: Path, newslint: Command) -> None:
    _, others = made(tmp_path, "jekyll")
    layout = next(name for name in others if name.startswith("_layouts/"))
    (tmp_path / layout).write_text(LAYOUT, encoding="utf-8")
    assert (newslint(layout).returncode, newslint(layout).stdout) == (0, "")
    assert "TPL001" in newslint("--all-files", layout).stdout


def test_the_editor_shows_nothing_in_a_layout(tmp_path: Path) -> None:
    workspace_of = pytest.importorskip("newslint.lsp.workspace").Workspace
    made(tmp_path, "jekyll")
    workspace = workspace_of(Project(tmp_path))
    assert not workspace.is_post(tmp_path / "_layouts/a.html")
    assert not workspace.is_post(tmp_path / "README.md")
    assert workspace.is_post(tmp_path / "about.md")


def test_a_large_site_costs_one_look_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "_config.yml").write_text(JEKYLL, encoding="utf-8")
    for folder in ("_posts", "_posts/a", "about"):
        (tmp_path / folder).mkdir()
        for number in range(300):
            (tmp_path / folder / f"2021-12-02-{number}.md").write_text(POST, encoding="utf-8")
    looks = 0
    look = detect._here

    def counted(folder: Path) -> object:
        nonlocal looks
        looks += tmp_path == folder or tmp_path in folder.parents
        return look(folder)

    monkeypatch.setattr(detect, "_here", counted)
    assert len(discover([tmp_path], Project(tmp_path))) == 900
    assert looks <= 4


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("AGENTS.md", 0),
        ("docs/Contributing.zh-cn.md", 0),
        ("LICENSE.md", 0),
        (".github/notes.md", 0),
        ("security-of-banks.md", 1),
        ("site/AGENTS.md", 1),
    ],
)
def test_a_file_about_the_repository_is_no_post_where_no_site_publishes_it(
    name: str, count: int, tmp_path: Path, newslint: Command
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "eleventy.config.js").write_text("module.exports = () => ({})\n")
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("# Rules\n\n<center>{% foo %}\n", encoding="utf-8")
    assert newslint().returncode == count


@pytest.mark.parametrize("name", ["README.md", "readme.zh-CN.md", "docs/ReadMe.html"])
def test_a_readme_in_a_folder_that_is_neither_a_site_nor_configured_is_no_post(
    name: str, tmp_path: Path, newslint: Command
) -> None:
    readme = tmp_path / name
    readme.parent.mkdir(exist_ok=True)
    readme.write_text("# A program\n\n<center>{% foo %}\n", encoding="utf-8")
    assert (newslint().returncode, newslint().stdout) == (0, "")
    named = newslint("check", "--fix", name)
    assert named.returncode == 0 and "is not checked: the README of the repository" in named.stderr
    piped = newslint("-", "--stdin-filename", name, stdin=readme.read_bytes())
    assert (piped.returncode, piped.stdout) == (0, "")
    learned = newslint("init")
    assert learned.returncode == 2 and "found no posts below" in learned.stderr
    # Whoever configures the folder, or gives the file front matter, means it.
    assert newslint("--all-files", name).returncode == 1
    assert newslint().returncode == 0, "the cache knows the difference"
    (tmp_path / "newslint.toml").write_text("")
    assert newslint().returncode == 1
    (tmp_path / "newslint.toml").unlink()
    readme.write_text("---\ntitle: A\n---\n<center>{% foo %}\n", encoding="utf-8")
    assert newslint().returncode == 1


def test_the_preset_that_is_named_is_that_of_most_posts(
    write: Callable[[str, str | bytes], Path], newslint: Command
) -> None:
    post = "---\ntitle: A\ndate: 2021-12-02 10:00:00\n---\nText.\n"
    write("a.md", post)
    write("web/_config.yml", "title: x\nplugins: []\n")
    for day in range(1, 4):
        write(f"web/_posts/2021-12-0{day}-a{day}.md", post)
    assert "Preset jekyll:" in newslint().stderr
    for name in "bcdef":
        write(f"{name}.md", post)
    assert "Preset news: found no site." in newslint().stderr


@pytest.mark.parametrize(("target", "count"), [("hugo@0.168", 1), ("hugo@0.111", 0)])
def test_a_file_at_which_hugo_stops_is_reported_in_whatever_language_it_is(
    tmp_path: Path, newslint: Command, target: str, count: int
) -> None:
    for path, text in {
        "hugo.toml": HUGO,
        "content/posts/a.md": POST,
        "content/posts/b.org": "#+title: x\n--- y\n* Heading\n",
        "content/posts/c.png": "",
        "notes/d.org": "",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    done = newslint("--no-cache", "--target", target, "--output-format", "concise", cwd=tmp_path)
    told = [line for line in done.stdout.splitlines() if ".org" in line or ".png" in line]
    assert len(told) == count and all("b.org:1:1: error ARC006" in line for line in told)
