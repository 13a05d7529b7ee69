"""The command line: what it understands, and what it suggests where it does not."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import NO_REFERRER, Command

Write = Callable[..., Path]
ROOT = Path(__file__).parents[2]
SITE_RULE = """\
[[rule]]
code = "SITE001"
name = "no-marquee"
css = "marquee"
message = "marquee moves"
description = "A text must stay where it is."
url = "https://example.org/rules/marquee"
"""


def test_explain_is_rule(newslint: Command) -> None:
    args = ("IMG001", "--output-format", "json")
    assert newslint("explain", *args).stdout == newslint("rule", *args).stdout
    assert "IMG001" in newslint("explain", "no-referrer").stdout
    assert "newslint rule" in newslint("explain", "--help").stdout


def test_rules_without_code_are_listed_explained_and_linked(
    newslint: Command, write: Write
) -> None:
    write("newslint.toml", SITE_RULE)
    write("a.md", NO_REFERRER.replace("</div>", "<marquee>x</marquee></div>"))
    rules = json.loads(newslint("rules", "--output-format", "json").stdout)
    (rule,) = [one for one in rules if one["code"] == "SITE001"]
    assert (rule["family"], rule["url"]) == ("SITE", "https://example.org/rules/marquee")
    assert rule["summary"] == "A text must stay where it is."
    assert [one["code"] for one in rules] == sorted(one["code"] for one in rules)
    assert "SITE001" in newslint("rules", "--family", "site").stdout
    for name in ("SITE001", "site001", "no-marquee"):
        assert "A text must stay where it is." in newslint("rule", name).stdout
    found = json.loads(newslint("a.md", "--output-format", "json").stdout)
    urls = {one["code"]: one["url"] for one in found}
    assert urls["SITE001"] == "https://example.org/rules/marquee"
    assert urls["IMG001"].endswith("/rules/IMG001")
    assert newslint("rule", "SITE001", "--isolated").returncode == 2


def test_a_rule_without_a_page_has_no_link(newslint: Command, write: Write) -> None:
    write("newslint.toml", re.sub("url = .*\n", "", SITE_RULE))
    write("a.md", NO_REFERRER.replace("</div>", "<marquee>x</marquee></div>"))
    found = json.loads(newslint("a.md", "--output-format", "json").stdout)
    assert {one["code"]: one["url"] for one in found}["SITE001"] is None
    page = newslint("a.md", "--output-format", "html").stdout
    assert "rules/IMG001" in page
    assert "rules/SITE001" not in page
    sarif = newslint("a.md", "--output-format", "sarif").stdout
    assert "rules/SITE001" not in sarif


def test_a_url_that_is_none_is_an_error_of_the_configuration(
    newslint: Command, write: Write
) -> None:
    write("newslint.toml", SITE_RULE.replace("https:", "javascript:"))
    done = newslint("rules")
    assert done.returncode == 2
    assert "newslint.toml:7" in done.stderr


def test_the_cache_keeps_the_page_of_a_rule() -> None:
    from newslint.core.finding import Finding, Severity
    from newslint.core.span import Span
    from newslint.runner.cache.serialization import findings_from_plain, findings_to_plain

    finding = Finding("SITE001", "x", Severity.ERROR, "x", Span(0, 1), url="https://a.example/")
    assert findings_from_plain(findings_to_plain([finding])) == [finding]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("chekc",), "did you mean `newslint check`?"),
        (("explian",), "did you mean `newslint explain`?"),
        (("help",), "did you mean `newslint --help`?"),
        (("img001",), "did you mean `newslint rule IMG001`?"),
        (("post",), "did you mean 'posts'?"),
        (("stats", "posts/firts.md"), "did you mean 'posts/first.md'?"),
        (("baseline", "posts/firts.md"), "did you mean 'posts/first.md'?"),
        (("posts", "--select", "IMG0001"), "did you mean 'IMG001'?"),
        (("posts", "--select", "IGM001"), "did you mean 'IMG001'?"),
        (("posts", "--select", "img001"), "did you mean 'IMG001'?"),
        (("posts", "--select", "IMGS"), "did you mean 'IMG'?"),
        (("posts", "--select", "img"), "did you mean 'IMG'?"),
        (("posts", "--ignore", "no-referer"), "did you mean 'no-referrer'?"),
        (("rule", "IMG999"), "`newslint rules --family IMG` lists"),
        (("rules", "--family", "IMGG"), "did you mean 'IMG'?"),
        (("rules", "--family", "zzz"), "choose one of ARC, ED, FM"),
        (("posts", "--impact", "biuld"), "did you mean 'build'?"),
        (("posts", "--output-format", "jsn"), "did you mean 'json'?"),
        (("posts", "--target", "hxo"), "did you mean 'hexo'?"),
        (("posts", "--usafe-fixes"), "--unsafe-fixes"),
    ],
)
def test_a_slip_is_answered_by_what_was_meant(
    newslint: Command, write: Write, args: tuple[str, ...], words: str
) -> None:
    write("posts/first.md")
    done = newslint(*args)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr


@pytest.mark.parametrize("args", [("rule", "SITE001"), ("--select", "SITE001"), ("x.md",)])
def test_nothing_is_suggested_that_is_not_near(
    newslint: Command, write: Write, args: tuple[str, ...]
) -> None:
    write("a.md")
    done = newslint(*args)
    assert done.returncode == 2
    assert "did you mean" not in done.stderr


@pytest.mark.parametrize("place", [":13", ":13:24", ":13:24:"])
def test_a_path_is_understood_with_its_line(newslint: Command, write: Write, place: str) -> None:
    write("a.md", NO_REFERRER)
    write("b.md:1", NO_REFERRER)
    assert newslint(f"a.md{place}").stdout == newslint("a.md").stdout
    assert "\nb.md:1:13:24: error IMG001" in newslint("b.md:1").stdout, "a file of that very name"
    assert newslint(f"none.md{place}").returncode == 2


def test_exclude_leaves_out_more_than_the_configuration(newslint: Command, write: Write) -> None:
    for name in ("a.md", "drafts/b.md", "old/c.md", "sub/old/d.md"):
        write(name, NO_REFERRER)
    write("newslint.toml", 'exclude = ["drafts/"]\n')

    def found(*args: str) -> set[str]:
        records = json.loads(newslint("--output-format", "json", *args).stdout)
        return {one["path"] for one in records if one["code"] == "IMG001"}

    assert found() == {"a.md", "old/c.md", "sub/old/d.md"}
    assert found("--exclude", "old/") == {"a.md"}
    assert found("--exclude", "/old/", "--exclude", "a.*") == {"sub/old/d.md"}
    assert found("--exclude", "*.md", "a.md") == {"a.md"}, "a file that is named"
    assert found("--exclude", "*.md", "--force-exclude", "a.md") == set()
    assert json.loads(newslint("stats", "--exclude", "old/", "--output-format", "json").stdout)[
        "posts"
    ] == 1  # fmt: skip


@pytest.mark.parametrize("args", [("--version", "--verbose"), ("-v", "--version")])
def test_a_verbose_version_is_what_a_bug_report_needs(
    newslint: Command, write: Write, tmp_path: Path, args: tuple[str, ...]
) -> None:
    write("newslint.toml", 'target = "hugo@0.111"\n')
    done = newslint(*args)
    assert done.returncode == 0
    said = dict(line.split(": ", 1) for line in done.stdout.splitlines()[1:])
    assert re.match(r"newslint \d+\.\d+", done.stdout)
    assert sys.executable in said["Python"]
    assert said["Configuration"] == str(tmp_path / "newslint.toml")
    assert "target: hugo@0.111" in said["Site"]
    assert re.search(r"lxml \d", said["Packages"])
    assert re.search(r"libxml2 \d", said["Libraries"])
    assert {"Platform", "Installed in", "Extras", "Plug-ins", "Cache", "Language"} <= set(said)


def test_a_verbose_version_tells_of_a_configuration_that_is_wrong(
    newslint: Command, write: Write
) -> None:
    write("newslint.toml", "target = 3\n")
    done = newslint("--version", "--verbose")
    assert done.returncode == 0
    assert re.search(r"^Configuration: .*newslint.toml:1", done.stdout, re.MULTILINE)


def test_help_lists_every_command_with_a_whole_sentence(newslint: Command) -> None:
    from newslint.cli.subcommands import COMMANDS

    out = newslint("--help").stdout
    for name in COMMANDS:
        assert re.search(rf"^  {name} ", out, re.MULTILINE)
    assert "..." not in out.partition("Commands:")[2].partition("`newslint")[0]


def test_the_manual_page_says_what_the_help_says() -> None:
    done = subprocess.run(
        [sys.executable, "docs/man.py", "--check"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"run docs/man.py\n{done.stdout[:3000]}{done.stderr}"


def test_the_manual_page_is_shown_by_man() -> None:
    from newslint.cli.subcommands import COMMANDS

    if shutil.which("man") is None:
        pytest.skip("man is not installed")
    done = subprocess.run(
        ["man", "--warnings", "-l", ROOT / "docs" / "newslint.1"],
        capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin", "MANWIDTH": "80"},
    )  # fmt: skip
    if "-l" in done.stderr and done.returncode:
        pytest.skip("this man shows no local file")
    assert done.stderr == ""
    shown = re.sub(".\x08", "", done.stdout)
    assert all(len(line) <= 80 for line in shown.splitlines())
    for name in COMMANDS:
        assert f"newslint {name}" in shown
    for option in ("--unsafe-fixes", "--exclude PATTERN", "--force-exclude"):
        assert option in shown


def test_a_site_in_a_folder_of_a_repository_is_told_and_notes_beside_it_are_no_posts(
    newslint: Command, write: Write
) -> None:
    write("www/hugo.toml", 'baseURL = "https://example.net/"\n')
    for name in "ab":
        write(
            f"www/content/posts/{name}.md",
            f"---\ntitle: {name}\ndate: 2024-01-01\n---\nThe text of {name}.\n",
        )
    write("CONTRIBUTING.md", "# How to help\n")
    write("server/index.html", "<!DOCTYPE html><p>x</p>\n")
    result = newslint(".")
    assert result.returncode == 0, result.stdout
    assert "2 posts checked" in result.stderr
    assert "Preset hugo" in result.stderr and "www" in result.stderr
    write("server/post.md", "---\ntitle: c\n---\nThe text of c.\n")
    assert "FM005" in newslint(".").stdout
    assert "CONTRIBUTING.md is not checked" in newslint("CONTRIBUTING.md").stderr
    write("newslint.toml", 'schema.preset = "minimal"\n')
    assert "of 5 posts" in newslint(".").stderr
