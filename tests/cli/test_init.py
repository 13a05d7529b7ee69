"""`newslint init`: what is usual in the posts becomes the configuration, what is odd is reported."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import CLEAN, Command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from inputs import NEWS, SITES, Site, make_archive

from newslint.cli.init.folders import Tree, pattern
from newslint.cli.init.infer import infer
from newslint.cli.init.toml_writer import comment, key, string
from newslint.cli.init.value_types import pattern_of
from newslint.files.posts import PostFile

Write = Callable[..., Path]


def post(number: int, *lines: str, body: str = "<p>Text.</p><p>责任编辑：刘万里</p>") -> str:
    return "\n".join(("---", f"title: Post {number}", *lines, "---", "", f"<div>{body}</div>", ""))


def config(folder: Path, name: str = "newslint.toml") -> dict[str, Any]:
    return tomllib.loads((folder / name).read_text(encoding="utf-8"))


def findings(newslint: Command, *args: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(newslint("--output-format", "json", *args).stdout)
    return found


def codes(newslint: Command, *args: str) -> Counter[str]:
    return Counter(one["code"] for one in findings(newslint, *args))


# What is learned.


def test_the_generator_is_told_by_the_file_of_the_site(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    for file, text, target in (
        ("_config.yml", "baseurl: ''\nplugins: []\n", "jekyll"),
        ("_config.yml", "source_dir: source\ndeploy: {}\n", "hexo"),
        ("hugo.toml", 'baseURL = "https://news.site.cn/"\n', "hugo"),
        ("eleventy.config.js", "export default {}\n", "eleventy"),
    ):
        write(f"{target}/{file}", text)
        folder = {"jekyll": "_posts", "hexo": "source/_posts", "hugo": "content"}
        write(f"{target}/{folder.get(target, 'posts')}/2021-12-02-a.md")
        said = config_of(newslint, tmp_path, target)
        assert said["target"] == target
        assert said.get("site-url") == ("https://news.site.cn/" if target == "hugo" else None)


def config_of(newslint: Command, folder: Path, *args: str) -> dict[str, Any]:
    done = newslint("init", "--force", *args)
    assert done.returncode == 0, done.stderr
    shown = newslint("config", "--output-format", "json")
    assert shown.returncode == 0, shown.stderr
    return config(folder)


def test_sites_of_several_generators_each_keep_theirs(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    write("blog/hugo.toml", "")
    write("news/_config.yml", "source_dir: source\n")
    for number in range(3):
        write(f"news/source/_posts/{'abc'[number]}/a.md")
    write("blog/content/a.md")
    said = config_of(newslint, tmp_path)
    assert said["target"] == "hexo"
    assert said["overrides"][0] == {"files": ["/blog/**"], "target": "hugo"}
    assert '"hugo"' in newslint("config", "blog/content/a.md").stdout


@pytest.mark.parametrize(
    ("name", "text", "target"),
    [
        ("source/_posts/{}.md", CLEAN, "hexo"),
        ("_posts/2020-01-{:02}-a.md", CLEAN, "jekyll"),
        ("2020-01-{:02}-a.html", CLEAN.replace("title:", "layout: post\ntitle:"), "jekyll"),
        ("{}.md", "+++\ntitle = 'A'\ndate = 2021-01-01\n+++\nText\n", "hugo"),
        ("{}.md", CLEAN, "hexo"),
    ],
)
def test_without_such_a_file_the_posts_tell_the_generator(
    name: str, text: str, target: str, newslint: Command, write: Write, tmp_path: Path
) -> None:
    for number in range(1, 13):
        write(name.format(number), text)
    done = newslint("init")
    assert done.returncode == 0, done.stderr
    # Jekyll publishes newslint.toml, and _posts is a site of Jekyll's.
    (written,) = (path for path in tmp_path.iterdir() if path.name.endswith("newslint.toml"))
    assert tomllib.loads(written.read_text("utf-8"))["target"] == target


def test_one_bad_post_does_not_tell_the_generator(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    for number in range(40):
        write(f"{number}.md", CLEAN)
    write("bad.md", CLEAN.replace("Text", "{% include ad.html %}"))
    assert config_of(newslint, tmp_path)["target"] == "hexo"


def test_a_field_that_one_post_in_fifty_lacks_is_required_and_one_in_two_is_not(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    for number in range(100):
        lines = [] if number < 2 else ["author: Wire"]
        lines += ["source: https://a.cn/1"] if number % 5 < 3 else []
        write(f"{number}.md", post(number, *lines))
    fields = config_of(newslint, tmp_path)["schema"]["fields"]
    assert fields["author"]["required"] is True
    assert "required" not in fields["source"]
    missing = [one for one in findings(newslint) if one["message"] == "author is missing"]
    assert [(one["code"], one["path"]) for one in missing] == [("FM005", "0.md"), ("FM005", "1.md")]
    assert {one["severity"] for one in missing} == {"warning"}


def test_each_type_is_learned_and_the_odd_value_is_reported(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    for number in range(60):
        write(
            f"{number}.md",
            post(
                number,
                f"score: {number}",
                f"weight: {number / 7 + 0.5:.2f}",
                f"headimg: https://img{number}.cn/a.jpg",
                f"updated: 2021-02-{number % 28 + 1:02} 10:00:00",
                f"shown: {'true' if number % 2 else 'false'}",
                f"people: [a{number}, b]",
                f"seo: {{title: t{number}, depth: 2}}",
                f"note: {'words' if number % 2 else 12}",
            ),
        )
    fields = config_of(newslint, tmp_path)["schema"]["fields"]
    types = {name: field.get("type") for name, field in fields.items()}
    assert types == {
        "title": "text",
        "score": "integer",
        "weight": "number",
        "headimg": "url",
        "updated": "date",
        "shown": "bool",
        "people": "list",
        "seo": "mapping",
        "seo.title": "text",
        "seo.depth": "integer",
        "note": "any",
    }
    assert fields["people"]["items"] == {"type": "text"}
    write("odd.md", post(1, "score: many", "shown: perhaps", "headimg: img/1.jpg"))
    told = " ".join(one["message"] for one in findings(newslint, "odd.md"))
    told = {*told.replace(",", "").split()}
    assert {"score", "shown", "headimg", "updated", "seo"} <= told


def test_a_closed_set_needs_many_posts_and_leaves_out_accidents(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    names = ["Wire", "Post", "Daily"]
    for number in range(20):
        write(f"{number}.md", post(number, f"section: {names[number % 3]}"))
    assert "choices" not in config_of(newslint, tmp_path)["schema"]["fields"]["section"]
    for number in range(20, 100):
        write(f"{number}.md", post(number, f"section: {names[number % 3]}"))
    write("odd.md", post(1, "section: Wier"))
    fields = config_of(newslint, tmp_path)["schema"]["fields"]
    assert sorted(fields["section"]["choices"]) == sorted(names)
    assert "choices" not in fields["title"]
    assert [one["path"] for one in findings(newslint) if one["code"] == "FM007"] == ["odd.md"]


def test_what_writers_make_up_is_never_closed(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    for number in range(100):
        write(f"{number}.md", post(1, "tags: [a, b]", "description: The same, always"))
    fields = config_of(newslint, tmp_path)["schema"]["fields"]
    assert "choices" not in fields["title"] and "choices" not in fields["description"]
    assert "items" not in fields["tags"]


def test_one_value_and_what_the_site_defines_are_no_closed_sets(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    for number in range(60):
        layout = ("post", "wide")[number % 2]
        write(f"{number}.md", post(number, "author: Wire", f"layout: {layout}", "kind: [a]"))
    fields = config_of(newslint, tmp_path)["schema"]["fields"]
    assert not [name for name, said in fields.items() if "choices" in json.dumps(said)]
    write("guest.md", post(1, "author: A guest", "layout: gallery", "kind: [b]"))
    assert findings(newslint, "guest.md") == []


def test_types_that_the_generator_takes_beside_the_usual_one_are_no_faults(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    for number in range(40):
        lines = ("categories: [Blog]", "tags: [a]", "redirect_from: /old/")
        write(f"source/_posts/{number}.md", post(number, *lines))
    write("_config.yml", "source_dir: source\n")
    fields = config_of(newslint, tmp_path)["schema"]["fields"]
    assert all("type" not in fields[name] for name in ("categories", "tags", "redirect_from"))
    lines = ("categories: Blog", "tags: a", "redirect_from: [/old/, /older/]")
    write("source/_posts/other.md", post(41, *lines))
    assert findings(newslint, "source/_posts/other.md") == []


def test_a_date_stays_one_whatever_is_in_it(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    for number in range(40):
        date = "Invalid Date" if number < 10 else f"2021-03-{number % 28 + 1:02} 16:41:54"
        write(f"{number}.md", post(number, f"date: {date}"))
    said = config_of(newslint, tmp_path)
    assert said["schema"]["fields"]["date"]["type"] == "date"
    assert codes(newslint)["FM022"] == 0
    bad = [one for one in findings(newslint) if one["code"] == "FM010"]
    assert len(bad) == 10 and {one["severity"] for one in bad} == {"error"}


@pytest.mark.parametrize(
    "value",
    [
        "img/2021-05-01-photo-{}.png",
        "/2021/05/01/",
        "post-2021-01-{:02}",
        "Review of 2020",
        "'2021 in {} words'",
        "2020/05/a{}.jpg",
    ],
)
def test_a_path_or_a_name_with_a_date_in_it_is_a_text(
    value: str, newslint: Command, write: Write, tmp_path: Path
) -> None:
    for number in range(20):
        write(f"{number}.md", post(number, f"cover: {value.format(number % 28 + 1)}"))
    assert config_of(newslint, tmp_path)["schema"]["fields"]["cover"]["type"] == "text"


@pytest.mark.parametrize(
    "value",
    [
        "'2021-05-{:02}'",
        "2021-05-{:02} 10:00:00 +08:00",
        "Thu, 02 Dec 2021 14:50:{:02} GMT",
        "May {}, 2021",
        "'2021/5/{} 3:04 PM'",
        "2021-05-{:02}T10:00:00Z",
    ],
)
def test_what_is_written_as_a_date_is_one(
    value: str, newslint: Command, write: Write, tmp_path: Path
) -> None:
    for number in range(20):
        write(f"{number}.md", post(number, f"seen: {value.format(number + 1)}"))
    assert config_of(newslint, tmp_path)["schema"]["fields"]["seen"]["type"] == "date"


def test_a_field_of_several_types_is_any_and_nothing_inside_of_it_is_learned(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    for number in range(30):
        output = "{html: {toc: true}}" if number % 3 else "plain"
        write(f"{number}.md", post(number, f"output: {output}"))
    fields = config_of(newslint, tmp_path)["schema"]["fields"]
    assert fields["output"]["type"] == "any" and "output.html" not in fields
    assert findings(newslint) == []


def test_what_was_learned_is_a_warning_and_what_the_generator_cannot_use_an_error(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    write("_config.yml", "source_dir: source\n")
    for number in range(60):
        lines = (f"author: {('Wire', 'Post')[number % 2]}", f"score: {number}", "permalink: a/b/")
        lines += (f"seen: 2021-03-{number % 28 + 1:02}", "cover: https://a.cn/1.png")
        date = f"date: 2021-03-{number % 28 + 1:02} 10:00:00"
        write(f"source/_posts/{number}.md", post(number, date, *lines))
    assert newslint("init").returncode == 0
    write("source/_posts/odd.md", post(1, "author: A guest", "score: many", "cover: b.png"))
    odd = findings(newslint, "source/_posts/odd.md")
    assert {one["code"] for one in odd} >= {"FM005", "FM006", "FM007"}
    assert {one["severity"] for one in odd} == {"warning"}
    write("source/_posts/bare.md", "Text.\n")
    assert {one["severity"] for one in findings(newslint, "source/_posts/bare.md")} == {"warning"}
    write("source/_posts/lost.md", post(1, "permalink: 2021", "date: no date"))
    worst = {one["code"] for one in findings(newslint, "source/_posts/lost.md")
             if one["severity"] == "error"}  # fmt: skip
    assert worst == {"FM006", "FM010"}


def test_pages_of_a_site_teach_nothing_and_need_not_have_the_fields_of_posts(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    write("hugo.toml", 'baseURL = "https://news.site.cn/"\n')
    for number in range(20):
        write(f"content/posts/{number}.md", post(number, "date: 2021-01-01", "author: A"))
        write(f"content/section{number}/_index.md", "---\nweight: 3\n---\nText.\n")
    done = newslint("init")
    assert "from 20 posts" in done.stderr
    fields = config(tmp_path)["schema"]["fields"]
    assert set(fields) == {"title", "date", "author"}
    assert all(said["required"] for said in fields.values())
    assert codes(newslint)["FM005"] == 0
    write("content/posts/odd.md", "---\ntitle: Odd\n---\nText.\n")
    (missing,) = [one["message"] for one in findings(newslint) if one["code"] == "FM005"]
    assert missing == "date and author are missing"


def test_house_rules_that_fit_the_posts_of_a_site_are_switched_on_as_warnings(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    write("_config.yml", "source_dir: source\n")
    for number in range(30):
        write(f"source/_posts/{number}.md", post(number))
    assert newslint("init").returncode == 0
    assert config(tmp_path)["extend-select"] == ["ED001", "ED002", "ED003"]
    write("source/_posts/odd.md", post(31, body="<p>Text without a name.</p>"))
    (found,) = findings(newslint, "source/_posts/odd.md")
    assert (found["code"], found["severity"]) == ("ED001", "warning")
    for number in range(30):
        write(f"source/_posts/{number}.md", post(number, body="<p>Text.</p>"))
    text = config_of(newslint, tmp_path)
    assert "extend-select" not in text
    assert "ED001" not in (tmp_path / "newslint.toml").read_text(encoding="utf-8")


def test_the_url_of_the_site_is_its_own(newslint: Command, write: Write, tmp_path: Path) -> None:
    menu = "menu:\n  main:\n    - url: https://book.site.cn/\n"
    write("hugo/hugo.yaml", f"{menu}baseurl: https://news.site.cn/\n")
    write("hugo/content/posts/a.md")
    assert config_of(newslint, tmp_path, "hugo")["site-url"] == "https://news.site.cn/"
    write("hexo/_config.yml", "url: https://blog.site.cn\nsource_dir: source\n")
    write("hexo/themes/next/_config.yml", "url: https://theme.site.cn\nmenu: {}\n")
    write("hexo/themes/next/README.md")
    write("hexo/source/_posts/a.md")
    assert config_of(newslint, tmp_path, "hexo")["site-url"] == "https://blog.site.cn"


def test_a_pattern_is_what_nearly_all_values_have_in_common(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    for number in range(99):
        write(f"{number}.md", post(number, f"ref: NW-{number:04}", f"at: '{number % 24}:30'"))
    write("odd.md", post(1, "ref: none", "at: '1:30'"))
    fields = config_of(newslint, tmp_path)["schema"]["fields"]
    assert fields["ref"]["pattern"] == "^NW-[0-9]{4}$"
    assert fields["at"]["pattern"] == "^[0-9]+:[0-9]{2}$"
    assert [one["path"] for one in findings(newslint) if one["code"] == "FM007"] == ["odd.md"]


def test_forms_are_numbers_and_signs_never_prose() -> None:
    assert pattern_of(["a.1", "b.22"]) == r"^[a-z]\.[0-9]+$"
    assert pattern_of(["v1.0", "v2.10"]) == r"^v[0-9]\.[0-9]+$"
    assert pattern_of(["Part 1", "Part 2"]) is None
    assert pattern_of(["12", "13"]) is None
    assert pattern_of(["ab-c", "de-f"]) is None
    assert pattern_of(["1-a", "1:a"]) is None


def test_sections_without_an_editors_line_are_left_alone_and_the_others_are_held_to_it(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    for number in range(40):
        write(f"金融/{number}.md", CLEAN)
        write(f"World [1]/{number}.md", CLEAN.replace("责任编辑：刘万里", "The end"))
    write("金融/odd.md", CLEAN.replace("责任编辑：刘万里", "The end"))
    said = config_of(newslint, tmp_path)
    assert "ED001" not in said.get("ignore", ())
    assert [one["files"] for one in said["overrides"] if "ED001" in one["ignore"]] == [
        [r"/World \[1\]/**"]
    ]
    assert [one["path"] for one in findings(newslint) if one["code"] == "ED001"] == ["金融/odd.md"]
    text = (tmp_path / "newslint.toml").read_text(encoding="utf-8")
    assert "金融/: An editor is named in 40 of 41 posts: 责任编辑 40." in text


def test_a_role_of_the_sites_own_is_learned_and_one_that_is_no_editors_is_not(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    for number in range(40):
        write(f"a/{number}.md", CLEAN.replace("责任编辑", "整理"))
        write(f"b/{number}.md", CLEAN.replace("责任编辑", "来源"))
    said = config_of(newslint, tmp_path)
    assert said["rules"]["ED001"]["roles"] == ["整理"]
    assert codes(newslint, "a")["ED001"] == 0
    assert [one["files"] for one in said["overrides"] if "ED001" in one["ignore"]] == [["/b/**"]]


def test_a_rule_that_speaks_of_more_than_a_third_is_left_off_and_the_comment_says_how_often(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    for number in range(30):
        extra = '<p onclick="x()">y</p>' if number < 11 else ""
        extra += "<script>x()</script>" if number < 10 else ""
        write(f"{number}.md", CLEAN.replace("<p>Text", f"{extra}<p>Text"))
    assert "SEC002" in config_of(newslint, tmp_path)["ignore"]
    assert "SEC001" not in config(tmp_path)["ignore"]
    text = (tmp_path / "newslint.toml").read_text(encoding="utf-8")
    assert '"SEC002",  # event-handler: error, in 11 of 30 posts' in text
    assert codes(newslint)["SEC001"] == 10


def test_pictures_of_the_sites_own_need_no_policy_where_they_never_have_one(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    own, cdn = '<img src="/a.png" alt="">', '<img src="https://cdn.site.cn/a.png" alt="">'
    refusing = '<img src="https://n.sinaimg.cn/a.png" alt="">'
    for number in range(40):
        images = own + cdn + (refusing if number < 12 else "")
        write(f"{number}.md", CLEAN.replace("<p>Text", f"{images}<p>Text"))
    options = config_of(newslint, tmp_path)["rules"]["IMG001"]
    assert options == {"relative": False, "exempt": ["cdn.site.cn"]}
    assert codes(newslint)["IMG001"] == 12


def test_templates_that_the_posts_use_alike_are_allowed_and_a_scraped_one_is_not(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    for number in range(40):
        text = f"{{% set box = {number} %}} {{{{ page.lead }}}}"
        write(f"posts/{number}.md", CLEAN.replace("Text", text))
    write("posts/odd.md", CLEAN.replace("Text", "{{ nonsense }}"))
    allowed = config_of(newslint, tmp_path)["rules"]["TPL001"]["allow"]
    assert allowed == ["page.lead", "set*"]
    assert [one["path"] for one in findings(newslint) if one["code"] == "TPL001"] == [
        "posts/odd.md"
    ]


def test_in_a_site_templates_that_work_need_no_leave_and_those_that_stop_the_build_get_none(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    write("_config.yml", "title: News\nplugins: []\n")
    write("_includes/box.html", "<b>box</b>\n")
    for number in range(40):
        name = "box" if number < 20 else "gone"
        text = CLEAN.replace("Text", f"{{% include {name}.html %}} {{{{ page.title }}}}")
        write(f"_posts/2020-01-01-{number}.md", text)
    assert newslint("init").returncode == 0
    said = config(tmp_path, ".newslint.toml")
    assert "TPL001" not in said.get("rules", {}) and "TPL001" not in said["ignore"]
    errors = {one["path"] for one in findings(newslint) if one["severity"] == "error"}
    assert errors == {f"_posts/2020-01-01-{number}.md" for number in range(20, 40)}


# How it is written.


def test_nothing_is_learned_of_fields_from_a_few_posts(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    write("a.md", post(1, "author: Wire", "score: 1"))
    said = config_of(newslint, tmp_path)
    assert said["schema"] == {"preset": "hexo"}
    assert "ignore" not in said, "an error in one post is no custom"
    assert "author 1" in (tmp_path / "newslint.toml").read_text(encoding="utf-8")


def test_posts_that_fit_the_preset_of_news_get_it(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    write("a.md", CLEAN)
    assert config_of(newslint, tmp_path)["schema"]["preset"] == "news"


def test_a_configuration_that_is_there_is_kept(newslint: Command, write: Write) -> None:
    write("a.md")
    mine = write("newslint.toml", "ignore = ['IMG004']\n")
    done = newslint("init")
    assert done.returncode == 2
    assert "--force" in done.stderr and "--diff" in done.stderr
    assert mine.read_text() == "ignore = ['IMG004']\n"
    shown = newslint("init", "--diff")
    assert shown.returncode == 0
    assert "-ignore = ['IMG004']" in shown.stdout and "+[schema]" in shown.stdout
    assert mine.read_text() == "ignore = ['IMG004']\n"
    assert newslint("init", "--force").returncode == 0
    assert "[schema]" in mine.read_text()


def test_even_one_that_is_broken_or_a_dangling_link(newslint: Command, write: Write) -> None:
    write("a.md")
    mine = write("newslint.toml", "ignore = [")
    assert newslint("init").returncode == 2
    assert newslint("init", "--force").returncode == 0
    mine.unlink()
    mine.symlink_to("nowhere.toml")
    assert newslint("init").returncode == 2
    assert newslint("init", "--force").returncode == 2
    assert mine.is_symlink()


@pytest.mark.parametrize(
    ("name", "text", "refused"),
    [
        ("pyproject.toml", "[tool.newslint]\ntarget = 'hugo'\n", True),
        ("pyproject.toml", "[project]\nname = 'x'\n", False),
        (".newslint.toml", "", True),
    ],
)
def test_a_configuration_that_would_no_longer_be_read_is_not_hidden_unasked(
    name: str, text: str, refused: bool, newslint: Command, write: Write, tmp_path: Path
) -> None:
    write("a.md")
    write(name, text)
    done = newslint("init")
    assert (done.returncode == 2) is refused
    assert (tmp_path / "newslint.toml").exists() is not refused
    assert (name in done.stderr) is refused
    assert newslint("init", "--force").returncode == 0


def test_a_configuration_above_that_no_longer_holds_is_named(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    write("newslint.toml", "")
    write("posts/a.md")
    done = subprocess.run(
        [sys.executable, "-m", "newslint", "init"],
        cwd=tmp_path / "posts", capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "../newslint.toml no longer applies below newslint.toml" in done.stderr


def test_it_is_written_where_newslint_is_run_or_above_posts_that_lie_elsewhere(
    newslint: Command, write: Write, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    write("posts/a.md")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    for name in ("one", "two"):
        (elsewhere / name).mkdir()
        (elsewhere / name / "a.md").write_text(CLEAN, encoding="utf-8")
    assert newslint("init", "posts/a.md").returncode == 0
    assert (tmp_path / "newslint.toml").exists()
    assert newslint("init", str(elsewhere / "one"), str(elsewhere / "two")).returncode == 0
    assert (elsewhere / "newslint.toml").exists()
    assert newslint("init", str(elsewhere / "one" / "a.md")).returncode == 0
    assert (elsewhere / "one" / "newslint.toml").exists()


def test_no_posts_is_exit_2_and_nothing_is_written(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    write("readme.txt", "x")
    done = newslint("init")
    assert done.returncode == 2
    assert "no post" in done.stderr
    assert not (tmp_path / "newslint.toml").exists()
    assert newslint("init", "nowhere").returncode == 2


def test_posts_that_cannot_be_read_are_counted_and_the_others_are_learned_from(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    for number in range(12):
        write(f"{number}.md", CLEAN)
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "link.md").symlink_to("nowhere")
    write("bytes.md", b"\xff\xfe\x00\x80")
    write("open.md", "---\ntitle: never closed\n")
    done = newslint("init")
    assert done.returncode == 0
    assert "cannot read 2 posts: link.md" in done.stderr
    assert newslint("config").returncode == 0
    only = tmp_path / "only"
    only.mkdir()
    os.mkfifo(only / "a.md")
    assert newslint("init", "--diff", "only").returncode == 2


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="no folder here refuses everybody")
def test_a_folder_that_cannot_be_written_is_exit_2(newslint: Command) -> None:
    done = newslint("init", "/proc/version")
    assert done.returncode == 2
    assert "/proc/newslint.toml cannot be written" in done.stderr


def test_paths_with_nothing_in_common_are_exit_2(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    write("a.md")
    (tmp_path / "here").mkdir()
    done = newslint("init", "/etc", str(tmp_path.parents[0]))
    assert done.returncode == 2
    assert "the paths have no common folder" in done.stderr


def test_the_message_says_what_was_seen_what_was_written_and_what_comes_next(
    newslint: Command, write: Write
) -> None:
    for number in range(12):
        write(f"posts/{number}.md", CLEAN)
    done = newslint("init", "posts")
    assert done.stdout == ""
    for words in (
        "wrote newslint.toml, inferred from 12 posts",
        "generator: hexo",
        "required: title, categories, headimg",
        "remaining in the posts read: ",
        "`newslint posts`",
        "`newslint baseline posts`",
    ):
        assert words in done.stderr
    assert newslint("init", "--force", "-q").stderr == ""


def test_of_a_large_archive_a_sample_from_every_folder_is_read_and_said_so(
    newslint: Command, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = []
    for number in range(60):
        path = write(f"{'abc'[number % 3]}/{number}.md", CLEAN)
        files.append(PostFile(str(path), str(path.relative_to(tmp_path))))
    monkeypatch.setattr("newslint.cli.init.infer.LIMIT", 30)
    learned = infer(sorted(files, key=lambda one: one.shown), tmp_path)
    assert (learned.document.found, learned.document.read) == (60, 30)
    assert learned.sections == ("a", "b", "c")
    assert "from 30 of 60 posts, a sample from all folders" in learned.document.text


def test_the_file_names_its_schema_which_is_the_one_that_is_published(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    write("a.md")
    config_of(newslint, tmp_path)
    first = (tmp_path / "newslint.toml").read_text(encoding="utf-8").splitlines()[0]
    published = json.loads(newslint("schema", "--config").stdout)["$id"]
    assert first == f"#:schema {published}"


@pytest.mark.parametrize(
    ("files", "name", "baseline"),
    [
        ({"_config.yml": "plugins: []\n"}, ".newslint.toml", ".newslint-baseline.json"),
        (
            {"_config.yml": "plugins: []\nexclude: [newslint.toml]\n"},
            "newslint.toml",
            ".newslint-baseline.json",
        ),
        ({"_config.yml": "plugins: []\nsource: src\n"}, "newslint.toml", "newslint-baseline.json"),
        ({"_config.yml": "source_dir: source\n"}, "newslint.toml", "newslint-baseline.json"),
        ({"hugo.toml": ""}, "newslint.toml", "newslint-baseline.json"),
        ({}, "newslint.toml", "newslint-baseline.json"),
    ],
)
def test_no_file_is_written_where_the_generator_would_publish_it(
    files: dict[str, str],
    name: str,
    baseline: str,
    newslint: Command,
    write: Write,
    tmp_path: Path,
) -> None:
    for path, text in files.items():
        write(path, text)
    for folder in ("_posts", "source/_posts", "content/posts", "src/_posts"):
        write(f"{folder}/2021-12-02-a.md")
    before = {*os.listdir(tmp_path)}
    done = newslint("init")
    assert {*os.listdir(tmp_path)} - before == {name}
    assert (name in done.stderr) and newslint("config").returncode == 0
    assert newslint("init").returncode == 2, "it is there"
    assert newslint("baseline").returncode == 0
    assert {*os.listdir(tmp_path)} - before == {name, baseline}


def test_the_same_posts_give_the_same_bytes(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    for number in range(40):
        write(f"{'ab'[number % 2]}/{number}.md", post(number, f"author: A{number % 4}"))
    first = newslint("init", "--diff", PYTHONHASHSEED="1").stdout
    assert first == newslint("init", "--diff", PYTHONHASHSEED="2").stdout
    assert str(tmp_path) not in first


# Hostile posts.

HOSTILE = ("a'''b", 'q"""\n[rules]', "back\\slash", "\x00\x07\x7f", "\u202egnp", "\ue000", "#", "")


def test_what_posts_say_stays_a_value_or_a_comment(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    for number in range(60):
        value = HOSTILE[number % 6]
        matter = {"title": f"T{number}", "kind": value, "when\n[x]": "x", "a.b": "c", "": "d"}
        matter |= {"list": [value, "\n]\nselect = []"], "map": {"items": value, "type": "y"}}
        matter |= {"date": f"2021-01-01\n# {value}", "site": f"https://h{value}/x"}
        write(f"{number}.md", json.dumps(matter) + "\n\n<p>x</p><p>编\x1b[31m辑\nx：y</p>\n")
    said = config_of(newslint, tmp_path, "--quiet")
    assert set(said) <= {"target", "ignore", "schema", "rules"}
    assert set(said["schema"]["fields"]["kind"]["choices"]) == set(HOSTILE[:6])
    text = (tmp_path / "newslint.toml").read_text(encoding="utf-8")
    assert text.replace("\n", "").isprintable() or "\ue000" in text
    assert not {"\x1b", "\u202e", "\x7f"} & set(text)
    assert codes(newslint)["FM007"] == 0


names = st.text(max_size=6) | st.sampled_from(("title", "date", "tags", "items", "type", "a.b"))
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**40), 2**40),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from((*HOSTILE, "2021-01-01", "https://a.cn/x", "12:30")),
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=6,
)
matters = st.dictionaries(names, values, min_size=1, max_size=6)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(matter=matters, other=matters, usual=st.integers(31, 40))
def test_for_any_values_the_file_loads_and_the_usual_posts_are_accepted(
    matter: dict[str, Any],
    other: dict[str, Any],
    usual: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("archive")
    for number in range(usual):
        (folder / f"{number:03}.md").write_bytes(_json_post(matter))
    (folder / "odd.md").write_bytes(_json_post(other))
    files = [PostFile(str(path), path.name) for path in sorted(folder.glob("*.md"))]
    learned = infer(files, folder)
    (folder / "newslint.toml").write_text(learned.document.text, encoding="utf-8")
    from newslint.config.loader import find_layers
    from newslint.config.project import Project
    from newslint.runner.pipeline import lint_files

    find_layers.cache_clear()
    project = Project(folder)
    project.settings(folder / "a.md").schema  # noqa: B018 - it is built
    for report in lint_files(files, project):
        if report.path != "odd.md":
            assert not [one.finding for one in report.diagnostics], learned.document.text


def _json_post(matter: dict[str, Any]) -> bytes:
    text = json.dumps(matter, ensure_ascii=True)
    return f"{text}\n\n<p>Text.</p>\n<p>责任编辑：刘万里</p>\n".encode()


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",))))
def test_any_text_is_one_string_of_toml_and_one_comment(text: str) -> None:
    lines = "\n".join(comment(text))
    read = tomllib.loads(f"{lines}\n{key(text, 'x')} = {string(text)}\n")
    assert read == {text: {"x": text}}


# Folders.


@given(
    st.lists(
        st.text("ab[]*?!#\\ 中.~", min_size=1, max_size=5).filter(lambda n: n not in (".", "..")),
        min_size=1,
        max_size=3,
    )
)
def test_a_folders_pattern_fits_what_is_in_it_whatever_it_is_called(folder: list[str]) -> None:
    from newslint.core.patterns import patterns

    said = pattern(tuple(folder))
    assert said is not None
    assert patterns((said,)).match_file("/".join((*folder, "a.md")))
    assert not patterns((said,)).match_file("/".join((*folder[:-1], folder[-1] + "x", "a.md")))


def test_something_is_usual_in_the_largest_folders_that_hold_no_others() -> None:
    posts = {("a", "x"): 30, ("a", "y"): 30, ("b",): 30}
    tree = Tree(folder for folder, number in posts.items() for _ in range(number))
    assert tree.usual_in({("a", "x"): 30}) == [("a", "x")]
    assert tree.usual_in({("a", "x"): 30, ("a", "y"): 11}) == [("a",)]
    assert tree.usual_in(posts) == [()]
    assert tree.usual_in({("a", "x"): 10, ("b",): 10}) == []


# The corpus.


def test_of_an_archive_of_feeds_only_what_is_odd_is_reported(
    newslint: Command, tmp_path: Path
) -> None:
    shutil.copytree(NEWS.root, tmp_path / "posts")
    assert config_of(newslint, tmp_path, "posts")["target"] == "hexo"
    by_rule = {(one["code"], one["path"]) for one in findings(newslint, "posts")}
    often = Counter(code for code, _ in by_rule)
    assert all(3 * number <= len(NEWS.posts()) for number in often.values()), often


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_target_and_preset_of_a_site_are_those_of_its_generator(
    site: Site, newslint: Command, tmp_path: Path
) -> None:
    shutil.copytree(site.root, tmp_path / "site")
    said = config_of(newslint, tmp_path, f"site/{site.posts_folder}")
    assert said["target"].partition("@")[0] == site.target
    assert said["schema"]["preset"] == ("hexo" if site is NEWS else site.preset)


def test_of_a_made_archive_the_planted_defects_are_reported_and_nothing_else(
    newslint: Command, tmp_path: Path
) -> None:
    planted = make_archive(tmp_path / "made", 600, 0.05)
    said = config_of(newslint, tmp_path, "made")
    assert said["schema"]["preset"] == "news"
    assert "ignore" not in said and "overrides" not in said
    assert "新浪财经" in said["schema"]["fields"]["author"]["choices"]
    expected = {(f"made/{path}", code) for path, (code, _) in planted.items()}
    found = {(one["path"], one["code"]) for one in findings(newslint, "made")}
    assert expected <= found
    # The second `author` of a planted FM004 is no author that any other post has.
    twice = {path for path, code in expected if code == "FM004"}
    assert found - expected <= {(path, "FM007") for path in twice}


def test_front_matter_that_is_missing_everywhere_is_no_schema(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    for number in range(12):
        write(f"{number}.md", "Just text.\n")
    assert config_of(newslint, tmp_path)["schema"] == {"preset": "hexo"}
    assert newslint().returncode == 0
