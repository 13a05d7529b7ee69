"""A file that was not read, or not checked whole, is never a clean one."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import BODY, CLEAN, FRONT_MATTER, Command

from newslint import Finding, Impact, Severity, Span
from newslint.linter.limit_findings import not_checked

Write = Callable[..., Path]
WORDS = "the file is a link to 'nowhere', which does not exist"


@pytest.fixture
def dangling(tmp_path: Path) -> Path:
    link = tmp_path / "a.md"
    link.symlink_to("nowhere")
    return link


@pytest.mark.parametrize(
    "args",
    [
        ("--select", "IMG"),
        ("--select", "IMG001", "--ignore", "IO001"),
        ("--ignore", "IO001"),
        ("--ignore", "IO,ALL"),
        ("--ignore", "unreadable-file"),
        ("--select", "ALL", "--ignore", "ALL"),
        ("--config", 'ignore=["IO001"]'),
        ("--config", 'select=["SEC"]'),
        ("--config", 'overrides=[{files=["*.md"], ignore=["IO"], select=["TXT"]}]'),
        ("--isolated", "--select", "LNK"),
        ("--fix", "--select", "IMG"),
        ("--fail-on", "never", "--select", "IMG"),
        ("--changed-since", "HEAD"),
    ],
)
def test_no_option_leaves_out_that_a_file_was_not_checked(
    newslint: Command, dangling: Path, args: tuple[str, ...]
) -> None:
    if "--changed-since" in args:
        git = ("git", "-c", "user.name=x", "-c", "user.email=x@example.org")
        for command in (("init", "-q"), ("add", "."), ("commit", "-qm", "x")):
            subprocess.run([*git, *command], cwd=dangling.parent, check=True)
    done = newslint(*args)
    assert (done.returncode, done.stdout) == (2, f"a.md:1:1: error IO001 {WORDS}\n")
    assert "nothing" not in done.stderr


def test_its_severity_alone_can_be_set(newslint: Command, dangling: Path) -> None:
    args = ("--config", 'severity={IO001="info"}', "--select", "IMG", "--output-format", "json")
    done = newslint(*args)
    assert done.returncode == 2
    assert [(one["code"], one["severity"]) for one in json.loads(done.stdout)] == [
        ("IO001", "info")
    ]


def test_the_configuration_says_that_it_is_on(newslint: Command, write: Write) -> None:
    write("newslint.toml", 'ignore = ["IO001"]\n')
    told = newslint("config", ".", "IO001", "--explain").stdout
    assert told == "IO001 on  # what cannot be read is always reported\n"


def test_a_baseline_does_not_take_it_in(newslint: Command, dangling: Path) -> None:
    assert newslint("baseline").returncode == 2
    done = newslint("--baseline", "newslint-baseline.json")
    assert (done.returncode, done.stdout) == (2, f"a.md:1:1: error IO001 {WORDS}\n")


@pytest.mark.parametrize("words", ["IO001", "IO", "unreadable-file", "ALL", ""])
def test_a_post_does_not_suppress_that_it_is_too_much(
    newslint: Command, write: Write, words: str
) -> None:
    deep = f"<!-- newslint-disable-file {words} -->\n" + "<div>" * 1_100 + BODY + "</div>" * 1_100
    write("a.html", FRONT_MATTER + deep)
    done = newslint("--select", "IMG")
    assert done.returncode == 2
    assert "error IO001 elements nest deeper than 1,000 levels" in done.stdout


def test_clean_posts_beside_it_stay_clean(newslint: Command, dangling: Path, write: Write) -> None:
    write("b.md", CLEAN)
    done = newslint()
    assert (done.returncode, done.stdout) == (2, f"a.md:1:1: error IO001 {WORDS}\n")


def test_rules_that_are_put_together_by_hand_report_it_too() -> None:
    assert not_checked((), Span(0, 0), "x") == Finding(
        "IO001", "unreadable-file", Severity.ERROR, "x", Span(0, 0), impact=Impact.POST
    )
