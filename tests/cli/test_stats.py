"""``newslint stats``: what it counts, and how it shows it."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CLEAN, NO_REFERRER, Command
from rich.cells import cell_len

Write = Callable[[str, str | bytes], Path]


def dated(text: str, month: str, *categories: str) -> str:
    """The post of another month and other categories, under a title of its own."""
    text = text.replace("A title", f"{month} {categories}").replace(
        "article", f"{month}{categories}"
    )
    text = re.sub("(?m)^date: .*$", f"date: {month}-15T12:00:00Z", text)
    return text.replace(" - One", "\n".join(f" - {name}" for name in categories))


@pytest.fixture
def archive(write: Write) -> None:
    """Six posts of two sections, of which those since 2021-03 have findings."""
    write("World/Wire/1.md", dated(CLEAN, "2020-12", "World", "Wire"))
    write("World/Wire/2.md", dated(CLEAN, "2021-01", "World", "Wire"))
    write("World/Post/3.md", dated(NO_REFERRER, "2021-03", "World", "Post"))
    both = NO_REFERRER.replace("刘万里", "李栋").replace("</div>", "<script>x()</script></div>")
    write("金融/a/4.md", dated(both, "2021-03", "金融", "a"))
    write("金融/a/5.md", dated(both, "2021-04", "金融", "a"))
    write("broken.md", "no front matter")


def told(newslint: Command, *args: str) -> dict:
    done = newslint("stats", "--output-format", "json", *args)
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_json_counts_what_check_finds(newslint: Command, archive: None):
    said = told(newslint)
    found = json.loads(newslint("--output-format", "json").stdout)
    assert said["posts"] == 6
    assert said["clean"] == 6 - len({one["path"] for one in found})
    severities = Counter(one["severity"] for one in found)
    assert said["findings"] == {name: severities[name] for name in ("error", "warning", "info")}
    assert {one["code"]: one["count"] for one in said["rules"]} == Counter(
        one["code"] for one in found
    )
    safe = [one for one in found if one["fix"] and one["fix"]["applicability"] == "safe"]
    assert said["fixable"]["safe"] == len(safe)
    for one in said["rules"]:
        paths = {f["path"] for f in found if f["code"] == one["code"]}
        assert one["posts"] == len(paths)


def test_json_tells_sections_sites_months_names_and_the_worst_posts(
    newslint: Command, archive: None
):
    said = told(newslint)
    assert {one["section"]: (one["posts"], one["clean"]) for one in said["sections"]} == {
        "World": (3, 2), "金融": (2, 0), "": (1, 0),
    }  # fmt: skip
    assert {(one["section"], one["site"]): one["posts"] for one in said["sites"]} == {
        ("World", "Wire"): 2, ("World", "Post"): 1, ("金融", "a"): 2,
    }  # fmt: skip
    assert [(one["month"], one["posts"], one["clean"]) for one in said["months"]] == [
        ("2020-12", 1, 1), ("2021-01", 1, 1), ("2021-03", 2, 0), ("2021-04", 1, 0),
    ]  # fmt: skip
    assert said["undated"] == 1
    rule = next(one for one in said["rules"] if one["code"] == "IMG001")
    assert rule["months"] == {"2021-03": 2, "2021-04": 1}
    assert said["names"]["editors"] == [
        {"name": "刘万里", "count": 3},
        {"name": "李栋", "count": 2},
    ]
    assert said["names"]["authors"] == [{"name": "Wire", "count": 5}]
    assert said["names"]["picture-hosts"] == [{"name": "img.example.net", "count": 13}]
    worst = [(one["path"], one["findings"]["error"]) for one in said["worst"]]
    assert [path for path, _ in worst if path.startswith("金融")] == ["金融/a/4.md", "金融/a/5.md"]
    assert [number for _, number in worst] == sorted((number for _, number in worst), reverse=True)


def test_posts_without_categories_belong_to_their_folders(newslint: Command, write: Write):
    text = CLEAN.replace("categories:\n - One\n", "")
    for path in ("site/_posts/World/Wire/a.md", "site/_posts/金融/b.md", "site/_posts/c.md"):
        write(path, text)
    sections = {one["section"]: one["posts"] for one in told(newslint)["sections"]}
    assert sections == {"World": 1, "金融": 1, "": 1}


def test_the_cache_and_processes_change_nothing(newslint: Command, write: Write):
    for number in range(320):
        text = NO_REFERRER if number % 3 else CLEAN
        post = write(f"{number % 5}/{number}.md", text.replace("A title", f"Title {number}"))
        os.utime(post, (1_600_000_000, 1_600_000_000))  # long enough ago to be kept
    cache = ("--cache-dir", "cache")
    newslint("check", *cache)
    alone = told(newslint, "--no-cache", "--jobs", "1")
    assert alone["names"]["authors"] == [{"name": "Wire", "count": 320}]
    assert told(newslint, *cache) == told(newslint, *cache) == alone
    assert told(newslint, "--no-cache", "--jobs", "2") == alone


def test_the_text_fits_80_columns_without_colour(newslint: Command, archive: None, write: Write):
    write("x/" + "长" * 60 + ".md", dated(NO_REFERRER, "2021-05", "很长" * 30, "y" * 90))
    out = newslint("stats").stdout
    assert "\x1b" not in out
    assert max(map(cell_len, out.split("\n"))) <= 80
    for word in ("IMG001 no-referrer", "World", "金融", "刘万里", "img.example.net", "2020-12"):
        assert word in out


def test_the_spark_line_shows_where_it_began_to_break(newslint: Command, archive: None):
    out = newslint("stats").stdout
    line = next(line for line in out.split("\n") if line.startswith("with findings "))
    assert re.sub(r"(.)\1{3}", r"\1", line.split(maxsplit=2)[2]) == "·· ██"


TEMPLATE = CLEAN.replace("<p>", "<p>{% if %}", 1)
"""A post at which Hexo stops."""


def test_stats_lead_with_what_the_findings_cost(newslint: Command, archive: None, write: Write):
    write("x/7.md", TEMPLATE)
    said = told(newslint)
    assert [one["impact"] for one in said["impacts"]] == [
        "build", "post", "content", "security", "house",
    ]  # fmt: skip
    records = json.loads(newslint("--output-format", "json").stdout)
    for one in said["impacts"]:
        found = [record for record in records if record["impact"] == one["impact"]]
        assert one["findings"] == len(found)
        assert one["posts"] == len({record["path"] for record in found})
    assert {one["code"]: one["impact"] for one in said["rules"]}["TPL001"] == "build"
    lines = newslint("stats").stdout.splitlines()
    at = lines.index("Impact on readers")
    assert lines[at + 2].split() == ["Stop", "the", "build", "1", "1", "TPL001"]
    assert at < lines.index("Findings by rule")
    assert lines[lines.index("Findings by rule") + 2].startswith("TPL001 ")
    assert lines[lines.index("Posts with most findings") + 2].startswith("x/7.md")


def test_rules_that_stop_the_build_are_never_left_out(newslint: Command, write: Write):
    rules = "".join(
        f'[[rule]]\ncode = "SITE{number:03}"\nname = "site-{number}"\npattern = "article"\n'
        'message = "x"\n'
        for number in range(20)
    )
    write("newslint.toml", rules)
    write("a.md", CLEAN)
    write("b.md", TEMPLATE)
    lines = newslint("stats").stdout.splitlines()
    table = lines[lines.index("Findings by rule") + 2 :]
    assert table[0].startswith("TPL001 "), "it found least"
    *shown, more = table[: table.index("")]
    found = {one["code"] for one in told(newslint)["rules"]}
    assert more == f"and {len(found) - len(shown)} more"
    assert len(shown) == 10


@pytest.mark.parametrize(("number", "last"), [(10, "s10"), (11, "s11"), (12, "and 2 more")])
def test_no_line_says_that_one_more_is_there(
    newslint: Command, write: Write, number: int, last: str
):
    for at in range(1, number + 1):
        write(f"{at}.md", dated(CLEAN, f"2021-{at:02}", f"s{at:02}"))
    lines = newslint("stats").stdout.splitlines()
    section = lines[lines.index("Sections") :]
    assert section[section.index("") - 1].startswith(last)


def test_no_site_is_listed_twice(newslint: Command, write: Write):
    write("1.md", dated(CLEAN, "2020-01", "World", "Wire"))
    write("2.md", dated(CLEAN, "2020-02", "world", "Wire"))
    write("3.md", dated(CLEAN, "2020-03", "Finance", "wire"))
    lines = newslint("stats").stdout.splitlines()
    sites = lines[lines.index("Sites") + 2 :]
    assert [line.split()[:2] for line in sites[: sites.index("")]] == [["Wire", "3"]]
    sections = lines[lines.index("Sections") + 2 :]
    assert [line.split()[:2] for line in sections[: sections.index("")]] == [
        ["World", "2"],
        ["Finance", "1"],
    ]


def test_colour_on_demand_and_the_same_words(newslint: Command, archive: None):
    coloured = newslint("stats", "--color", "always").stdout
    assert "\x1b[" in coloured
    plain = [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", coloured).split("\n")]
    assert plain == newslint("stats").stdout.split("\n")


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ((), 1),
        (("--fail-on", "never"), 0),
        (("World/Wire",), 0),
        (("none",), 2),
        (("--target", "x"), 2),
    ],
)
def test_exit_codes_are_those_of_check(newslint: Command, archive: None, args, code: int):
    assert newslint("stats", *args).returncode == code


def test_no_posts_is_said(newslint: Command):
    done = newslint("stats")
    assert done.returncode == 0
    assert "found no posts" in done.stderr
    assert told_empty(newslint)["posts"] == 0


def told_empty(newslint: Command) -> dict:
    return json.loads(newslint("stats", "--output-format", "json", "-q").stdout)


def test_only_clean_posts_are_shown_too(newslint: Command, write: Write):
    write("a.md", CLEAN)
    done = newslint("stats")
    assert done.returncode == 0
    assert "100 %" in done.stdout
    assert "Findings by rule" not in done.stdout
    assert "刘万里" in done.stdout


def test_a_baseline_counts(newslint: Command, archive: None):
    newslint("baseline")
    said = told(newslint, "--baseline", "newslint-baseline.json", "-q")
    assert said["clean"] == 6


def test_it_is_written_to_a_file(newslint: Command, archive: None, tmp_path: Path):
    assert newslint("stats", "-o", "out.txt").stdout == ""
    assert "Sections" in (tmp_path / "out.txt").read_text(encoding="utf-8")
