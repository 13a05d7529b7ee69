"""Configuration: which file is in force, what it may say, and how it says what is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CLEAN, NO_REFERRER, Command

Write = Callable[..., Path]
TWO = NO_REFERRER.replace("责任编辑：刘万里", "再见")
"""A post with IMG001 and ED001."""


def codes(newslint: Command, *args: str) -> set[str]:
    done = newslint(*args, "--output-format", "json")
    assert done.returncode in (0, 1), done.stderr
    return {record["code"] for record in json.loads(done.stdout)}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("newslint.toml", 'ignore = ["ED001"]'),
        (".newslint.toml", 'ignore = ["missing-editor-line"]'),
        ("pyproject.toml", '[tool.newslint]\nignore = ["ED"]'),
    ],
)
def test_each_kind_of_file_is_read(newslint: Command, write: Write, name: str, text: str) -> None:
    write("a.md", TWO)
    assert codes(newslint) == {"IMG001", "ED001"}
    write(name, text)
    assert codes(newslint) == {"IMG001"}


def test_the_nearest_file_above_a_post_is_in_force(newslint: Command, write: Write) -> None:
    write("newslint.toml", 'ignore = ["ED001"]')
    write("near/newslint.toml", 'ignore = ["IMG001"]')
    write("near/deep/a.md", TWO)
    write("far/a.md", TWO)
    assert codes(newslint, "near") == {"ED001"}
    assert codes(newslint, "far") == {"IMG001"}
    assert codes(newslint) == {"ED001", "IMG001"}


def test_it_is_the_same_from_any_folder(newslint: Command, write: Write, tmp_path: Path) -> None:
    write(
        "site/newslint.toml",
        'exclude = ["drafts/"]\n[[overrides]]\nfiles = ["x/**"]\nignore = ["ED001"]',
    )
    write("site/x/a.md", TWO)
    write("site/drafts/b.md", TWO)
    assert codes(newslint, "site") == codes(newslint, "site/x") == {"IMG001"}
    assert codes(newslint, str(tmp_path / "site" / "drafts")) == set()


def test_extend_inherits_and_the_nearer_word_wins(newslint: Command, write: Write) -> None:
    write(
        "base.toml",
        'ignore = ["ED001"]\n[rules.IMG001]\npolicy = "same-origin"\n[severity]\nIMG001 = "warning"',
    )
    write("site/newslint.toml", 'extend = "../base.toml"\n[severity]\nIMG001 = "info"')
    write("site/a.md", TWO)
    records = json.loads(newslint("site", "--output-format", "json").stdout)
    assert [(r["code"], r["severity"]) for r in records] == [("IMG001", "info")]
    assert "same-origin" in records[0]["message"]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('ignroe = ["ED001"]', 1, "'ignore'"),
        ('\n\nignore = "ED001"', 3, "ignore"),
        ('ignore = ["ED01X"]', 1, "'ED01X'"),
        ('[severity]\nIMG001 = "fatal"', 2, "severity.IMG001"),
        ('[severity]\nIMG901 = "error"', 2, "'IMG901'"),
        ('[rules.IMG001]\npolcy = "x"', 2, "'policy'"),
        ('[rules.IMG001]\npolicy = "x"', 2, "policy"),
        ("[rules.no-referer]\n", 1, "'no-referrer'"),
        ('target = "hexxo"', 1, "hexo"),
        ('target = "hexo@2"', 1, "hexo@8"),
        ('target = "hugo@0.100"', 1, "hugo@0.111"),
        ('target = "hugo@latest"', 1, "hugo@0.168"),
        ('[[overrides]]\nfiles = ["a"]\n[[overrides]]\nfiles = ["b"]\nignoer = []', 5, "'ignore'"),
        ('[limits]\nfile-szie = 3', 2, "'file-size'"),
        ('extend = "nowhere.toml"', 1, "nowhere.toml"),
        ('extend = "newslint.toml"', 1, "circle"),
        ("a = [", None, "TOML"),
        ('fail-on = "eror"', 1, "fail-on"),
    ],
)  # fmt: skip
def test_a_mistake_names_file_line_and_the_nearest_right_word(
    newslint: Command, write: Write, text: str, line: int | None, words: str
) -> None:
    write("newslint.toml", text)
    write("a.md", CLEAN)
    done = newslint()
    assert done.returncode == 2
    assert "newslint.toml" in done.stderr
    if line is not None:
        assert f"newslint.toml:{line}:" in done.stderr
    assert words in done.stderr


def test_a_configuration_that_is_not_utf8_is_said_in_words(newslint: Command, write: Write) -> None:
    write("newslint.toml", b"\xff")
    write("a.md")
    assert "UTF-8" in newslint().stderr


def test_select_replaces_extend_select_adds_ignore_takes_away(
    newslint: Command, write: Write
) -> None:
    write("a.md", TWO)
    assert codes(newslint, "--select", "IMG001") == {"IMG001"}
    assert codes(newslint, "--select", "no-referrer,ED") == {"IMG001", "ED001"}
    assert codes(newslint, "--select", "ALL", "--ignore", "ALL", "--extend-select", "ED001") == {
        "ED001"
    }
    assert codes(newslint, "--ignore", "IMG,ED001") == set()
    write("newslint.toml", 'select = ["ED001"]')
    assert codes(newslint) == {"ED001"}
    assert codes(newslint, "--extend-select", "IMG001") == {"ED001", "IMG001"}
    assert codes(newslint, "--select", "IMG001") == {"IMG001"}


def test_overrides_speak_of_their_files_alone(newslint: Command, write: Write) -> None:
    write("newslint.toml", '[[overrides]]\nfiles = ["World/**", "*.html"]\nignore = ["ED001"]\n')
    write("World/a.md", TWO)
    write("b.html", TWO)
    write("c.md", TWO)
    records = json.loads(newslint("--output-format", "json").stdout)
    assert {r["path"] for r in records if r["code"] == "ED001"} == {"c.md"}


def test_isolated_and_config_options_stand_above_the_files(newslint: Command, write: Write) -> None:
    write("newslint.toml", 'ignore = ["ED001"]')
    write("other.toml", 'ignore = ["IMG001"]')
    write("a.md", TWO)
    assert codes(newslint, "--isolated") == {"IMG001", "ED001"}
    assert codes(newslint, "--config", "other.toml") == {"ED001"}
    assert codes(newslint, "--config", "ignore=['IMG001']") == set()
    assert codes(newslint, "--config", "fail-on=never") == {"IMG001"}
    assert newslint("--config", "fail-on=never").returncode == 0
    assert newslint("--config", "no-such=1").returncode == 2


def test_config_shows_each_setting_and_the_file_it_is_from(newslint: Command, write: Write) -> None:
    write("newslint.toml", 'target = "jekyll"\nignore = ["ED001"]')
    write("posts/a.md")
    shown = json.loads(newslint("config", "posts/a.md", "--output-format", "json").stdout)
    assert shown["target"]["value"] == "jekyll"
    assert shown["target"]["origin"].endswith("newslint.toml")
    assert "ED001" not in shown["rules"]["value"]
    assert "IMG001" in shown["rules"]["value"]
    assert "newslint.toml" in newslint("config", "posts/a.md").stdout


@pytest.mark.parametrize(
    ("files", "target"),
    [
        ({"_config.yml": "title: x\nsource_dir: source\npublic_dir: public\n"}, "hexo"),
        ({"_config.yml": "markdown: kramdown\nplugins: []\n"}, "jekyll"),
        ({"_config.yml": "title: x\n", "Gemfile": ""}, "jekyll"),
        ({"hugo.toml": ""}, "hugo"),
        ({"hugo.toml": "", ".tool-versions": "hugo extended_0.162.1"}, "hugo@0.162"),
        (
            {"hugo.toml": "", "newslint.toml": 'target = "hugo@0.152"', ".hvm": "v0.162.0"},
            "hugo@0.152",
        ),
        ({"hugo.toml": "", "newslint.toml": 'target = "hugo"', ".hvm": "v0.162.0"}, "hugo@0.162"),
        ({"hugo.toml": "", ".hvm": "v0.80.0"}, "hugo@0.111"),
        (
            {"hugo.toml": "", "package.json": '{"devDependencies": {"hugo-extended": "^0.152.2"}}'},
            "hugo@0.152",
        ),
        ({"hugo.toml": "", "package.json": '{"hugo-bin": {"version": "0.161.0"}}'}, "hugo@0.161"),
        ({"hugo.toml": "", "package.json": '{"dependencies": {"hugo-bin": "^0.149.2"}}'}, "hugo"),
        (
            {"hugo.toml": "", ".github/workflows/a.yml": "with:\n  hugo-version: '0.168.0'"},
            "hugo@0.168",
        ),
        ({"config.toml": 'baseURL = "https://x/"\n'}, "hugo"),
        ({".eleventy.js": ""}, "eleventy"),
        ({"eleventy.config.mjs": ""}, "eleventy"),
        ({"package.json": '{"dependencies": {"hexo": "^7.3.0"}}'}, "hexo@7"),
        ({"package.json": "[]"}, "hexo"),
        ({}, "hexo"),
    ],
)
def test_the_sites_own_file_tells_the_target(
    newslint: Command, write: Write, files: dict[str, str], target: str
) -> None:
    for name, text in files.items():
        write(f"site/{name}", text)
    write("site/source/_posts/a.md")
    shown = json.loads(
        newslint("config", "site/source/_posts/a.md", "--output-format", "json").stdout
    )
    assert shown["target"]["value"] == target


def test_a_configuration_elsewhere_is_in_force_for_posts_anywhere(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    write("elsewhere/other.toml", 'ignore = ["IMG001"]')
    write("site/a.md", TWO)
    outside = tmp_path.parent / f"{tmp_path.name}-outside.md"
    outside.write_text(TWO)
    assert codes(newslint, "site", str(outside), "--config", "elsewhere/other.toml") == {"ED001"}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[schema]\npreset = "newss"', 2, "'news'"),
        ('[schema.fields.source]\ntpye = "url"', 2, "'type'"),
        ('[schema.fields.source]\ntype = "text"\npattern = "("', 3, "regular expression"),
        ('[schema]\nmodel = "nowhere.at:All"', None, "nowhere"),
    ],
)
def test_a_mistake_in_the_schema_is_told_before_any_post_is_judged(
    newslint: Command, write: Write, text: str, line: int | None, words: str
) -> None:
    write("newslint.toml", text)
    write("a.md", TWO)
    done = newslint()
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    if line is not None:
        assert f"newslint.toml:{line}:" in done.stderr


def test_a_sites_own_model_is_found_beside_its_configuration_and_not_when_isolated(
    newslint: Command, write: Write
) -> None:
    write("site/newslint.toml", 'select = ["FM005"]\n[schema]\nmodel = "mysite.models:Post"')
    write("site/mysite/__init__.py", "")
    write(
        "site/mysite/models.py", "import pydantic\nclass Post(pydantic.BaseModel):\n  rating: int\n"
    )
    write("site/a.md", CLEAN)
    assert codes(newslint, "site") == {"FM005"}
    assert "rating" in newslint("site").stdout
    assert codes(newslint, "site", "--isolated", "--select", "FM005") == set()


def test_limits_of_several_files_are_merged_key_by_key(newslint: Command, write: Write) -> None:
    write("base.toml", "[limits]\nfile-size = 5\nfindings = 7\n")
    write("site/newslint.toml", 'extend = "../base.toml"\n[limits]\nfile-size = 100000\n')
    write("site/a.md", TWO)
    shown = json.loads(newslint("config", "site/a.md", "--output-format", "json").stdout)
    limits = shown["limits"]["value"]
    assert (limits["file-size"], limits["findings"]) == (100_000, 7)
