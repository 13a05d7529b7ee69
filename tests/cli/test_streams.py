"""The standard streams: full, closed or gone, they end as a message and an exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import NO_REFERRER, Command

Write = Callable[..., Path]
FULL = Path("/dev/full")
COMMANDS = {
    "paths": ("a.md",),
    "check": ("--no-cache", "--output-format", "json", "a.md"),
    "file": ("--no-cache", "-o", str(FULL), "a.md"),
    "diff": ("--diff", "a.md"),
    "standard input": ("-", "--fix"),
    "rules": ("rules",),
    "rule": ("rule", "IMG001"),
    "stats": ("stats",),
    "schema": ("schema",),
    "config": ("config",),
    "help": ("--help",),
    "version": ("--version",),
}


def run(folder: Path, *args: str, **streams: object) -> subprocess.CompletedProcess[str]:
    given: dict[str, object] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.run(
        [sys.executable, "-m", "newslint", *args],
        cwd=folder, text=True, check=False, timeout=120,
        env={**os.environ, "NEWSLINT_LANG": "en"}, **given,
    )  # fmt: skip


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full")
@pytest.mark.parametrize("command", COMMANDS)
def test_an_output_on_a_full_disk_is_exit_2_in_words(
    write: Write, tmp_path: Path, command: str
) -> None:
    write("a.md", NO_REFERRER)
    with FULL.open("w") as full, (tmp_path / "a.md").open() as post:
        done = run(tmp_path, *COMMANDS[command], stdin=post, stdout=full)
    assert done.stderr == "newslint: cannot write the output: the disk is full\n"
    assert done.returncode == 2


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full")
def test_standard_error_on_a_full_disk_loses_nothing_else(write: Write, tmp_path: Path) -> None:
    write("a.md", NO_REFERRER)
    said = run(tmp_path, "a.md")
    with FULL.open("w") as full:
        done = run(tmp_path, "a.md", stderr=full)
    assert (done.returncode, done.stdout) == (said.returncode, said.stdout) != (0, "")


@pytest.mark.parametrize("handle", [0, 1, 2])
@pytest.mark.parametrize("args", [("a.md", "--fix"), ("a.md", "-q"), ("--version",), ("rules",)])
def test_a_closed_stream_is_like_one_that_goes_nowhere(
    write: Write, tmp_path: Path, handle: int, args: tuple[str, ...]
) -> None:
    write("a.md", NO_REFERRER)
    expected = run(tmp_path, *args).returncode
    post = write("a.md", NO_REFERRER)
    done = run(tmp_path, *args, preexec_fn=lambda: os.close(handle))
    assert "Traceback" not in done.stderr
    assert done.returncode == expected
    assert "newslint" not in post.read_text()


def test_standard_input_that_is_closed_is_an_empty_post(write: Write, tmp_path: Path) -> None:
    done = run(tmp_path, "-", preexec_fn=lambda: os.close(0))
    assert (done.returncode, done.stderr[:6]) == (1, "1 post")
    assert "TXT005" in done.stdout or "FM001" in done.stdout


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no symbolic links")
def test_links_that_go_round_in_a_circle_are_files_that_cannot_be_read(
    newslint: Command, tmp_path: Path
) -> None:
    (tmp_path / "one.md").symlink_to("two.md")
    (tmp_path / "two.md").symlink_to("one.md")
    for args in (("one.md",), ("--fix", "one.md"), ("--add-suppressions", "one.md")):
        done = newslint(*args)
        assert done.returncode == 2, done.stdout
