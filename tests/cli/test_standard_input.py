"""A post on standard input that is too large, and the language server's and the library's too."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CLEAN, NO_REFERRER, Command

from newslint import check_text, fix_text
from newslint.config.project import Project

Write = Callable[..., Path]
LIMIT = "limits.file-size=1000"
LARGE = NO_REFERRER + "<p>字</p>\n" * 100
WORDS = "(limits.file-size)"


def test_standard_input_over_the_limit_is_io001(newslint: Command) -> None:
    done = newslint("-", "--config", LIMIT, stdin=LARGE)
    assert (done.returncode, done.stderr) == (
        2,
        "1 post is not published. Found 1 error in 1 of 1 post.\n",
    )
    assert done.stdout == f"-:1:1: error IO001 the file is longer than 1,000 bytes {WORDS}\n"
    at_the_limit = NO_REFERRER.encode().ljust(1_000)
    done = newslint("-", "--config", LIMIT, "--select", "IMG001", stdin=at_the_limit)
    assert (done.returncode, "IMG001" in done.stdout) == (1, True)


@pytest.mark.parametrize("size", [1_001, 5_000_000])
def test_what_is_too_large_to_be_fixed_goes_through_as_it_came(
    newslint: Command, size: int
) -> None:
    raw = NO_REFERRER.ljust(size, "é")
    done = newslint("-", "--fix", "--config", LIMIT, stdin=raw)
    assert (done.returncode, done.stdout == raw) == (2, True)
    assert "IO001" in done.stderr
    done = newslint("-", "--diff", "--config", LIMIT, stdin=raw)
    assert (done.returncode, done.stdout) == (2, "")


def peak(length: int) -> int:
    """The most memory that newslint takes for so long a post, in bytes."""
    script = (
        "import resource, subprocess, sys;"
        "subprocess.run(sys.argv[2:], input=b'a' * int(sys.argv[1]), stdout=subprocess.DEVNULL,"
        " stderr=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)"
    )
    command = [sys.executable, "-m", "newslint", "-", "--config", LIMIT, "--isolated"]
    done = subprocess.run(
        [sys.executable, "-c", script, str(length), *command],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return int(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count otherwise")
def test_no_more_of_it_is_read_than_the_limit() -> None:
    assert peak(80_000_000) < peak(2_000) + 60_000_000


def test_the_library_keeps_the_limit(write: Write, tmp_path: Path) -> None:
    write("newslint.toml", "[limits]\nfile-size = 1000\n")
    project = Project(tmp_path)
    for text in (LARGE, LARGE.encode()):
        (only,) = check_text(text, "a.md", project)
        assert only.finding.code == "IO001"
        size = len(LARGE.encode())
        assert f"has {size:,} bytes, more than the limit of 1,000 {WORDS}" in only.finding.message
        assert fix_text(text, "a.md", project).text == LARGE
    assert fix_text(NO_REFERRER, "a.md", project).text != NO_REFERRER
    assert check_text(CLEAN, "a.md", project) == ()


def test_a_file_and_standard_input_are_judged_alike(newslint: Command, write: Write) -> None:
    write("a.md", LARGE)
    args = ("--config", LIMIT, "--output-format", "json")
    (file,) = json.loads(newslint("a.md", *args).stdout)
    (given,) = json.loads(newslint("-", "--stdin-filename", "a.md", *args, stdin=LARGE).stdout)
    assert {**file, "message": ""} == {**given, "message": ""}
