"""Whether a site builds a post, where it writes it, and which of two posts stays."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from generators.memory_files import post_in, site_of
from renderers import generators, hexo

from newslint import check_paths
from newslint.config.project import Project
from newslint.generators import Target
from newslint.linter.archive_rules import check, facts
from newslint.linter.examples import Files
from newslint.linter.ruleset import RuleSet
from newslint_rules.archive.permalink_collision import PermalinkCollision
from newslint_rules.archive.unbuilt_file import UnbuiltFile
from newslint_rules.archive.unportable_filename import UnportableFilename

RULES = (UnportableFilename, PermalinkCollision, UnbuiltFile)
HUGO = 'baseURL = "https://example.org/"\n'


def found(target: str, files: dict[str, str]) -> list[tuple[str, str, str, str]]:
    """The findings ``(path, code, severity, message)`` in the files of one site."""
    site = site_of(target, files)
    rules = RuleSet([rule() for rule in RULES])
    known = []
    for path, text in sorted(files.items()):
        if site.role(path).role.is_linted:
            post = post_in(site, path, text)
            known.append((path, facts(post, rules).by_code))
    told = check(rules.archive, known, Files(files, Target(target), site=site))
    return [(p, f.code, f.severity.value, f.message) for p in told for f in told[p]]


def post(**keys: str) -> str:
    lines = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return f"---\n{lines}---\ntext\n"


COLLIDING = {
    "a field of the front matter": (
        "hexo", "permalink: posts/:abbrlink/\n",
        {"source/_posts/a.md": post(abbrlink="1a"), "source/_posts/b.md": post(abbrlink="1a")},
    ),
    "the name alone, in two folders": (
        "hexo", "permalink: :name.html\n",
        {"source/_posts/x/a.md": post(), "source/_posts/y/a.md": post()},
    ),
    "a post and a page": (
        "hexo", "permalink: p/:title/\n",
        {"source/_posts/a.md": post(), "source/p/a/index.md": post()},
    ),
    "the title, days apart": (
        "jekyll", "permalink: /:title/\nplugins: []\n",
        {"_posts/2020-01-01-a.md": post(), "_posts/2021-01-01-a.md": post()},
    ),
    "a permalink that defaults give": (
        "jekyll",
        "defaults:\n- scope: {path: ''}\n  values: {permalink: '/p/:title/'}\n",
        {"_posts/2020-01-01-a.md": post(), "_posts/2021-01-01-a.md": post()},
    ),
    "two collections": (
        "jekyll",
        "collections: {c: {output: true, permalink: '/p/:name/'},"
        " d: {output: true, permalink: '/p/:name/'}}\n",
        {"_c/a.md": post(), "_d/a.md": post()},
    ),
    "slugs under a pattern": (
        "hugo", HUGO + '[permalinks]\nposts = "/:slug/"\n',
        {"content/posts/a.md": post(slug="s"), "content/posts/x/b.md": post(slug="s")},
    ),
    "directory data": (
        "eleventy", "export default function () {}\n",
        {
            "posts/posts.json": '{"permalink": "p/{{ page.fileSlug }}/"}',
            "posts/a.md": post(), "posts/2021-01-01-a.md": post(),
        },
    ),
}  # fmt: skip
APART = {
    "a field of the front matter": (
        "hexo", "permalink: posts/:abbrlink/\n",
        {
            "source/_posts/a.md": post(abbrlink="1a", date="2021-01-01"),
            "source/_posts/a.html": post(abbrlink="2b", date="2021-01-01"),
        },
    ),
    "days in the pattern": (
        "hugo", HUGO + '[permalinks]\nposts = "/:year/:month/:slug/"\n',
        {
            "content/posts/2021/weekly.md": post(date="2021-01-01"),
            "content/posts/2022/weekly.md": post(date="2022-02-01"),
        },
    ),
    "languages": (
        "hugo", HUGO + "[languages.en]\nweight = 1\n[languages.zh]\nweight = 2\n",
        {"content/posts/a.md": post(), "content/posts/a.zh.md": post()},
    ),
    "a collection that is not written": (
        "jekyll", "collections: {c: {permalink: '/p/:name/'}, d: {output: true, permalink: '/p/:name/'}}\n",
        {"_c/a.md": post(), "_d/a.md": post()},
    ),
    "a sum that rests on the plug-in": (
        "hexo", "permalink: posts/:abbrlink/\n",
        {
            "package.json": '{"dependencies": {"hexo": "8.0.0", "hexo-abbrlink": "2.2.1"}}',
            "source/_posts/a.md": post(title="A"), "source/_posts/b.md": post(title="A"),
        },
    ),
}  # fmt: skip
CONFIGURATION = {
    "hexo": "_config.yml", "jekyll": "_config.yml", "hugo": "hugo.toml",
    "eleventy": "eleventy.config.js",
}  # fmt: skip


@pytest.mark.parametrize("why", COLLIDING)
def test_posts_that_the_sites_own_settings_write_to_one_file_collide(why: str) -> None:
    target, settings, files = COLLIDING[why]
    told = found(target, {CONFIGURATION[target]: settings, **files})
    (last,) = [path for path in sorted(files) if path.endswith(".md")][1:]
    assert [one[:3] for one in told] == [(last, "ARC005", "error")]


@pytest.mark.parametrize("why", APART)
def test_posts_that_the_sites_own_settings_keep_apart_do_not(why: str) -> None:
    target, settings, files = APART[why]
    assert found(target, {CONFIGURATION[target]: settings, **files}) == []


def test_two_titles_with_one_hexadecimal_sum_of_abbrlink_collide() -> None:
    files = {
        "package.json": '{"dependencies": {"hexo": "8.0.0", "hexo-abbrlink": "2.2.1"}}',
        "_config.yml": "permalink: p/:abbrlink/\nabbrlink: {alg: crc16, rep: hex}\n",
    }
    # The sums of the first two were found alike with hexo-abbrlink 2.2.1.
    files |= {f"source/_posts/{n}.md": post(title=f"Title {n}") for n in (405, 800, 801)}
    ((path, code, _, message),) = found("hexo", files)
    assert (path, code) == ("source/_posts/800.md", "ARC005")
    assert "p/fbe7/" in message


NAMES = [
    ("hexo", "permalink: posts/:hash/\n", "source/_posts/c#.md", post(date="2021-01-01"), None),
    ("hexo", "permalink: :title/\n", "source/_posts/c#.md", post(), "error"),
    ("hexo", "permalink: :title/\n", "source/_posts/c#.md", post(permalink="c/"), None),
    ("hexo", "permalink: posts/:id/\n", "source/_posts/c#.md", post(), "warning"),
    ("hexo", "permalink: posts/:hash/\n", "source/_posts/a?.md", post(date="2021-01-01"), "warning"),
    ("hexo", "title: x\n", "source/_posts/.md", post(), "error"),
    ("hexo", "title: x\n", "source/_posts/_a.md", post(), "error"),
    ("jekyll", "permalink: /:title/\n", "_posts/case.md", post(), "error"),
    ("jekyll", "collections: {c: {output: true}}\n", "_c/case.md", post(), None),
    ("hugo", HUGO, "content/posts/？！.md", post(), "error"),
    ("hugo", HUGO, "content/posts/？！.md", post(slug="a"), None),
    ("eleventy", "export default function () {}\n", "posts/c#.md", post(), "error"),
    ("eleventy", "export default function () {}\n", "posts/c#.md", post(permalink="/c/"), None),
]  # fmt: skip


@pytest.mark.parametrize(("target", "settings", "path", "text", "severity"), NAMES)
def test_a_name_is_an_error_only_where_it_loses_the_post_of_this_site(
    target: str, settings: str, path: str, text: str, severity: str | None
) -> None:
    told = found(target, {CONFIGURATION[target]: settings, path: text})
    expected = [] if severity is None else [(path, "ARC004", severity)]
    assert [one[:3] for one in told] == expected


UNBUILT = [
    ("hexo", "post_asset_folder: true\n", "source/_posts/a.html", "<p>x</p>"),
    ("hugo", HUGO, "content/posts/a.html", post(title="x")),
    ("jekyll", "collections_dir: docs\ncollections: {c: {output: true}}\n", "_posts/2021-01-01-a.md", post()),
]  # fmt: skip


@pytest.mark.parametrize(("target", "settings", "path", "text"), UNBUILT)
def test_a_post_that_the_generator_makes_no_page_of_is_an_error_with_the_reason(
    target: str, settings: str, path: str, text: str
) -> None:
    ((where, code, severity, message),) = found(
        target, {CONFIGURATION[target]: settings, path: text}
    )
    assert (where, code, severity) == (path, "ARC006", "error")
    assert message.startswith("this file is not built: ")


def test_a_run_over_a_folder_sees_a_file_that_is_named_by_its_suffix_alone(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text("source_dir: source\n")
    posts = tmp_path / "source" / "_posts"
    posts.mkdir(parents=True)
    (posts / ".md").write_text(post(title="a", date="2021-01-01"))
    (posts / "a.md").write_text(post(title="b", date="2021-01-01"))
    reports = check_paths([tmp_path], Project(tmp_path))
    codes = {(r.path, d.finding.code) for r in reports for d in r.diagnostics}
    assert ("source/_posts/.md", "ARC004") in codes


def test_two_sites_below_one_configuration_are_kept_apart(tmp_path: Path) -> None:
    (tmp_path / "newslint.toml").write_text("select = ['ARC005']\n")
    for name in ("one", "two"):
        posts = tmp_path / name / "source" / "_posts"
        posts.mkdir(parents=True)
        (tmp_path / name / "_config.yml").write_text("source_dir: source\npermalink: :title/\n")
        (posts / "a.md").write_text(post(title="a"))
    (tmp_path / "two" / "source" / "_posts" / "a.html").write_text(post(title="a"))
    reports = check_paths([tmp_path], Project(tmp_path))
    assert [r.path for r in reports if r.diagnostics] == ["two/source/_posts/a.md"]


STAYING = {
    "hexo": "permalink: p/:k/\n",
    "jekyll": "permalink: /p/:title/\nplugins: []\n",
}


@pytest.mark.parametrize("target", STAYING)
def test_the_post_that_is_said_to_stay_is_the_one_on_the_built_site(
    target: str, tmp_path: Path
) -> None:
    if reason := generators.available(target):
        pytest.skip(reason)
    pairs = {"one": ("2020-01-01", "2021-01-01"), "two": ("2021-01-01", "2020-01-01")}
    files = {"_config.yml": STAYING[target]}
    for key, days in pairs.items():
        for name, day in zip("ab", days, strict=True):
            path = f"source/_posts/{key}{name}.md"
            if target == "jekyll":
                path = f"_posts/{name}/{day}-{key}.md"
            files[path] = f"---\ntitle: {key}\nk: {key}\ndate: {day}\n---\nBODY-{name}\n"
    for path, text in files.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    built = build(target, tmp_path)
    for path, code, _, message in found(target, files):
        assert code == "ARC005"
        page = (built / "p" / path_key(path) / "index.html").read_text()
        later_stays = "this post overwrites the other one" in message
        assert later_stays != ("this post is lost" in message)
        assert f"BODY-{'b' if later_stays else 'a'}" in page, message


def path_key(path: str) -> str:
    return "one" if "one" in path else "two"


def build(target: str, site: Path) -> Path:
    """The output folder of a site, built."""
    if target == "jekyll":
        subprocess.run(["jekyll", "build", "-q", "-s", site], cwd=site, check=True)
        return site / "_site"
    home = hexo.home(8)
    package = (home / "package.json").read_text().replace("{", '{"hexo": {"version": ""},', 1)
    (site / "package.json").write_text(package)
    (site / "node_modules").symlink_to(home / "node_modules", target_is_directory=True)
    layouts = site / "themes" / "landscape" / "layout"
    layouts.mkdir(parents=True)
    (layouts / "post.ejs").write_text("<%- page.content %>")
    node = shutil.which("node") or "node"
    subprocess.run(
        [node, "node_modules/hexo/bin/hexo", "generate", "--silent"], cwd=site, check=True
    )
    return site / "public"


HTML_LOSSES = {
    "Text\n\n<p>More</p>\n": ("error", "<p>More</p>"),
    "<b>a</b>\n\n<img src='a.png' alt=''>\n": ("error", "<img src='a.png' alt=''>"),
    "a <b>b</b>\n": ("warning", "<b>"),
    "<iframe src='https://a.cn/'></iframe>\n": ("error", "<iframe src='https://a.cn/'></iframe>"),
    "<div>\n\n- <p>x</p>\n\n</div>\n": ("error", "<p>x</p>"),
}


@pytest.mark.parametrize(
    "body", [*HTML_LOSSES, "`<b>` and\n\n    <p>code</p>\n", "<!-- x -->\n\nText\n"]
)
@pytest.mark.parametrize("unsafe", [False, True])
def test_html_that_hugo_leaves_out_is_reported_once(
    tmp_path: Path, body: str, unsafe: bool
) -> None:
    (tmp_path / "content" / "posts").mkdir(parents=True)
    config = f"[markup.goldmark.renderer]\nunsafe = {str(unsafe).lower()}\n"
    (tmp_path / "hugo.toml").write_text(config)
    post = tmp_path / "content" / "posts" / "a.md"
    post.write_text(f"---\ntitle: x\n---\n{body}")
    (report,) = check_paths([post], Project(tmp_path))
    found = [one.finding for one in report.diagnostics if one.finding.code == "HTML014"]
    expected = None if unsafe else HTML_LOSSES.get(body)
    if expected is None:
        assert found == []
    else:
        (finding,) = found
        text = post.read_text()
        assert (str(finding.severity), text[slice(*finding.span)].strip()) == expected
        assert ("embed not shown" in finding.message) == ("<iframe" in body)
